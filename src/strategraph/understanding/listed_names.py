"""Names listed within one text: "Our values: courage, care and candour", "Trust | Respect | Openness"."""

from __future__ import annotations

import re

from strategraph.knowledge.resources import cache
from strategraph.knowledge.writing import COLONS, STOPS, any_of, count_words
from strategraph.understanding.cues import Cue, cues

_FEWEST = 3  # names: two may be one ("health and safety")
_LONGEST_LISTED = 4  # words
_LONGEST_PHRASE = 10  # words of what is listed behind a colon without capitals: "to grow, to share"
_LONGEST_AMONG = 12  # words of a name among shorter ones
_LONGEST_LEAD_TO_LIST = 60  # characters of what announces the names
_BETWEEN = 15  # characters between the word for the class and the colon: "are", "of our work are"
_COMMA = re.compile(r"\s*[,،，、]\s*")
_BAR = re.compile(r"\s*[|│•·]\s*|\s+/\s+")
_SENTENCE = re.compile(r"[.;:!?。；：！？؟](?=\s*\S)")
_END = " .;。；"


def listed_names(text: str, language: str, *, announced: bool) -> list[tuple[int, int]]:
    """Return where the names stand that a text lists, each as (start, end); nothing where it lists none.

    A list is announced by the text itself, before a colon, or (``announced``) by what stands before it. It
    has three names or more, none of them long.

    >>> text = "City values: Learning, Compassion and Health"
    >>> [text[a:b] for a, b in listed_names(text, "en", announced=False)]
    ['Learning', 'Compassion', 'Health']
    >>> listed_names("Learning, Compassion and Health", "en", announced=False)
    []
    """
    start = _behind_lead(text, language)
    if start is None and not announced:
        return _written_on(text, _behind_class(text, language), _FEWEST + 1)
    start = start or 0
    end = _end_of_list(text, start)
    bars = _parts(text, start, end, _BAR)
    found = bars if len(bars) >= _FEWEST else _last_two(text, _parts(text, start, end, _COMMA))
    longest = _LONGEST_PHRASE if start and text[start : start + 1].islower() else _LONGEST_LISTED
    lengths = [count_words(text[a:b]) for a, b in found]
    long = [length for length in lengths if length > longest]
    # behind "Our values are:" one in three may be longer; without it, they would be parts of a sentence
    spare = len(found) // 3 if start and len(found) > _FEWEST else 0
    fits = all(lengths) and len(long) <= spare and max(long, default=0) <= _LONGEST_AMONG
    if len(found) >= _FEWEST and fits:
        return _written_on(text, start, _FEWEST) or found
    return _written_on(text, start, _FEWEST)


def _end_of_list(text: str, start: int) -> int:
    """Return where the sentence ends that a list is, ``start`` where it goes on with what is no list."""
    sentence = _SENTENCE.search(text, start)
    if sentence is not None and not sentence.group().endswith(STOPS):
        return start
    return len(text[: sentence.start() if sentence is not None else None].rstrip(_END))


def _written_on(text: str, start: int | None, fewest: int) -> list[tuple[int, int]]:
    """Return the names of a list in which "and" is written on to each name but the first; or nothing."""
    if start is None:
        return []
    found = _parts(text, start, _end_of_list(text, start), _and_written_on())
    short = all(0 < count_words(text[a:b]) < _LONGEST_LISTED for a, b in found)
    return found if len(found) >= fewest and short else []


@cache
def _and_written_on() -> re.Pattern[str]:
    return re.compile(rf"(?:\s*[,،]\s*|\s+){any_of('adding_on')}(?=\w\w)")


def _behind_class(text: str, language: str) -> int | None:
    """Return where a text goes on behind its first word for several of a class, or None."""
    named = [cue for cue in cues(text, language) if cue.several and text[cue.end : cue.end + 1] == " "]
    return named[0].end + 1 if named else None


def announces_names(text: str, language: str) -> bool:
    """Whether a text ends with a word for several of a class, and then perhaps a colon.

    >>> announces_names("Our work is guided by these core values:", "en")
    True
    >>> announces_names("Values: care", "en")
    False
    """
    bare = text.rstrip("".join(COLONS) + " ")
    named = cues(text, language)
    return bool(named) and named[-1].several and named[-1].end == len(bare)


def _behind_lead(text: str, language: str) -> int | None:
    """Return where a text goes on behind "Our values are:", or None where it does not begin so."""
    colon = min((at for mark in COLONS if (at := text.find(mark)) > 0), default=-1)
    if not 0 < colon <= _LONGEST_LEAD_TO_LIST:
        return None
    named: list[Cue] = [cue for cue in cues(text[:colon], language) if cue.several]
    if not named or colon - named[-1].end > _BETWEEN:
        return None
    return colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())


def _parts(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    found = []
    for match in separator.finditer(text, start, end):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, end))
    return [(a, b) for a, b in found if a < b]


def _last_two(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the names with the last one cut in two at its "and", or without the "and" it begins with."""
    if len(found) < _FEWEST - 1:
        return found
    start, end = found[-1]
    leading = re.compile(rf"{any_of('adding')}\s+", re.IGNORECASE).match(text, start, end)
    if leading is not None:
        return [*found[:-1], (leading.end(), end)]
    joint = re.compile(rf"\s+{any_of('adding')}\s+", re.IGNORECASE).search(text, start, end)
    return [*found[:-1], (start, joint.start()), (joint.end(), end)] if joint is not None else found
