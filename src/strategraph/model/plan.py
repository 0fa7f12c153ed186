"""What the mentions refer to: the plan, with an IRI for everything."""

from __future__ import annotations

from dataclasses import dataclass

from strategraph.model.document import Source
from strategraph.model.mentions import NameMention, Profile, Support


@dataclass(frozen=True, slots=True)
class Link:
    """One extracted triple between two nodes; ``predicate`` is a local name of the ontology."""

    subject: str
    predicate: str
    object: str
    supports: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the plan with its IRI; commitments and purposes have ``verb`` and ``object``.

    ``language`` is that of its label and title, and of its statement too unless ``statement_language`` says
    another.
    """

    iri: str
    kind: str
    parent: str
    position: int
    label: str
    number: str | None = None
    title: str | None = None
    statement: str | None = None
    verb: str | None = None
    object: str | None = None
    language: str = "und"
    statement_language: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A target group or theme that the plan names.

    ``translations`` are the preferred labels in other languages and ``alternatives`` all other names, as
    (text, language) pairs; ``matches`` are (SKOS mapping property, IRI) pairs from
    the vocabulary; ``broader`` are IRIs of concepts; a candidate is in no vocabulary.
    """

    iri: str
    scheme: str
    label: str
    language: str = "en"
    candidate: bool = False
    translations: tuple[tuple[str, str], ...] = ()
    alternatives: tuple[tuple[str, str], ...] = ()
    broader: tuple[str, ...] = ()
    matches: tuple[tuple[str, str], ...] = ()
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation: its label, other names, and verified external IRIs.

    ``language`` is that of the label: a table's own, None for that of the text that names it.
    """

    iri: str
    label: str
    alternatives: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A conference or other event; ``language`` is that of its label, "" for an acronym, which has none."""

    iri: str
    label: str
    alternatives: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A resolution, decision, treaty, law …; a revision points at the instrument without revision.

    ``language`` is that of the label: English where it is made of kind and number, "" for a title that texts
    print, None for that of the text where no other plan can print it. A document that is cited and decides
    nothing is of the kind "CitedDocument". ``symbol`` is that of the document of the United Nations; ``year``
    and ``date`` say when it was decided.
    """

    iri: str
    kind: str
    label: str
    number: str | None = None
    issued_by: str | None = None
    session: str | None = None
    revision_of: str | None = None
    revision_place: str | None = None
    revision_year: int | None = None
    revised_at: str | None = None
    alternatives: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    symbol: str | None = None
    year: int | None = None
    date: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that an element sets; the fields are those of :class:`MeasureMention`."""

    iri: str
    label: str
    value: str
    unit: str
    comparator: str
    baseline: str | None = None
    baseline_year: int | None = None
    due: str | None = None
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Provision:
    """A paragraph of a resolution with its IRI; ``force`` is that of its verb ("binding" …)."""

    iri: str
    part: str
    parent: str
    position: int
    label: str
    number: str | None
    statement: str
    force: str | None = None
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an element is due, with the words that say it."""

    element: str
    value: str
    supports: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One extracted triple between a node and a text; ``predicate`` is a local name of the ontology.

    ``language`` is that of the text, "" where it has none.
    """

    subject: str
    predicate: str
    value: str
    supports: tuple[Support, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a structured source describes beside elements: a stakeholder, a person, a result.

    ``kind`` is the local name of its class; ``facts`` are literals, by the local names of their properties.
    """

    iri: str
    kind: str
    label: str
    facts: tuple[tuple[str, str], ...] = ()
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan with everything identified: what the graph is made of.

    ``iri`` names the plan, ``source_iri`` its document. ``profile`` keeps the readings behind title,
    owner and period. ``links`` hold every extracted triple between nodes with the words behind it.
    """

    iri: str
    source_iri: str
    source: Source
    label: str
    profile: Profile
    elements: tuple[Element, ...] = ()
    concepts: tuple[Concept, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    organizations: tuple[Organization, ...] = ()
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    measures: tuple[Measure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    texts_of: tuple[str, ...] = ()
    is_plan: bool = True
    provisions: tuple[Provision, ...] = ()
    values: tuple[Value, ...] = ()
    things: tuple[Thing, ...] = ()
    acronyms: tuple[NameMention, ...] = ()
    decisions: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # ambiguous or unresolved readings, for the review
