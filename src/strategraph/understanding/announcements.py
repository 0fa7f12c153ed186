"""Announcements: what a text says of a unit's class further away than beside it.

The count that it gives ("our five goals"), a label on its own line above a series, the words between a
heading and the series below it, what stands below the unit, what parallel series are called, the
document's own title.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from strategraph.knowledge.languages import rules
from strategraph.understanding.cues import Cue, normal
from strategraph.understanding.features import announces
from strategraph.understanding.hierarchy import RANK
from strategraph.understanding.units import Unit
from strategraph.understanding.view import KINDS, Features, View

_NONE = -1.0
_BEFORE_CUE = 40  # characters before a word for a class in which its count may stand, the last three words
_MOST = 60  # what a text may count
_SECTION = 8  # units between a heading and a series that are looked through
_NEAR = 12  # units before a series in which a label may announce it
_BELOW = 80  # units below one that are looked through
_FEW = 5  # announcements below a unit: more say no more
_EARLY = 14  # characters before a word for a class that begins a text
_BARE = (4, 5)  # how a text announces that is nothing but the word for one, for several
_LED = 3  # from here on a text announces what follows: several before a colon, or more
_WORD = re.compile(r"[^\W\d_]+|\d{1,3}|[\u3400-\u9fff]")

_Strengths = Sequence[Mapping[str, int]]


def announcements(seen: View) -> list[dict[str, Features]]:
    """Return the features of each unit by class."""
    places = range(len(seen.units))
    strengths = [{kind: announces(seen, at, kind) for kind in _kinds(seen.cues[at])} for at in places]
    counts = [_counted(unit, found) for unit, found in zip(seen.units, seen.cues, strict=True)]
    counted = Counter(pair for pairs in counts for pair in pairs)
    parallels = _parallels(seen, strengths)
    following = [_following(seen, at) for at in places]
    series = {
        group: (
            _sections(seen, members[0]),
            _openers(strengths, members),
            _means([following[at] for at in members]),
        )
        for group, members in seen.members.items()
    }
    found = []
    for at in places:
        group = seen.contexts[at].group
        words, openers, nexts = series[group]
        below = _below(seen, strengths, at)
        above = _above(seen, strengths, at)
        near = _near_counts(seen, counts, at)
        size = len(seen.members[group])
        found.append(
            {
                kind: {
                    "counted near": near.get(kind, 0),
                    "counted anywhere": min(3, counted[kind, size]) if size > 1 else 0,
                    "counted otherwise": size > 1
                    and not counted[kind, size]
                    and any(named == kind for named, _ in counted),
                    "section cues": words[kind],
                    "share of section cues": words[kind] / words.total() if words else _NONE,
                    "opener": openers.get(kind, (0, _NONE))[0],
                    "opener distance": openers.get(kind, (0, _NONE))[1],
                    **_below_of(below, kind),
                    "rank under": _rank_under(above, kind),
                    **_title_of(seen.titled, kind),
                    **_parallel_of(parallels[group], kind),
                    "next begins so": following[at].get(kind, (0, 0))[0],
                    "next says so": following[at].get(kind, (0, 0))[1],
                    "series next begins so": nexts.get(kind, 0.0),
                }
                for kind in KINDS
            }
        )
    return [
        {kind: {name: float(v) for name, v in row.items()} for kind, row in rows.items()} for rows in found
    ]


def strongest(rows: Mapping[str, Features]) -> Features:
    """Return the highest value of each feature over the classes."""
    return {name: max(row[name] for row in rows.values()) for name in rows[KINDS[0]]}


def _kinds(found: Sequence[Cue]) -> set[str]:
    return {cue.kind for cue in found}


def _counted(unit: Unit, found: Sequence[Cue]) -> set[tuple[str, int]]:
    """Return the classes that a text counts, each with the number: "five strategic goals"."""
    named = {normal(word): place for place, word in enumerate(rules(unit.language).number_words, start=1)}
    pairs = set()
    for cue in found:
        before = _WORD.findall(unit.text[max(0, cue.start - _BEFORE_CUE) : cue.start])[-3:]
        numbers = [int(word) if word.isdecimal() else named.get(normal(word), 0) for word in reversed(before)]
        number = next((number for number in numbers if number), 0)
        if 0 < number < _MOST:
            pairs.add((cue.kind, number))
    return pairs


def _near_counts(seen: View, counts: Sequence[set[tuple[str, int]]], at: int) -> dict[str, int]:
    """Return which classes the texts around a unit count: 2 where its series is of so many, else 1."""
    size, slots = len(seen.members[seen.contexts[at].group]), seen.slots[at]
    if size < 2:
        return {}
    found: dict[str, int] = {}
    for name in ("lead", "intro", "heading1", "heading2", "holder"):
        for kind, number in counts[slots[name]] if slots[name] >= 0 else ():
            found[kind] = max(found.get(kind, 0), 1 + (number == size))
    return found


def _sections(seen: View, first: int) -> Counter[str]:
    """Return how often the texts between a heading and the series below it name each class."""
    heading = seen.slots[first]["heading1"]
    return Counter(
        cue.kind
        for at in range(max(heading + 1, first - _SECTION), first)
        if seen.units[at].kind in ("paragraph", "strong", "heading")
        for cue in seen.cues[at]
    )


def _openers(strengths: _Strengths, members: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Return the texts that announce the classes nearest before a series: how, and how far away."""
    first, own = members[0], set(members)
    found: dict[str, tuple[int, int]] = {}
    for at in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if at in own:
            continue
        for kind, strength in strengths[at].items():
            if _LED <= strength <= _BARE[1] and kind not in found:
                found[kind] = strength, first - at
        if len(found) > 2:
            break
    return found


