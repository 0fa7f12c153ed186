"""From mentions to the plan: every element, group, theme, instrument, organisation and event gets its IRI."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from strategraph.knowledge.organizations import LANGUAGE_OF_TABLES, directory
from strategraph.knowledge.sdgs import BASE
from strategraph.knowledge.vocabulary import THEME, Vocabulary, VocabularyConcept
from strategraph.model import (
    Concept,
    ConceptMention,
    Document,
    Element,
    Event,
    Mentions,
    NameMention,
    Organization,
    OwnerReading,
    Passage,
    Plan,
    Profile,
    Section,
    Span,
    Support,
)
from strategraph.model.document import SpanIndex, Spoken
from strategraph.model.identifiers import Namer, segment, slug
from strategraph.model.text import whole_words
from strategraph.resolution.confidence_floor import contribution
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

_UNNUMBERED = frozenset({"Vision", "Mission"})  # a plan's only vision needs no number in its IRI
PREDICATE_OF_ROLE = {
    "addressed": "addresses",
    "involved": "involves",
    "mentioned": "mentionsGroup",
    "": "concerns",
}
_FOR_SOMEBODY = ("addressed", "")  # the roles of groups, and themes, through which an element contributes


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
    elements = list(_elements(mentions.sections, plan, spoken, links))
    said = list(_commitments(mentions, elements, spoken, links))
    printed = _printed(mentions.sections, elements)
    spans = [*_section_spans(mentions.sections, elements), *_remark_spans(document, printed)]
    labelled = SpanIndex(spans)
    stated = SpanIndex([*said, *spans])
    concepts = _concepts(mentions, vocabulary, namer, spoken)
    found_groups = SpanIndex(
        [
            (mention.support.span, _concept_iri(mention, namer))
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

    _link_concepts(mentions, naming, vocabulary, namer, links)

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
        {mention.support.span: _concept_iri(mention, namer) for mention in mentions.concepts},
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
        notes=(*mentions.profile.notes, *_repeated_numbers(elements), *resolved.notes, *described.notes),
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


# --------------------------------------------------------------------------------------------------
# Elements


def _elements(sections: Sequence[Section], plan: str, spoken: Spoken, links: Links) -> Iterator[Element]:
    """Yield one element for each section, in order, and link it to what encloses it."""
    iris: list[str] = []
    taken: dict[str, int] = {}
    positions: dict[tuple[str, str], int] = {}
    for section in sections:
        parent = plan if section.parent is None else iris[section.parent]
        position = positions[parent, section.kind] = positions.get((parent, section.kind), 0) + 1
        iri = _element_iri(parent, section.kind, section.identifier or section.number, position, taken)
        iris.append(iri)
        links.add(parent, f"has{section.kind}", iri, *section.supports)
        tongues = [spoken.of(passage) for passage in section.passages] or [spoken.usual]
        yield Element(
            iri,
            section.kind,
            parent,
            position,
            _label(section),
            section.number,
            _text(section.title),
            _text(section.statement),
            language=tongues[0],
            statement_language=tongues[-1],
        )


def _element_iri(parent: str, kind: str, number: str | None, position: int, taken: dict[str, int]) -> str:
    """Return an IRI that is not ``taken``, and take it; a number that comes back gets "-2", "-3" in order.

    ``taken`` says of each IRI how many elements asked for it.
    """
    name = f"{parent}/{slug(kind)}"
    if number is not None:
        name = f"{name}/{segment(number)}"
    elif kind not in _UNNUMBERED or position > 1:
        name = f"{name}/{position}"
    iri = name
    while iri in taken:
        taken[name] += 1
        iri = f"{name}-{taken[name]}"
    taken[iri] = 1
    return iri


def _repeated_numbers(elements: Sequence[Element]) -> Iterator[str]:
    """Yield a note for each number that two elements of one class and parent print."""
    seen: dict[tuple[str, str, str], Element] = {}
    for element in elements:
        if element.number is None:
            continue
        first = seen.setdefault((element.parent, element.kind, element.number), element)
        if first is not element:
            name = f"{element.kind} {element.number}"
            yield f"{name} is printed with two texts: “{first.label}” and “{element.label}”"


def _label(section: Section) -> str:
    """Return an element's label: its class and number, and its title or, where it has none, its statement."""
    name = " ".join(part for part in (section.kind, section.number) if part)
    if section.title:
        return whole_words(f"{name}: {section.title.text}")
    statement = _text(section.statement)
    if not statement or (section.number is None and section.kind in _UNNUMBERED):
        return name
    return whole_words(f"{name}: {statement}" if section.number else statement)


def _text(passage: Passage | None) -> str | None:
    return " ".join(passage.text.split()) if passage else None


def _commitments(
    mentions: Mentions, elements: list[Element], spoken: Spoken, links: Links
) -> Iterator[tuple[Span, str]]:
    """Append the commitments and purposes to ``elements``; yield each one's span and IRI."""
    positions: dict[tuple[str, str], int] = {}

    def element(kind: str, section: int, verb: str, object_: Passage, support: Support) -> str:
        parent = elements[section].iri
        position = positions[parent, kind] = positions.get((parent, kind), 0) + 1
        iri = f"{parent}/{slug(kind)}/{position}"
        words = f"{verb} {object_.text}".strip()
        elements.append(
            Element(
                iri,
                kind,
                parent,
                position,
                whole_words(words),
                statement=words,
                verb=verb,
                object=object_.text or None,
                language=spoken.at(support.span),
            )
        )
        links.add(parent, f"has{kind}", iri, support)
        return iri

    purposes = [element("Purpose", p.section, p.verb, p.object, p.support) for p in mentions.purposes]
    yield from zip((purpose.support.span for purpose in mentions.purposes), purposes, strict=True)
    for commitment in mentions.commitments:
        iri = element(
            "Commitment", commitment.section, commitment.verb, commitment.object, commitment.support
        )
        yield commitment.support.span, iri
        for index in commitment.purposes:
            links.add(iri, "aimsAt", purposes[index], mentions.purposes[index].support)


