"""Target groups and themes that passages name.

Whether words that could name a theme do: by the words beside them, and by the names of bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from strategraph.extraction.groups import Group, GroupReader
from strategraph.extraction.groups.features import hits, known_names
from strategraph.extraction.names import find_acronyms
from strategraph.knowledge import resources
from strategraph.knowledge.gazetteer import Gazetteer
from strategraph.knowledge.languages import FALLBACK, alternation
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Flags, as_value, read_table
from strategraph.knowledge.vocabulary import TARGET_GROUP, THEME, Vocabulary, VocabularyConcept
from strategraph.model import ConceptMention, NameMention, Passage, Support
from strategraph.model.document import SpanIndex

_NEAR = 100  # characters on either side that decide
_ADDRESS_GOES_ON = re.compile(r"\.[a-z][\w-]*[./]")
_MOST_WORDS = 8  # of a body's name before the theme in it
_CAPITALISED = r"[^\W\d_a-z\u0430-\u044f\u0451][\w’'-]*"
_NAME_GOES_ON = re.compile(r"\s+[A-Z][a-z]")
_NAMED = 0.9  # how often a theme's own name means it
_HINTED = 0.7  # how often a hidden label of a theme tells of it
_ACRONYM = 0.9


@dataclass(frozen=True, slots=True)
class Sense:
    """What stands before or after words that mean something else than the theme, with examples."""

    theme: str
    language: str
    before: Annotated[re.Pattern[str], Flags(re.IGNORECASE)]
    after: Annotated[re.Pattern[str], Flags(re.IGNORECASE)]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def denies(self, text: str, start: int, end: int) -> bool:
        """Whether the words at a place of a text are not the theme."""
        before = text[max(0, start - _NEAR) : start]
        return bool(self.before.search(before) or self.after.match(text, end))


@dataclass(frozen=True, slots=True)
class _NamesOfBodies:
    """Words by which names of bodies in a language are known: first ones, last ones, those between."""

    language: str
    first: tuple[str, ...]
    small: tuple[str, ...]
    last: tuple[str, ...]
    links: tuple[str, ...] = ()

    @property
    def before(self) -> re.Pattern[str]:
        """What makes the words behind it part of the name of a body."""
        small = rf"(?:{alternation(self.small)})"
        return re.compile(
            rf"(?<!\w)(?:{alternation(self.first)})\s+"
            rf"(?:(?:{small}|{_CAPITALISED},?)\s*){{0,{_MOST_WORDS}}}(?<=[\s'’])\Z"
        )

    @property
    def behind(self) -> re.Pattern[str] | None:
        """What makes the words before it part of the name of a body."""
        if not self.last:
            return None
        links, last = alternation(self.links), alternation(self.last)
        return re.compile(rf"(?:\s+(?:{links})?\s*[A-Z][\w’'-]*){{0,2}}\s+(?:{last})(?!\w)")


@dataclass(frozen=True, slots=True)
class _SensesFile:
    """What the file holds; a sense is read when its language is asked for: most texts have one."""

    senses: Annotated[tuple[Mapping[str, object], ...], At("sense")]
    bodies: tuple[_NamesOfBodies, ...] = ()


@dataclass(frozen=True, slots=True)
class _SenseTables:
    """What there is in one language: senses by theme, what makes words part of the name of a body."""

    senses: Mapping[str, tuple[Sense, ...]]
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


@cache
def senses() -> tuple[Sense, ...]:
    """Return the senses of ``data/senses.toml``."""
    return tuple(map(_sense, range(len(_content().senses))))


def is_theme(text: str, start: int, end: int, theme: str, language: str) -> bool:
    """Whether the words at a place of a text that a theme's label matched mean it.

    ``theme`` is the slug of the concept. They do not where a sense of the language says so, or where they are
    part of the name of a body ("Ministry of Health") or of an address ("jobs.example.org").
    """
    if _ADDRESS_GOES_ON.match(text, end):
        return False
    tables = _tables(language.partition("-")[0].lower())
    if any(sense.denies(text, start, end) for sense in tables.senses.get(theme, ())):
        return False
    if tables.before is not None and tables.before.search(text[max(0, start - _NEAR) : start]):
        return False
    return not (tables.behind is not None and text[start].isupper() and tables.behind.match(text, end))


@cache
def _content() -> _SensesFile:
    return read_table(_SensesFile, _path())


def _path() -> Path:
    return resources.path("data", "senses.toml")


def _sense(number: int) -> Sense:
    return as_value(Sense, _content().senses[number], f"{_path()}: sense[{number}]")


@cache
def _tables(language: str) -> _SenseTables:
    found: dict[str, tuple[Sense, ...]] = {}
    for number, entry in enumerate(_content().senses):
        if entry.get("language") == language:
            sense = _sense(number)
            found[sense.theme] = (*found.get(sense.theme, ()), sense)
    bodies = next((one for one in reversed(_content().bodies) if one.language == language), None)
    return _SenseTables(found, bodies.before if bodies else None, bodies.behind if bodies else None)


def find_concepts(
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    language: str,
    acronyms: Sequence[NameMention] = (),
    *,
    statements: bool = True,
) -> tuple[ConceptMention, ...]:
    """Return the groups and themes that passages name, in the order of their words.

    ``language`` is a BCP 47 tag: it chooses the labels of the vocabulary and the words' classes; what is too
    short to tell its language ("und") is read as English. ``acronyms`` are definitions from elsewhere in the
    document, beside those in the passages. ``statements`` are the words of a plan's elements; other passages
    are running text.

    Post: no two mentions of one passage and scheme overlap; each ``surface`` is the passage's own words.
    """
    defined = dict.fromkeys((*acronyms, *find_acronyms(passages)))
    spoken = FALLBACK if language == "und" else language
    reader = _ConceptFinder(vocabulary, spoken, tuple(defined), statements=statements)
    return tuple(mention for passage in passages for mention in reader.mentions(passage))


class _ConceptFinder:
    """Finds concepts in passages of one document."""

    def __init__(
        self, vocabulary: Vocabulary, language: str, acronyms: Sequence[NameMention], *, statements: bool
    ) -> None:
        self._language = language
        self._names = known_names(vocabulary, language)
        self._groups = GroupReader(vocabulary, language, statements=statements)
        self._definitions = SpanIndex((acronym.support.span, acronym) for acronym in acronyms)
        self._acronyms = Gazetteer(
            (acronym.name, meaning)
            for acronym in acronyms
            if self._names.get(acronym.name) is None and (meaning := self._meaning(acronym.other or ""))
        )

    def mentions(self, passage: Passage) -> Iterator[ConceptMention]:
        """Yield the groups and themes that a passage names, in the order of their words."""
        found = [_of_group(passage, group) for group in self._groups.groups(passage.text)]
        found += self._themes(passage, found)
        found += self._shortened(passage, found)
        yield from sorted(found, key=lambda mention: (mention.support.span, mention.scheme))

    def _themes(self, passage: Passage, groups: Sequence[ConceptMention]) -> Iterator[ConceptMention]:
        text = passage.text
        for hit in hits(self._names, text):
            kind, entry = hit.value
            if entry.scheme != THEME or not is_theme(
                text, hit.start, hit.end, _slug(entry.iri), self._language
            ):
                continue
            span = passage.span(hit.start, hit.end)
            if not any(group.support.span.contains(span) for group in groups):
                sure = _HINTED if kind.endswith("?") else _NAMED
                rule = "theme hint" if kind.endswith("?") else "vocabulary"
                yield _of_theme(entry, text[hit.start : hit.end], Support(span, rule, sure))

    def _shortened(self, passage: Passage, found: Sequence[ConceptMention]) -> Iterator[ConceptMention]:
        """Yield what acronyms stand for that the document defines elsewhere."""
        for hit in self._acronyms.find(passage.text):
            span = passage.span(hit.start, hit.end)
            if _NAME_GOES_ON.match(passage.text, hit.end):
                continue  # "the CDO Council" is a name of its own
            if self._definitions.containing(span) or any(one.support.span.overlaps(span) for one in found):
                continue
            surface = passage.text[hit.start : hit.end]
            support = Support(span, "acronym", _ACRONYM)
            if isinstance(hit.value, VocabularyConcept):
                yield _of_theme(hit.value, surface, support)
            else:
                yield _naming_group(hit.value, surface, support)

    def _meaning(self, long: str) -> VocabularyConcept | Group | None:
        """Return what the long form of an acronym names: a theme of the vocabulary, or a group."""
        known = self._names.get(long)
        if known is not None and known[1].scheme == THEME:
            return known[1]
        return self._groups.name(long) if long else None


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def _of_theme(entry: VocabularyConcept, surface: str, support: Support) -> ConceptMention:
    return ConceptMention(entry.scheme, surface, entry.name(), entry.iri, support)


def _of_group(passage: Passage, group: Group) -> ConceptMention:
    support = Support(passage.span(group.start, group.end), "group tagger", group.confidence)
    return _naming_group(group, passage.text[group.start : group.end], support)


def _naming_group(group: Group, surface: str, support: Support) -> ConceptMention:
    return ConceptMention(
        TARGET_GROUP,
        surface,
        group.label,
        group.entry.iri if group.entry else None,
        support,
        group.broader.iri if group.broader else None,
        group.role,
    )
