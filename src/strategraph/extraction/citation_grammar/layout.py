"""Citations whose words the layout parts: a stamp of approval over several lines, numbers below a heading.

"УТВЕРЖДЕНА / постановлением администрации / от 28.09.2018 № 141" is one citation in three paragraphs; in a
table of mandates "General Assembly resolutions" stands once, above cells that hold a number alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import compiled
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.readings import Found
from strategraph.knowledge.organizations import directory
from strategraph.model import Passage, join

Find = Callable[[str], tuple[Found, ...]]

_OPENING = 12  # texts at the beginning among which a stamp stands
_LINES = 4  # lines that a stamp has at most
_LONGEST = 160  # characters of a line of a stamp
_NUMBERED = 2  # what a stamp tells that has the number of its instrument
_BELOW = 80  # texts below a heading in which its numbers stand


def with_whole_stamps(passages: Sequence[Passage], find: Find) -> list[Passage]:
    """Return the passages, the lines of a stamp of approval at the beginning as one."""
    whole = list(passages)
    for number in range(min(_OPENING, len(whole))):
        if number >= len(whole) or not _begins_stamp(whole[number].text):
            continue
        joined = whole[number]
        best, told = (joined, 1), _told_in(find, joined.text)
        for lines, following in enumerate(whole[number + 1 : number + _LINES], start=2):
            if len(following.text) > _LONGEST or told == _NUMBERED:
                break
            joined = join(joined, following)
            if (now := _told_in(find, joined.text)) > told:
                best, told = (joined, lines), now
        whole[number : number + best[1]] = [best[0]]
    return whole


def _begins_stamp(text: str) -> bool:
    return len(text) <= _LONGEST and _pattern("stamp").match(plain(text).text) is not None


def _told_in(find: Find, text: str) -> int:
    """Return how much a stamp tells: nothing, an instrument, or one with its number."""
    found = find(plain(text).text)
    return _NUMBERED if found and found[0].cited[0].number else min(len(found), 1)


def numbers_below(
    texts: Sequence[str], findings: Sequence[tuple[Found, ...]], find: Find
) -> list[tuple[Found, ...]]:
    """Return the findings with the numbers that stand alone below a heading which says what they are."""
    added = list(findings)
    heading, last = "", 0
    for number, text in enumerate(texts):
        told = _heading(text)
        if told is not None:
            heading, last = told, number
        elif heading and number - last <= _BELOW and _pattern("numbers").fullmatch(text):
            added[number] = tuple(
                _without_heading(one, len(heading) + 1) for one in find(_told(heading, text))
            )
            last = number
    return added


def _heading(text: str) -> str | None:
    """Return what a text says that the numbers below it are, without an organ that nobody knows."""
    words = text[-_LONGEST:].casefold()
    if len(text) > _LONGEST or not any(need in words for need in tables.layout()["heading"]["needs"]):
        return None
    match = _pattern("heading").fullmatch(text)
    if match is None:
        return None
    known = not match["organ"] or directory().find_issuer(match["organ"]) is not None
    return (text if known else text[match.end("organ") :].strip()).rstrip(" :")


def _told(heading: str, text: str) -> str:
    return f"{heading} {text.replace(';', ',')}"


def _without_heading(one: Found, length: int) -> Found:
    """Return a citation found behind a heading of this length with its places in the text below."""

    def moved(place: int) -> int:
        return max(0, place - length)

    return replace(
        one,
        start=moved(one.start),
        end=moved(one.end),
        listed=(moved(one.listed[0]), moved(one.listed[1])) if one.listed else None,
        cited=tuple(
            replace(cited, words=(moved(cited.words[0]), moved(cited.words[1])) if cited.words else None)
            for cited in one.cited
        ),
    )


def _pattern(name: str) -> re.Pattern[str]:
    return compiled(plain(tables.layout()[name]["pattern"]).text)


_WORD_IN_CAPITALS = re.compile(r"(?<![\w/.-])[^\W\d_]{2,}(?![\w/]|[.-]\d)")
_FIRST_WORDS = re.compile(r"\W*([^\W\d_]{4,}\W+\w+)")


def begins_in_capitals(text: str) -> bool:
    """Whether a text begins with two words in capitals, the first no short one, as a heading does."""
    first = _FIRST_WORDS.match(text)
    return first is not None and first[1].isupper()


def in_small_letters(heading: str) -> str:
    """Return a plain heading in capitals with those that a name in a sentence has, its length as it is.

    >>> in_small_letters("ORDER OF THE MINISTER No. 12/A")
    'Order of the Minister No. 12/A'
    """
    small = _pattern("capitals")

    def cased(match: re.Match[str]) -> str:
        word = match.group()
        small_word = word.lower()
        made = small_word if small.fullmatch(small_word) else small_word.capitalize()
        return made if word.isupper() and len(made) == len(word) else word

    return _WORD_IN_CAPITALS.sub(cased, heading)


SYMBOL_RULE = "document-symbol"

_MASTHEAD_OPENING = 12  # texts at the beginning in which a masthead stands
_MASTHEAD_LONGEST = 60  # characters of a line that is a masthead, not a sentence


def without_own_symbols(
    texts: Sequence[str], findings: Sequence[tuple[Found, ...]]
) -> list[tuple[Found, ...]]:
    """Return the findings without those of the symbol that the document's own masthead prints."""
    before = re.compile(tables.layout()["masthead"]["pattern"])
    own = {
        one.cited[0].number
        for text, found in zip(texts[:_MASTHEAD_OPENING], findings, strict=False)
        for one in found
        if one.rule == SYMBOL_RULE and len(text) <= _MASTHEAD_LONGEST and before.fullmatch(text, 0, one.start)
    }
    return [
        tuple(one for one in found if one.rule != SYMBOL_RULE or one.cited[0].number not in own)
        for found in findings
    ]


