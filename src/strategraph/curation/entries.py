"""What a readings file says: elements, groups, instruments, measures and fields, each in the source's words.

A curator's decisions and the proposals of a language model have one form (see ``docs/corrections.md``): every
entry quotes the source, and says which block or line the quotation stands in where the source has it twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from strategraph.model import CURATOR

NOTHING = "nothing"
MODEL = "model"
PROPOSED = "proposed"  # the rule of what a model proposed and the words bear out
ELEMENT_KINDS = (
    "Vision", "Mission", "Value", "Goal", "Priority", "Objective", "Outcome", "Output", "Target", "Indicator",
    "Action",
)  # fmt: skip
INSTRUMENT_KINDS = (
    "Resolution", "Decision", "Recommendation", "Opinion", "Treaty", "Legislation", "Order", "Policy",
)  # fmt: skip
RELATIONS = ("cites", "adoptedBy")
ROLES = ("addressed", "involved", "mentioned")
COMPARATORS = (
    "equal", "at-least", "at-most", "more-than", "less-than", "about", "increase-by", "decrease-by",
)  # fmt: skip
FIELDS = ("title", "owner", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries have: where they stand, what they quote, who says so.

    ``at`` is the entry's line in its file (0: unknown). ``text`` are words of the source; ``block`` is the
    number of the block they stand in, counted from 0, ``line`` the line of the source's text: either picks
    one of several places. ``kind`` is "nothing" where the words are not what they were read as, else None or
    a class's local name. ``by`` is "curator" or "model".
    """

    at: int = 0
    kind: str | None = None
    text: str | None = None
    block: int | None = None
    line: int | None = None
    reason: str | None = None
    by: str = CURATOR

    @property
    def words(self) -> str:
        """Return the words that the entry is about."""
        return self.text or ""

    def told(self) -> str:
        """Return the decision in one sentence."""
        return f"{self._told()}{f': {self.reason}' if self.reason else ''}"

    def _told(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementEntry(Entry):
    """An element. ``text`` is what the decision is about: its title or statement if nothing else is said.

    ``kind`` is a class's local name, "nothing", or None where a curator changes only the other parts.
    ``parent`` is the ``id`` of an entry or, for what the reader found itself, class and number ("Goal 2").
    """

    id: str | None = None
    number: str | None = None
    title: str | None = None
    statement: str | None = None
    statement_block: int | None = None
    parent: str | None = None

    @property
    def words(self) -> str:
        """Return the words that the entry is about."""
        return self.text or self.title or self.statement or ""

    def _told(self) -> str:
        known = {None: "is corrected", NOTHING: "is no element of the plan"}
        return f"“{self.words}” {known.get(self.kind, f'is a {self.kind}')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry(Entry):
    """Words that name a group, in the title or statement of an element.

    ``element`` is the ``id`` of that element's entry; without it, every element that has the words.
    """

    element: str | None = None
    role: str = "addressed"

    def _told(self) -> str:
        what = "is no target group" if self.kind == NOTHING else f"is a group that is {self.role}"
        return f"“{self.text}” {what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentEntry(Entry):
    """Words that cite an instrument; ``number``, place and year are parts of them."""

    number: str | None = None
    revision_place: str | None = None
    revision_year: int | None = None
    relation: str = "cites"

    def _told(self) -> str:
        what = "cites no instrument" if self.kind == NOTHING else f"cites a {self.kind}"
        return f"“{self.text}” {what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry(Entry):
    """A quantity that words set for an element: its numbers, unit and years stand in the words.

    ``element`` is the ``id`` of the element's entry; without it, the element that has the words. ``unit`` and
    ``comparator`` are as the reader reads the words where they are not said. ``due`` is a date or a year;
    ``budget`` says that it is the money for the element, not what it is to reach.
    """

    element: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    due: str | None = None
    budget: bool = False

    def _told(self) -> str:
        said = " ".join(str(part) for part in (self.comparator, self.value, self.unit) if part is not None)
        what = "sets no measure" if self.kind == NOTHING else f"sets a measure ({said})"
        return f"“{self.text}” {what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEntry(Entry):
    """What the words say of the plan as a whole: ``name`` is title, owner, start or end.

    ``year`` is that of start and end, whose digits the words have. A field that is "nothing" is unknown.
    """

    name: str
    year: int | None = None

    def _told(self) -> str:
        if self.kind == NOTHING:
            return f"the text does not say the plan's {self.name}"
        return f"the plan's {self.name} is “{self.year or self.text}”"


MentionEntry = GroupEntry | InstrumentEntry | MeasureEntry


@dataclass(frozen=True, slots=True)
class Reader:
    """Who made the readings: a model by its name, the prompt it was given, and what it cost in tokens."""

    model: str
    prompt: str = ""  # the prompt's version
    prompt_sha256: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Readings:
    """The content of one file, in its order.

    ``reader`` is the model that made it, None for a curator's. ``source`` and ``sha256`` are the name and
    the checksum of the source that was read, "" where the file does not say. ``faults`` are entries that
    were left out since they are not of the form, each with its line in ``file``.
    """

    elements: tuple[ElementEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    instruments: tuple[InstrumentEntry, ...] = ()
    fields: tuple[FieldEntry, ...] = ()
    measures: tuple[MeasureEntry, ...] = ()
    reader: Reader | None = None
    source: str = ""
    sha256: str = ""
    faults: tuple[EntryFault, ...] = ()
    file: str = ""

    def said_by(self, who: str) -> Readings:
        """Return only the entries of the curator, or of the model."""
        return self.where(lambda entry: entry.by == who)

    def where(self, holds: Callable[[Entry], bool]) -> Readings:
        """Return only the entries of which something holds."""
        return replace(
            self,
            elements=tuple(filter(holds, self.elements)),
            groups=tuple(filter(holds, self.groups)),
            instruments=tuple(filter(holds, self.instruments)),
            fields=tuple(filter(holds, self.fields)),
            measures=tuple(filter(holds, self.measures)),
        )

    @property
    def entries(self) -> tuple[ElementEntry | MentionEntry | FieldEntry, ...]:
        """Return all entries."""
        return (*self.fields, *self.elements, *self.groups, *self.instruments, *self.measures)


@dataclass(frozen=True, slots=True, order=True)
class EntryFault:
    """Why an entry, or a part of one, was left out; ``at`` is its line in the file."""

    at: int
    what: str

    def __str__(self) -> str:
        return f"line {self.at}: {self.what}" if self.at else self.what
