"""How a plan and its elements stand to others, as the text says it: what it replaces, and what supports what.

The forms are in ``data/succession.toml``, each with examples and counter-examples. The plan before is cited
by name: as any other plan that a text cites, it is a policy, and what it is to this plan is its role.

The words are in ``data/supports.toml``, the labels of each kind in the tables of languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from strategraph.knowledge import resources
from strategraph.knowledge.languages import LanguageRules, alternation, rules
from strategraph.knowledge.typed_tables import At, Flags, Words, as_value, read_table
from strategraph.model import CitationMention, Passage, Profile, Section, Support, SupportMention
from strategraph.model.document import SpanIndex, Spoken

ROLE = "succeeds"
RULE_PREFIX = "succession/"
_CONFIDENCE = 0.9
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
RULE = "supports"
_CONFIDENCE_OF_SUPPORT = 0.9
_NUMBER = r"(?P<number>(?:[A-Z](?:\.?\d{1,3})?|\d{1,3})(?:\.\d{1,3})*[a-z]?)(?![A-Za-z0-9%–-])(?!\.\d)"
_CLAUSE = re.compile(r"[.,;:!?。，；、]")


@dataclass(frozen=True, slots=True)
class SuccessionForm:
    """A way in which a language says it, with the texts that prove it."""

    name: str
    language: str
    pattern: Annotated[re.Pattern[str], Flags(re.VERBOSE)]
    cancels: Annotated[re.Pattern[str], Flags(re.IGNORECASE)]
    examples: tuple[Words, ...]
    counter_examples: Words


@dataclass(frozen=True, slots=True)
class _SuccessionFile:
    """What the file holds; a form is read when a text of its language is."""

    years: Annotated[str, At("fragments.years")]
    forms: Annotated[tuple[Mapping[str, Any], ...], At("form")]


@dataclass(frozen=True, slots=True)
class Replaced:
    """The name of the plan before, and the words that say so, by positions in the text."""

    rule: str
    start: int
    end: int
    name_start: int
    name_end: int


def forms() -> tuple[SuccessionForm, ...]:
    """Return the forms of all languages."""
    languages = dict.fromkeys(one.get("language", "") for one in _succession().forms)
    return tuple(form for language in languages for form in _forms(language))


@cache
def _succession() -> _SuccessionFile:
    return read_table(_SuccessionFile, resources.path("data", "succession.toml"))


@cache
def _forms(language: str) -> tuple[SuccessionForm, ...]:
    path, file = resources.path("data", "succession.toml"), _succession()
    return tuple(
        as_value(SuccessionForm, one, f"{path}: form[{number}]", {"{years}": file.years})
        for number, one in enumerate(file.forms)
        if one.get("language", "") == language
    )


def replaced(
    text: str, language: str, own: tuple[str | None, str | None] = (None, None)
) -> Iterator[Replaced]:
    """Yield the plans that a text says its plan replaces; ``own`` are the first and last year of the plan.

    >>> text = "This plan replaces the Strategic Plan 2018-2022."
    >>> [text[one.name_start : one.name_end] for one in replaced(text, "en")]
    ['Strategic Plan 2018-2022']
    """
    for form in _forms(language.partition("-")[0]):
        for match in form.pattern.finditer(text):
            if form.cancels.search(match.group()) or form.cancels.search(_clause(text, match.start())):
                continue
            told = match.groupdict().get("own")
            period = [year for year in own if year]
            if told is not None and _YEAR.findall(told) != period:
                continue
            named = _YEAR.findall(match["name"])
            if named and named == period[: len(named)]:
                continue
            yield Replaced(form.name, match.start(), match.end("name"), *match.span("name"))


def _clause(text: str, end: int) -> str:
    """Return the words of the sentence before a position."""
    return re.split(r"[.;:!?。；]", text[:end])[-1]


def find_succession(
    passages: Sequence[Passage], profile: Profile, citations: Sequence[CitationMention], spoken: Spoken
) -> Iterator[CitationMention]:
    """Yield a citation of each plan that this one replaces, but for what is cited there already."""
    known = SpanIndex((citation.support.span, "") for citation in citations)
    own = (profile.start.value if profile.start else None, profile.end.value if profile.end else None)
    for passage in passages:
        for one in replaced(passage.text, spoken.of(passage), own):
            name = passage.cut(one.name_start, one.name_end)
            if known.overlaps(name.span()):
                continue
            support = Support(passage.span(one.start, one.end), f"{RULE_PREFIX}{one.rule}", _CONFIDENCE)
            title = " ".join(name.text.split())
            yield CitationMention(kind="Policy", surface=title, support=support, title=title, role=ROLE)


@dataclass(frozen=True, slots=True)
class Supported:
    """An element that words name by kind and number; from ``start`` to ``end`` they name it."""

    start: int
    end: int
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class _SupportEntry:
    """What a language has in the file."""

    tag: str
    negations: Words
    cues: Words
    between: Words
    joiners: Words
    examples: tuple[Words, ...]
    counter_examples: Words


@dataclass(frozen=True, slots=True)
class _SupportFile:
    languages: Annotated[tuple[_SupportEntry, ...], At("language")]


@dataclass(frozen=True, slots=True)
class _Words:
    cue: re.Pattern[str]
    negation: re.Pattern[str]
    kinds: Mapping[str, str]
    foreign: re.Pattern[str]


def supported(text: str, language: str) -> Iterator[Supported]:
    """Yield the elements that a text says it supports; those of one list share its words.

    >>> [(one.kind, one.number) for one in supported("It contributes to Goals 1 and 3.", "en")]
    [('Goal', '1'), ('Goal', '3')]
    """
    tag = language.partition("-")[0]
    words = _words(tag)
    if words is None:
        return
    for cue in words.cue.finditer(text):
        first, further = _items(tag)  # only here: few texts have a cue
        item = first.match(text, cue.end())
        if item is None or words.negation.search(_CLAUSE.split(text[: cue.start()])[-1]):
            continue
        kind, named, end = _kind(item, words), [], 0
        while item is not None:
            kind = _kind(item, words) if item["label"] else kind
            named.append((kind, item["number"]))
            end = item.end()
            item = further.match(text, end)
        if words.foreign.match(text, end) is None:
            for kind, number in named:
                yield Supported(cue.start(), end, kind, number)


def find_supports(sections: Sequence[Section], spoken: Spoken) -> Iterator[SupportMention]:
    """Yield what sections say they support: of one kind and number there must be one other section."""
    places: dict[tuple[str, str], list[int]] = {}
    for index, section in enumerate(sections):
        if section.number is not None:
            places.setdefault((section.kind, section.number), []).append(index)
    for index, section in enumerate(sections):
        for passage in section.passages:
            for one in supported(passage.text, spoken.of(passage)):
                meant = places.get((one.kind, one.number), [])
                if len(meant) == 1 and meant[0] != index:
                    support = Support(passage.span(one.start, one.end), RULE, _CONFIDENCE_OF_SUPPORT)
                    yield SupportMention(index, meant[0], support)


def examples() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the language and text of each example and counter-example, and what it says, as "Goal 1"."""
    for tag, entry in _table().items():
        yield from ((tag, text, tuple(said)) for text, *said in entry.examples)
        yield from ((tag, text, ()) for text in entry.counter_examples)


