"""What was seen in a document, before it is identified; every value with the words behind it.

Sections stand in the order that every stage expects: as they are read, parents before children.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategraph.model.text import Passage, Span

CURATOR = "curator"  # who a person is, and the rule of what one decided


@dataclass(frozen=True, slots=True)
class Support:
    """The words behind a fact: where they stand, the rule that read them, and how sure it is (0 to 1).

    ``via`` is the IRI of the theme or group through which outside knowledge leads to the fact; ``path`` the
    XPath of what the words are of, where that is more than what holds them.
    """

    span: Span
    rule: str
    confidence: float = 1.0
    via: str | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stated element of the plan, as it was understood.

    ``kind`` is the local name of its class ("Goal"); ``parent`` the index of the enclosing section;
    ``supports`` one entry for each place that prints it, the fullest first; ``identifier`` the name that a
    source in a structured format gives it, which its IRI is made of.
    """

    kind: str
    number: str | None
    title: Passage | None
    statement: Passage | None
    parent: int | None
    supports: tuple[Support, ...]
    identifier: str | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the title and the statement, as far as there are any."""
        return tuple(p for p in (self.title, self.statement) if p)


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """Words that name a target group or a theme.

    ``concept`` is the IRI of the vocabulary's concept, or None for a candidate; ``label`` is the name
    the concept has or, for a candidate, would have (lower case, plural). ``broader`` is the IRI of the
    concept that a candidate narrows ("junior doctors": doctors). ``role`` says of a group whether the words
    are for it ("addressed"), work with it ("involved") or only name it ("mentioned"); of a theme it is "".
    """

    scheme: str  # "target-group" | "theme"
    surface: str
    label: str
    concept: str | None
    support: Support
    broader: str | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class SdgMention:
    """Words that cite a Sustainable Development Goal or target by its number ("6", "6.1")."""

    number: str
    support: Support


@dataclass(frozen=True, slots=True)
class CitationMention:
    """Words that cite an instrument, taken apart but not yet identified.

    ``kind`` is the class's local name; ``body`` the slug of the issuing body where the words or their table
    entry make it certain; ``role`` the property's local name ("cites", "adoptedBy"). ``own`` says that the
    document is that instrument, ``issued`` that an organ is named beside the number, known or not. ``date``
    is when it was decided, as the citation says ("2015-09-25"). Of one in a list, ``item`` is where its own
    words stand and ``listed`` where the whole list does.
    """

    kind: str
    surface: str
    support: Support
    body: str | None = None
    number: str | None = None
    title: str | None = None
    session: str | None = None
    revised: bool = False
    revision_place: str | None = None
    revision_year: int | None = None
    role: str = "cites"
    identifiers: tuple[str, ...] = ()  # external IRIs computed from the citation (ELI, CELEX)
    issued: bool = False
    own: bool = False
    date: str | None = None
    item: Span | None = None
    listed: Span | None = None


@dataclass(frozen=True, slots=True)
class RelationMention:
    """Words that say what one cited instrument does to another ("amends", "repeals" …).

    ``subject`` and ``object`` are positions in :attr:`Mentions.citations`.
    """

    name: str
    subject: int
    object: int
    support: Support


@dataclass(frozen=True, slots=True)
class Term:
    """A value that words of a provision state: its verb, whom it addresses, by when."""

    value: str
    support: Support


@dataclass(frozen=True, slots=True)
class ProvisionMention:
    """A paragraph of the resolution that the document is.

    ``part`` is "preambular" or "operative"; ``number`` the printed one, or letter; ``parent`` the position
    of the provision it stands below; ``opening`` the verb as printed; ``force`` that of its verb ("binding"
    …).
    """

    part: str
    number: str | None
    statement: Passage
    parent: int | None
    support: Support
    verb: Term | None = None
    opening: str | None = None
    force: str | None = None
    addressee: Term | None = None
    due: Term | None = None
    reports_to: Term | None = None
    language: str | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return its words, as those of a section."""
        return (self.statement,)


@dataclass(frozen=True, slots=True)
class OwnText:
    """The resolution that the document is: ``citation`` is the position of its own number in the citations.

    ``date`` is the day on which it was adopted ("2023-12-06").
    """

    citation: int
    title: Passage | None
    provisions: tuple[ProvisionMention, ...]
    date: Term | None = None


