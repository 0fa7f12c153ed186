"""A build told to people: what was found, for whom, by which decision, and whether the graph is sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from strategraph.model import Instrument, Plan
from strategraph.system.terminal_text import columns, in_order

_WIDTH = 100
_LISTED = (("Goal", "Priority"), ("Objective",))  # objectives where a plan has neither goals nor priorities
_PARTS = ("addresses", "involves", "mentionsGroup")
_ADOPTING = ("adoptedBy", "approvedBy", "endorsedBy")


def summarise(plan: Plan) -> Iterator[str]:
    """Yield the summary of a plan, line by line: the plan, counts by class, goals with their groups."""
    labels = _labels(plan)
    profile = plan.profile
    owners = [labels[link.object] for link in plan.links if link.predicate == "owner"]
    period = "–".join(reading.value for reading in (profile.start, profile.end) if reading)
    yield plan.label
    for name, value in (
        ("owner", ", ".join(owners)),
        ("period", period),
        ("language", profile.language),
        ("adopted by", "; ".join(_adopting(plan))),
        ("IRI", plan.iri),
    ):
        yield f"  {name:<12}{value or '–'}"
    yield ""
    yield from _counts(plan)
    listed = next(filter(None, ([e for e in plan.elements if e.kind in kinds] for kinds in _LISTED)), [])
    if listed:
        yield ""
        yield f"  Target groups by {listed[0].kind.lower()}"
        groups = _groups(plan, labels)
        for element in listed:
            yield f"  {element.label}"
            yield from _wrapped(groups.get(element.iri, ()), indent="      ")


def _adopting(plan: Plan) -> Iterator[str]:
    instruments = {instrument.iri: instrument for instrument in plan.instruments}
    issuers = {organization.iri: organization.label for organization in plan.organizations}
    for link in plan.links:
        if link.predicate in _ADOPTING:
            yield _instrument(instruments[link.object], issuers)


def _instrument(instrument: Instrument, issuers: Mapping[str, str]) -> str:
    issuer = issuers.get(instrument.issued_by or "")
    return f"{instrument.label}, {issuer}" if issuer else instrument.label


def _counts(plan: Plan) -> Iterator[str]:
    """Yield the number of nodes of each class, elements first in the order they appear."""
    kinds = Counter(element.kind for element in plan.elements)
    schemes = Counter(concept.scheme for concept in plan.concepts)
    groups, apart = _named_groups(plan)
    rows = [
        *kinds.items(),
        *sorted(Counter(one.part.capitalize() for one in plan.provisions).items()),
        ("TargetGroup", len(groups)),
        ("Theme", schemes["theme"]),
        *sorted(Counter(instrument.kind for instrument in plan.instruments).items()),
        ("Organization", len(plan.organizations)),
        ("Event", len(plan.events)),
    ]
    for kind, number in rows:
        if number:
            yield f"  {kind:<14}{number:>5}{apart if kind == 'TargetGroup' else ''}"


def _named_groups(plan: Plan) -> tuple[set[str], str]:
    """Return the groups that the plan names, and how many of them it is not for, if any."""
    by_part = {part: {link.object for link in plan.links if link.predicate == part} for part in _PARTS}
    groups = set().union(*by_part.values())
    others = groups - by_part["addresses"]
    involved = len(others & by_part["involves"])
    if not others:
        return groups, ""
    parts = ((len(groups - others), "addressed"), (involved, "involved"))
    told = [
        f"{number} {part}" for number, part in (*parts, (len(others) - involved, "only mentioned")) if number
    ]
    return groups, f"  {', '.join(told)}"


def _groups(plan: Plan, labels: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for link in plan.links:
        if link.predicate == "addresses":
            found.setdefault(link.subject, []).append(labels[link.object])
    return found


def _wrapped(words: Sequence[str], *, indent: str) -> Iterator[str]:
    line = indent
    for number, word in enumerate(map(in_order, words)):
        part = word + ("," if number + 1 < len(words) else "")
        if columns(line) + columns(part) > _WIDTH and line.strip():
            yield line.rstrip()
            line = indent
        line += part + " "
    yield line.rstrip() if words else f"{indent}–"


def _labels(plan: Plan) -> Mapping[str, str]:
    nodes: list[tuple[str, str]] = [
        *((node.iri, node.label) for node in plan.concepts),
        *((node.iri, node.label) for node in plan.organizations),
        *((node.iri, node.label) for node in plan.elements),
    ]
    return dict(nodes)
