"""What one cited instrument does to another: amends, repeals, replaces, implements.

The words are in ``data/citations/relations.toml``. They are read in one plain text, in which the citations
are known: active words lead from the instrument before them to those of the list behind them, passive ones
from the instrument behind them to those before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import compiled
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.knowledge.resources import cache

_JOINED = 30  # characters between words that share their instruments: "amending and repealing"
_JOINER = re.compile(r"[,\s]*(?:\w{1,3}\s)?")
_SENTENCE = re.compile(r"[.;]\s|---|\n")


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Where an instrument is cited in a plain text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Relation:
    """That the instrument cited at position ``subject`` does ``name`` to that at ``object``.

    ``start`` and ``end`` are where the words stand that say so, the latter instrument's among them.
    """

    name: str
    subject: int
    object: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cue:
    names: tuple[str, ...]
    passive: bool
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple(
        (one["name"], passive, compiled(rf"(?<!\w){plain(one[key]).text}(?!\w)"))
        for one in tables.relations()["relation"]
        for key, passive in (("active", False), ("passive", True))
    )


def relations(text: str, places: Sequence[CitedPlace]) -> Iterator[Relation]:
    """Yield what the instruments cited at ``places``, in order, do to each other, as a plain text says.

    >>> text = "Directive A amending Directive B"
    >>> places = [CitedPlace(0, 11), CitedPlace(21, 32)]
    >>> [(one.name, one.subject, one.object) for one in relations(text, places)]
    [('amends', 0, 1)]
    """
    words = text.casefold()
    if len(places) < 2 or len(words) != len(text) or not any(n in words for n in tables.relations()["needs"]):
        return
    done: set[int] = set()  # to which something is done: they do nothing themselves, but for what follows
    for cue in _cues(words, places):
        before = [index for index, place in enumerate(places) if place.end <= cue.start]
        after = [index for index, place in enumerate(places) if place.start >= cue.end]
        if not before or not after or not _near().fullmatch(words, cue.end, places[after[0]].start):
            continue
        if cue.passive:
            subject, objects = after[0], _list_before(words, places, before, cue.start, done)
            end = places[subject].end
        else:
            subject = next((index for index in reversed(before) if index not in done), before[0])
            objects = _list_after(words, places, after)
            done.update(objects)
            end = 0
        for name in cue.names:
            for index in objects:
                if index != subject:
                    yield Relation(name, subject, index, cue.start, end or places[index].end)


def _cues(words: str, places: Sequence[CitedPlace]) -> list[_Cue]:
    """Return the words that relate, outside the citations; what "and" joins is one."""
    found = sorted(
        (match.start(), match.end(), name, passive)
        for name, passive, pattern in _patterns()
        for match in pattern.finditer(words)
        if not any(place.start <= match.start() < place.end for place in places)
    )
    cues: list[_Cue] = []
    for start, end, name, passive in found:
        last = cues[-1] if cues else None
        if last is not None and start < last.end:
            continue
        if last is not None and start - last.end < _JOINED and _JOINER.fullmatch(words, last.end, start):
            cues[-1] = _Cue((*last.names, name), last.passive and passive, last.start, end)
        else:
            cues.append(_Cue((name,), passive, start, end))
    return _with_participles(words, cues)


def _with_participles(words: str, cues: list[_Cue]) -> list[_Cue]:
    """Return the cues, passive ones with what stands right before: "repealed and replaced by"."""
    widened = []
    for cue in cues:
        names = list(cue.names)
        if cue.passive:
            before, said = words[max(0, cue.start - _JOINED) : cue.start], words[cue.start : cue.end]
            for name, ahead, within in _participles():
                if name not in names and (ahead.search(before) or within.search(said)):
                    names.insert(0, name)
        widened.append(_Cue(tuple(names), cue.passive, cue.start, cue.end))
    return widened


@cache
def _participles() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Return, of each relation, its participle joined to a cue that follows, and within one."""
    return tuple(
        (
            one["name"],
            compiled(rf"(?<!\w){plain(one['participle']).text} \s \w{{1,3}} \s $"),
            compiled(rf"(?<!\w){plain(one['participle']).text} (?!\w)"),
        )
        for one in tables.relations()["relation"]
        if "participle" in one
    )


def _list_after(words: str, places: Sequence[CitedPlace], after: Sequence[int]) -> list[int]:
    """Return the first of the instruments behind a cue and those that one list joins to it."""
    listed = [after[0]]
    for index in after[1:]:
        if not _gap().fullmatch(words, places[listed[-1]].end, places[index].start):
            break
        listed.append(index)
    return listed


def _list_before(
    words: str, places: Sequence[CitedPlace], before: Sequence[int], start: int, done: set[int]
) -> list[int]:
    """Return the instruments before a passive cue to which it is done.

    "Directive as last amended by …" takes up the instrument that the sentence before is about.
    """
    between = words[places[before[-1]].end : start]
    if _SENTENCE.search(between) or _own().search(between):
        return [next((index for index in before if index not in done), before[0])]
    listed = [before[-1]]
    for index in reversed(before[:-1]):
        if not _gap().fullmatch(words, places[index].end, places[listed[0]].start):
            break
        listed.insert(0, index)
    return listed


def _gap() -> re.Pattern[str]:
    return compiled(tables.relations()["gap"])


def _near() -> re.Pattern[str]:
    return compiled(tables.relations()["near"])


def _own() -> re.Pattern[str]:
    return compiled(tables.relations()["own"])
