"""How sure facts are: goals that concepts lead to, and a plan without what is not sure enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from strategraph.knowledge.sdgs import Sdg, is_loose, sdg_of
from strategraph.knowledge.vocabulary import Vocabulary
from strategraph.model import ConceptMention, Link, Plan


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


_LEADS = 0.9  # how often a text that names a theme is about the goal: docs/evaluation.md


def contribution(mention: ConceptMention, vocabulary: Vocabulary) -> Iterator[tuple[Sdg, str, float]]:
    """Yield the goals and targets that the concept of a mention is related to, the concept, and a confidence.

    A candidate leads where the concept that it narrows does ("rural women": women). Loose themes lead
    nowhere.
    """
    iri = mention.concept or mention.broader
    entry = vocabulary.by_iri.get(iri or "") if not is_loose(iri or "") else None
    for _, match in entry.matches if entry is not None else ():
        found = sdg_of(match)
        if found is not None and iri is not None:
            yield found, iri, round(mention.support.confidence * _LEADS, 2)
