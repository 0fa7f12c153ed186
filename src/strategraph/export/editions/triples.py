"""A comparison as RDF, in the vocabulary of ``ontology/changes.ttl``, with ``prov:wasRevisionOf``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from rdflib import PROV, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.editions.comparison import Comparison, LinkChange, PartChange
from strategraph.export.editions.edition import Part
from strategraph.export.editions.text import heading
from strategraph.rdf.namespace import CHANGE, PREFIXES, SG

_ADDRESS = 16  # hexadecimal digits


def write(comparison: Comparison) -> bytes:
    """Return the graph as Turtle; the same comparison gives the same bytes."""
    from strategraph.export import write as export

    return export(to_graph(comparison), "turtle")


def to_graph(comparison: Comparison) -> Graph:
    """Return the comparison as a graph: one change a part, and one for each thing named on one side only."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, "change": str(CHANGE)}.items():
        graph.bind(prefix, namespace)
    old, new = comparison.old, comparison.new
    node = _named(new.iri, "comparison", *old.sources, *new.sources, old.iri)
    graph.add((node, RDF.type, CHANGE.Comparison))
    graph.add((node, RDFS.label, Literal(" → ".join(comparison.titles))))
    graph.add((node, CHANGE["from"], URIRef(old.iri)))
    graph.add((node, CHANGE.to, URIRef(new.iri)))
    for triple in _revisions(comparison):
        graph.add(triple)
    for place, change in enumerate(comparison.parts):
        for predicate, value in _part(change):
            graph.add((_named(new.iri, str(node), str(place)), predicate, value))
        graph.add((_named(new.iri, str(node), str(place)), CHANGE.inComparison, node))
    for link in comparison.links:
        name = _named(new.iri, str(node), link.state, link.link.property, link.link.key)
        for predicate, value in _link(link, comparison):
            graph.add((name, predicate, value))
        graph.add((name, CHANGE.inComparison, node))
    return graph


def _revisions(comparison: Comparison) -> Iterator[tuple[Node, Node, Node]]:
    """Yield what is a revision of what: documents, plans and parts; nothing is one of itself."""
    if comparison.across_languages:
        return
    old, new = comparison.old, comparison.new
    pairs = [(later, earlier) for later in new.sources for earlier in old.sources]
    pairs.append((new.iri, old.iri))
    for change in comparison.parts:
        if change.old is not None and change.new is not None:
            pairs.append((change.new.iri, change.old.iri))
    for later, earlier in pairs:
        if later != earlier:
            yield URIRef(later), PROV.wasRevisionOf, URIRef(earlier)


def _part(change: PartChange) -> Iterator[tuple[Node, Node]]:
    for state in change.states:
        yield RDF.type, CHANGE[state.capitalize()]
    yield RDF.type, CHANGE.Change
    yield RDFS.label, Literal(f"{', '.join(change.states)}: {heading(change)}")
    for side, words, part in (
        (CHANGE.old, CHANGE.oldWords, change.old),
        (CHANGE.new, CHANGE.newWords, change.new),
    ):
        if part is not None:
            yield side, URIRef(part.iri)
            yield from ((words, Literal(quote)) for quote in _quotes(part))
    if change.old is not None and change.new is not None:
        yield CHANGE.alike, Literal(f"{change.alike:.4f}", datatype=XSD.decimal, normalize=False)


def _quotes(part: Part) -> Iterator[str]:
    yield from (words.text for words in part.words)


def _link(change: LinkChange, comparison: Comparison) -> Iterator[tuple[Node, Node]]:
    link = change.link
    added = change.state == "added"
    yield RDF.type, CHANGE[change.state.capitalize()]
    yield RDF.type, CHANGE.Change
    yield RDFS.label, Literal(f"{change.state}: {link.label}")
    yield RDF.predicate, SG[link.property] if "://" not in link.property else URIRef(link.property)
    yield RDF.subject, URIRef((comparison.new if added else comparison.old).iri)
    yield RDF.object, URIRef(link.iri) if "://" in link.iri else Literal(link.iri)
    for words in link.words:
        yield (CHANGE.newWords if added else CHANGE.oldWords), Literal(words.text)


def _named(base: str, *parts: str) -> URIRef:
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:_ADDRESS]
    return URIRef(f"{base}/change/{digest}")
