"""The constraints that are code: what SHACL Core cannot say and SPARQL is too slow for.

Their names, severities and messages stand in the shape files with all others; here, and in the modules for
claims, names and elements, is only how each is decided. A check yields the places where the graph fails it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from rdflib import DCTERMS, RDF, URIRef
from rdflib.term import Node

from strategraph.rdf.namespace import EXTRACTED, OA, SG
from strategraph.validation import claims, elements, naming, nodes, subject
from strategraph.validation.shapes import SGSH
from strategraph.validation.subject import Check, Fault, Subject, facts, named

CLAIMS: tuple[Check, ...] = (
    claims.words_are_quoted,
    claims.text_is_written_as_quoted,
    claims.year_is_quoted,
    claims.measure_is_quoted,
    claims.named_is_quoted,
    elements.statement_is_verb_and_object,
    elements.act_is_said_whole,
    nodes.broader_is_of_its_words,
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
            nodes.superclass_is_written,
            nodes.text_is_of_a_text,
            nodes.shipped_node_says_what_is_shipped,
            nodes.concept_is_quoted,
            nodes.via_is_named,
            nodes.contribution_is_cited,
            nodes.evidence_fits_its_source,
            nodes.node_is_named_by_its_label,
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
