"""The constraints that are code: what SHACL Core cannot say and SPARQL is too slow for.

Their names, severities and messages stand in the shape files with all others; here, and in the modules for
claims, names and elements, is only how each is decided. A check yields the places where the graph fails it.

Here is also what a node says of itself, held against the classes, tables and vocabularies that it is from.
That does not need the source: a shipped table or vocabulary says the same in every graph, and a class is the
same everywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.extraction.groups import narrowed
from strategraph.knowledge import vocabulary
from strategraph.knowledge.gazetteer import Gazetteer
from strategraph.knowledge.languages import FALLBACK
from strategraph.knowledge.measure_words import measure_words, measured_languages, whole
from strategraph.knowledge.organizations import directory
from strategraph.model.identifiers import CONCEPT_BASE, slug
from strategraph.rdf.graph import modalities
from strategraph.rdf.namespace import EXTERNAL_SUPERCLASSES, EXTRACTED, NAMING, OA, SG
from strategraph.validation import claims, elements, naming, subject
from strategraph.validation.elements import ACTS
from strategraph.validation.naming import MATCHES, NAMED
from strategraph.validation.quoted_literals import is_quoted
from strategraph.validation.shapes import SGSH
from strategraph.validation.subject import Check, Fault, Subject, evidence, facts, literal, named, only

_NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
_YEAR = re.compile(r"\d{4}")
_NAMING_CONCEPTS = (*NAMING, SG.modality)
# What has names only, though it may have a description; and what is said in a verb and its object.
_ONLY_NAMED = (*NAMED, SG.Instrument)


def superclass_is_written(subject: Subject) -> Iterator[Fault]:
    """Fail where a node lacks a superclass of another vocabulary, by which tools of that find it."""
    graph = subject.graph
    for class_, above in EXTERNAL_SUPERCLASSES.items():
        for node in graph.subjects(RDF.type, class_):
            yield from (Fault(node, RDF.type, one) for one in above if (node, RDF.type, one) not in graph)


def text_is_of_a_text(subject: Subject) -> Iterator[Fault]:
    """Fail where a node that is no part of a text has a statement, a title, a verb or an object."""
    graph = subject.graph
    for class_ in (*_ONLY_NAMED, SG.PlanElement):
        acts = class_ == SG.PlanElement
        for node in graph.subjects(RDF.type, class_):
            if acts and any((node, RDF.type, kind) in graph for kind in ACTS):
                continue
            if class_ == SG.Instrument and (node, SG.hasProvision, None) in graph:
                continue  # its text is here, and its title with it
            for predicate in (SG.verb, SG.object) if acts else (SG.statement, DCTERMS.title):
                yield from (Fault(node, predicate, value) for value in graph.objects(node, predicate))


def shipped_node_says_what_is_shipped(subject: Subject) -> Iterator[Fault]:
    """Fail where a concept or organisation of ours has a name, mapping or place that our tables have not."""
    graph = subject.graph
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        if str(concept).startswith(f"{CONCEPT_BASE}modality/"):
            known = {(p, str(o)) for p, o in modalities().predicate_objects(concept)}
            yield from _unknown(graph, concept, {p: {o for q, o in known if q == p} for p in _NAMES})
        elif entry := vocabulary.load().by_iri.get(str(concept)):
            names = {label.text for label in entry.labels}
            matches = {iri for _, iri in entry.matches}
            said = dict.fromkeys(_NAMES[:2], names) | dict.fromkeys(MATCHES, matches)
            defined = {SKOS.definition: {entry.definition or ""}}
            yield from _unknown(graph, concept, said | defined | {SKOS.broader: set(entry.broader)})
            spoken = {(label.text, label.language) for label in entry.labels}
            for label in graph.objects(concept, SKOS.prefLabel):
                language = getattr(label, "language", None)  # to have none is another fault
                if language and str(label) in names and (str(label), language) not in spoken:
                    yield Fault(concept, SKOS.prefLabel, label)
    for organization in graph.subjects(RDF.type, SG.Organization):
        before, shared, name = str(organization).rpartition("/organization/")
        found = directory().by_slug.get(name) if shared and "/plan/" not in before else None
        if found is not None:
            own = {found.label, *found.names, *found.numbered, *found.short}
            yield from _unknown(
                graph, organization, dict.fromkeys(_NAMES, own) | {OWL.sameAs: {*found.same_as}}
            )


def concept_is_quoted(subject: Subject) -> Iterator[Fault]:
    """Fail where the words behind a group, theme or modality are none of those that it goes by."""
    graph, known = subject.graph, vocabulary.load().by_iri
    candidates = _candidates(graph)
    for node, one, predicate, concept in evidence(subject.quotes):
        exact = only(graph, node, OA.exact)
        if exact is None or predicate not in _NAMING_CONCEPTS:
            continue
        if entry := known.get(str(concept)):
            # "all" is quoted of the name "for all"; an acronym that the text explains is a name, too
            names = [label.text for label in entry.labels] + [
                *map(str, graph.objects(concept, SKOS.altLabel))
            ]
            said = any(is_quoted(name, str(exact)) or is_quoted(str(exact), name) for name in names)
            # Arabic changes the article behind "for" and writes words together
            said = said or any(Gazetteer((name, name) for name in names).find(str(exact)))
        elif predicate == SG.modality:
            said = _is_modal(str(exact), str(concept).rpartition("/")[2])
        elif str(concept).startswith(candidates):  # an article or "all" may stand before its name
            names = [str(name) for p in _NAMES for name in graph.objects(concept, p)]
            said = not names or any(is_quoted(name, str(exact)) for name in names)
        else:
            continue
        if not said:
            yield Fault(one, predicate if isinstance(predicate, URIRef) else None, concept)


def _is_modal(quote: str, name: str) -> bool:
    words = " ".join(quote.split())
    tables = filter(None, map(measure_words, measured_languages()))
    return any(
        name in table.modality and re.fullmatch(whole(table.modality[name]), words, re.IGNORECASE)
        for table in tables
    )


def via_is_named(subject: Subject) -> Iterator[Fault]:
    """Fail where a contribution came through a group or theme that its element names neither nor narrows."""
    graph = subject.graph
    for node, element, predicate, _ in evidence(subject.quotes):
        for concept in graph.objects(node, SG.via):
            meant = {concept, *graph.subjects(SKOS.broader, concept)}
            named = {one for p in _NAMING_CONCEPTS for one in graph.objects(element, p)}
            if predicate != SG.contributesTo or not meant & named:
                yield Fault(node, SG.via, concept)


def node_is_named_by_its_label(subject: Subject) -> Iterator[Fault]:
    """Fail where a group, theme, organisation or event that no table has is not named by a name it has."""
    graph = subject.graph
    for kind in NAMED:
        for node in graph.subjects(RDF.type, kind):
            before, last = str(node).rpartition("/")[::2]
            names = [str(name) for p in _NAMES for name in graph.objects(node, p)]
            if not names:
                continue  # which another constraint says
            if kind == SG.Event and not all(
                any(year in name for name in names) for year in _YEAR.findall(last)
            ):
                yield Fault(node, RDFS.label, graph.value(node, RDFS.label))
            tabled = kind in (SG.Organization, SG.Event) and "/plan/" not in before
            if tabled or (kind in (SG.TargetGroup, SG.Theme) and not _is_candidate(before)):
                continue
            if not any(slug(name) == last for name in names):
                yield Fault(node, RDFS.label, graph.value(node, RDFS.label))


def _is_candidate(before: str) -> bool:
    return not before.startswith(CONCEPT_BASE) and before.endswith(("/target-group", "/theme"))


def contribution_is_cited(subject: Subject) -> Iterator[Fault]:
    """Fail where a contribution came through no group or theme, and its words have not the goal's number."""
    graph = subject.graph
    for node, element, predicate, goal in evidence(subject.quotes):
        if predicate != SG.contributesTo or (node, SG.via, None) in graph:
            continue
        exact, number = literal(graph, node, OA.exact), str(goal).rpartition("/")[2]
        if exact is not None and not is_quoted(number, exact):
            yield Fault(element, SG.contributesTo, goal)