def _section_spans(sections: Sequence[Section], elements: Sequence[Element]) -> list[tuple[Span, str]]:
    """Return the spans of each section's title and statement, with its element's IRI."""
    return [
        (passage.span(), element.iri)
        for section, element in zip(sections, elements, strict=False)
        for passage in section.passages
    ]


def _printed(sections: Sequence[Section], elements: Sequence[Element]) -> dict[Span, Element]:
    """Return the element of each section by every span that prints it."""
    return {
        support.span: element
        for section, element in zip(sections, elements, strict=False)
        for support in section.supports
    }


def _remark_spans(document: Document, printed: Mapping[Span, Element]) -> list[tuple[Span, str]]:
    """Return the spans of what a structured source says of elements beside title and statement."""
    if document.stated is None:
        return []
    homes = [printed.get(section.supports[0].span) for section in document.stated.sections]
    return [
        (record.passage.span(), home.iri)
        for record in document.stated.records
        if record.passage and record.section is not None and (home := homes[record.section]) is not None
    ]


# --------------------------------------------------------------------------------------------------
# Groups and themes


def _link_concepts(
    mentions: Mentions,
    naming: Callable[[Span], Sequence[str]],
    vocabulary: Vocabulary,
    namer: Namer,
    links: Links,
) -> None:
    """Link what words belong to with the groups and themes they name, and with the SDGs that these lead to.

    ``naming`` returns the elements and provisions that hold a span.
    """
    for mention in mentions.concepts:
        concept, span = _concept_iri(mention, namer), mention.support.span
        rule = "via theme" if mention.scheme == THEME else "via group"
        for element in naming(span):
            links.add(element, PREDICATE_OF_ROLE[mention.role], concept, mention.support)
            if mention.role in _FOR_SOMEBODY:
                for sdg, via, sure in contribution(mention, vocabulary):
                    links.add(element, "contributesTo", sdg.iri, Support(span, rule, sure, via))
    for cited in mentions.sdgs:
        for element in naming(cited.support.span):
            links.add(element, "contributesTo", BASE + cited.number, cited.support)


def _concept_iri(mention: ConceptMention, namer: Namer) -> str:
    return mention.concept or namer.candidate(mention.scheme, mention.label)


def _concepts(
    mentions: Mentions, vocabulary: Vocabulary, namer: Namer, spoken: Spoken
) -> tuple[Concept, ...]:
    """Return the groups and themes that are mentioned, each once, by IRI."""
    found: dict[str, Concept] = {}
    for mention in mentions.concepts:
        iri = _concept_iri(mention, namer)
        if iri in found:
            continue
        entry = vocabulary.by_iri.get(iri)
        if entry is not None:
            found[iri] = _known(entry)
            continue
        # a candidate narrows the concept of its head ("children affected by conflict": children)
        head = vocabulary.by_iri.get(mention.broader or "")
        if head is not None:
            found.setdefault(head.iri, _known(head))
        broader = (head.iri,) if head is not None else ()
        language = spoken.at(mention.support.span)
        found[iri] = Concept(iri, mention.scheme, mention.label, language, candidate=True, broader=broader)
    _add_acronyms(found, mentions, namer, spoken)
    return tuple(
        replace(found[iri], broader=tuple(up for up in found[iri].broader if up in found))
        for iri in sorted(found)
    )


def _known(entry: VocabularyConcept) -> Concept:
    """Return a concept of the vocabulary as the plan's graph describes it."""
    label = entry.name("en")
    names = [(other.text, other.language, other.kind) for other in entry.labels if other.text != label]
    return Concept(
        entry.iri,
        entry.scheme,
        label,
        translations=tuple((t, lang) for t, lang, kind in names if kind == "preferred" and lang != "en"),
        alternatives=tuple((t, lang) for t, lang, kind in names if kind == "alternative"),
        broader=entry.broader,
        matches=entry.matches,
        definition=entry.definition,
    )


def _add_acronyms(found: dict[str, Concept], mentions: Mentions, namer: Namer, spoken: Spoken) -> None:
    """Give the concepts that the text defines an acronym for that acronym and its long form as names."""
    places = SpanIndex((mention.support.span, _concept_iri(mention, namer)) for mention in mentions.concepts)
    shortened = [one for one in mentions.concepts if one.support.rule == "acronym"]
    for acronym in mentions.acronyms:
        # the definition may stand outside all elements, in which only the acronym is said
        said = [_concept_iri(one, namer) for one in shortened if one.surface == acronym.name]
        for iri in dict.fromkeys((*places.overlapping(acronym.support.span), *said)):
            concept = found[iri]
            preferred = {concept.label, *(text for text, _ in concept.translations)}
            names = [name for name in (acronym.name, acronym.other) if name and name not in preferred]
            more = tuple((name, spoken.at(acronym.support.span)) for name in names)
            known = dict.fromkeys((*concept.alternatives, *more))
            found[iri] = replace(concept, alternatives=tuple(known))