@dataclass(frozen=True, slots=True)
class NameMention:
    """Words that name an organisation or event; ``other`` is the long form or acronym given with it."""

    name: str
    support: Support
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a commitment is for, in the prose of the section with this index: verb, object, the words."""

    section: int
    verb: str
    object: Passage
    support: Support


@dataclass(frozen=True, slots=True)
class Commitment:
    """One verb with its object, in the prose of the section with this index.

    ``purposes`` are positions in :attr:`Mentions.purposes`.
    """

    section: int
    verb: str
    object: Passage
    support: Support
    purposes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureMention:
    """A quantity that the words of a section, or a cell beside them, set.

    ``value`` and ``baseline`` are decimals as XML Schema writes them; ``unit`` a UCUM code, "1" for what is
    counted, or an ISO 4217 code; ``comparator`` one of the closed list of the shapes; ``due`` a date or a
    year; ``budget`` says that it is the money for the section, not what it is to reach.
    """

    section: int
    value: str
    unit: str
    comparator: str
    support: Support
    baseline: str | None = None
    baseline_year: int | None = None
    due: str | None = None
    budget: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineMention:
    """When what a section states is due: a date ("2025-06-30"), a year ("2025"), or the words."""

    section: int
    value: str
    support: Support


@dataclass(frozen=True, slots=True)
class DoerMention:
    """The name of who does what a section states."""

    section: int
    name: str
    support: Support


@dataclass(frozen=True, slots=True)
class ModalityMention:
    """How the commitment with this index is meant: the name of a modality."""

    commitment: int
    name: str
    support: Support


@dataclass(frozen=True, slots=True)
class SupportMention:
    """That what a section states supports what the other states; both are positions of sections."""

    section: int
    other: int
    support: Support


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read from the text ("ITU Strategic Plan 2024-2027"), or given by the user (no support)."""

    value: str
    support: Support | None = None


@dataclass(frozen=True, slots=True)
class OwnerReading:
    """The owner's name as read from the text, or as given by the user (no support).

    ``other`` is the acronym or long form that the text gives with the name.
    """

    name: str
    support: Support | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What the text says of the plan as a whole; ``notes`` are readings that were kept apart."""

    title: Reading | None = None
    owner: OwnerReading | None = None
    start: Reading | None = None
    end: Reading | None = None
    language: str = "und"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that was seen in a document, before anything is identified."""

    profile: Profile
    sections: tuple[Section, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    concepts: tuple[ConceptMention, ...] = ()
    sdgs: tuple[SdgMention, ...] = ()
    citations: tuple[CitationMention, ...] = ()
    relations: tuple[RelationMention, ...] = ()
    own_texts: tuple[OwnText, ...] = ()
    organizations: tuple[NameMention, ...] = ()
    events: tuple[NameMention, ...] = ()
    acronyms: tuple[NameMention, ...] = ()  # name: the acronym; other: its long form
    decisions: tuple[str, ...] = ()  # a curator's, each in a sentence
    models: tuple[str, ...] = ()  # the language models whose proposals were read
    measures: tuple[MeasureMention, ...] = ()
    deadlines: tuple[DeadlineMention, ...] = ()
    doers: tuple[DoerMention, ...] = ()
    modalities: tuple[ModalityMention, ...] = ()
    supports: tuple[SupportMention, ...] = ()


def in_order(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections in reading order, each under its parent, an index into ``sections``.

    A parent that stands behind its child comes before it all the same. A section that would be its own
    ancestor loses its parent.
    """
    parents = without_circles([section.parent for section in sections])
    order: list[int] = []
    index: dict[int, int] = {}
    for first in sorted(range(len(sections)), key=lambda number: _place(sections[number])):
        chain: list[int] = []
        up: int | None = first
        while up is not None and up not in index:
            chain.append(up)
            up = parents[up]
        for number in reversed(chain):
            index[number] = len(order)
            order.append(number)
    return tuple(
        replace(sections[number], parent=None if (up := parents[number]) is None else index[up])
        for number in order
    )


def without_circles(parents: Sequence[int | None]) -> list[int | None]:
    """Return for each index its parent; None in place of one that leads back to the index.

    >>> without_circles([1, 0, 1])
    [1, None, 1]
    """
    sound = list(parents)
    safe: set[int] = set()
    for first in range(len(sound)):
        seen: dict[int, None] = {}
        up: int | None = first
        while up is not None and up not in safe:
            seen[up] = None
            above = sound[up]
            if above in seen:
                above = sound[up] = None
            up = above
        safe.update(seen)
    return sound


def _place(section: Section) -> tuple[int, int]:
    span = section.supports[0].span
    return span.start, -span.end
