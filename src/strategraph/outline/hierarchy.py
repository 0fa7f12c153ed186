"""Which element encloses which, by number, heading level, list nesting and order, in that certainty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from strategraph.outline.drafts import EMPHASISED, Draft
from strategraph.outline.layout import REPEATED_LEVEL
from strategraph.outline.ranks import RANK
from strategraph.outline.units import Role, Unit

_NEVER_PARENT = frozenset({"Vision", "Mission"})
_TOP = frozenset({"Vision", "Mission", "Value"})
_NO_HEADING = 99
_FIELD = "label-without-number"
_MEASURES = frozenset({"Indicator", "Target"})
_CERTAIN_SERIES = 2  # siblings: a single series needs more to tell


def parents(drafts: Sequence[Draft], units: Sequence[Unit]) -> list[int | None]:
    """Return, for each draft, the position of the draft that encloses it, or None for the plan itself."""
    result: list[int | None] = []
    opened: list[int] = []  # drafts still open, outermost first
    latest: dict[str, dict[str, int]] = {}  # the last draft of each number and class
    seen = 0  # units looked at for headings that close what is open
    for index, draft in enumerate(drafts):
        for unit in units[seen : draft.unit + 1]:
            level = unit.level
            if unit.role is Role.ANNOUNCEMENT or level == REPEATED_LEVEL or unit.introduces is not None:
                opened = [o for o in opened if not drafts[o].loose]
            if level is not None and level != REPEATED_LEVEL:
                opened = [o for o in opened if _level(drafts[o]) < level]
        seen = max(seen, draft.unit + 1)
        opened = [o for o in opened if _encloses(drafts[o], draft)]
        result.append(_parent(draft, drafts, opened, latest))
        if draft.number is not None:
            latest.setdefault(draft.number, {})[draft.kind] = index
        if draft.kind not in _NEVER_PARENT:
            opened.append(index)
    return _raised(drafts, result)


def _raised(drafts: Sequence[Draft], found: Sequence[int | None]) -> list[int | None]:
    """Return the parents, those of elements that measure a whole series of siblings put one level up.

    Three outputs and then an indicator: by order alone it would belong to the last of them. If elements of
    a class only ever follow the last of several siblings, they are about what encloses these.
    """
    result = list(found)
    loose = {
        index: parent
        for index, parent in enumerate(found)
        if parent is not None and _by_order(drafts, index, parent)
    }
    for outer, inner in sorted(
        {(drafts[parent].kind, drafts[index].kind) for index, parent in loose.items()}
    ):
        series = _series(drafts, found, outer)
        having = {
            parent for index, parent in enumerate(found) if parent is not None and drafts[index].kind == inner
        }
        last = [siblings for siblings in series if siblings[-1] in having]
        if any(having & set(siblings[:-1]) for siblings in series):
            continue
        if len(last) > 1 or any(len(siblings) > _CERTAIN_SERIES for siblings in last):
            for index, parent in loose.items():
                if (drafts[parent].kind, drafts[index].kind) == (outer, inner):
                    result[index] = found[parent]
    return result


def _series(drafts: Sequence[Draft], found: Sequence[int | None], kind: str) -> list[list[int]]:
    """Return the elements of a class that have siblings of it, each group in order."""
    groups: dict[int | None, list[int]] = {}
    for index, parent in enumerate(found):
        if drafts[index].kind == kind:
            groups.setdefault(parent, []).append(index)
    return [group for group in groups.values() if len(group) > 1]


def _by_order(drafts: Sequence[Draft], index: int, parent: int) -> bool:
    """Whether nothing but its place after another puts an element under it: no number, level or nesting."""
    inner, outer = drafts[index], drafts[parent]
    numbered = inner.number is not None and outer.number is not None and inner.number.startswith(outer.number)
    plain = outer.level is None and outer.depth is None and outer.row is None and inner.depth is None
    return plain and not numbered and inner.belongs is None


def _parent(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[int], latest: Mapping[str, Mapping[str, int]]
) -> int | None:
    if draft.kind in _TOP:
        return None
    numbered = _by_number(draft, latest)
    if numbered is not None:
        return numbered
    if draft.under is not None:
        # what a bold line announces belongs to what encloses that line, if headings say what does
        limit = draft.under + (draft.under == EMPHASISED)
        above = [outer for outer in opened if _level(drafts[outer]) < limit]
        opened = above or opened
    return opened[-1] if opened else None


def _by_number(draft: Draft, latest: Mapping[str, Mapping[str, int]]) -> int | None:
    """Return the nearest earlier draft of another class whose number this one's number extends.

    "1.2" extends "1" and "R.1-a" extends "R.1".
    """
    number = draft.number
    if draft.belongs is not None:
        number = f"{draft.belongs}.0"
    if number is None:
        return None
    match = re.fullmatch(r"(.+)[.-][^.-]+", number)
    if match is None:
        return None
    stem = re.sub(r"\D*(?=\d)", "", match[1], count=1) if not re.match(r"[A-Z]\.", match[1]) else match[1]
    rank = RANK.get(draft.kind, 9)
    earlier = (
        index
        for outer in (match[1], stem)
        for kind, index in latest.get(outer, {}).items()
        if RANK.get(kind, 9) <= rank
    )
    return max(earlier, default=None)


def _encloses(outer: Draft, inner: Draft) -> bool:
    """Whether an open draft may still enclose a new one, leaving numbers aside."""
    if _are_fields(outer, inner):
        return False
    if inner.row is not None and outer.row is None:
        return RANK.get(outer.kind, 9) <= RANK.get(inner.kind, 9)  # a table of steps under an action
    if outer.level is not None and inner.level is not None:
        return outer.level < inner.level and outer.kind != inner.kind
    if outer.depth is not None and inner.depth is not None and outer.kind != inner.kind:
        return outer.depth < inner.depth or (
            outer.depth == inner.depth and RANK.get(outer.kind, 9) < RANK.get(inner.kind, 9)
        )
    if outer.level is None and inner.level is not None:
        return False
    return RANK.get(outer.kind, 9) < RANK.get(inner.kind, 9)


def _are_fields(outer: Draft, inner: Draft) -> bool:
    """Whether two elements are fields of one form: "Expected result: …" and "Indicator: …", no numbers."""
    plain = all(d.rule == _FIELD and d.level is None and d.depth is None for d in (outer, inner))
    return plain and inner.kind in _MEASURES and RANK.get(outer.kind, 9) >= RANK["Outcome"]


def _level(draft: Draft) -> int:
    return draft.level if draft.level is not None else _NO_HEADING