OWN_POLICY = "national-policy"
_TITLE_LONGEST = 120  # characters of a line that is a title


def without_own_name(texts: Sequence[str], findings: Sequence[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
    """Return the findings without the policy that the document's own title names: it is the plan itself.

    A line of the opening is a title if most of it is that name.
    """
    own = [
        one.cited[0].title or ""
        for text, found in zip(texts[:_MASTHEAD_OPENING], findings, strict=False)
        for one in found
        if one.rule == OWN_POLICY
        and len(text) <= _TITLE_LONGEST
        and not text.endswith(".")
        and 2 * (one.end - one.start) >= len(text)
    ]
    if not own:
        return list(findings)

    def is_own(one: Found) -> bool:
        name = one.cited[0].title or ""
        return one.rule == OWN_POLICY and any(name.endswith(title) or title.endswith(name) for title in own)

    return [tuple(one for one in found if not is_own(one)) for found in findings]


BY_NAME, OF_YEAR = "act-by-name", "act-of-year"

_CAPITAL = re.compile(r"\s[A-Z]")


def with_known_acts(texts: Sequence[str], findings: Sequence[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
    """Return the findings, those of acts in headings cut to the name that the texts cite elsewhere."""
    known = {
        one.cited[0].title or ""
        for text, found in zip(texts, findings, strict=True)
        for one in found
        if one.rule in (BY_NAME, OF_YEAR) and not _in_heading(text, one)
    }
    return [
        tuple(_cut(one, known) if one.rule == BY_NAME and _in_heading(text, one) else one for one in found)
        for text, found in zip(texts, findings, strict=True)
    ]


def _in_heading(text: str, one: Found) -> bool:
    return _CAPITAL.match(text, one.end) is not None


def _cut(one: Found, known: set[str]) -> Found:
    """Return the finding cut to a known name at its end, if its own is longer than that."""
    words = (one.cited[0].title or "").split()
    for first in range(1, len(words)):
        name = " ".join(words[first:])
        if name in known:
            return replace(one, start=one.end - len(name), cited=(replace(one.cited[0], title=name),))
    return one
