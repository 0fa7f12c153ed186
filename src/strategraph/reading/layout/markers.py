"""The markers of list items (bullets, numbers, letters), and how deep items are nested by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategraph.knowledge.writing import numerals
from strategraph.model import Block
from strategraph.reading.content import TextLine

# Bullets as typed, and dashes; and as Word's symbol fonts leave them in extracted text (\uf0b7 …).
_DRAWN = "•▪▫■□●○◦‣⁃◆◇◾◽⦁➢➤►▶▸✓✔❖❑❒☐☑☒\ue000-\uf8ff"
BULLETS = rf"\-–—*·»›→∙{_DRAWN}"
_NUMERAL = f"[{numerals()}]{{1,3}}"
_ROMAN = "(?:x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})"

_MARKER = re.compile(
    rf"""
    \s*
    (?: (?P<text>
        (?P<bullet> [{BULLETS}] | \[[ xX✓]\] | o(?=\s{{2,}}|\t) )
      | (?P<roman>  \(? {_ROMAN} \) | {_ROMAN} \. )                             # (iv)  iv)  iv.
      | (?P<letter> \(? [a-z\u0430-\u044f\u0623-\u064a] \) | [a-h]\. | [\u0623-\u064a][.-] )  # (a)  a)  a.
      | (?P<capital> [A-Z] [.)]                         # A.  not N. 25 DEL 03/03/2020
            (?!\s\d{{1,5}}\s\w{{2,4}}\s\d{{1,2}}(?:[/.]\d|\s\w{{3,10}}\s\d{{4}}))
          | {_ROMAN.upper()} [.)] )                                               # II.
      | (?P<number> \(? \d{{1,3}} \) | \d{{1,3}} \. | \.\d{{1,2}}(?=\s{{2,}}|\t)  # 1.  1)  (1)  .1
          | \d{{1,2}}- )                                                         # 1-
    ) [ \t\xa0]+
      | (?P<glued> [{_DRAWN}]) (?=\w)                                           # •One
      | (?P<han> {_NUMERAL}、 | （(?:{_NUMERAL}|\d{{1,2}})） | \({_NUMERAL}\) | \d{{1,2}}[、．] ) \s*
    )
    (?=\S)
    """,
    re.VERBOSE,
)
_CIRCLE = re.compile(r"\s*(?P<text>o)[ \xa0](?=[^\W_a-z])")
_DASH = re.compile(r"\s*(?P<text>[-–—])(?=[^\W\d_])")
_ALONE = re.compile(r"\s*\S{1,5}(?: [.)])?\s*")

# The kinds of markers, outer before inner, as most outlines nest them.
RANKS = ("capital", "number", "letter", "roman", "bullet")

# A line that opens with a label and a number, then a colon or dash, or has nothing else on it:
# "Target 2.10: By 2023", "Strategic Goal 1 – Growth", "Objective 1.1"; in many languages.
_LABEL = re.compile(
    rf"""
    (?: (?:[^\W\d_][\w’'-]*\s+){{1,3}}    # one to three words,
      | [\u3400-\u9fff]{{2,6}}\s?           # or a word that no space parts from its number
    )
    (?:[A-Z]{{1,3}}[.-])?                 # a letter before the number: R.1-a
    (?: \d{{1,3}} (?:[.-]\w{{1,3}})*        # the number
      | (?<=[\u3400-\u9fff]) {_NUMERAL} )
    \s* (?: [:：–—] | -\s | [.)]\s | $ )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as printed, its style ("bullet -", "letter )" …), and the offset behind it."""

    text: str
    style: str
    end: int


def find_marker(line: TextLine, *, circles: bool = False, dashes: bool = False) -> Marker | None:
    """Return the marker that ``line`` starts with, if it has one.

    ``circles`` is whether the text uses the letter "o" for a bullet, ``dashes`` whether it sets dashes that
    are bullets right before a word.

    >>> find_marker(TextLine(10, "  (a) one"))
    Marker(text='(a)', style='letter )', end=16)
    >>> find_marker(TextLine(0, "1.4 Strategic goals")) is None
    True
    >>> find_marker(TextLine(0, "high-quality")) is None
    True
    """
    match = _MARKER.match(line.text)
    if not match:
        typed = (circles and _CIRCLE.match(line.text)) or (dashes and _DASH.match(line.text)) or None
        return Marker(typed["text"], f"bullet {typed['text']}", line.start + typed.end()) if typed else None
    text = match["text"] or match["glued"] or match["han"]
    kind = next((kind for kind in RANKS if match[kind]), "bullet")
    if match["han"]:
        kind = "capital" if text[-1] == "、" and not text[0].isdecimal() else "number"
    style = re.sub(r"[\sxX✓]", "", text) if kind == "bullet" else re.sub(r"\w", "", text)[-1]
    return Marker(text, f"{kind} {style}", line.start + match.end())


def marker_alone(line: TextLine, following: TextLine) -> Marker | None:
    """Return the marker that a line consists of, where the line after it is what it marks.

    >>> marker_alone(TextLine(0, "2 ."), TextLine(4, "Purpose"))
    Marker(text='2.', style='number .', end=4)
    >>> marker_alone(TextLine(0, "2."), TextLine(3, "3.")) is None
    True
    """
    found = _alone(line.text)
    if found is None or _alone(following.text) is not None or find_marker(following) is not None:
        return None
    return replace(found, end=following.ink[0])


def _alone(text: str) -> Marker | None:
    """Return the marker that is all of a text, if it numbers."""
    marks = re.sub(r"\s+", "", text)
    if _ALONE.fullmatch(text) is None or not any(character.isalnum() for character in marks):
        return None
    found = find_marker(TextLine(0, f"{marks} x"))
    return found if found is not None and found.text == marks else None


_TYPED = re.compile(rf"([{_DRAWN}])[ \t\xa0]*(?=\w)")


def listed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, each paragraph or heading that opens with a drawn bullet as the list item it is.

    Converters and people type bullets where their format has lists. A text with several bullets is a list
    run together, and stays.
    """
    for block in blocks:
        text = block.passage.text
        typed = _TYPED.match(text) if block.kind in ("paragraph", "heading") else None
        if typed is None or text.count(typed[1]) > 1:
            yield block
            continue
        lead = max(0, block.lead - typed.end())
        yield replace(
            block, kind="item", passage=block.passage.cut(typed.end()), level=1, marker=typed[1], lead=lead
        )


def circles_are_bullets(lines: Sequence[TextLine]) -> bool:
    """Whether a text uses the letter "o" for a bullet: on two lines in a row.

    >>> circles_are_bullets([TextLine(0, "o Rate of passes"), TextLine(17, "o Share of women")])
    True
    """
    return any(_CIRCLE.match(one.text) and _CIRCLE.match(other.text) for one, other in pairwise(lines))


def dashes_are_bullets(lines: Sequence[TextLine]) -> bool:
    """Whether a text sets dashes that are bullets right before a word: on two lines in a row.

    >>> dashes_are_bullets([TextLine(0, "-plant trees;"), TextLine(14, "-mend roads.")])
    True
    """
    return any(_DASH.match(one.text) and _DASH.match(other.text) for one, other in pairwise(lines))


def opens_with_label(text: str) -> bool:
    """Whether a line opens with a label and its number, and does not just go on with a sentence.

    >>> opens_with_label("Target 2.10: By 2023"), opens_with_label("Goal 1 is to grow")
    (True, False)
    """
    return _LABEL.match(text) is not None


def is_bare_label(text: str) -> bool:
    """Whether there is nothing but a label and its number: ``Objective 1.1``."""
    return _LABEL.fullmatch(text) is not None


_SAME_EDGE = 6.0  # points by which the indents of items of one depth may differ


@dataclass(frozen=True, slots=True)
class ListedItem:
    """Where an item's marker begins on the line, how it is marked, where its words begin if that counts."""

    indent: float
    style: str
    words: float | None = None

    @property
    def rank(self) -> int:
        """Return the place of the marker's kind among those of one indentation, outer before inner."""
        return RANKS.index(self.style.partition(" ")[0])


class Depths:
    """The lists that are open, from how far their items are indented and how they are marked.

    ``exact`` is whether indents are columns of characters, and not points, of which those of one depth may
    differ by a few.

    >>> depths = Depths()
    >>> [depths.enter(ListedItem(indent, "bullet •")) for indent in (18, 36, 18)]
    [1, 2, 1]
    """

    def __init__(self, *, exact: bool = False) -> None:
        self._exact = exact
        self._slack = 0 if exact else _SAME_EDGE
        self._open: list[ListedItem] = []

    def close(self, indent: float = 0) -> None:
        """End all lists, at a heading or table, or at a paragraph that begins so far in."""
        if indent == 0 or indent < self._slack:
            self._open.clear()

    def enter(self, item: ListedItem) -> int:
        """Return the depth of an item, 1 for the outermost."""
        lists = self._open
        while lists and lists[-1].indent > item.indent + self._slack and not self._is_beside(item):
            lists.pop()
        while lists and lists[-1].style != item.style and not self._is_within(item):
            lists.pop()
        if not lists or not self._is_beside(item):
            lists.append(item)
        return len(lists)

    def _is_beside(self, item: ListedItem) -> bool:
        """Whether an item is of the innermost list: it or, as with i. ii. iii., its words begin alike."""
        other = self._open[-1]
        words = item.words is not None and item.words == other.words
        return item.style == other.style and (words or self._are_level(item, other))

    def _is_within(self, item: ListedItem) -> bool:
        """Whether an item of another style begins a list within the innermost.

        In one column "1." is within "A." and "-" within "1.", but not the other way round. Of points, which
        may be lost in typing, all that is known is whether the style is that of an outer list.
        """
        if self._exact:
            return self._open[-1].indent != item.indent or self._open[-1].rank < item.rank
        return not any(other.style == item.style and self._are_level(item, other) for other in self._open)

    def _are_level(self, item: ListedItem, other: ListedItem) -> bool:
        return abs(item.indent - other.indent) <= self._slack
