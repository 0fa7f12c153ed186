"""Names: IRIs that do not agree with what stands about their nodes, and terms that nobody knows.

Known are the classes and properties of the ontology, and of the vocabularies it builds on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Graph, URIRef
from rdflib.term import Node

from strategraph.model.identifiers import CONCEPT_BASE, slug, without_accents
from strategraph.rdf.namespace import (
    ELI,
    INSTRUMENT_CLASSES,
    INVERSES,
    OA,
    OUTSIDE_TERMS,
    PREFIXES,
    SG,
    SUPERCLASSES,
)
from strategraph.rdf.terms import short_term
from strategraph.validation.quoted_literals import is_quoted
from strategraph.validation.subject import Fault, Subject, grouped, only

_OURS = frozenset(str(term) for term in dir(SG))
_WHOLE = (DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD)
_OTHERS = frozenset(str(term) for vocabulary in (*_WHOLE, OA, ELI) for term in dir(vocabulary))
_CLASSES = frozenset(str(term) for term in SUPERCLASSES)
_PREFIXES = {**PREFIXES, "sgsh": "https://w3id.org/strategraph/shapes#"}
_DIGITS = re.compile(r"\d+")
NAMED = (SG.Organization, SG.Event, SG.TargetGroup, SG.Theme)
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_WITHOUT_BODY = 2  # parts of an instrument's name that has no body before its kind and number
_REIFIES = (RDF.subject, RDF.object)
_ELSEWHERE = (OWL.sameAs, *MATCHES)


def is_invented(term: Node) -> bool:
    """Whether a term is in our namespace but not in the ontology."""
    return str(term).startswith(str(SG)) and str(term) not in _OURS


def is_misspelt(term: Node) -> bool:
    """Whether a term is in the namespace of a vocabulary that is known whole, but not in the vocabulary.

    >>> is_misspelt(DCTERMS.title), is_misspelt(URIRef(f"{DCTERMS}titel"))
    (False, True)
    """
    return any(str(term).startswith(str(one)) for one in _WHOLE) and str(term) not in _OTHERS


def is_unwritten(term: Node) -> bool:
    """Whether a term, though spelt right, is of another vocabulary and none of those that a build writes."""
    return not str(term).startswith(str(SG)) and term not in OUTSIDE_TERMS and not is_misspelt(term)


def is_known_class(term: Node) -> bool:
    """Whether a term is a class of the ontology whose instances are data, or a term it builds on."""
    return str(term) in _CLASSES or str(term) in _OTHERS


def is_known_property(term: Node) -> bool:
    """Whether a term is a property of the ontology, or a term it builds on."""
    return str(term) in _OURS - _CLASSES or str(term) in _OTHERS


def suggestion(term: Node) -> str:
    """Return ``; did you mean …?`` for a term of our namespace that is close to one of the ontology, else "".

    >>> suggestion(URIRef("https://w3id.org/strategraph/ns#Gaol"))
    '; did you mean sg:Goal?'
    """
    if not is_invented(term):
        return ""
    close = get_close_matches(str(term), sorted(_OURS), n=1)
    return f"; did you mean {prefixed(URIRef(close[0]))}?" if close else ""


def prefixed(term: Node) -> str:
    """Return an IRI for people to read: with its prefix if it is of a vocabulary in use here.

    >>> prefixed(SG.Goal), prefixed(URIRef("https://example.org/x"))
    ('sg:Goal', '<https://example.org/x>')
    """
    return short_term(term, _PREFIXES, "")


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
    for kind in NAMED:
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
    for kind in NAMED:
        for node in graph.subjects(RDF.type, kind):
            if all(predicate in _REIFIES for predicate in graph.predicates(object=node)):
                yield Fault(node)


def identity_leads_elsewhere(subject: Subject) -> Iterator[Fault]:
    """Fail where a node is said to be the same as, or mapped to, itself or another node of the graph."""
    graph = subject.graph
    for predicate in _ELSEWHERE:
        for node, other in graph.subject_objects(predicate):
            if node == other or any((other, RDF.type, kind) in graph for kind in (*NAMED, SG.Instrument)):
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
