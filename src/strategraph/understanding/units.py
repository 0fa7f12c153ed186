"""From a document's blocks to units: the stretches of text each of which may state one element of a plan.

A block is one unit, or several where labels, letters or numbers list parts within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategraph.knowledge.languages import rules
from strategraph.knowledge.measure_words import is_month
from strategraph.knowledge.writing import COLONS, PAUSES, STOPS, any_of, count_words, numerals, sentences
from strategraph.model import Block, Document, Passage
from strategraph.reading.language import begins_with_label
from strategraph.understanding.cues import cues
from strategraph.understanding.labels import (
    Label,
    are_counted,
    counted_label,
    enumerated,
    inner_labels,
    number_of,
    read_label,
    serial_label,
    serial_names,
)
from strategraph.understanding.listed_names import announces_names, listed_names

_LONGEST_NAME = 14  # words of a name before a colon or dash
_LONGEST_LEAD = 110  # characters: more in bold is emphasis, not a name
_FEWEST_ALIKE = 4  # sentences that all begin alike, and so may be a list whose marks are lost
_SHORT = 12  # words: a line without end mark that is no longer is a name, not a statement
_JOINT = re.compile(
    r"\s*[:：]\s+|\s*：\s*|\s+[–—―-]\s+|\s*——\s*|\s*[–—]\s+(?=[^\W\d_a-z])|(?<=[^\W\d_]{3}):(?=[^\W\d_a-z])"
)
# A dash that is a hyphen close to the name: only of what is numbered, for words are cut so, too.
_CLOSE = re.compile(r"(?<=[\w)])-\s+(?=[^\W\d_a-z\u0430-\u044f])")
_JOINTS = " .:：–—-。,"
_HAN = numerals()
# "(a) …; (b) …", "1. … 2. …", "1) … 2) …", "一是…；二是…", "• … • …", "…. - … - …"
_LISTED = re.compile(
    rf"(?:(?<=^)|(?<=\s)|(?<=[;；:：。.,，]))(?:[(（](?P<in>[a-z\u0430-\u044f\u0623-\u064a]|[ivx]{{1,4}}|\d{{1,2}}|[{_HAN}]{{1,3}})[)）]"
    rf"|(?P<out>\d{{1,2}}|[a-z\u0430-\u044f]|[ivx]{{1,4}})(?P<close>[.)])(?=\s)"
    rf"|(?P<han>[{_HAN}]{{1,2}})(?:{any_of('numeral_ends')})|(?P<bullet>[•▪●■◆➢✓]))\s*"
    r"|(?<=[.:!?]\s)(?P<dash>[-*])\s+(?=[^\W\d_])"
)
_DASHES = "-*"  # bullets only behind the end of a sentence, and there even one
_TYPED = re.compile(r"(?:[•▪●■◆➢✓]\s*|[-*]\s+)")
_BULLETS = tuple("•▪●■◆➢✓")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one block, and what it would say as an element.

    ``kind`` is "heading", "strong" (a paragraph in bold), "paragraph", "item", "part" (of a list inside a
    block), "sentence" or "cell". ``whole`` is the stretch, ``title`` and ``statement`` what stands behind its
    label; ``number`` what it is numbered with; ``carried`` the label of the heading before it, where that
    says nothing else.
    """

    kind: str
    block: Block
    whole: Passage
    language: str
    label: Label | None = None
    title: Passage | None = None
    statement: Passage | None = None
    number: str | None = None
    carried: Label | None = None

    @property
    def text(self) -> str:
        """Return the readable text of the stretch."""
        return self.whole.text


@dataclass(frozen=True, slots=True)
class _Serial:
    """How a document numbers besides by labels: with which names, and whether headings by mere numbers."""

    names: frozenset[str]
    counted: bool

    def label(self, text: str, kind: str, language: str) -> Label | None:
        """Return the label that a text so begins with, or None."""
        found = serial_label(text, self.names, language)
        return counted_label(text) if found is None and self.counted and kind == "heading" else found


