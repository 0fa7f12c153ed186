"""Predictions for the scorer's tests: plans made from gold."""

from __future__ import annotations

from strategraph.evaluation.gold import Gold, GoldElement, GoldInstrument
from strategraph.model import (
    Element,
    Instrument,
    Link,
    Organization,
    Plan,
    Profile,
    Reading,
    Source,
    Span,
    Support,
)

PLAN = "https://example.org/plan"


def perfect_plan(gold: Gold) -> Plan:
    """Return the plan that says exactly what ``gold`` says, over a source that has its words."""
    text = _Text()
    elements = []
    links = []
    for position, expected in enumerate(gold.elements, start=1):
        start, end = text.add(expected.text or "?")
        elements.append(element(expected, position))
        links.append(
            Link(PLAN, f"has{expected.type}", iri(expected.id), (Support(Span(start, end), "test"),))
        )
    for number, group in enumerate(gold.groups):
        span = Span(*text.add(group.surface))
        links.append(Link(iri(group.element), "addresses", f"group-{number}", (Support(span, "test"),)))
    instruments = []
    for number, cited in enumerate(gold.instruments):
        name = f"instrument-{number}"
        instruments.append(instrument(cited, name))
        subject = PLAN if cited.element is None or cited.relation == "adoptedBy" else iri(cited.element)
        span = Span(*text.add(cited.surface))
        links.append(Link(subject, cited.relation, name, (Support(span, "test"),)))
    owners: tuple[Organization, ...] = ()
    if gold.plan.owner:
        span = Span(*text.add(gold.plan.owner))
        owners = (Organization("owner", gold.plan.owner),)
        links.append(Link(PLAN, "owner", "owner", (Support(span, "test"),)))
    return Plan(
        iri=PLAN,
        source_iri="https://example.org/source",
        source=Source(gold.document, "text/plain", "", text.content),
        label=gold.plan.title or gold.document,
        profile=Profile(
            title=_reading(gold.plan.title),
            start=_reading(gold.plan.start),
            end=_reading(gold.plan.end),
            language=gold.language or "und",
        ),
        elements=tuple(elements),
        instruments=tuple(instruments),
        organizations=owners,
        links=tuple(links),
    )


def iri(name: str | None) -> str:
    """Return the IRI of the element that stands for a gold id; the plan's for None."""
    return PLAN if name is None else f"{PLAN}/{name}"


def element(expected: GoldElement, position: int = 1) -> Element:
    return Element(
        iri=iri(expected.id),
        kind=expected.type,
        parent=iri(expected.parent),
        position=position,
        label=expected.text,
        number=expected.number,
        title=expected.title,
        statement=expected.statement,
    )


def instrument(cited: GoldInstrument, name: str) -> Instrument:
    return Instrument(
        iri=name,
        kind=cited.type,
        label=cited.surface,
        number=cited.number,
        revision_place=cited.revision_place,
        revision_year=cited.revision_year,
    )


def _reading(value: str | int | None) -> Reading | None:
    return None if value is None else Reading(str(value))


class _Text:
    """A source's text that grows a line at a time."""

    def __init__(self) -> None:
        self.content = ""

    def add(self, line: str) -> tuple[int, int]:
        start = len(self.content)
        self.content += line + "\n"
        return start, start + len(line)


TEN = "one two three four five six seven eight nine ten"


def plan_of(*elements: GoldElement, links: tuple[Link, ...] = (), text: str = "") -> Plan:
    """Return the plan with these elements, described as gold is."""
    made = tuple(element(e, position) for position, e in enumerate(elements, start=1))
    return Plan(
        PLAN, "source", Source("plan.txt", "text/plain", "", text), "plan", Profile(), made, links=links
    )


def goal(name: str, statement: str | None = None, **rest: str | None) -> GoldElement:
    return GoldElement(name, rest.pop("type", None) or "Goal", statement=statement, **rest)