def _below(seen: View, strengths: _Strengths, at: int) -> Counter[str] | None:
    """Return how often each class is announced below a heading or item; None of other units."""
    unit, level = seen.units[at], seen.contexts[at].level
    if not level and unit.kind != "item":
        return None
    found: Counter[str] = Counter()
    for below in range(at + 1, min(len(seen.units), at + _BELOW)):
        other, other_level = seen.units[below], seen.contexts[below].level
        if level and other_level and other_level <= level:
            break
        if not level and not (other.kind == "item" and other.block.level > unit.block.level):
            break
        found.update(kind for kind, strength in strengths[below].items() if strength >= _LED and kind in RANK)
    return found


def _below_of(below: Counter[str] | None, kind: str) -> Features:
    names = ("lower below", "same below", "higher below")
    if below is None:
        return dict.fromkeys(names, _NONE)
    if kind not in RANK:
        return dict.fromkeys(names, 0.0)
    lower = sum(number for other, number in below.items() if RANK[other] > RANK[kind])
    higher = sum(number for other, number in below.items() if RANK[other] < RANK[kind])
    return dict(zip(names, (min(_FEW, lower), min(_FEW, below[kind]), min(_FEW, higher)), strict=True))


def _above(seen: View, strengths: _Strengths, at: int) -> str | None:
    """Return the class of the nearest text above a unit that is itself labelled as an element."""
    for above in (seen.slots[at]["holder"], *seen.contexts[at].headings[:4]):
        if above < 0:
            continue
        carried = seen.units[above].carried
        if carried is not None and carried.kind in KINDS:
            return carried.kind
        labelled = [kind for kind in KINDS if strengths[above].get(kind, 0) > _BARE[1]]
        if labelled:
            return labelled[0]
    return None


def _rank_under(above: str | None, kind: str) -> float:
    """Return how a class ranks to that above: 1 higher, 2 alike, 3 lower, 10 more where it is the same."""
    if above is None:
        return _NONE
    ranks = RANK.get(kind), RANK.get(above)
    sign = 0 if None in ranks else 2 + (ranks[0] > ranks[1]) - (ranks[0] < ranks[1])  # type: ignore[operator]
    return sign + 10 * (kind == above)


def _title_of(titled: Sequence[Cue], kind: str) -> Features:
    if not titled:
        return {"title says so": _NONE, "title ends so": _NONE}
    mine = [cue for cue in titled if cue.kind == kind]
    says = 1 + any(cue.several for cue in mine) if mine else 0
    return {"title says so": says, "title ends so": titled[-1].kind == kind}


def _parallels(seen: View, strengths: _Strengths) -> dict[int, dict[str, float]]:
    """Return how many of the parallels of each series are announced as each class, as a share.

    Parallel are series of one form below sister headings; a series without any has no shares.
    """
    places: dict[int, tuple[object, ...]] = {}
    called = {group: _called(seen, strengths, group) for group in seen.members}
    totals: dict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
    for group, members in seen.members.items():
        context = seen.contexts[members[0]]
        heading = context.headings[0] if context.headings else -1
        sisters = seen.contexts[heading].group if heading >= 0 else -1
        places[group] = seen.units[members[0]].kind, context.level, sisters
        totals[places[group]].update(called[group])
    sizes = Counter(places.values())
    return {
        group: {kind: (totals[place][kind] - (kind in called[group])) / (sizes[place] - 1) for kind in KINDS}
        if sizes[place] > 1
        else {}
        for group, place in places.items()
    }


def _called(seen: View, strengths: _Strengths, group: int) -> frozenset[str]:
    """Return the classes that a series is announced as, by its lead-in, its own labels, or its heading."""
    slots = seen.slots[seen.members[group][0]]
    lead, heading = slots["lead"], slots["heading1"]
    led = [kind for kind, strength in strengths[lead].items() if strength >= _LED] if lead >= 0 else []
    if led:
        return frozenset(led)
    labelled = [kind for kind in KINDS if seen.shared[group][f"labelled {kind}"] >= 0.5]
    if labelled:
        return frozenset(labelled)
    named = strengths[heading] if heading >= 0 else {}
    if max(named.values(), default=0) > _BARE[1]:
        return frozenset()
    return frozenset(kind for kind, strength in named.items() if strength in _BARE)


def _parallel_of(shares: Mapping[str, float], kind: str) -> Features:
    if not shares:
        return {"parallels so": _NONE, "parallels not announced": _NONE}
    return {"parallels so": shares[kind], "parallels not announced": 1 - max(shares.values())}


def _following(seen: View, at: int) -> dict[str, tuple[int, int]]:
    """Return which classes the paragraph right after a title names: how early, and 1."""
    after = at + 1
    stands = seen.contexts[at].level or seen.units[at].kind in ("item", "part", "cell")
    if not stands or after >= len(seen.units) or seen.units[after].kind not in ("paragraph", "strong"):
        return {}
    found: dict[str, tuple[int, int]] = {}
    for cue in seen.cues[after]:
        early = 1 + (cue.start < _EARLY // 2 + 1) + (not cue.several) if cue.start <= _EARLY else 0
        found[cue.kind] = max(found.get(cue.kind, (0, 1))[0], early), 1
    return found


def _means(rows: Sequence[Mapping[str, tuple[int, int]]]) -> dict[str, float]:
    kinds = {kind for row in rows for kind in row}
    return {kind: sum(row.get(kind, (0, 0))[0] for row in rows) / len(rows) for kind in kinds}