def units(document: Document) -> tuple[Unit, ...]:
    """Return the units of a document in reading order."""
    found: list[Unit] = []
    serial = _Serial(
        serial_names(block.passage.text for block in document.blocks),
        are_counted(block.passage.text for block in document.blocks if block.kind == "heading"),
    )
    for block in document.blocks:
        if not block.passage:
            continue
        language = _language(block, document)
        announced = bool(found) and announces_names(found[-1].text, found[-1].language)
        found.extend(_units(block, language, serial, announced=announced))
    return tuple(_carried(found))


def _language(block: Block, document: Document) -> str:
    """Return the language by whose rules a block is read: its own, or its label's ("Goal 2: الوصول")."""
    if block.language is None or begins_with_label(block.passage.text, document.language):
        return document.language
    return block.language


def _carried(found: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the units, each after a heading that is but a label ("Goal 1", "Vision") with that label."""
    held: Label | None = None
    for unit in found:
        if held is not None and unit.kind != "cell":
            number = unit.number if unit.number is not None and unit.label is not None else held.number
            yield Unit(
                unit.kind,
                unit.block,
                unit.whole,
                unit.language,
                unit.label,
                unit.title,
                unit.statement,
                number,
                held,
            )
            held = None
        else:
            yield unit
            held = None
        label = unit.label
        if label is not None and label.bare and label.kind and not label.several:
            held = label


def _units(block: Block, language: str, serial: _Serial, *, announced: bool) -> Iterator[Unit]:
    """Yield the units of a block; ``announced`` is whether what stands before it ends so."""
    kind = _kind(block)
    whole = block.passage
    names = listed_names(whole.text, language, announced=announced) if kind not in ("heading", "item") else []
    if names:
        if first := whole.cut(0, names[0][0]):
            yield _unit(kind, block, first, language, serial)
        for start, end in names:
            yield _unit("part", block, whole.cut(start, end), language, serial)
        if rest := whole.cut(names[-1][1]).text.strip(" .;。；"):
            yield _unit(kind, block, whole.cut(whole.text.index(rest, names[-1][1])), language, serial)
        return
    bounds = _bounds(whole.text, language) if kind in ("paragraph", "item", "cell") else []
    if not bounds and kind == "item" and block.marker in _BULLETS:
        again = whole.text.find(f" {block.marker} ")  # two items on one line
        bounds = [0, again + 1] if again > 0 else []
    if bounds and bounds[0] > 0:
        first = whole.cut(0, bounds[0])
        if first:
            yield _unit(kind, block, first, language, serial)
    elif not bounds:
        yield _unit(kind, block, whole, language, serial)
        if kind in ("paragraph", "item"):
            yield from _sentences(block, language)
        return
    for start, end in pairwise([*bounds, len(whole.text)]):
        typed = _TYPED.match(whole.text, start) if start else None
        part = whole.cut(typed.end() if typed is not None else start, end)
        if part:
            yield _unit("part", block, part, language, serial)


def _sentences(block: Block, language: str) -> Iterator[Unit]:
    """Yield the sentences of a paragraph of several that speak of the plan's own vision, mission, goals."""
    text = block.passage.text
    found = list(sentences(text, rules(language)))
    if len(found) < 2:
        return
    alike = len(found) >= _FEWEST_ALIKE and len({_first_word(text[start:end]) for start, end in found}) == 1
    for start, end in found:
        near = [cue for cue in cues(text[start:end], language) if cue.start < 60]
        if near or alike:
            part = block.passage.cut(start, end)
            yield Unit("sentence", block, part, language, None, None, part)


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0].casefold()


def _kind(block: Block) -> str:
    if block.kind == "paragraph" and block.emphasised:
        return "strong"
    return block.kind


