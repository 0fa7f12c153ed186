"""Names: IRIs that do not agree with what stands about their nodes, and terms that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from strategraph.model.identifiers import CONCEPT_BASE, slug, without_accents
from strategraph.rdf.namespace import INSTRUMENT_CLASSES, INVERSES, SG
from strategraph.validation.quoted_literals import is_quoted
from strategraph.validation.quotes import only
from strategraph.validation.subject import Fault, Subject, grouped
from strategraph.validation.terms import is_invented, is_misspelt, is_unwritten

_DIGITS = re.compile(r"\d+")
_NAMED = (SG.Organization, SG.Event, SG.TargetGroup, SG.Theme)
_WITHOUT_BODY = 2  # parts of an instrument's name that has no body before its kind and number
_REIFIES = (RDF.subject, RDF.object)
_ELSEWHERE = (
    OWL.sameAs,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
)


def term_is_known(subject: Subject) -> Iterator[Fault]:
    """Fail where a class or property in our namespace is no term of the ontology."""
    return _terms(subject.graph, is_invented)


def term_is_spelt_right(subject: Subject) -> Iterator[Fault]:
    """Fail where a class or property in the namespace of another vocabulary in use is no term of it."""
    return _terms(subject.graph, is_misspelt)


def term_is_one_of_those_written(subject: Subject) -> Iterator[Fault]:
    """Fail where a class or property is none of those that a build writes."""
    return _terms(subject.graph, is_unwritten)


def element_is_named_under_its_parent(subject: Subject) -> Iterator[Fault]:
    """Fail where the IRI of an element does not go on from that of the plan or element that has it."""
    for parent, child in subject.graph.subject_objects(SG.hasElement):
        if not str(child).startswith(f"{parent}/"):
            yield Fault(child, SG.hasElement, parent)


def element_is_named_by_its_number(subject: Subject) -> Iterator[Fault]:
    """Fail where the last part of an element's IRI does not begin with its number, or an identifier of it."""
    graph = subject.graph
    for element in graph.subjects(RDF.type, SG.PlanElement):
        last = str(element).rpartition("/")[2]
        if any(_begins(last, str(name)) for name in graph.objects(element, DCTERMS.identifier)):
            continue
        for number in graph.objects(element, SG.number):
            if not _begins(last, str(number)):
                yield Fault(element, SG.number, number)


def instrument_is_named_by_what_it_is(subject: Subject) -> Iterator[Fault]:
    """Fail where the IRI of an instrument has another kind, number, body or revision than the instrument."""
    graph = subject.graph
    for instrument in graph.subjects(RDF.type, SG.Instrument):
        name = str(instrument).rpartition("/instrument/")[2]
        if not name or name == str(instrument):
            continue
        base, revised, revision = name.partition("/rev/")
        parts = base.split("/")
        kind = only_kind(graph, instrument)
        if kind is not None and slug(str(kind).removeprefix(str(SG))) not in parts[:2]:
            yield Fault(instrument, RDF.type, kind)
        number = only(graph, instrument, SG.number)
        titled = any(character.isalpha() for character in parts[-1])  # "regulation-2014-910": no bare number
        if number is not None and not titled and not _holds(parts[-1], slug(str(number))):
            yield Fault(instrument, SG.number, number)
        issuer = only(graph, instrument, SG.issuedBy)
        if issuer is not None and str(issuer).rpartition("/")[2] != parts[0]:
            yield Fault(instrument, SG.issuedBy, issuer)
        if issuer is None and len(parts) > _WITHOUT_BODY and (instrument, SG.issuedBy, None) not in graph:
            yield Fault(instrument, SG.issuedBy)
        label = only(graph, instrument, RDFS.label)
        session = only(graph, instrument, SG.session)
        if session is not None and label is not None and not is_quoted(str(session), str(label)):
            yield Fault(instrument, SG.session, session)
        digits = set(_DIGITS.findall(str(number or "")))
        # known by its date or title: a name without the marks on its letters
        called = label is not None and slug(without_accents(str(label))) == slug(without_accents(parts[-1]))
        if label is not None and digits and not called and not digits & set(_DIGITS.findall(str(label))):
            yield Fault(instrument, RDFS.label, label)
        symbol = only(graph, instrument, SG.symbol)
        if symbol is not None and digits and not digits & set(_DIGITS.findall(str(symbol))):
            yield Fault(instrument, SG.symbol, symbol)
        date, year = only(graph, instrument, SG.date), only(graph, instrument, SG.year)
        if date is not None and year is not None and not str(date).startswith(str(year)):
            yield Fault(instrument, SG.date, date)
        for predicate in (SG.revisionPlace, SG.revisionYear) if revised else ():
            value = only(graph, instrument, predicate)
            if value is not None and not _holds(revision, slug(without_accents(str(value)))):
                yield Fault(instrument, predicate, value)


