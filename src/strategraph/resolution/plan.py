"""From mentions to the plan: every element, group, theme, instrument, organisation and event gets its IRI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from strategraph.knowledge.organizations import LANGUAGE_OF_TABLES, directory
from strategraph.knowledge.vocabulary import Vocabulary
from strategraph.model import (
    Document,
    Event,
    Mentions,
    NameMention,
    Organization,
    OwnerReading,
    Plan,
    Profile,
    Span,
    Support,
)
from strategraph.model.document import SpanIndex, Spoken
from strategraph.model.identifiers import Namer, slug
from strategraph.resolution.concepts import concept_iri, concepts_of, link_concepts
from strategraph.resolution.details import (
    Around,
    Described,
    Links,
    describe,
    link_doers,
    link_modalities,
    link_supports,
    resolve_deadlines,
    resolve_measures,
)
from strategraph.resolution.elements import (
    commitments_of,
    elements_of,
    printed_elements,
    remark_spans,
    repeated_numbers,
    section_spans,
)
from strategraph.resolution.instruments import resolve_instruments
from strategraph.resolution.provisions import (
    OwnedText,
    add_citations,
    body_of,
    own_label,
    own_titles,
    resolve_provisions,
    with_own_date,
)


def resolve(
    document: Document,
    mentions: Mentions,
    vocabulary: Vocabulary,
    namer: Namer,
    taken: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Return the plan that the mentions of a document amount to.

    Every triple that the text supports becomes a :class:`~strategraph.model.Link` with all its supports.
    What cannot be identified keeps an IRI under the plan's own and is told in ``notes``. ``taken`` are the
    IRIs of other plans with the checksums of their sources: a plan that would have one of them gets its own
    source's checksum in its name.
    """
    source = document.source
    owner = mentions.profile.owner
    plan = _free(namer.plan(_plan_name(document, mentions.profile)), source.sha256, taken)
    source_iri = namer.source(source.sha256)
    links = Links()

    organizations: dict[str, Organization] = {}
    owner_iri = None
    if owner is not None:
        organization = _organization(owner, namer, plan)
        owner_iri = organization.iri
        organizations[owner_iri] = organization
        links.add(plan, "owner", owner_iri, *([owner.support] if owner.support else []))

    spoken = Spoken(document)
    is_plan = not mentions.own_texts or any(one.role == "adoptedBy" for one in mentions.citations)
    if not is_plan:  # a resolution that adopts no plan has provisions, and no elements
        mentions = replace(
            mentions,
            sections=(),
            commitments=(),
            purposes=(),
            measures=(),
            deadlines=(),
            doers=(),
            modalities=(),
            supports=(),
        )
    elements = list(elements_of(mentions.sections, plan, spoken, links))
    said = list(commitments_of(mentions, elements, spoken, links))
    printed = printed_elements(mentions.sections, elements)
    spans = [*section_spans(mentions.sections, elements), *remark_spans(document, printed)]
    labelled = SpanIndex(spans)
    stated = SpanIndex([*said, *spans])
    concepts = concepts_of(mentions, vocabulary, namer, spoken)
    found_groups = SpanIndex(
        [
            (mention.support.span, concept_iri(mention, namer))
            for mention in mentions.concepts
            if mention.scheme == "target-group"
        ]
    )

    listed = _directory_slug(owner)
    resolved = resolve_instruments(
        mentions.citations, namer, plan, listed, unlisted_owner=owner is not None and listed is None
    )
    owned = [
        OwnedText(own, iri, body_of(iri, resolved))
        for own in mentions.own_texts
        if (iri := resolved.iris[own.citation]) is not None
    ]
    is_plan = is_plan or not owned
    provided = resolve_provisions(owned, found_groups, namer, links.add)
    root = plan if is_plan else owned[0].iri

    def naming(span: Span) -> tuple[str, ...]:
        return (*stated.containing(span), *provided.places.containing(span)[-1:])

    link_concepts(mentions, naming, vocabulary, namer, links)

    def home(span: Span) -> str:
        return next(iter((*provided.places.containing(span)[-1:], *labelled.containing(span)[:1])), root)

    add_citations(mentions, resolved, owned, home, root, links)
    for organization in (*resolved.organizations, *provided.organizations):
        organizations.setdefault(organization.iri, organization)

    events = {event.iri: event for event in resolved.events}
    for event, support in _events(mentions, namer):
        events.setdefault(event.iri, event)
        links.add(source_iri, "mentions", event.iri, support)
    for organization, support in _mentioned(mentions, owner_iri, namer, plan):
        organizations.setdefault(organization.iri, organization)
        links.add(source_iri, "mentions", organization.iri, support)

    measures = tuple(resolve_measures(mentions, elements, said, source, spoken, links.add))
    link_modalities(mentions, [iri for _, iri in said[len(mentions.purposes) :]], links.add)
    link_supports(mentions, elements, links.add)
    for doer in link_doers(mentions, elements, lambda one: _organization(one, namer, plan), links.add):
        organizations.setdefault(doer.iri, doer)

    around = Around(
        plan,
        owner_iri,
        printed,
        {mention.support.span: concept_iri(mention, namer) for mention in mentions.concepts},
        lambda one: _organization(one, namer, plan),
        spoken,
    )
    described = describe(document.stated, around, links.add) if document.stated else Described()
    organizations |= {one.iri: one for one in described.organizations if one.iri not in organizations}

    title = mentions.profile.title
    return Plan(
        iri=root,
        source_iri=source_iri,
        source=source,
        label=(title.value if title else _untitled(owner, source.name))
        if is_plan
        else own_label(owned[0], resolved),
        profile=mentions.profile,
        elements=tuple(elements),
        concepts=concepts,
        instruments=tuple(with_own_date(one, owned) for one in resolved.instruments),
        organizations=tuple(organizations[iri] for iri in sorted(organizations)),
        events=tuple(events[iri] for iri in sorted(events)),
        links=links.all(),
        measures=measures,
        deadlines=tuple(resolve_deadlines(mentions, elements, said)),
        texts_of=tuple(dict.fromkeys(one.iri for one in owned)),
        is_plan=is_plan,
        provisions=provided.provisions,
        values=(*provided.values, *own_titles(owned), *described.values),
        things=tuple(described.things),
        acronyms=mentions.acronyms,
        decisions=mentions.decisions,
        models=mentions.models,
        notes=(*mentions.profile.notes, *repeated_numbers(elements), *resolved.notes, *described.notes),
    )