def evidence_fits_its_source(subject: Subject) -> Iterator[Fault]:
    """Fail where evidence has an XPath though its source is no XML, or alone has a page in a plain text.

    Form feeds part a plain text into pages: then all that is quoted from it stands on one.
    """
    graph = subject.graph
    for place in (SG.xpath, SG.page):
        for node, value in graph.subject_objects(place):
            sources = [
                (source, str(format_).partition(";")[0])
                for source in graph.objects(node, DCTERMS.source)
                for format_ in graph.objects(source, DCTERMS.format)
            ]
            odd = [
                ("xml" not in format_)
                if place == SG.xpath
                else format_ == "text/plain" and not _has_pages(graph, source)
                for source, format_ in sources
            ]
            if odd and all(odd):
                yield Fault(node, place, value)


def _has_pages(graph: Graph, source: Node) -> bool:
    return all((node, SG.page, None) in graph for node in graph.subjects(DCTERMS.source, source))


def broader_is_of_its_words(subject: Subject) -> Iterator[Fault]:
    """Fail where a group that no vocabulary has narrows another than its own name or words lead to.

    What is above a shipped concept is shipped; above a user's it is the user's own.
    """
    graph, known = subject.graph, vocabulary.load()
    said, candidates = _words_behind(subject), _candidates(graph)
    for concept, above in graph.subject_objects(SKOS.broader):
        if not str(concept).startswith(candidates):
            continue
        labels = [one for one in graph.objects(concept, RDFS.label) if isinstance(one, Literal)]
        spoken = next((label.language for label in labels if label.language), FALLBACK)
        phrases = [*map(str, labels), *said[concept]]
        if str(above) in known.by_iri:
            heads = [narrowed(phrase, spoken, known) for phrase in phrases]
            leads = any(head is not None and head.iri == str(above) for head in heads)
        else:
            names = [str(name) for p in _NAMES for name in graph.objects(above, p)]
            leads = any(is_quoted(name, phrase) for name in names for phrase in phrases)
        if not leads:
            yield Fault(concept, SKOS.broader, above)


