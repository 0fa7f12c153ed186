"""Which element encloses which: a forest says of each element and each that may enclose it whether it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.understanding.context import Context
from strategraph.understanding.drafts import Draft
from strategraph.understanding.features import FORMS, KINDS, Features, View
from strategraph.understanding.trees import Forest

_CHAIN = 8  # the units that stand above one, as far as they are looked at
_PLAN = -1  # the plan itself, where no element encloses
_NEVER_PARENT = frozenset({"Vision", "Mission"})
_NONE = -1.0


def parents(drafts: Sequence[Draft], seen: View, forest: Forest) -> list[int | None]:
    """Return, for each draft, the position of the draft that encloses it, or None for the plan itself.

    Drafts of one class in one series of siblings are decided together.
    """
    voices: dict[tuple[int, str], dict[int, list[float]]] = {}
    said: list[dict[int, float]] = []
    for index, draft in enumerate(drafts):
        scores = {
            outer: forest.probability([features[name] for name in forest.names])
            for outer, features in pairs(drafts, seen, index)
        }
        said.append(scores)
        series = voices.setdefault((seen.contexts[draft.unit].group, draft.kind), {})
        for outer, score in scores.items():
            series.setdefault(outer, []).append(score)
    result: list[int | None] = []
    for index, draft in enumerate(drafts):
        shared = voices[seen.contexts[draft.unit].group, draft.kind]
        numbered = _extends(drafts, index)
        best = max(said[index], key=lambda outer: (outer == numbered, _mean(shared[outer]) + said[index][outer], outer))
        result.append(None if best == _PLAN else best)
    return result


def pairs(drafts: Sequence[Draft], seen: View, index: int) -> Iterator[tuple[int, Features]]:
    """Yield the drafts that may enclose one, each with the features of the pair; -1 is the plan itself."""
    draft = drafts[index]
    chain = _chain(seen.contexts, draft.unit)
    at = {drafts[other].unit: other for other in range(max(0, index - 400), index)}
    candidates: dict[int, None] = {}
    for unit in chain:
        if unit in at:
            candidates[at[unit]] = None
    kinds: set[str] = set()
    for other in range(index - 1, max(-1, index - 400), -1):
        if drafts[other].kind not in kinds:
            kinds.add(drafts[other].kind)
            candidates[other] = None
        if len(kinds) == len(KINDS):
            break
    numbered = _extends(drafts, index)
    if numbered is not None:
        candidates[numbered] = None
    common = _common(drafts, seen, index, chain, at)
    for other in candidates:
        if drafts[other].kind not in _NEVER_PARENT:
            yield other, {**common, **_pair(drafts, seen, index, other, chain, numbered)}
    yield _PLAN, {**common, **dict.fromkeys(_PAIR, _NONE)}


_PAIR = (
    "outer class", "outer form", "outer level", "outer depth", "in chain", "drafts between", "units between", "same series",
    "extends number", "outer number", "levels apart", "nearest", "closed", "same class", "same heading", "row", "outer label",
    "of its class between", "children",
)  # fmt: skip


def _common(drafts: Sequence[Draft], seen: View, index: int, chain: Sequence[int], at: dict[int, int]) -> Features:
    draft, context = drafts[index], seen.contexts[drafts[index].unit]
    unit = seen.units[draft.unit]
    above = [drafts[at[step]].kind for step in chain if step in at]
    before = drafts[index - 1] if index else None
    return {
        "class": KINDS.index(draft.kind),
        "form": FORMS.index(unit.kind),
        "level": context.level,
        "depth": unit.block.level if unit.kind == "item" else 0,
        "headings": len(context.headings),
        "siblings": len(seen.members[context.group]),
        "numbered": bool(draft.number),
        "number depth": (draft.number or "").count("."),
        "chosen above": len(above),
        "class above": KINDS.index(above[0]) if above else _NONE,
        "class before": KINDS.index(before.kind) if before else _NONE,
        "classes before": len({other.kind for other in drafts[max(0, index - 50) : index]}),
        "announced": seen.slots[draft.unit]["heading1"] >= 0 and seen.headed[draft.kind] > 0,
        "lead chosen": context.lead in at,
        "labelled": bool(unit.label and unit.label.kind),
    }


def _pair(
    drafts: Sequence[Draft], seen: View, index: int, other: int, chain: Sequence[int], numbered: int | None
) -> Features:
    inner, outer = drafts[index], drafts[other]
    one, two = seen.contexts[inner.unit], seen.contexts[outer.unit]
    unit = seen.units[outer.unit]
    between = drafts[other + 1 : index]
    closed = bool(two.level) and any(
        seen.contexts[at].level and seen.contexts[at].level <= two.level for at in range(outer.unit + 1, min(inner.unit + 1, outer.unit + 300))
    )
    values = (
        KINDS.index(outer.kind),
        FORMS.index(unit.kind),
        two.level,
        unit.block.level if unit.kind == "item" else 0,
        chain.index(outer.unit) if outer.unit in chain else _NONE,
        min(index - other, 60),
        min(inner.unit - outer.unit, 200),
        one.group == two.group,
        other == numbered,
        bool(outer.number),
        one.level - two.level if one.level and two.level else 99,
        other == index - 1,
        closed,
        inner.kind == outer.kind,
        one.headings[:1] == two.headings[:1],
        inner.row is not None and inner.row == outer.row,
        bool(unit.label and unit.label.kind),
        sum(1 for each in between if each.kind == outer.kind),
        sum(1 for each in between if each.kind == inner.kind),
    )
    return dict(zip(_PAIR, map(float, values), strict=True))


def _chain(contexts: Sequence[Context], unit: int) -> list[int]:
    """Return the units that stand above one, the nearest first: the items that hold it, its lead, its headings."""
    context = contexts[unit]
    found: list[int] = []
    holder = context.holder
    while holder >= 0 and len(found) < _CHAIN:
        found.append(holder)
        holder = contexts[holder].holder
    found += [above for above in (context.row, context.lead) if above >= 0 and above not in found]
    return [*found, *(above for above in context.headings[:_CHAIN] if above not in found)]


def _extends(drafts: Sequence[Draft], index: int) -> int | None:
    """Return the nearest earlier draft of another class whose number this one's number extends.

    "1.2" extends "1" and "R.1-a" extends "R.1".
    """
    match = re.fullmatch(r"(.+)[.-][^.-]+", drafts[index].number or "")
    if match is None:
        return None
    stem = re.sub(r"\D*(?=\d)", "", match[1], count=1) if not re.match(r"[A-Z]\.", match[1]) else match[1]
    for other in range(index - 1, max(-1, index - 400), -1):
        if drafts[other].number in (match[1], stem) and drafts[other].kind != drafts[index].kind:
            return other
    return None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
