"""What a comparison counts, and the faults it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from strategraph.evaluation.gold import ELEMENT_TYPES


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, of how many that were found and how many there are.

    Precision, recall and F1 are None where they are not defined: nothing found, nothing there.

    >>> Tally(3, 4, 6).f1
    0.6
    """

    hits: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.found + other.found, self.expected + other.expected)

    @property
    def precision(self) -> float | None:
        """Return the share of what was found that is right."""
        return self.hits / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Return the share of what is there that was found."""
        return self.hits / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall; 0.0 where only one of them is defined."""
        total = self.found + self.expected
        return 2 * self.hits / total if total else None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number of answers are right."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    @property
    def accuracy(self) -> float | None:
        """Return the share of right answers; None where nothing was asked."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference from the gold.

    ``kind`` is "missed" (in the gold only), "false hit" (predicted only) or "wrong" (both, but not
    alike); ``line`` is where the words stand in the source, None where they were not found there.
    """

    kind: str
    what: str
    text: str
    line: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """The counts for one document, or for several together; ``elements`` has the types that occur."""

    elements: dict[str, Tally] = field(default_factory=dict)
    parents: Share = Share()
    groups: Tally = Tally()
    groups_lenient: Tally = Tally()
    instruments: Tally = Tally()
    adoption: Tally = Tally()
    fields: Share = Share()
    faults: tuple[Difference, ...] = ()

    @property
    def all_elements(self) -> Tally:
        """Return the tally over all element types."""
        return sum(self.elements.values(), Tally())


def total(scores: Iterable[Scores]) -> Scores:
    """Return the counts of several documents as those of one, without the faults (micro average)."""
    result = Scores()
    for one in scores:
        result = Scores(
            elements={
                kind: result.elements.get(kind, Tally()) + one.elements.get(kind, Tally())
                for kind in ELEMENT_TYPES
                if kind in result.elements or kind in one.elements
            },
            parents=result.parents + one.parents,
            groups=result.groups + one.groups,
            groups_lenient=result.groups_lenient + one.groups_lenient,
            instruments=result.instruments + one.instruments,
            adoption=result.adoption + one.adoption,
            fields=result.fields + one.fields,
        )
    return result