def concept_is_in_its_own_scheme(subject: Subject) -> Iterator[Fault]:
    """Fail where a concept of a shipped vocabulary is in no scheme, or another than that of its IRI."""
    graph = subject.graph
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        if str(concept).startswith(CONCEPT_BASE) and (concept, SKOS.inScheme, None) not in graph:
            yield Fault(concept, SKOS.inScheme)
    for concept, scheme in graph.subject_objects(SKOS.inScheme):
        if str(concept).startswith(CONCEPT_BASE) and str(concept).rpartition("/")[0] != str(scheme):
            yield Fault(concept, SKOS.inScheme, scheme)


def label_is_preferred_label(subject: Subject) -> Iterator[Fault]:
    """Fail where the label of a group or theme is none of its preferred labels."""
    graph = subject.graph
    for kind in (SG.TargetGroup, SG.Theme):
        for concept in graph.subjects(RDF.type, kind):
            preferred = {str(name) for name in graph.objects(concept, SKOS.prefLabel)}
            for label in graph.objects(concept, RDFS.label):
                if preferred and str(label) not in preferred:
                    yield Fault(concept, RDFS.label, label)


def label_names_one_thing(subject: Subject) -> Iterator[Fault]:
    """Fail where two nodes of one kind have the same label, but for those that are each one plan's own."""
    graph = subject.graph
    for kind in _NAMED:
        labels = (
            (label, node)
            for node in graph.subjects(RDF.type, kind)
            for label in graph.objects(node, RDFS.label)
        )
        for label, nodes in grouped(labels).items():
            plans = {_plan_of(node) for node in nodes}
            if len(plans) < len(nodes) or (None in plans and len(nodes) > 1):
                yield from (Fault(node, RDFS.label, label) for node in nodes[1:])


def node_is_used(subject: Subject) -> Iterator[Fault]:
    """Fail where nothing leads to an organisation, event, group or theme."""
    graph = subject.graph
    for kind in _NAMED:
        for node in graph.subjects(RDF.type, kind):
            if all(predicate in _REIFIES for predicate in graph.predicates(object=node)):
                yield Fault(node)


def identity_leads_elsewhere(subject: Subject) -> Iterator[Fault]:
    """Fail where a node is said to be the same as, or mapped to, itself or another node of the graph."""
    graph = subject.graph
    for predicate in _ELSEWHERE:
        for node, other in graph.subject_objects(predicate):
            if node == other or any((other, RDF.type, kind) in graph for kind in (*_NAMED, SG.Instrument)):
                yield Fault(node, predicate, other)


def inverse_is_borne_out(subject: Subject) -> Iterator[Fault]:
    """Fail where an inverse says what the graph does not say the other way round."""
    graph = subject.graph
    for inverse, straight in INVERSES.items():
        for node, other in graph.subject_objects(inverse):
            if (other, straight, node) not in graph:
                yield Fault(node, inverse, other)


def only_kind(graph: Graph, instrument: Node) -> Node | None:
    """Return the kind of an instrument that is of one."""
    kinds = [kind for kind in INSTRUMENT_CLASSES if (instrument, RDF.type, kind) in graph]
    return kinds[0] if len(kinds) == 1 else None


def _terms(graph: Graph, wrong: Callable[[Node], bool]) -> Iterator[Fault]:
    """Yield each place where a property or class is used that is wrong."""
    for predicate in filter(wrong, graph.predicates(unique=True)):
        yield from (Fault(node, value=predicate) for node in set(graph.subjects(predicate)))
    for class_ in filter(wrong, graph.objects(None, RDF.type, unique=True)):
        yield from (Fault(node, RDF.type, class_) for node in graph.subjects(RDF.type, class_))


def _plan_of(node: Node) -> str | None:
    """Return the plan under whose IRI a node's stands, None where it is everybody's."""
    before, found, rest = str(node).partition("/plan/")
    return f"{before}{found}{rest.partition('/')[0]}" if found and isinstance(node, URIRef) else None


def _begins(last: str, name: str) -> bool:
    """Whether the last part of an IRI begins with a number or identifier."""
    segment = ".".join(slug(part) for part in name.split(".") if part) or slug(name)
    return last == segment or last.startswith(f"{segment}-")


def _holds(name: str, part: str) -> bool:
    return f"-{part}-" in f"-{name}-"