# --------------------------------------------------------------------------------------------------
# The plan and who owns it


def _plan_name(document: Document, profile: Profile) -> str:
    """Return the name that the source gives the plan in its IRI, or else its slug."""
    stated = document.stated
    checksum = stated.digest if stated else document.source.sha256
    return (stated.name if stated else "") or _plan_slug(profile, profile.owner, checksum)


def _plan_slug(profile: Profile, owner: OwnerReading | None, sha256: str) -> str:
    """Return the plan's slug, by the contract: title, led by the owner, and a checksum where unsure."""
    title = slug(profile.title.value) if profile.title else "plan"
    parts = [title]
    if owner is not None:
        names = [name for name in (owner.name, owner.other) if name]
        known = directory().find(owner.name)
        names += [known.label, *known.short] if known else []
        if not any(f"-{slug(name)}-" in f"-{title}-" for name in names):
            parts.insert(0, slug(min(names, key=len)))
    if owner is None or profile.start is None:
        parts.append(sha256[:8])
    return "-".join(parts)


def _free(plan: str, sha256: str, taken: Mapping[str, str]) -> str:
    """Return the IRI, with the source's checksum where the plan of another source has it."""
    if taken.get(plan, sha256) == sha256 or plan.endswith(sha256[:8]):
        return plan
    return f"{plan}-{sha256[:8]}"


def _untitled(owner: OwnerReading | None, source: str) -> str:
    return f"Plan of {owner.name}" if owner else f"Plan in {source}"


def _directory_slug(owner: OwnerReading | None) -> str | None:
    if owner is None:
        return None
    known = directory().find(owner.name) or (directory().find(owner.other) if owner.other else None)
    return known.slug if known else None


def _organization(mention: NameMention | OwnerReading, namer: Namer, plan: str) -> Organization:
    """Return the organisation a name means: one of the directory, or one known only to this plan."""
    known = directory().find(mention.name) or directory().by_slug.get(mention.other or "")
    if known is not None:
        others = tuple(dict.fromkeys(name for name in (*known.names, mention.name) if name != known.label))
        return Organization(
            namer.organization(known.slug), known.label, others, known.same_as, LANGUAGE_OF_TABLES
        )
    others = (mention.other,) if mention.other else ()
    return Organization(namer.organization(mention.name, plan), mention.name, others)


def _events(mentions: Mentions, namer: Namer) -> Iterator[tuple[Event, Support]]:
    for name in mentions.events:
        yield Event(namer.event(name.name), name.name, (name.other,) if name.other else ()), name.support


def _mentioned(
    mentions: Mentions, owner: str | None, namer: Namer, plan: str
) -> Iterator[tuple[Organization, Support]]:
    """Yield the organisations that the text names, but for the owner."""
    for name in mentions.organizations:
        organization = _organization(name, namer, plan)
        if organization.iri != owner:
            yield organization, name.support