def _bounds(text: str, language: str) -> list[int]:
    """Return where the listed parts of a text begin, or nothing where it has fewer than two."""
    runs: dict[str, list[tuple[int, int]]] = {}
    for match in _LISTED.finditer(text):
        if match["dash"] and text[match.end()].islower():
            continue
        style, values = _place(match)
        for name, value in values:
            run = runs.setdefault(f"{style} {name}", [])
            if (
                (value == 0 and style.startswith("bullet"))
                or value == len(run) + 1
                or (not run and value == 1)
            ):
                run.append((match.start(), value))
    best = max(runs.values(), key=len, default=[])
    if len(best) > 1 or any(text[start] in _DASHES for start, _ in best):
        return [start for start, _ in best]
    labels = inner_labels(text, language)
    return sorted({0, *labels}) if labels else []


def _place(match: re.Match[str]) -> tuple[str, list[tuple[str, int]]]:
    """Return the style of a list mark and its possible places in the count ("i" is a letter and a number)."""
    if match["bullet"] or match["dash"]:
        return "bullet", [(match["bullet"] or match["dash"], 0)]
    if match["han"]:
        return "han", [("han", _HAN.find(match["han"]) + 1)]
    inner = match["in"]
    word = inner or match["out"]
    style = "()" if inner else match["close"]
    values: list[tuple[str, int]] = []
    if word.isdecimal():
        values.append(("digit", int(word)))
    elif word in _ROMAN:
        values.append(("roman", _ROMAN.index(word) + 1))
    elif word and word[0] in _HAN:
        values.append(("han", _HAN.find(word) + 1))
    if len(word) == 1 and word.isalpha():
        base = "\u0430" if "\u0430" <= word <= "\u044f" else "a"  # the first letter of Cyrillic, of Latin
        values.append(("letter", ord(word) - ord(base) + 1))
    return style, values


def _unit(kind: str, block: Block, whole: Passage, language: str, serial: _Serial) -> Unit:
    text = whole.text
    label = read_label(text, language) or serial.label(text, kind, language)
    marker = number_of(block.marker) if kind == "item" and block.marker else None
    begins = label.end if label is not None else 0
    if label is not None and label.bare:  # there is nothing else to call it by
        begins = enumerated(text) if label.form == "named" else 0
    body = whole.cut(begins)
    lead = block.lead if whole is block.passage and 0 < block.lead <= _LONGEST_LEAD else 0
    number = label.number if label is not None and label.number is not None else marker
    title, statement = split(body, kind, lead - (len(text) - len(body.text)), numbered=number is not None)
    return Unit(kind, block, whole, language, label, title, statement, number)


def split(
    body: Passage, kind: str, lead: int = 0, *, numbered: bool = False
) -> tuple[Passage | None, Passage | None]:
    """Return the title and the statement of what stands behind a label; ``lead`` characters of it are bold.

    "Growth: Enable access" and "**Growth.** Enable access" have both; a heading or a name is a title, a
    sentence a statement, and so is what is said to happen at a date ("May 2030: Enable access").
    """
    if not body:
        return None, None
    text = body.text
    if 1 < lead < len(text) - 1:
        name = body.cut(0, len(text[:lead].rstrip(_JOINTS)))
        rest = body.cut(lead + len(text[lead:]) - len(text[lead:].lstrip(_JOINTS)))
        if name and rest:
            return name, rest
    match = _JOINT.search(text, 1, 160) or (_CLOSE.search(text, 1, 160) if numbered else None)
    dated = match is not None and is_month(text[: match.start()])
    if match is not None and match.end() < len(text) and not dated and _is_name(text[: match.start()]):
        return body.cut(0, match.start()), body.cut(match.end())
    ends = text.rstrip('”"’») ').endswith((*STOPS, *PAUSES, *COLONS))
    if kind in ("heading", "strong") or (
        not ends and count_words(text) <= _SHORT and kind != "part" and not dated
    ):
        return body, None
    return None, body


def _is_name(text: str) -> bool:
    """Whether what stands before a colon or dash is a name: short, no sentence, brackets closed."""
    whole = not re.search(r"[.;!?。；！？]\s|[。；]", text) and text.count("(") == text.count(")")
    return whole and count_words(text) <= _LONGEST_NAME