@cache
def _table() -> Mapping[str, _SupportEntry]:
    file = read_table(_SupportFile, resources.path("data", "supports.toml"))
    return {entry.tag: entry for entry in file.languages}


@cache
def _words(tag: str) -> _Words | None:
    entry = _table().get(tag)
    if entry is None:
        return None
    language = rules(tag)
    return _Words(
        re.compile(rf"{_edged(entry.cues, language)}\s*:?\s*", re.IGNORECASE),
        re.compile(_edged(entry.negations, language), re.IGNORECASE),
        {_key(w): one.kind for one in language.labels for w in (*one.words, *one.plurals)},
        language.foreign_after,
    )


@cache
def _items(tag: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the first element that is named behind a cue, and of a further one."""
    entry, language = _table()[tag], rules(tag)
    kinds = {_key(word) for one in language.labels for word in (*one.words, *one.plurals)}
    label = rf"(?P<label>(?i:{alternation(kinds)}))"
    lead = rf"(?:(?i:{alternation(entry.between)})(?:\s+|(?<=['’])))*"
    numbered = rf"\s*(?:{'|'.join(language.number_leads)})?{_NUMBER}"
    word = rf"(?i:{alternation(entry.joiners)})"
    joiner = rf"(?:\s*[,;]\s*(?:{word}\s*)?|\s*{word}\s*)"
    return (
        re.compile(rf"{lead}{label}{numbered}"),
        re.compile(rf"{joiner}{lead}(?:{label})?{numbered}"),
    )


def _edged(words: Sequence[str], language: LanguageRules) -> str:
    """Return the pattern of any of the words, as whole words where the language has spaces."""
    return (
        rf"(?<!\w)(?:{alternation(words)})(?:(?!\w)|(?<=['’]))"
        if language.spaced
        else f"(?:{alternation(words)})"
    )


def _kind(item: re.Match[str], words: _Words) -> str:
    return words.kinds[_key(item["label"])]


def _key(word: str) -> str:
    return " ".join(re.split(r"[\s-]+", word.casefold().replace("’", "'")))
