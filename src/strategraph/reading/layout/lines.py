"""Lines without type: which go on with the line above, by how the text was wrapped; which are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from strategraph.knowledge.writing import any_of, count_words, ends_sentence, parts
from strategraph.reading.content import TextLine
from strategraph.reading.layout.markers import Marker, find_marker, is_bare_label, opens_with_label

# A line that ends in one of these does not stop there; a heading that begins with one goes on.
_SMALL = f"(?:{any_of('small')}|&)"
_JOINING_END = re.compile(rf"(?:[,/(]|[^\W\d_]-|\b{_SMALL})$")
_JOINING_START = re.compile(rf"(?:{_SMALL}|{any_of('linking')})\b", re.IGNORECASE)
# Short words far behind all others, as in a letterhead or the last column of a table.
_SET_APART = re.compile(r"\S\s{3,}\S.{0,30}$")
# "1.2  Model regulations", "4      The Organization": a number set off from what it numbers
_SET_OFF = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})+\.?(?:\t|\s{2,})|\d{1,3}(?:\t|\s{3,}))(?=[^\W\d_])")
_NUMBERED = re.compile(r"(?P<parent>(?:\d{1,2}\.)+)(?P<last>\d{1,2})\.?\s+(?=[^\W\d_])")

_NARROWEST_WRAP = 45  # shorter "full" lines are lists of names rather than wrapped prose
_WIDEST_WRAP = 140
_SHORT = 0.6  # of the width: a line that ends before it was ended on purpose
_LONG_HEADING = 40  # characters: a line of capitals that may have been wrapped
_FEWEST_WORDS = 5  # of a short line that goes on in lower case; shorter ones are headings


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals, and there is more than an acronym."""
    return text.isupper() and sum(character.isalpha() for character in text) > 6


