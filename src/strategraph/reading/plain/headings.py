"""Which isolated short lines of a plain text are headings; careful and simple."""

from __future__ import annotations

import re

from strategraph.knowledge.sentences import count_words
from strategraph.knowledge.writing import any_of, parts
from strategraph.reading.layout.markers import Marker

_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[^\W\d_])")
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
    numbered = _NUMBERED.match(text)
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
