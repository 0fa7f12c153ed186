"""The values that pass from stage to stage; all frozen, none knows RDF.

Offsets are code points in ``Source.text``. A passage is text cleaned for reading (white space collapsed,
markup left out) that still knows where each of its characters stands in the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# --------------------------------------------------------------------------------------------------
# Places in the source


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of the source's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """Readable text and the way back to the source.

    ``pieces`` are pairs (position in ``text``, offset in the source), ascending in the first and, but for
    tables read in another order, in the second; from one pair to the next the two run in parallel.

    >>> passage = Passage("a b", ((0, 10), (2, 15)))   # the source has 'a', white space, then 'b' at 15
    >>> passage.span(0, 3)
    Span(start=10, end=16)
    """

    text: str
    pieces: tuple[tuple[int, int], ...]

    def offset(self, position: int) -> int:
        """Return where the character at ``position`` stands in the source."""
        index = bisect_right(self.pieces, (position, float("inf"))) - 1
        start, source = self.pieces[index]
        return source + position - start

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the source span from the character at ``start`` to that before ``end``."""
        last = (len(self.text) if end is None else end) - 1
        return Span(self.offset(start), self.offset(last) + 1)

    def cut(self, start: int = 0, end: int | None = None) -> Passage:
        """Return the passage between two positions, without white space at its edges."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return Passage("", ())
        first = bisect_right(self.pieces, (start, float("inf")))
        inner = self.pieces[first : bisect_left(self.pieces, (end,), first)]
        moved = ((position - start, offset) for position, offset in inner)
        return Passage(self.text[start:end], ((0, self.offset(start)), *moved))

    def __bool__(self) -> bool:
        return bool(self.text)


def passage(source: str, ranges: Iterable[tuple[int, int]], *, joiner: str = "") -> Passage:
    """Return the readable passage made of some ranges of a source's text.

    Runs of white space (no-break spaces and line ends among them) become one space; soft hyphens and
    zero-width characters are left out. ``joiner`` is put between ranges that do not touch and maps to
    the end of the range before it.

    >>> passage("**Goal**  one", [(2, 6), (8, 13)]).text
    'Goal one'
    """
    text: list[str] = []
    pieces: list[tuple[int, int]] = []
    previous = -2  # source offset of the last character taken

    def put(character: str, offset: int) -> None:
        nonlocal previous
        if offset != previous + 1:
            pieces.append((len(text), offset))
        text.append(character)
        previous = offset

    for number, (start, end) in enumerate(ranges):
        if joiner and number and text and not text[-1].isspace() and start < end:
            put(joiner, max(previous, 0))
            previous = -2
        for offset in range(start, end):
            character = source[offset]
            if character.isspace():
                if text and text[-1] != " ":
                    put(" ", offset)
            elif character not in INVISIBLE:
                put(character, offset)
    return Passage("".join(text), tuple(pieces)).cut() if text else Passage("", ())


def join(first: Passage, second: Passage) -> Passage:
    """Return two passages as one, a line end between them; ``second`` comes after ``first`` in the source.

    The line end keeps sentences apart where the first has no end mark.

    >>> join(Passage("a", ((0, 0),)), Passage("b", ((0, 9),))).span()
    Span(start=0, end=10)
    """
    at = len(first.text) + 1
    gap = (len(first.text), first.offset(len(first.text) - 1) + 1)
    moved = tuple((position + at, offset) for position, offset in second.pieces)
    return Passage(f"{first.text}\n{second.text}", (*first.pieces, gap, *moved))


INVISIBLE = frozenset("\u00ad\u200b\ufeff\u2060")
"""Characters that only tell where a line may or may not end."""

# --------------------------------------------------------------------------------------------------
# What a reader makes of a file


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its name, the checksum of its bytes, and its text (LF line ends, no BOM).

    ``charset`` is its encoding where it was told, not found in the bytes; ``address`` the URL it came from.
    """

    name: str
    media_type: str
    sha256: str
    text: str
    charset: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table cell.

    ``level`` is the heading's level (1 is the top) or the list item's depth (1 is the outermost).
    ``marker`` is a list item's printed marker ("-", "1.") or "". Cells know their table, row and column
    (from 0), and whether they head a column. ``emphasised`` marks a paragraph that is bold or
    italic throughout: in many plans a heading in all but name. ``page`` counts from 1. ``lead`` is how many
    characters at the start of a longer text are bold or italic, with the punctuation that ends them:
    "**Courage.** We ask …" has a lead of 8. ``language`` is that of its words where it is not the document's.
    ``anchor`` is the name that the source itself gives the place (the eId of Akoma Ntoso), ``path`` the XPath
    of what holds it. A datum (an identifier, a date, a number) is no words for people to read.
    """

    kind: str  # "heading" | "paragraph" | "item" | "cell" | "datum"
    passage: Passage
    level: int = 0
    marker: str = ""
    emphasised: bool = False
    table: int | None = None
    row: int = 0
    column: int = 0
    header: bool = False
    page: int | None = None
    lead: int = 0
    language: str | None = None
    anchor: str = ""
    path: str = ""

    @property
    def span(self) -> Span:
        """Return where the block's readable text stands in the source."""
        return self.passage.span()


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its blocks in reading order, and what its front matter says ("title", "author" …).

    ``left_out`` says in a few words each what of the source could not be read ("3 images"). ``stated`` is
    what a source whose format has a place for each part of a plan (StratML) states by itself; then nothing
    needs to be understood.
    """

    source: Source
    blocks: tuple[Block, ...]
    language: str
    metadata: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    stated: Stated | None = None


# --------------------------------------------------------------------------------------------------
# What was seen


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


# --------------------------------------------------------------------------------------------------
# What a source in a structured format states by itself


@dataclass(frozen=True, slots=True)
class Record:
    """Something that a structured source says of the plan, of a section, or of another record.

    ``link`` is the local name of the property that leads to it; ``kind`` that of its class, "" for a literal,
    whose words are ``value``; of a node that is its name. ``section`` and ``record`` are positions in
    :attr:`Stated.sections` and :attr:`Stated.records` of what it is said of, both None for the plan.
    ``facts`` are its own literals, by property, which stand in the same words. ``passage`` are words that
    may name groups.
    """

    link: str
    value: str
    support: Support
    kind: str = ""
    section: int | None = None
    record: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class StatedAct:
    """A commitment or purpose (``kind``) of a section; ``aims`` are positions of its purposes among these."""

    kind: str
    section: int
    verb: str
    object: Passage
    support: Support
    aims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source in a structured format states of the plan by itself.

    ``name`` is the last part of the plan's IRI, "" where the source does not give it; then ``digest`` stands
    in it for the checksum of the bytes, which change with every edit. ``acts`` are all commitments and
    purposes, None where they are to be found in the words. ``citations`` are words that cite an instrument
    for the whole plan, each with the local name of the property that they stand for; ``language`` is that of
    the plan, where it is certain.
    """

    sections: tuple[Section, ...]
    profile: Profile
    records: tuple[Record, ...] = ()
    acts: tuple[StatedAct, ...] | None = None
    citations: tuple[tuple[Span, str], ...] = ()
    name: str = ""
    digest: str = ""
    language: str | None = None


# --------------------------------------------------------------------------------------------------
# What it refers to: the plan


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
