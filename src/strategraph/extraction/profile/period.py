"""The years a plan is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from strategraph.languages import rules
from strategraph.model import Document, Passage, Reading, Support, passage
from strategraph.sentences import sentences

_NEAR = 80  # characters between a plan's noun and its period in prose
_LONGEST = 60  # years: more is no period of a plan


class Titled(Protocol):
    """Anything with a title's passage."""

    @property
    def passage(self) -> Passage: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Period:
    """A match of a period rule in a passage. Either year may be missing, not both."""

    passage: Passage
    match: re.Match[str]

    def readings(self, rule: str, confidence: float) -> tuple[Reading | None, Reading | None]:
        """Return the first and the last year; a rule without a last year speaks of one year only."""
        groups = {name for name, value in self.match.groupdict().items() if value}
        start = self._reading("start", rule, confidence) if "start" in groups else None
        last = "end2" if "end2" in groups else "end" if "end" in groups else "start"
        return start, self._reading(last, rule, confidence)

    def _reading(self, group: str, rule: str, confidence: float) -> Reading:
        year = self.match[group]
        if len(year) == 2:
            before = self.match["end"] if group == "end2" else self.match["start"]
            year = (before if len(before) == 4 else self.match["start"])[:2] + year
        year = str(int(year)) if len(year) == 4 else year  # in digits of any script
        return Reading(year, Support(self.passage.span(*self.match.span(group)), rule, confidence))


def find_period(title: Titled | None, document: Document) -> tuple[Reading | None, Reading | None]:
    """Return the first and the last year: from the title, the line or a field beside it, else a sentence.

    A title that says only the last year ("Climate Plan 2030") gets the first from where both stand.
    """
    start, end = None, None
    if title is not None and (period := read_period(title.passage, document.language)) is not None:
        start, end = period.readings("period:title", 0.95)
        if start is not None:
            return start, end
    if title is not None and end is None:
        after = next((b for b in document.blocks if b.span.start >= title.passage.span().end), None)
        beside = read_period(after.passage, document.language) if after is not None else None
        if beside is not None and beside.match.group() == beside.passage.text.strip("()[]（）［］ "):
            return beside.readings("period:beside-title", 0.85)
    for period in _in_metadata(document):
        return period.readings("period:front-matter", 0.85)
    for first, last in _in_sentences(document):
        if end is None or last.value == end.value:
            return first, end or last
    return start, end


def _in_metadata(document: Document) -> Iterator[Period]:
    """Yield the period that a field of the front matter names, where the source's text has the words."""
    for key, value in document.metadata:
        at = document.source.text.find(value) if value.strip() else -1
        if at >= 0 and key.casefold() in rules(document.language).period_fields:
            period = read_period(passage(document.source.text, [(at, at + len(value))]), document.language)
            if period is not None:
                yield period


def read_period(words: Passage, language: str) -> Period | None:
    """Return the first sensible period in a passage, by the language's rules in their order."""
    for rule in rules(language).periods:
        match = rule.pattern.search(words.text)
        if match is not None and _is_sensible(period := Period(words, match)):
            return period
    return None


def _is_sensible(period: Period) -> bool:
    start, end = period.readings("", 1.0)
    return start is None or end is None or 0 <= int(end.value) - int(start.value) <= _LONGEST


def _in_sentences(document: Document) -> Iterator[tuple[Reading, Reading]]:
    """Yield the periods near a plan's noun in prose; extensions of a plan are not its period."""
    language_rules = rules(document.language)
    both = [
        rule.pattern for rule in language_rules.periods if {"start", "end"} <= set(rule.pattern.groupindex)
    ]
    nouns, extension = _words(document.language)
    for block in document.blocks:
        text = block.passage.text
        for start, end in sentences(text, language_rules):
            if extension.search(text, start, end):
                continue
            for match in filter(None, (pattern.search(text, start, end) for pattern in both)):
                if nouns.search(text, max(start, match.start() - _NEAR), min(end, match.end() + _NEAR)):
                    period = Period(block.passage, match)
                    first, last = period.readings("period:sentence", 0.7)
                    if first is not None and last is not None and _is_sensible(period):
                        yield first, last


def find_extensions(document: Document) -> tuple[str, ...]:
    """Return a note for each sentence that extends a plan ("… extended until the year 2025").

    What a decision adds to a period is not the period the plan states, so it changes no year.
    """
    language_rules = rules(document.language)
    nouns, extension = _words(document.language)
    year = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
    return tuple(
        f"an extension is no part of the period: “{block.passage.text[start:end]}”"
        for block in document.blocks
        for start, end in sentences(block.passage.text, language_rules)
        if (word := extension.search(block.passage.text, start, end))
        and year.search(block.passage.text, word.start(), end)
        and nouns.search(block.passage.text, start, end)
    )


@cache
def _words(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the nouns that name a plan and of the words that extend one."""
    language_rules = rules(language)
    nouns, extension = language_rules.plan_nouns, language_rules.extension_words
    return (
        re.compile(language_rules.any_of(nouns), re.IGNORECASE),
        re.compile(language_rules.any_of(extension), re.IGNORECASE),
    )
