"""A graph as nodes, facts about them, and the evidence for these: what people are shown of it.

Classes and properties are taken as the ontology has them, so that a class that is new there is shown too.
A node is told by its place among the nodes, a fact and an evidence likewise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node as Term

from strategraph.export.appearance import is_structural, local_name, name_of, terms
from strategraph.export.reading_order import integer, term_key
from strategraph.export.snapshot import Snapshot, nodes_by_plan
from strategraph.rdf.namespace import OA, SG

STATEMENTS = ("Evidence", "GivenFact")
_FOLDED = {
    RDF.type,
    RDFS.label,
    SG.hasElement,
    SG.inPlan,
    SG.position,
    SG.statement,
    SG.number,
    DCTERMS.title,
}
_FAMILIES = (
    "StrategicPlan", "PlanElement", "TargetGroup", "Theme", "Instrument", "Organization", "Event",
    "SourceDocument",
)  # fmt: skip
_Key = tuple[Term, str, Term]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of ours. ``parent`` is the node it is a part of, ``plans`` are the plans it belongs to.

    ``class_`` is its most particular class and ``family`` the topmost one, by local names. ``language`` is
    that of its label, "" where it has none.
    """

    iri: str
    class_: str
    family: str
    label: str
    language: str = ""
    number: str = ""
    title: str = ""
    statement: str = ""
    parent: int | None = None
    plans: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple: to another node (``object``) or, where that is None, to a literal or an IRI (``value``).

    ``property`` is a local name of ours, or an IRI. ``evidence`` are those that quote words for it,
    ``given_by`` who gave it in place of the text.
    """

    subject: int
    property: str
    object: int | None = None
    value: str = ""
    language: str = ""
    datatype: str = ""
    evidence: tuple[int, ...] = ()
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class QuotedEvidence:
    """The words for a fact: where they stand (``start`` and ``end`` in code points of the source's text).

    ``source`` is a node, or None where the graph does not describe it; ``page`` is 0 for what has no pages;
    ``confidence`` runs from 0 to 1.
    """

    iri: str
    source: int | None
    start: int
    end: int
    line: int
    page: int
    rule: str
    confidence: float
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Digest:
    """All that is shown of a graph. Nodes stand in reading order: parents before their parts."""

    nodes: tuple[Node, ...] = ()
    facts: tuple[Fact, ...] = ()
    evidence: tuple[QuotedEvidence, ...] = ()
    _by_subject: Mapping[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def of_family(self, *families: str) -> Iterator[int]:
        """Yield the nodes of some families, in reading order."""
        return (rank for rank, node in enumerate(self.nodes) if node.family in families)

    def of(self, subject: int) -> Iterator[Fact]:
        """Yield the facts about a node, in reading order."""
        return (self.facts[rank] for rank in self._by_subject.get(subject, ()))

    def below(self, node: int) -> Iterator[int]:
        """Yield a node and all its parts, in reading order."""
        inside = {node}
        for rank in range(node, len(self.nodes)):
            if rank == node or self.nodes[rank].parent in inside:
                inside.add(rank)
                yield rank


def digest(graph: Graph) -> Digest:
    """Return the digest of a graph; statements about what it does not describe are left out."""
    snapshot = Snapshot(graph)
    classes = {node: _class(snapshot, node) for node in snapshot.subjects()}
    ours = {node: class_ for node, class_ in classes.items() if class_ and class_ not in STATEMENTS}
    parents = _parents(snapshot, ours)
    statements = _statements(snapshot.graph)
    starts = {
        key[2]: found[0][0].start for key, (found, _) in statements.items() if found and is_structural(key[1])
    }
    order = _in_order(snapshot, ours, parents, starts)
    ranks = {node: rank for rank, node in enumerate(order)}
    plans = _plans(snapshot, ranks)
    nodes = tuple(
        _node(
            snapshot,
            node,
            ours[node],
            ranks.get(parents[node]) if node in parents else None,
            plans.get(node, ()),
        )
        for node in order
    )
    facts, evidence = _facts(snapshot, order, ranks, statements)
    by_subject: dict[int, list[int]] = {}
    for rank, fact in enumerate(facts):
        by_subject.setdefault(fact.subject, []).append(rank)
    return Digest(nodes, facts, evidence, {subject: tuple(found) for subject, found in by_subject.items()})


# --------------------------------------------------------------------------------------------------
# Nodes


def _class(graph: Snapshot, node: Term) -> str:
    """Return the most particular of a node's classes of ours, "" if it has none."""
    names = {name_of(class_) for class_ in graph.objects(node, RDF.type) if str(class_).startswith(str(SG))}
    known = terms()
    particular = [name for name in names if name not in known or known[name].family != name]
    return min(particular or names, default="")


def _parents(graph: Snapshot, nodes: Iterable[Term]) -> dict[Term, Term]:
    """Return for each part what it is a part of: of several (a broken graph) the first."""
    found: dict[Term, Term] = {}
    for node in sorted(nodes, key=term_key):
        for predicate, part in graph.links(node):
            if predicate != SG.hasElement and is_structural(name_of(predicate)) and part != node:
                found.setdefault(part, node)
    return found


def _in_order(
    graph: Snapshot, classes: Mapping[Term, str], parents: Mapping[Term, Term], starts: Mapping[Term, int]
) -> list[Term]:
    """Return the nodes by family, each followed by its parts as they stand in the text."""
    parts: dict[Term, list[Term]] = {}
    for part, parent in parents.items():
        if part in classes and parent in classes:
            parts.setdefault(parent, []).append(part)

    def place(node: Term) -> tuple[object, ...]:
        number = integer(graph.value(node, SG.position))
        return starts.get(node, 10**12), classes[node], number, term_key(node)

    def family(node: Term) -> tuple[object, ...]:
        name = _family(classes[node])
        return _FAMILIES.index(name) if name in _FAMILIES else len(_FAMILIES), name, term_key(node)

    found: dict[Term, None] = {}
    tops = [node for node in classes if parents.get(node) not in classes]
    # What hangs together in a circle has no top; it comes last.
    for top in (*sorted(tops, key=family), *sorted(classes, key=family)):
        waiting = [top]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = None
                waiting += sorted(parts.get(node, ()), key=place, reverse=True)
    return list(found)


def _family(class_: str) -> str:
    term = terms().get(class_)
    return term.family if term else class_


def _plans(graph: Snapshot, ranks: Mapping[Term, int]) -> dict[Term, tuple[int, ...]]:
    found: dict[Term, tuple[int, ...]] = {}
    for plan, nodes in nodes_by_plan(graph):
        for node in nodes:
            if node in ranks:
                found[node] = (*found.get(node, ()), ranks[plan])
    return found


def _node(graph: Snapshot, node: Term, class_: str, parent: int | None, plans: tuple[int, ...]) -> Node:
    label = _literal(graph, node, RDFS.label)
    return Node(
        iri=str(node),
        class_=class_,
        family=_family(class_),
        label=str(label or "") or local_name(node),
        language=label.language or "" if label is not None else "",
        number=str(_literal(graph, node, SG.number) or ""),
        title=str(_literal(graph, node, DCTERMS.title) or ""),
        statement=str(_literal(graph, node, SG.statement) or ""),
        parent=parent,
        plans=plans,
    )


def _literal(graph: Snapshot, node: Term, predicate: URIRef) -> Literal | None:
    found = [value for value in graph.objects(node, predicate) if isinstance(value, Literal)]
    return min(found, key=term_key, default=None)


# --------------------------------------------------------------------------------------------------
# Facts and their evidence

# each evidence with its source's IRI; who gave it
_Support = tuple[list[tuple[QuotedEvidence, str]], list[str]]


def _facts(
    graph: Snapshot,
    order: Iterable[Term],
    ranks: Mapping[Term, int],
    statements: Mapping[_Key, _Support],
) -> tuple[tuple[Fact, ...], tuple[QuotedEvidence, ...]]:
    facts: list[Fact] = []
    evidence: list[QuotedEvidence] = []
    sources = {str(node): rank for node, rank in ranks.items()}
    for node in order:
        said = [
            (name_of(predicate), object_)
            for predicate, object_ in graph.predicate_objects(node)
            if predicate not in _FOLDED or (node, name_of(predicate), object_) in statements
        ]
        for property_, object_ in sorted(
            said, key=lambda pair: (pair[0], ranks.get(pair[1], len(ranks)), term_key(pair[1]))
        ):
            quotes, givers = statements.get((node, property_, object_), ((), ()))
            first = len(evidence)
            evidence += (replace(quote, source=sources.get(source)) for quote, source in quotes)
            facts.append(
                replace(
                    _fact(ranks[node], property_, object_, ranks),
                    evidence=tuple(range(first, len(evidence))),
                    given_by=", ".join(sorted(givers)),
                )
            )
    return tuple(facts), tuple(evidence)


def _fact(subject: int, property_: str, object_: Term, ranks: Mapping[Term, int]) -> Fact:
    if object_ in ranks:
        return Fact(subject, property_, ranks[object_])
    if isinstance(object_, Literal):
        datatype = local_name(object_.datatype) if object_.datatype else ""
        return Fact(subject, property_, None, str(object_), object_.language or "", datatype)
    return Fact(subject, property_, None, str(object_), datatype="iri")


def _statements(graph: Graph) -> dict[_Key, _Support]:
    """Return the evidence for each triple, in the order of the text, and who gave it instead."""
    found: dict[_Key, _Support] = {}
    for class_ in (SG.Evidence, SG.GivenFact):
        for statement in graph.subjects(RDF.type, class_):
            said = dict(graph.predicate_objects(statement))
            subject, predicate, object_ = (said.get(p) for p in (RDF.subject, RDF.predicate, RDF.object))
            if subject is None or predicate is None or object_ is None:
                continue
            quotes, givers = found.setdefault((subject, name_of(predicate), object_), ([], []))
            if class_ == SG.GivenFact:
                givers.append(str(said.get(SG.givenBy, "")))
            else:
                quotes.append((_evidence(statement, said), str(said.get(DCTERMS.source, ""))))
    for quotes, _ in found.values():
        quotes.sort(key=lambda quote: (quote[0].start, quote[0].end, quote[0].iri))
    return found


def _evidence(statement: Term, said: Mapping[Term, Term]) -> QuotedEvidence:
    def text(predicate: URIRef) -> str:
        return str(said.get(predicate, ""))

    try:
        confidence = float(text(SG.confidence))
    except ValueError:
        confidence = 0.0
    return QuotedEvidence(
        iri=str(statement),
        source=None,
        start=integer(said.get(OA.start)),
        end=integer(said.get(OA.end)),
        line=integer(said.get(SG.line)),
        page=integer(said.get(SG.page)),
        rule=text(SG.rule),
        confidence=min(max(confidence, 0.0), 1.0) if math.isfinite(confidence) else 0.0,
        exact=text(OA.exact),
        prefix=text(OA.prefix),
        suffix=text(OA.suffix),
    )
