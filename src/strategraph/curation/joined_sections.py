"""The reader's own findings and a model's proposals, made one.

The rule, for elements, groups, instruments and fields alike (``docs/proposals.md``):

- What both say is surer than either: with confidences a and b, 1 − (1 − a)(1 − b).
- What only the model says stands as it was placed.
- What only the reader says does not stand, if the model has read the plan whole. It has not, if it passes
  over more than half of what the reader found, of at least :data:`FEW` elements: then they stand too. Each
  counts by the reader's confidence, so that the sum is how many are likely to be right.
- All the same stands what the text says in so many words: an element with its label, a group of the
  vocabulary's at the end of its phrase, a field that the reader is sure of.
- Where they say different things of the same words, the model's stands; of instruments, the reader's.

Whatever does not stand is told in a note, for the review. The rule was chosen by what was measured, on the
answers of a good reader and on the same with elements taken away (``docs/proposals.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from strategraph.curation.placing import PROPOSAL, Placed
from strategraph.curation.quotations import plain, same_words, shown
from strategraph.model import Document, Passage, Section, Span, Support
from strategraph.model.document import SpanIndex
from strategraph.model.mentions import in_order

FEW = 4  # elements of the reader's, by their confidences, from which the model can be judged
_LABELLED = ":labelled"  # how the names of rules end that go by a label (data/rules.toml)


@dataclass(frozen=True, slots=True)
class Joined:
    """Sections made one of two readings, and a note on everything that does not stand.

    ``whole`` says that the model has read the plan whole, as far as the reader can tell.
    """

    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    whole: bool = True


def join_sections(own: Sequence[Section], placed: Placed, document: Document) -> Joined:
    """Return the reader's own sections and the proposed ones, each element once."""
    if not placed.sections:
        return Joined(tuple(own))
    return _Joining(own, placed.sections, document).joined()


class _Joining:
    """Two outlines of one document while they are made one."""

    def __init__(self, own: Sequence[Section], proposed: Sequence[Section], document: Document) -> None:
        self._own = own
        self._proposed = proposed
        self._text = document.source.text
        self._notes: list[str] = []
        self._places = SpanIndex((part.span(), i) for i, one in enumerate(own) for part in one.passages)
        self._named: dict[tuple[str | None, str], list[int]] = {}
        for index, section in enumerate(own):
            if section.title:
                self._named.setdefault((section.number, plain(section.title.text)), []).append(index)
        self._said = {(section.kind, section.number) for section in proposed}
        self._mine = dict(self._pairs())  # from proposed to own
        self._theirs = {mine: theirs for theirs, mine in self._mine.items()}
        found = sum(map(confidence, own))
        self._whole = found < FEW or 2 * sum(confidence(own[mine]) for mine in self._theirs) >= found

    def joined(self) -> Joined:
        kept = [index for index in range(len(self._own)) if self._stands(index)]
        place = {index: len(self._proposed) + at for at, index in enumerate(kept)}
        place |= self._theirs

        def under(index: int | None) -> int | None:
            while index is not None and index not in place:
                index = self._own[index].parent
            return None if index is None else place[index]

        made = [self._both(index) for index in range(len(self._proposed))]
        made += [replace(self._own[index], parent=under(self._own[index].parent)) for index in kept]
        return Joined(in_order(made), tuple(self._notes), self._whole)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield which proposed section is which of the reader's own, those of one kind first."""
        likely = sorted(
            (one.kind != self._own[mine].kind, -likeness, theirs, mine)
            for theirs, one in enumerate(self._proposed)
            for mine in self._near(one)
            if (likeness := _likeness(one, self._own[mine])) > 0
        )
        taken: set[tuple[str, int]] = set()
        for _, _, theirs, mine in likely:
            if not taken & {("theirs", theirs), ("mine", mine)}:
                taken |= {("theirs", theirs), ("mine", mine)}
                yield theirs, mine

    def _near(self, section: Section) -> set[int]:
        """Return the reader's own sections that share words with a proposed one, or its number and title."""
        found = {index for part in section.passages for index in self._places.overlapping(part.span())}
        if section.title:
            found.update(self._named.get((section.number, plain(section.title.text)), ()))
        return found

    def _both(self, index: int) -> Section:
        """Return a proposed section, with what the reader knows of the same element."""
        proposed = self._proposed[index]
        if index not in self._mine:
            return proposed
        own = self._own[self._mine[index]]
        agree = proposed.kind == own.kind
        if not agree:
            self._note(own, f"{own.kind} by the reader, {proposed.kind} by the model, which stands")
        supports = tuple(surer(support, confidence(proposed)) for support in own.supports) if agree else ()
        new = [s for s in proposed.supports if not any(t.span.contains(s.span) for t in supports)]
        return replace(proposed, number=proposed.number or own.number, supports=(*supports, *new))

    def _stands(self, index: int) -> bool:
        """Whether a section that only the reader found is kept."""
        section = self._own[index]
        if index in self._theirs:
            return False
        if (not self._whole or self._is_plain(section)) and not self._is_split(section):
            return True
        self._note(section, f"only the reader found a {section.kind} here; it was left out")
        return False

    def _is_plain(self, section: Section) -> bool:
        """Whether the text itself says what a section is, and the model has nothing of that class and number.

        Such is "Goal 2 – …" where our reader is surer of it than of a proposal.
        """
        return (section.kind, section.number) not in self._said and any(
            one.rule.endswith(_LABELLED) and one.confidence > PROPOSAL for one in section.supports
        )

    def _is_split(self, section: Section) -> bool:
        """Whether the model found other elements in a section's words."""
        return any(
            mine.span().contains(theirs.span())
            for mine in section.passages
            for other in self._proposed
            for theirs in other.passages
        )

    def _note(self, section: Section, what: str) -> None:
        line = self._text.count("\n", 0, section.supports[0].span.start) + 1
        words = (section.title or section.statement or Passage("", ())).text
        self._notes.append(f"line {line}, “{shown(words)}”: {what}")


def confidence(section: Section) -> float:
    """Return how sure it is that a section is an element, from 0 to 1: as its surest support is."""
    return max(support.confidence for support in section.supports)


def _likeness(one: Section, other: Section) -> float:
    """Return how much two sections look like one element, 0 for not at all."""
    shared = max(
        (_overlap(mine.span(), theirs.span()) for mine in one.passages for theirs in other.passages),
        default=0.0,
    )
    if shared > 0.5:
        return shared
    if one.title is None or other.title is None or one.number != other.number:
        return 0.0
    return 0.5 if same_words(one.title.text, other.title.text) else 0.0


def _overlap(one: Span, other: Span) -> float:
    """Return which part of the longer of two spans both have."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, shared / max(one.end - one.start, other.end - other.start))


def surer(support: Support, other: float) -> Support:
    """Return a support that a second reader of this confidence agrees with."""
    return replace(support, confidence=round(1 - (1 - support.confidence) * (1 - other), 3))
