"""Explains a node: each fact about it, and the words or the reason behind the fact."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import groupby

from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.model.identifiers import DEFAULT_BASE
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import OA, PREFIXES, SG
from strategraph.rdf.terms import expansions, label_of, short_iri, short_term

WIDTH = 100
_TOLD_OTHERWISE = (RDF.type, RDFS.label, SG.hasElement)  # at the head, and by sg:hasGoal and its like
_SUGGESTED = 5
# Where facts come from, by the ontology's word for it, in the order in which they are told.
_ORIGINS: dict[Node | None, str] = {
    SG.extracted: "",
    SG.computed: ": computed",
    SG.table: ": from a table or vocabulary",
    None: ": of another origin",
}


@dataclass(frozen=True, slots=True)
class _Fact:
    """A triple, seen from one of its ends: ``other`` is the node or value at the other one."""

    subject: Node
    predicate: Node
    object: Node
    other: Node


# --------------------------------------------------------------------------------------------------
# Which node


def find_node(graph: Graph, name: str) -> Node:
    """Return the node that a name means: an IRI, full, prefixed or relative to the base, its end, or a label.

    Raises :class:`UnusableInputError` if no node has the name, or several have.

    >>> graph = Graph().parse(data="<http://x/plan/a/goal/1> <http://x/p> 1 .", format="turtle")
    >>> find_node(graph, "goal/1")
    rdflib.term.URIRef('http://x/plan/a/goal/1')
    """
    nodes = {term for triple in graph for term in triple[::2] if isinstance(term, URIRef)}
    prefixes = _prefixes(graph)
    for iri in expansions(name, prefixes, DEFAULT_BASE):
        if URIRef(iri) in nodes:
            return URIRef(iri)
    ending = f"/{name.strip('<>/ ')}"
    wanted = name.casefold()
    found = sorted(node for node in nodes if node.endswith(ending)) or sorted(
        {node for node, label in graph.subject_objects(RDFS.label)
         if isinstance(node, URIRef) and str(label).casefold() == wanted and not _is_reified(graph, node)}
    )  # fmt: skip
    if len(found) == 1:
        return found[0]
    if found:
        raise UnusableInputError(f"{name!r} may mean {_listed(found, prefixes)}: give more of its IRI")
    close = _close(name, nodes)
    hint = f"did you mean {_listed(close, prefixes)}?" if close else "give its IRI, or the end of it"
    raise UnusableInputError(f"no node {name!r} in the graph: {hint}")


def _close(name: str, nodes: Iterable[URIRef]) -> list[URIRef]:
    """Return the nodes whose IRIs end most like the name."""
    segments = name.strip("<>/ ").count("/") + 1
    by_ending: dict[str, URIRef] = {}
    for node in sorted(nodes):
        by_ending.setdefault("/".join(node.split("/")[-segments:]), node)
    return [by_ending[ending] for ending in get_close_matches(name, by_ending, n=3)]


def _listed(nodes: list[URIRef], prefixes: dict[str, str]) -> str:
    names = [short_iri(node, prefixes, DEFAULT_BASE) for node in nodes[:_SUGGESTED]]
    more = f" or {len(nodes) - _SUGGESTED} more" if len(nodes) > _SUGGESTED else ""
    return " or ".join(names) + more


# --------------------------------------------------------------------------------------------------
# What is known of it


def explain(graph: Graph, node: Node) -> Iterator[str]:
    """Yield, line by line, every fact about a node: those it is the subject of, then, in brief, the others.

    Below each fact stand the words it was read from, or why there are none.
    """
    prefixes = _prefixes(graph)
    kinds = sorted(short_term(kind, prefixes, DEFAULT_BASE) for kind in graph.objects(node, RDF.type))
    yield label_of(graph, node) or short_term(node, prefixes, DEFAULT_BASE)
    yield f"  {node}"
    yield f"  {', '.join(kinds) or 'described elsewhere'}"
    own = [_Fact(s, p, o, o) for s, p, o in graph.triples((node, None, None)) if p not in _TOLD_OTHERWISE]
    yield from _facts(graph, own, prefixes, brief=False)
    incoming = [
        _Fact(s, p, o, s)
        for s, p, o in graph.triples((None, None, node))
        if p not in _TOLD_OTHERWISE and not _is_reified(graph, s)
    ]
    if incoming:
        yield ""
        yield "What points to it"
        yield from _facts(graph, incoming, prefixes, brief=True)


def _facts(graph: Graph, facts: list[_Fact], prefixes: dict[str, str], *, brief: bool) -> Iterator[str]:
    """Yield the facts by property: first those that were read, then those computed or from tables."""

    def place(fact: _Fact) -> tuple[object, ...]:
        origin = list(_ORIGINS).index(_provenance(graph, fact))
        return (origin, str(fact.predicate), *_order(graph, fact.other))

    for predicate, group in groupby(sorted(facts, key=place), key=lambda fact: fact.predicate):
        found = list(group)
        name, label = short_term(predicate, prefixes, DEFAULT_BASE), _property_labels().get(predicate)
        yield ""
        yield (f"{label} ({name})" if label else name) + _ORIGINS[_provenance(graph, found[0])]
        for fact in found:
            yield from _wrapped(_value(graph, fact.other, prefixes), "  ")
            yield from _behind(graph, fact, brief=brief)


def _value(graph: Graph, term: Node, prefixes: dict[str, str]) -> str:
    if isinstance(term, Literal):
        return f"“{_one_line(term)}”" + (f" ({term.language})" if term.language else "")
    label = label_of(graph, term)
    return (
        f"{label}  {short_term(term, prefixes, DEFAULT_BASE)}"
        if label
        else short_term(term, prefixes, DEFAULT_BASE)
    )


def _behind(graph: Graph, fact: _Fact, *, brief: bool) -> Iterator[str]:
    """Yield the words behind a fact, or who gave it; for an extracted one, that there is neither."""
    reified = _reified(graph, fact)
    evidence = sorted(
        (node for node in reified if (node, RDF.type, SG.Evidence) in graph),
        key=lambda node: (_number(graph.value(node, OA.start)), str(node)),
    )
    for node in evidence:
        yield from _wrapped(_quote(graph, node, brief=brief), "    ", more="      ")
    givers = sorted(str(giver) for node in reified for giver in graph.objects(node, SG.givenBy))
    if givers:
        yield f"    given by the {' and the '.join(givers)}, not in the text"
    if not evidence and not givers and _provenance(graph, fact) == SG.extracted:
        yield "    no words for it in this graph"


def _quote(graph: Graph, node: Node, *, brief: bool) -> str:
    """Return the words of an evidence with their place and, unless ``brief``, rule and surroundings."""
    places = [(SG.line, "line"), (SG.page, "page")]
    place = ", ".join(
        f"{word} {graph.value(node, p)}" for p, word in places if graph.value(node, p) is not None
    )
    source = graph.value(node, DCTERMS.source)
    if source is not None and len(set(graph.subjects(RDF.type, SG.SourceDocument))) > 1:
        place += f" of {label_of(graph, source) or source}"
    exact, before, after = (_one_line(graph.value(node, p)) for p in (OA.exact, OA.prefix, OA.suffix))
    if brief:
        return f"{place}: “{textwrap.shorten(exact, WIDTH - 20, placeholder='…')}”"
    confidence, rule = graph.value(node, SG.confidence), graph.value(node, SG.rule)
    start, end = ("…" if words else "" for words in (before, after))
    return f"{place} ({rule}, {confidence}): {start}{before}“{exact}”{after}{end}"


# --------------------------------------------------------------------------------------------------
# Where facts come from, and how terms are called


def _provenance(graph: Graph, fact: _Fact) -> Node | None:
    """Return whether a fact is extracted, computed or from a table, as the ontology says of its property."""
    if fact.predicate == DCTERMS.title and (fact.subject, RDF.type, SG.StrategicPlan) not in graph:
        return SG.computed  # an element's title is part of the words that state the element
    return _ontology().value(fact.predicate, SG.provenance)


def _reified(graph: Graph, fact: _Fact) -> list[Node]:
    """Return the evidence and given facts that name the triple."""
    return [
        node
        for node in graph.subjects(RDF.object, fact.object)
        if (node, RDF.subject, fact.subject) in graph and (node, RDF.predicate, fact.predicate) in graph
    ]


def _is_reified(graph: Graph, node: Node) -> bool:
    return any((node, RDF.type, kind) in graph for kind in (SG.Evidence, SG.GivenFact))


@cache
def _ontology() -> Graph:
    return load_graph(resources.path("ontology", "strategraph.ttl"))


@cache
def _property_labels() -> dict[Node, str]:
    return {
        term: str(label)
        for term, label in _ontology().subject_objects(RDFS.label)
        if str(term).startswith(str(SG))
    }


def _prefixes(graph: Graph) -> dict[str, str]:
    return {**PREFIXES, **{prefix: str(namespace) for prefix, namespace in graph.namespaces() if prefix}}


def _order(graph: Graph, node: Node) -> tuple[object, ...]:
    """Return what values of one property are sorted by: languages, then positions, then names."""
    if isinstance(node, Literal):
        return (node.language or "", 0, str(node), "")
    return ("", _number(graph.value(node, SG.position)), label_of(graph, node), str(node))


def _number(term: Node | None) -> int:
    value = term.value if isinstance(term, Literal) else None
    return value if isinstance(value, int) else 0


def _one_line(term: Node | None) -> str:
    """Return a text with each run of white space as one space, also at its ends."""
    return re.sub(r"\s+", " ", str(term or ""))


def _wrapped(text: str, indent: str, more: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if more is None else more,
        break_long_words=False,
        break_on_hyphens=False,
    )
