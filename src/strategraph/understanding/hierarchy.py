"""Which element encloses which: by number, by what stands above, by order, in that certainty."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strategraph.understanding.context import Context
from strategraph.understanding.drafts import Draft
from strategraph.understanding.ranks import RANK

_TOP = frozenset({"Vision", "Mission", "Value"})
_NEVER_PARENT = frozenset({"Vision", "Mission"})
_FARTHEST = 400  # drafts that are looked back at
_DEEPEST = 20  # items that hold one another


def parents(drafts: Sequence[Draft], contexts: Sequence[Context]) -> list[int | None]:
    """Return, for each draft, the position of the draft that encloses it, or None for the plan itself."""
    at = {draft.unit: index for index, draft in enumerate(drafts)}
    return [_parent(index, drafts, contexts, at) for index in range(len(drafts))]


def _parent(
    index: int, drafts: Sequence[Draft], contexts: Sequence[Context], at: dict[int, int]
) -> int | None:
    draft = drafts[index]
    if draft.kind in _NEVER_PARENT:
        return None
    numbered = _by_number(drafts, index)
    if numbered is not None:
        return numbered
    for above in _above(contexts, draft.unit):
        outer = at.get(above)
        if outer is not None and outer < index and _may_enclose(drafts[outer], draft):
            return outer
    return None if draft.kind in _TOP else _by_order(index, drafts, contexts)


def _above(contexts: Sequence[Context], unit: int) -> list[int]:
    """Return the units above one, the nearest first: items that hold it, its row, its lead, headings."""
    context = contexts[unit]
    found: list[int] = []
    holder = context.holder
    while holder >= 0 and len(found) < _DEEPEST:
        found.append(holder)
        holder = contexts[holder].holder
    return [*found, *(above for above in (context.row, context.lead) if above >= 0), *context.headings]


def _may_enclose(outer: Draft, inner: Draft) -> bool:
    if outer.kind in _NEVER_PARENT:
        return False
    return inner.kind not in _TOP or outer.kind == inner.kind


def _by_order(index: int, drafts: Sequence[Draft], contexts: Sequence[Context]) -> int | None:
    """Return the nearest draft before that the usual order places above this one, in its flow of text."""
    draft = drafts[index]
    rank = RANK[draft.kind]
    for other in range(index - 1, max(-1, index - _FARTHEST), -1):
        before = drafts[other]
        if before.kind not in _TOP and RANK[before.kind] < rank:
            return other if _same_flow(contexts[before.unit], contexts[draft.unit]) else None
    return None


def _same_flow(outer: Context, inner: Context) -> bool:
    """Whether two units stand at one level of a document, so that order alone tells."""
    return outer.headings == inner.headings or bool(outer.level)


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