def wrap_width(groups: Sequence[Sequence[TextLine]]) -> int | None:
    """Return the width at which a text's prose was wrapped, or None if its lines are whole.

    Wrapped prose has most of its inner lines filled up to a common width; a text whose lines are
    paragraphs, labels or list entries has not.
    """
    runs = [group for group in groups if len(group) > 1]
    lengths = sorted(len(line.text.rstrip()) for run in runs for line in run)
    if not lengths:
        return None
    width = lengths[(len(lengths) - 1) * 95 // 100]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    # Lines that end early were ended on purpose, in wrapped prose and elsewhere: they tell nothing.
    pairs = [
        (line, following)
        for run in runs
        for line, following in pairwise(run)
        if len(line.text.rstrip()) >= width * _SHORT and not _parted(line, following)
    ]
    full = sum(_is_full(line, following, width) for line, following in pairs)
    return width if pairs and full * 2 >= len(pairs) else None


def _parted(line: TextLine, following: TextLine) -> bool:
    """Whether a label or marker tells that the following line begins something new."""
    return (
        find_marker(following) is not None
        or opens_with_label(following.text.strip())
        or is_bare_label(line.text.strip())
    )


def _is_full(line: TextLine, following: TextLine, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one."""
    word = following.text.split(maxsplit=1)[0]
    # Proportional type makes the lines of a PDF's text ragged: allow a tenth.
    return len(line.text.rstrip()) + 1 + len(word) > width * 0.9


def continues(part: Sequence[TextLine], marker: Marker | None, line: TextLine, width: int | None) -> bool:
    """Whether ``line`` goes on with the sentence or paragraph of the lines before it."""
    above, here = part[-1].text.strip(), line.text.strip()
    if opens_with_label(here) or _opens_with_number(part[0].text.strip(), here):
        return False
    if len(part) == 1 and is_bare_label(above):
        return False
    if is_capitals(above) and not here[0].islower():
        return _goes_on_in_capitals(above, here)
    if _JOINING_END.search(above):
        return True
    if _SET_APART.search(above):
        return False
    if width is not None and _is_full(part[-1], line, width):
        return True
    if marker and line.indent > part[0].indent and not ends_sentence(above):
        return True
    lower = here[0].islower() and not ends_sentence(above)
    if width is not None and len(part[-1].text.rstrip()) < width * _SHORT:
        return lower and above[0].isupper() and len(above.split()) >= _FEWEST_WORDS
    if width is not None and len(part) > 1:
        return True  # ragged prose: a line of a paragraph may end early, but not this early
    return lower


def _opens_with_number(first: str, here: str) -> bool:
    """Whether a line has a number of its own: set off from its words, or the next after that of its block."""
    if _SET_OFF.match(here):
        return True
    before, number = _NUMBERED.match(first), _NUMBERED.match(here)
    if not before or not number:
        return False
    return number["parent"] == before["parent"] and int(number["last"]) == int(before["last"]) + 1


def _goes_on_in_capitals(above: str, here: str) -> bool:
    """Whether a heading in capitals was wrapped: it is long, or does not end before a small word."""
    if not is_capitals(here) and not (here.isupper() and len(above) >= _LONG_HEADING):
        return False
    joined = _JOINING_END.search(above.casefold()) or _JOINING_START.match(here)
    return joined is not None or len(above) >= _LONG_HEADING


_NUMBERED_HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[^\W\d_])")
_CHAPTER = re.compile(r"(?P<number>\d{1,2})\.?\s+(?=[^\W\d_])")  # "4  Results", above "4.1  Outcomes"
# Parts that are numbered by words or by the numerals of other scripts, with their level.
_PARTS = (
    (re.compile(rf"{any_of('chapter')}\s+(?:\d{{1,2}}|[IVX]+)\b", re.IGNORECASE), 1),
    *((part.pattern, part.level) for part in parts()),
)
_ENDS_OPEN = re.compile(r"""[.,;:!?…"”»)。，；：！？؟؛،]$""")
_LONGEST = 110
_MOST_WORDS = 16
_PLAIN_WORDS = 8  # a heading that only its isolation shows has few words


def heading_level(text: str, following: str | None, marker: Marker | None) -> int:
    """Return the level of the heading that an isolated line is, or 0 if it is none.

    ``text`` is the whole line, with its marker if it has one; ``following`` the text of the next block.

    >>> heading_level("1.4 Strategic goals", "The goals are listed below.", None)
    2
    >>> heading_level("4  成果框架", "4.1  下列成果将促进目标的实现。", None)
    1
    >>> heading_level("OUR STRATEGIC GOALS", "One", None)
    1
    >>> heading_level("三、战略目标", "目标1：服务", None), heading_level("ثانياً: القيم", "العدالة", None)
    (2, 1)
    >>> heading_level("The plan was adopted in 2018 and ends in 2023", "It has goals.", None)
    0
    """
    words = text.split()
    if following is None or len(text) > _LONGEST or count_words(text) > _MOST_WORDS:
        return 0
    numbered = _NUMBERED_HEADING.match(text)
    title_like = _is_title_case(words)
    if _ENDS_OPEN.search(text) and not (title_like and text.endswith((":", ")"))):
        return 0
    if numbered:
        return numbered["number"].count(".") + 1
    chapter = _CHAPTER.match(text)
    if chapter and following.startswith(f"{chapter['number']}.1"):
        return 1
    part = next((level for pattern, level in _PARTS if pattern.match(text)), 0)
    if part:
        return part
    if marker and marker.style.startswith("bullet"):
        return 0
    if len(text) == 1:
        return 0  # "E": the language of a document, on its first line
    if title_like:
        return 1
    body = text[len(marker.text) :].lstrip() if marker else text
    plain = (
        count_words(text) <= _PLAIN_WORDS
        and body[0].isalpha()
        and not body[0].islower()  # a capital, or a letter of a script that has none
        and not any(c.isdigit() for c in body)
        and len(following) > (1 if marker else 2) * len(text)
    )
    return 1 if plain else 0


def names_part(text: str, following: str) -> bool:
    """Whether a line only numbers the part of a text that the next line names.

    >>> names_part("Раздел IV .", "Цели и задачи"), names_part("Раздел IV .", "Цели указаны в разделе I.")
    (True, False)
    """
    heading = count_words(following) <= _MOST_WORDS and not _ENDS_OPEN.search(following)
    return heading and any(pattern.fullmatch(text.rstrip(" .:：")) for pattern, _ in _PARTS)


def _is_title_case(words: list[str]) -> bool:
    """Whether the words that matter are capitalised, or everything is in capitals."""
    letters = [word.strip("“”\"'’()[]:,;.–—-") for word in words]
    letters = [word for word in letters if word and word[0].isalpha()]
    if not letters or not letters[0][0].isupper():
        return False
    long_words = [word for word in letters if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    return capitals * 10 >= len(long_words) * 7 if long_words else letters[0].isupper()
