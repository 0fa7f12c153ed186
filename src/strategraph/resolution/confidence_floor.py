"""A plan without what is not sure enough."""

from __future__ import annotations

from dataclasses import replace

from strategraph.model import Link, Plan


def only_sure(plan: Plan, least: float) -> Plan:
    """Return a plan without the triples whose best evidence is less sure than ``least`` (0 to 1).

    An element goes with all below it; groups, themes, instruments, organisations and events go with the last
    triple that leads to them. What a person gave has no evidence and stays, and so do the plan's own
    readings.
    """
    sure = [link for link in plan.links if _confidence(link) >= least]
    reached = {link.object for link in sure}
    gone: set[str] = set()
    for element in plan.elements:  # parents come before children, and stated elements before commitments
        if element.parent in gone or element.iri not in reached:
            gone.add(element.iri)
    kept = tuple(link for link in sure if link.subject not in gone and link.object not in gone)
    used = {link.object for link in kept}
    used |= {up for concept in plan.concepts if concept.iri in used for up in concept.broader}
    used |= {
        iri
        for instrument in plan.instruments
        if instrument.iri in used
        for iri in (instrument.issued_by, instrument.revision_of, instrument.revised_at)
        if iri
    }
    used |= {i.issued_by for i in plan.instruments if i.iri in used and i.issued_by}
    return replace(
        plan,
        links=kept,
        elements=tuple(element for element in plan.elements if element.iri not in gone),
        concepts=tuple(
            replace(concept, broader=tuple(up for up in concept.broader if up in used))
            for concept in plan.concepts
            if concept.iri in used
        ),
        instruments=tuple(one for one in plan.instruments if one.iri in used),
        organizations=tuple(one for one in plan.organizations if one.iri in used),
        events=tuple(one for one in plan.events if one.iri in used),
    )


def _confidence(link: Link) -> float:
    return max((support.confidence for support in link.supports), default=1.0)
