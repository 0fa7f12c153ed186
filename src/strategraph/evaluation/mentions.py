"""Target groups and instruments: what was found of them, paired with the gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from strategraph.evaluation.gold import Gold, GoldGroup, GoldInstrument
from strategraph.evaluation.matching import Alignment, Candidate, Words, best_pairs, contains, overlap, words
from strategraph.model import Instrument, Link, Plan, Support
from strategraph.model.identifiers import without_accents

_EQUAL = (1.0,)


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Words of an element that were read as a target group, and where they start."""

    surface: str
    element: str
    offset: int


@dataclass(frozen=True, slots=True)
class GroupPairs:
    """Target groups paired with the gold.

    ``equal`` are the pairs of the same words; ``alike`` those of which one contains the other;
    ``missed`` and ``invented`` are in neither.
    """

    equal: tuple[tuple[GoldGroup, FoundGroup], ...]
    alike: tuple[tuple[GoldGroup, FoundGroup], ...]
    missed: tuple[GoldGroup, ...]
    invented: tuple[FoundGroup, ...]


def pair_groups(plan: Plan, gold: Gold, alignment: Alignment) -> GroupPairs:
    """Return the target groups of ``plan`` paired with those of ``gold``, through the matched elements.

    A mention counts once for each element and wording. Pairs of the same words come first, so a
    lenient match never takes a word-for-word one away.
    """
    wanted = _wanted_groups(gold, alignment)
    found = _found_groups(plan, alignment)

    candidates = []
    for left, group in enumerate(wanted):
        for right, mention in enumerate(found):
            if alignment.gold_ids.get(mention.element) == group.element:
                one, other = words(group.surface), words(mention.surface)
                if contains(one, other):
                    candidates.append(Candidate(left, right, _closeness(one, other)))
    pairs = best_pairs(c for c in candidates if c.rank == _EQUAL)
    taken = set(pairs.values())
    rest = best_pairs(c for c in candidates if c.left not in pairs and c.right not in taken)
    matched = taken | set(rest.values())
    return GroupPairs(
        equal=tuple((wanted[left], found[right]) for left, right in pairs.items()),
        alike=tuple((wanted[left], found[right]) for left, right in rest.items()),
        missed=tuple(g for i, g in enumerate(wanted) if i not in pairs and i not in rest),
        invented=tuple(g for i, g in enumerate(found) if i not in matched),
    )


def _wanted_groups(gold: Gold, alignment: Alignment) -> list[GoldGroup]:
    first: dict[tuple[Words, str], GoldGroup] = {}
    for group in gold.groups:
        if group.element in alignment.gold_parents:
            first.setdefault((words(group.surface), group.element), group)
    return list(first.values())


def _found_groups(plan: Plan, alignment: Alignment) -> list[FoundGroup]:
    mentions = [
        FoundGroup(_surface(plan, support), link.subject, support.span.start)
        for link in plan.links
        if link.predicate == "addresses" and link.subject in alignment.parents
        for support in link.supports
    ]
    first: dict[tuple[Words, str], FoundGroup] = {}
    for mention in sorted(mentions, key=lambda m: (m.offset, m.surface, m.element)):
        first.setdefault((words(mention.surface), mention.element), mention)
    return list(first.values())


def _surface(plan: Plan, support: Support) -> str:
    return plan.source.text[support.span.start : support.span.end]


def _closeness(one: Words, other: Words) -> tuple[float]:
    """Return the rank of two wordings of which one contains the other: 1.0 for the same words."""
    return (overlap(Counter(one), Counter(other)),)


# --------------------------------------------------------------------------------------------------
# Instruments


@dataclass(frozen=True, slots=True)
class FoundInstrument:
    """An instrument the plan links to: its names, whether it adopted the plan, where it is first cited."""

    instrument: Instrument
    names: tuple[Words, ...]
    adopts: bool
    offset: int


@dataclass(frozen=True, slots=True)
class InstrumentPairs:
    """Instruments paired with the gold; ``missed`` and ``invented`` are in one of the two only."""

    equal: tuple[tuple[GoldInstrument, FoundInstrument], ...]
    missed: tuple[GoldInstrument, ...]
    invented: tuple[FoundInstrument, ...]


def pair_instruments(plan: Plan, gold: Gold, alignment: Alignment) -> InstrumentPairs:
    """Return the instruments ``plan`` links to, paired with those of ``gold``.

    Left out are those cited by optional elements only. One entry of the gold that is required takes a
    prediction before one that is optional does.
    """
    found = _found_instruments(plan)
    required = [i for i in gold.instruments if i.element not in alignment.waived]
    optional = [i for i in gold.instruments if i.element in alignment.waived]
    pairs = best_pairs(_instrument_candidates(required, found))
    taken = set(pairs.values())
    rest = [f for i, f in enumerate(found) if i not in taken]
    free = set(best_pairs(_instrument_candidates(optional, rest)).values())
    citing: dict[str, set[str]] = {}
    for link in _citations(plan):
        citing.setdefault(link.object, set()).add(link.subject)
    return InstrumentPairs(
        equal=tuple((required[left], found[right]) for left, right in pairs.items()),
        missed=tuple(i for n, i in enumerate(required) if n not in pairs),
        invented=tuple(
            f
            for n, f in enumerate(rest)
            if n not in free and not citing[f.instrument.iri] <= alignment.waived
        ),
    )


def _citations(plan: Plan) -> Iterable[Link]:
    return (link for link in plan.links if link.predicate in ("cites", "adoptedBy"))


def _found_instruments(plan: Plan) -> list[FoundInstrument]:
    links: dict[str, list[Link]] = {}
    for link in _citations(plan):
        links.setdefault(link.object, []).append(link)
    found = []
    for instrument in plan.instruments:
        if instrument.iri not in links:
            continue  # the base of a revision that is cited: not itself in the text
        supports = [support for link in links[instrument.iri] for support in link.supports]
        surfaces = {_surface(plan, support) for support in supports}
        names = {words(name) for name in (instrument.label, *instrument.alternatives, *surfaces)}
        found.append(
            FoundInstrument(
                instrument=instrument,
                names=tuple(sorted(names)),
                adopts=any(link.predicate == "adoptedBy" for link in links[instrument.iri]),
                offset=min((support.span.start for support in supports), default=0),
            )
        )
    return sorted(found, key=lambda f: (f.offset, f.instrument.iri))


def _instrument_candidates(wanted: list[GoldInstrument], found: list[FoundInstrument]) -> Iterable[Candidate]:
    for left, expected in enumerate(wanted):
        for right, candidate in enumerate(found):
            closeness = _same_instrument(expected, candidate)
            if closeness is not None:
                yield Candidate(left, right, closeness)


def _same_instrument(expected: GoldInstrument, found: FoundInstrument) -> tuple[float, ...] | None:
    """Return how well the two names agree, or None where they are not the same instrument."""
    instrument = found.instrument
    if (
        expected.type != instrument.kind
        or expected.revision_year != instrument.revision_year
        or _place(expected.revision_place) != _place(instrument.revision_place)
        or words(expected.number) != words(instrument.number)
    ):
        return None
    name = words(expected.surface)
    closeness = max((_closeness(name, other) for other in found.names if contains(name, other)), default=None)
    if closeness is None and expected.number is not None:
        return (0.0,)
    return closeness


def _place(name: str | None) -> Words:
    return words(without_accents(name or ""))