def _candidates(graph: Graph) -> tuple[str, ...]:
    """Return what the IRIs of groups begin with that no vocabulary has."""
    sources = graph.subjects(RDF.type, SG.SourceDocument)
    return tuple(sorted({f"{str(one).rpartition('source/')[0]}target-group/" for one in sources}))


def _words_behind(subject: Subject) -> Mapping[Node, set[str]]:
    """Return the words that name each concept, white space collapsed."""
    found: defaultdict[Node, set[str]] = defaultdict(set)
    for node, _, predicate, concept in evidence(subject.quotes):
        if predicate in _NAMING_CONCEPTS and (exact := literal(subject.graph, node, OA.exact)):
            found[concept].add(" ".join(exact.split()))
    return found


def _unknown(graph: Graph, node: Node, known: Mapping[URIRef, set[str]]) -> Iterator[Fault]:
    for predicate, values in known.items():
        for value in graph.objects(node, predicate):
            if str(value) not in values:
                yield Fault(node, predicate, value)


CLAIMS: tuple[Check, ...] = (
    claims.words_are_quoted,
    claims.text_is_written_as_quoted,
    claims.year_is_quoted,
    claims.measure_is_quoted,
    claims.named_is_quoted,
    elements.statement_is_verb_and_object,
    elements.act_is_said_whole,
    broader_is_of_its_words,
    claims.label_says_what_it_labels,
    claims.evidence_label_is_quoted,
    claims.rule_is_known,
    claims.quote_stands_in_its_element,
    claims.evidence_is_named_by_its_words,
    claims.source_is_named_by_its_bytes,
)
"""What the graph says of the text and of its own names, held against its own evidence."""


def text_has_checksum(subject: Subject) -> Iterator[Fault]:
    """Fail where a source's text is not the one given."""
    if subject.text is None:
        return
    checksum = hashlib.sha256(subject.text.encode("utf-8", "surrogatepass")).hexdigest()
    for source in subject.graph.subjects(RDF.type, SG.SourceDocument):
        values = list(subject.graph.objects(source, SG.textSha256))
        if len(values) == 1 and str(values[0]).lower() != checksum:
            yield Fault(source, SG.textSha256, values[0])


