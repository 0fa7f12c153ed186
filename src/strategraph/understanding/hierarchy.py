"""Which element encloses which: by number, by what stands above, by order, in that certainty.

What stands without numbers, heading levels or nesting is put under the nearest element before it that
this order places above it. The order is that of results-based management (goal, objective, outcome,
output, activity), with targets and indicators measuring what is above them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from strategraph.knowledge.writing import COLONS
from strategraph.understanding.context import NAME, STRONG, Context
from strategraph.understanding.cues import normal
from strategraph.understanding.drafts import Draft
from strategraph.understanding.units import Unit

RANK = {
    "Priority": 1,
    "Goal": 1,
    "Value": 1,
    "Objective": 2,
    "Outcome": 3,
    "Output": 4,
    "Target": 4,
    "Action": 4,
    "Indicator": 5,
}


_TOP = frozenset({"Vision", "Mission", "Value"})
_NEVER_PARENT = frozenset({"Vision", "Mission"})
_FARTHEST = 400  # drafts that are looked back at
_DEEPEST = 20  # items that hold one another
_LISTED = frozenset({"item", "part", "cell"})
_RECURRING = 2  # times a label that ends no section is printed ("Objectives" below each goal)
_FIELD = 3  # times a heading is printed that is a field of a card ("Description", "Results" of each action)


def parents(units: Sequence[Unit], drafts: Sequence[Draft], contexts: Sequence[Context]) -> list[int | None]:
    """Return, for each draft, the position of the draft that encloses it, or None for the plan itself."""
    flow = _Flow(units, drafts, contexts)
    return [_parent(index, drafts, flow) for index in range(len(drafts))]


class _Flow:
    """Where the drafts stand in a text, and which headings end what stands before them.

    A heading that repeats the title of a draft before it stands for that draft: plans list their goals
    and then give each a section. A heading that only names a class, and recurs, ends nothing; nor does a
    plain line that leads to what follows by a colon.
    """

    def __init__(self, units: Sequence[Unit], drafts: Sequence[Draft], contexts: Sequence[Context]) -> None:
        self.units = units
        self.contexts = contexts
        self.members = Counter(context.group for context in contexts)
        self.at = {draft.unit: index for index, draft in enumerate(drafts)}
        levels = [at for at, context in enumerate(contexts) if context.level]
        texts = {at: normal(units[at].text) for at in levels}
        recurring = Counter(texts.values())
        self.fields = {at for at in levels if recurring[texts[at]] >= _FIELD}
        self.heads = [at for at in levels if at not in self.fields]
        titles: dict[str, int] = {}
        for index, draft in enumerate(drafts):
            if draft.title is not None and draft.kind not in _TOP:
                titles.setdefault(normal(draft.title.text), index)
        for at in levels:
            title = units[at].title
            index = titles.get(normal(title.text), -1) if title is not None else -1
            if at not in self.at and index >= 0 and drafts[index].unit < at:
                self.at[at] = index
        self.places = sorted(self.at)
        self.ends = [
            at
            for at in levels
            if at not in self.at
            and not (_names_a_class(units[at]) and recurring[texts[at]] >= _RECURRING)
            and not (contexts[at].level == NAME and units[at].text.endswith(COLONS))
        ]

    def goes_on(self, outer: int, inner: int) -> bool:
        """Whether order alone tells that one unit encloses another: nothing between them ends the first."""
        before, after = self.contexts[outer], self.contexts[inner]
        if before.headings == after.headings or before.level:
            return True
        return bisect_right(self.ends, inner) == bisect_right(self.ends, outer)

    def is_closed(self, outer: int, inner: int) -> bool:
        """Whether a unit is one of a list that is over: a line of its own leads to the other's series.

        Below a goal, "Actions" and a list follow the list of its objectives: none of them is the last
        objective's.
        """
        before, after = self.contexts[outer], self.contexts[inner]
        return (
            self.units[outer].kind in _LISTED
            and not before.level
            and self.members[before.group] > 1
            and before.group != after.group
            and after.lead > outer
            and bool(self.contexts[after.lead].level)
        )

    def card_of(self, inner: int) -> Iterator[int]:
        """Yield the drafts of the card that a unit below one of its fields stands in, before that field.

        A card is what stands from a heading that does not recur to the next: "Action 5", and below it what
        "Description", "Lead" and "Results" head, as in every other action.
        """
        field = next(iter(self.contexts[inner].headings), -1)
        head = bisect_left(self.heads, inner) - 1
        if field not in self.fields or head < 0:
            return
        start = bisect_left(self.places, self.heads[head])
        for place in self.places[start : bisect_left(self.places, field)]:
            yield self.at[place]


def _names_a_class(unit: Unit) -> bool:
    return unit.label is not None and unit.label.bare and bool(unit.label.kind)


def _parent(index: int, drafts: Sequence[Draft], flow: _Flow) -> int | None:
    draft = drafts[index]
    if draft.kind in _NEVER_PARENT:
        return None
    numbered = _by_number(drafts, index)
    if numbered is not None:
        return numbered
    for above in _above(flow.contexts, draft.unit):
        outer = flow.at.get(above)
        if outer is not None and outer < index and _may_enclose(drafts[outer], draft, flow.contexts[above]):
            return outer
    if draft.kind in _TOP:
        return None
    ordered = _by_order(index, drafts, flow)
    return ordered if ordered is not None else _by_card(index, drafts, flow)


def _above(contexts: Sequence[Context], unit: int) -> list[int]:
    """Return the units above one, the nearest first: items that hold it, its row, its lead, headings."""
    context = contexts[unit]
    found: list[int] = []
    holder = context.holder
    while holder >= 0 and len(found) < _DEEPEST:
        found.append(holder)
        holder = contexts[holder].holder
    return [*found, *(above for above in (context.row, context.lead) if above >= 0), *context.headings]


def _may_enclose(outer: Draft, inner: Draft, place: Context) -> bool:
    if outer.kind in _NEVER_PARENT or (outer.kind == inner.kind and place.level >= STRONG):
        return False  # a bold or plain line stands beside its like
    return inner.kind not in _TOP or outer.kind == inner.kind


def _by_order(index: int, drafts: Sequence[Draft], flow: _Flow) -> int | None:
    """Return the nearest draft before that the usual order places above this one, in its flow of text."""
    unit, rank = drafts[index].unit, RANK[drafts[index].kind]
    last = bisect_left(flow.places, unit)
    for place in reversed(flow.places[max(0, last - _FARTHEST) : last]):
        outer = flow.at[place]
        before = drafts[outer]
        if outer >= index or before.kind in _TOP or RANK[before.kind] >= rank or flow.is_closed(place, unit):
            continue
        return outer if flow.goes_on(place, unit) else None
    return None


def _by_card(index: int, drafts: Sequence[Draft], flow: _Flow) -> int | None:
    """Return the draft that a card begins with, where this one has another class and a later field."""
    first = next((at for at in flow.card_of(drafts[index].unit) if drafts[at].kind not in _TOP), None)
    return first if first is not None and first < index and drafts[first].kind != drafts[index].kind else None


def _by_number(drafts: Sequence[Draft], index: int) -> int | None:
    """Return the nearest earlier draft of another class whose number this one's number extends.

    "1.2" extends "1" and "R.1-a" extends "R.1".
    """
    match = re.fullmatch(r"(.+)[.-][^.-]+", drafts[index].number or "")
    if match is None:
        return None
    stem = re.sub(r"\D*(?=\d)", "", match[1], count=1) if not re.match(r"[A-Z]\.", match[1]) else match[1]
    rank = RANK.get(drafts[index].kind, 9)
    for other in range(index - 1, max(-1, index - _FARTHEST), -1):
        before = drafts[other]
        if (
            before.number in (match[1], stem)
            and before.kind != drafts[index].kind
            and RANK.get(before.kind, 9) <= rank
        ):
            return other
    return None
