"""What is known of elements and plan beside names: measures, deadlines, doers, what a source states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from strategraph.knowledge.measure_words import measure_words, signs
from strategraph.model import (
    Deadline,
    Element,
    Link,
    Measure,
    MeasureMention,
    Mentions,
    NameMention,
    Organization,
    Record,
    Source,
    Span,
    Stated,
    Support,
    Thing,
    Value,
)
from strategraph.model.document import SpanIndex, Spoken
from strategraph.model.identifiers import CONCEPT_BASE, slug

AddLink = Callable[..., None]
_LABEL = 80


def resolve_measures(
    mentions: Mentions,
    elements: Sequence[Element],
    said: Sequence[tuple[Span, str]],
    source: Source,
    spoken: Spoken,
    add: AddLink,
) -> Iterator[Measure]:
    """Yield the measures by IRI; link each to its element and to the commitment whose words set it."""
    acts = SpanIndex(said)
    positions: dict[tuple[str, bool], int] = {}
    for mention in mentions.measures:
        element = elements[mention.section].iri
        key = (element, mention.budget)
        positions[key] = positions.get(key, 0) + 1
        iri = f"{element}/{'budget' if mention.budget else 'measure'}/{positions[key]}"
        span = mention.support.span
        predicate = "budget" if mention.budget else "hasMeasure"
        add(element, predicate, iri, mention.support)
        for act in acts.containing(span):
            if act.startswith(f"{element}/commitment/"):
                add(act, predicate, iri, mention.support)
        yield _measure(iri, mention, source, spoken)


def _measure(iri: str, mention: MeasureMention, source: Source, spoken: Spoken) -> Measure:
    span = mention.support.span
    words = " ".join(source.text[span.start : span.end].split())
    return Measure(
        iri,
        words if len(words) <= _LABEL else f"{words[: _LABEL - 1]}…",
        mention.value,
        mention.unit,
        mention.comparator,
        mention.baseline,
        mention.baseline_year,
        mention.due,
        spoken.at(span),
    )


def resolve_deadlines(
    mentions: Mentions, elements: Sequence[Element], said: Sequence[tuple[Span, str]]
) -> Iterator[Deadline]:
    """Yield when each element, and each commitment, is due: a value with all the words that say it."""
    acts = SpanIndex(said)
    found: dict[tuple[str, str], dict[Span, Support]] = {}
    for mention in mentions.deadlines:
        element, span = elements[mention.section].iri, mention.support.span
        homes = [element, *(act for act in acts.containing(span) if act.startswith(f"{element}/commitment/"))]
        for home in homes:
            found.setdefault((home, mention.value), {}).setdefault(span, mention.support)
    for (home, value), supports in found.items():
        yield Deadline(home, value, tuple(supports.values()))


def link_modalities(mentions: Mentions, commitments: Sequence[str], add: AddLink) -> None:
    """Link each commitment to how it is meant."""
    for mention in mentions.modalities:
        add(
            commitments[mention.commitment],
            "modality",
            f"{CONCEPT_BASE}modality/{mention.name}",
            mention.support,
        )


def link_doers(
    mentions: Mentions,
    elements: Sequence[Element],
    organization: Callable[[NameMention], Organization],
    add: AddLink,
) -> Iterator[Organization]:
    """Yield who does something; link each to it. ``organization`` returns the one that a name means."""
    for mention in mentions.doers:
        doer = organization(NameMention(mention.name, mention.support))
        add(elements[mention.section].iri, "responsible", doer.iri, mention.support)
        yield doer


def link_supports(mentions: Mentions, elements: Sequence[Element], add: AddLink) -> None:
    """Link each element to those that its words say it supports."""
    for mention in mentions.supports:
        add(elements[mention.section].iri, "supports", elements[mention.other].iri, mention.support)


class Links:
    """Collects triples; the supports of one triple come together, each place once."""

    def __init__(self) -> None:
        self._supports: dict[tuple[str, str, str], dict[Span, Support]] = {}

    def add(self, subject: str, predicate: str, object_: str, *supports: Support) -> None:
        """Add a triple, and the words behind it."""
        known = self._supports.setdefault((subject, predicate, object_), {})
        for support in supports:
            known.setdefault(support.span, support)

    def all(self) -> tuple[Link, ...]:
        """Return all triples in the order in which they were first added."""
        return tuple(Link(*triple, tuple(supports.values())) for triple, supports in self._supports.items())


AddStated = Callable[..., None]
TEXTS = frozenset({"description", "otherInformation", "statement"})  # the literals that are in a language
_MONEY = re.compile(r"[A-Z]{3}")
_UNNAMED = "stratml:unnamed"  # the rule of a stakeholder without a name
_PREDICATE_OF_ROLE = {"Beneficiary": "addresses", "Performer": "involves"}


@dataclass(slots=True)
class Described:
    """What the records of a source amount to."""

    things: list[Thing] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """What records are resolved with.

    ``elements`` are those of the sections by every span that prints them; ``groups`` the IRIs of groups by
    the span that names them; ``organization`` makes an organisation of a name.
    """

    plan: str
    owner: str | None
    elements: Mapping[Span, Element]
    groups: Mapping[Span, str]
    organization: Callable[[NameMention], Organization]
    spoken: Spoken


def describe(stated: Stated, around: Around, add: AddStated) -> Described:
    """Return the nodes and literals that records are; every link of theirs is added with ``add``."""
    return _Describing(stated, around, add).all()


class _Describing:
    def __init__(self, stated: Stated, around: Around, add: AddStated) -> None:
        self._stated, self._around, self._add = stated, around, add
        self._made = Described()
        self._iris: list[str | None] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._units: dict[str, str] = {}
        self._roles: dict[int, list[str]] = {}

    def all(self) -> Described:
        for record in self._stated.records:
            if record.kind == "Role" and record.record is not None:
                self._roles.setdefault(record.record, []).extend(
                    value for name, value in record.facts if name == "roleType"
                )
            if record.link == "unitText" and (home := self._home(record)):
                self._units[home] = record.value
        for index, record in enumerate(self._stated.records):
            self._iris.append(self._one(index, record))
        self._referents()
        return self._made

    def _home(self, record: Record) -> str | None:
        if record.record is not None:
            return self._iris[record.record] if record.record < len(self._iris) else None
        if record.section is None:
            return self._around.plan
        element = self._around.elements.get(self._stated.sections[record.section].supports[0].span)
        return element.iri if element else None

    def _one(self, index: int, record: Record) -> str | None:
        """Add a record; return the IRI of what it is, None for a literal or where its home is gone."""
        home, support = self._home(record), record.support
        if home is None:
            self._made.notes.append(f"“{record.value}” is of an element that was left out")
            return None
        language = self._around.spoken.at(support.span)
        if not record.kind:
            tongue = language if record.link in TEXTS else ""
            self._made.values.append(Value(home, record.link, record.value, (support,), tongue))
            return None
        if record.kind == "TargetGroup":
            self._add(home, record.link, self._around.groups[support.span], support)
            return None
        if record.kind == "Organization":
            return self._organization(record, home)
        if record.kind == "Person":
            iri = self._person(record.value, record.facts)
            self._add(home, record.link, iri, support)
            return iri
        name = "result" if record.kind == "Measure" else slug(record.kind)
        self._counts[home, name] += 1
        iri = f"{home}/{name}/{self._counts[home, name]}"
        self._add(home, record.link, iri, support)
        facts = record.facts
        if record.kind == "Measure":
            facts = tuple(self._measured(facts, home, language))
        elif record.kind == "Stakeholder":
            facts = (*facts, *self._party(index, record, home))
        self._made.things.append(Thing(iri, record.kind, record.value, facts, language))
        return iri

    def _organization(self, record: Record, home: str) -> str:
        if record.link == "owner" and self._around.owner is not None:
            return self._around.owner  # the plan's profile has it
        other = dict(record.facts).get("acronym")
        organization = self._around.organization(NameMention(record.value, record.support, other))
        self._made.organizations.append(organization)
        self._add(home, record.link, organization.iri, record.support)
        return organization.iri

    def _person(self, name: str, facts: Sequence[tuple[str, str]] = ()) -> str:
        iri = f"{self._around.plan}/person/{slug(name)}"
        self._made.things.append(Thing(iri, "Person", name, tuple(facts), ""))
        return iri

    def _party(self, index: int, record: Record, home: str) -> Iterator[tuple[str, str]]:
        """Link who a stakeholder is with what it has a stake in; yield it as a fact of the stakeholder."""
        support, roles = record.support, self._roles.get(index, [])
        of_element = record.section is not None
        if (group := self._around.groups.get(support.span)) is not None:
            if of_element:
                links = [_PREDICATE_OF_ROLE[role] for role in roles if role in _PREDICATE_OF_ROLE]
                for link in dict.fromkeys(links or ["mentionsGroup"]):
                    self._add(home, link, group, support)
            yield "party", group
        elif dict(record.facts).get("stakeholderType") == "Person":
            yield "party", self._person(record.value)
        elif support.rule != _UNNAMED:
            organization = self._around.organization(NameMention(record.value, support))
            self._made.organizations.append(organization)
            if of_element and "Performer" in roles:
                self._add(home, "responsible", organization.iri, support)
            yield "party", organization.iri

    def _measured(
        self, facts: Sequence[tuple[str, str]], home: str, language: str
    ) -> Iterator[tuple[str, str]]:
        """Yield the facts of a result, with unit and comparator where it is a number."""
        for name, value in facts:
            yield name, value
            if name == "value":
                yield "unit", unit_code(self._units.get(home, ""), language)
                yield "comparator", "equal"

    def _referents(self) -> None:
        """Lead relationships to what they name, where the source has it."""
        named = {
            value.value: value.subject
            for value in reversed(self._made.values)
            if value.predicate == "identifier"
        }
        for place, thing in enumerate(self._made.things):
            found = [named[v] for name, v in thing.facts if name == "referentIdentifier" and v in named]
            if found:
                facts = (*thing.facts, *(("referent", iri) for iri in dict.fromkeys(found)))
                self._made.things[place] = Thing(thing.iri, thing.kind, thing.label, facts, thing.language)


def unit_code(text: str, language: str) -> str:
    """Return the code of a unit as printed: UCUM or ISO 4217 where it is known, else "1", what is counted.

    >>> unit_code("percent", "en"), unit_code("Participants per class", "en")
    ('%', '1')
    """
    wanted = " ".join(text.split()).casefold()
    words = measure_words(language) or measure_words("en")
    known = {**signs().after, **(words.units if words else {})}
    codes = {key.casefold(): code for key, code in known.items()}
    if wanted in codes:
        return codes[wanted]
    return text if _MONEY.fullmatch(text) else "1"