def extracted_triple_has_evidence(subject: Subject) -> Iterator[Fault]:
    """Fail where an extracted triple has neither evidence nor a given fact; a light graph has none at all."""
    graph = subject.graph
    if not subject.quotes.all:
        return
    given = set(named(graph, SG.GivenFact))
    plans = set(graph.subjects(RDF.type, SG.StrategicPlan))
    for predicate in EXTRACTED:
        for node, value in graph.subject_objects(predicate):
            if predicate == DCTERMS.title and node not in plans:
                continue  # an element's title is part of the words behind its sg:has…
            triple = (node, predicate, value)
            if not subject.quotes.supports(triple) and triple not in given:
                yield Fault(node, predicate, value)


def fact_is_in_graph(subject: Subject) -> Iterator[Fault]:
    """Fail where evidence or a given fact names a triple that the graph does not have."""
    for kind in (SG.Evidence, SG.GivenFact):
        for fact, node, predicate, value in facts(subject.graph, kind):
            if (node, predicate, value) not in subject.graph:
                yield Fault(fact, predicate if isinstance(predicate, URIRef) else None, value)


def quote_is_as_long_as_its_span(subject: Subject) -> Iterator[Fault]:
    """Fail where the quoted words are longer or shorter than from start to end."""
    for quote in subject.quotes.all:
        if quote.start is None or quote.end is None or quote.exact is None or quote.start >= quote.end:
            continue  # these have constraints of their own
        if len(quote.exact) != quote.end - quote.start:
            yield Fault(quote.node, OA.exact)


def quote_stands_in_text(subject: Subject) -> Iterator[Fault]:
    """Fail where the text given does not have the quoted words at their place."""
    if subject.text is None:
        return
    for quote in subject.quotes.all:
        if quote.start is None or quote.exact is None or quote.start < 0:
            continue
        if not subject.text.startswith(quote.exact, quote.start):
            yield Fault(quote.node, OA.exact)


def graph_has_evidence(subject: Subject) -> Iterator[Fault]:
    """Fail for each plan of a graph without any evidence."""
    if not subject.quotes.all:
        yield from map(Fault, subject.graph.subjects(RDF.type, SG.StrategicPlan))
        yield from map(Fault, sorted(set(subject.graph.objects(None, SG.textOf)), key=str))


def name_of(check: Check) -> Node:
    """Return the IRI that the shape files give a check."""
    return SGSH[check.__name__.replace("_", "-")]


CHECKS: Mapping[Node, Check] = MappingProxyType(
    {
        name_of(check): check
        for check in (
            *CLAIMS,
            text_has_checksum,
            extracted_triple_has_evidence,
            fact_is_in_graph,
            quote_is_as_long_as_its_span,
            quote_stands_in_text,
            graph_has_evidence,
            naming.term_is_known,
            naming.term_is_spelt_right,
            naming.term_is_one_of_those_written,
            naming.element_is_named_under_its_parent,
            naming.element_is_named_by_its_number,
            naming.instrument_is_named_by_what_it_is,
            naming.concept_is_in_its_own_scheme,
            naming.label_is_preferred_label,
            naming.label_names_one_thing,
            naming.node_is_used,
            naming.identity_leads_elsewhere,
            naming.inverse_is_borne_out,
            superclass_is_written,
            text_is_of_a_text,
            shipped_node_says_what_is_shipped,
            concept_is_quoted,
            via_is_named,
            contribution_is_cited,
            evidence_fits_its_source,
            node_is_named_by_its_label,
            elements.element_hangs_under_its_plan,
            elements.siblings_differ_in_position,
            elements.siblings_differ_in_number,
            elements.positions_have_no_gap,
            elements.siblings_stand_in_order,
            elements.aim_is_of_the_same_element,
            elements.support_is_of_another,
            elements.element_names_what_its_acts_name,
            elements.broader_goes_in_no_circle,
            elements.text_is_in_a_language_of_its_source,
            subject.text_is_understood,
            subject.language_has_rules,
        )
    }
)
"""The checks by the IRI that the shape files give them."""
