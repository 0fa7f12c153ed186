"""Which nodes a view shows, what links them, and in which columns: a graph, projected.

Links are kept as three numbers, 12 bytes in all, so that those of a large graph can be gone through more than
once.

The columns of nodes and edges are the same in every format of networks. A value that Gephi would take for
another is marked with an invisible letter: ``docs/graphml.md`` says where. It also tells the question that
each of the columns of ``--measures`` answers.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.export.appearance import one_line
from strategraph.export.network.views import NetworkView
from strategraph.export.reading_order import ReadingOrder, integer, parts, predicate_key, term_key
from strategraph.export.snapshot import Snapshot
from strategraph.rdf.namespace import ELEMENT_CLASSES, OA, SG

if TYPE_CHECKING:
    import networkx


# The classes of what is no node of ours, but can be shown as one.
LITERAL, CLASS = RDFS.Literal, RDFS.Class
NOT_EDGES = frozenset({RDF.type, SG.hasElement})
_SAID = NOT_EDGES | {SKOS.inScheme, SKOS.topConceptOf}  # by the node's type, or by another edge
Place = tuple[str, int, int, tuple[str, str, str, str]]
WORD_JOINER = "\u2060"
# Gephi takes "INF" for infinity even within a word ("INFORMATION"), and "null" for no value, in columns of
# text as well, but not in labels. A word joiner after the first letter keeps the words, to the eye, as they
# are.
_MISREAD = re.compile(r"(?<=I)(?=NF)|(?i:(?<=^N)(?=ULL$))")
_NAMING = frozenset({SG.StrategicPlan, SG.PlanElement, *ELEMENT_CLASSES})
_SAMPLE = 500  # nodes that the shortest ways of a larger network start from
_SEED = 1


class ProjectedEdge(NamedTuple):
    """An edge: its predicate, the rank of what it leads to, and the number of quotations for it."""

    predicate: Node
    target: int
    quotations: int

    @property
    def counted(self) -> int:
        """Return how many quotations support it, 1 where none need to."""
        return self.quotations or 1

    @property
    def weight(self) -> float:
        """Return how wide to draw it."""
        return weight(self.quotations)


def weight(quotations: int) -> float:
    """Return the weight of an edge that so many quotations support, as the contract has it.

    >>> [weight(quotations) for quotations in (0, 1, 2, 8)]
    [1.0, 1.0, 2.0, 4.0]
    """
    return round(1 + math.log2(quotations or 1), 3)


class Projection:
    """The nodes of a graph that a view keeps, in reading order, and their links.

    A node goes by its rank, its place in :attr:`nodes`; :attr:`classes` are their classes and
    :attr:`parents` the ranks of the plans or elements above them, -1 where there is none.

    What a dropped node says is told of by the nearest kept node above it; ``literals`` adds a node for each
    literal said of a kept node, ``types`` one for each of its classes.
    """

    def __init__(
        self, triples: Snapshot, view: NetworkView, *, literals: bool = False, types: bool = False
    ) -> None:
        """Take in nodes and links; the snapshot's own links are not needed afterwards."""
        self._view = view
        self._quotations = EvidenceLookup(triples.graph)
        order = ReadingOrder(triples)
        every = {
            subject: order.classes[subject]
            for section in order.sections
            for subject in section.subjects
            if subject in order.classes
        }
        above = {child: node for node in reversed(every) for child, _ in parts(triples, node)}
        kept = view.keeps(every, triples)
        terms = _terms(triples, kept, literals=literals, types=types)
        self.nodes: tuple[Node, ...] = (*kept, *(term for term in terms if term not in every))
        self.classes: tuple[URIRef, ...] = tuple(every.get(node) or terms[node] for node in self.nodes)
        ranks = {node: rank for rank, node in enumerate(self.nodes)}
        # What a dropped node says is told of by a kept one above it.
        homes = ranks if len(kept) == len(every) else ranks | _homes(every, above, ranks)
        self.parents = array(
            "q", (homes.get(above[node], -1) if node in above else -1 for node in self.nodes)
        )
        self._members: dict[int, list[Node]] = {}
        for node, home in homes.items():
            if node not in ranks:
                self._members.setdefault(home, []).append(node)
        self._predicates = tuple(sorted(triples.predicates, key=predicate_key))
        self._starts = array("Q", [0])
        self._kinds, self._targets, self._counts = array("I"), array("I"), array("I")
        self._homes = homes if self._quotations.any else {}
        #: What a node points at that the graph does not describe, by the node's rank.
        self.external: dict[int, set[Node]] = {}
        self._tabulate(triples, homes, literals=literals, types=types)

    def links(self, rank: int) -> Iterator[ProjectedEdge]:
        """Yield the edges that start from a node, in reading order."""
        of_rank = slice(self._starts[rank], self._starts[rank + 1])
        columns = self._kinds[of_rank], self._targets[of_rank], self._counts[of_rank]
        for kind, target, count in zip(*columns, strict=True):
            yield ProjectedEdge(self._predicates[kind], target, count)

    def ends(self, rank: int) -> Iterator[tuple[int, float]]:
        """Yield the rank of what each edge of a node leads to, and how much the edge weighs."""
        of_rank = slice(self._starts[rank], self._starts[rank + 1])
        for target, count in zip(self._targets[of_rank], self._counts[of_rank], strict=True):
            yield target, weight(count)

    def words(self, rank: int, links: Iterable[ProjectedEdge]) -> dict[ProjectedEdge, str]:
        """Return the words that support some links of a node, in the order of the text."""
        quoted = [link for link in links if link.quotations]
        evidence = self._evidence(rank) if quoted else {}
        return {
            link: " | ".join(self._quotations.words(evidence[link.predicate, link.target])) for link in quoted
        }

    def _evidence(self, rank: int) -> dict[tuple[Node | None, int], list[Node]]:
        """Return the evidence for the links of a node; where links are joined, a place counts once."""
        found: dict[tuple[Node | None, int], list[Node]] = {}
        for member in (self.nodes[rank], *self._members.get(rank, ())):
            for (predicate, object_), statements in self._quotations.of(member).items():
                target = -1 if object_ is None else self._homes.get(object_, -1)
                found.setdefault((predicate, target), []).extend(statements)
        if self._view.classes is None:
            return found
        return {link: self._quotations.distinct(statements) for link, statements in found.items()}

    def _tabulate(self, triples: Snapshot, homes: Mapping[Node, int], *, literals: bool, types: bool) -> None:
        """Put each link into the table: those of a node by predicate, then target."""
        width = len(self.nodes)
        dropped = (NOT_EDGES | self._view.dropped) - ({RDF.type} if types else set())
        offsets = {p: place * width for place, p in enumerate(self._predicates) if p not in dropped}
        for rank, node in enumerate(self.nodes):
            keys: set[int] = set()
            for member in (node, *self._members.get(rank, ())):
                for predicate, object_ in triples.links(member):
                    target = homes.get(object_)
                    offset = offsets.get(predicate)
                    if (
                        target is None
                        and member is node
                        and predicate not in _SAID
                        and object_ not in triples
                    ):
                        self.external.setdefault(rank, set()).add(object_)
                    # What is said within what one node stands for is no link, but what it says of itself is.
                    if target is None or offset is None or (target == rank and not member == object_ == node):
                        continue
                    keys.add(offset + target)
            if literals:
                keys.update(offsets[predicate] + homes[said] for predicate, said in triples.literals(node))
            evidence = self._evidence(rank) if self._quotations.any else {}
            for key in sorted(keys):
                kind, target = divmod(key, width)
                self._kinds.append(kind)
                self._targets.append(target)
                self._counts.append(
                    len(evidence.get((self._predicates[kind], target), ())) if evidence else 0
                )
            self._starts.append(len(self._targets))


def _terms(triples: Snapshot, nodes: Iterable[Node], *, literals: bool, types: bool) -> dict[Node, URIRef]:
    """Return the literals and classes that are to be shown as nodes, each with the class of such nodes."""
    texts: set[Node] = set()
    classes: set[Node] = set()
    for node in nodes:
        if literals:
            texts.update(literal for _, literal in triples.literals(node))
        if types:
            classes.update(triples.objects(node, RDF.type))
    ordered = ((sorted(texts, key=term_key), LITERAL), (sorted(classes, key=term_key), CLASS))
    return {term: class_ for terms, class_ in ordered for term in terms}


def _homes(nodes: Iterable[Node], above: Mapping[Node, Node], ranks: Mapping[Node, int]) -> dict[Node, int]:
    """Return for each node that is dropped, but has a kept one above it, the rank of the nearest."""
    homes: dict[Node, int] = {}
    for node in nodes:
        seen: set[Node] = set()  # of a broken graph, whose elements hold each other
        found: Node | None = node
        while found is not None and found not in ranks and found not in seen:
            seen.add(found)
            found = above.get(found)
        if found is not None and found in ranks and node not in ranks:
            homes[node] = ranks[found]
    return homes


class EvidenceLookup:
    """Looks evidence up, subject by subject: a large graph has more of it than can be kept."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph to look in."""
        self._graph = graph
        #: Whether there is any evidence.
        self.any = next(graph.subjects(RDF.type, SG.Evidence), None) is not None

    def of(self, subject: Node) -> dict[tuple[Node | None, Node | None], list[Node]]:
        """Return the evidence for the triples of a subject, by predicate and object."""
        found: dict[tuple[Node | None, Node | None], list[Node]] = {}
        if self.any:
            graph = self._graph
            for statement in graph.subjects(RDF.subject, subject):
                if (statement, RDF.type, SG.Evidence) in graph:
                    triple = graph.value(statement, RDF.predicate), graph.value(statement, RDF.object)
                    found.setdefault(triple, []).append(statement)
        return found

    def distinct(self, evidence: Iterable[Node]) -> list[Node]:
        """Return one statement for each place that some quote."""
        return list({self._place(statement)[:3]: statement for statement in evidence}.values())

    def words(self, evidence: Iterable[Node]) -> Iterator[str]:
        """Yield what statements quote, in the order of the text."""
        for statement in sorted(evidence, key=self._place):
            quotes = self._graph.objects(statement, OA.exact)
            yield from sorted(one_line(str(quote)) for quote in quotes)

    def _place(self, statement: Node) -> Place:
        return (
            str(self._graph.value(statement, DCTERMS.source)),
            integer(self._graph.value(statement, OA.start)),
            integer(self._graph.value(statement, OA.end)),
            term_key(statement),
        )


class NetworkColumn(NamedTuple):
    """A column: its name, its type ("string", "double" or "int"), and the field that it shows."""

    name: str
    type: str
    field: str


NODE_COLUMNS = (
    NetworkColumn("label", "string", "label"),
    NetworkColumn("type", "string", "type"),
    NetworkColumn("uri", "string", "uri"),
    NetworkColumn("plan", "string", "plan"),
    NetworkColumn("number", "string", "number"),
    NetworkColumn("statement", "string", "statement"),
    NetworkColumn("sameAs", "string", "same_as"),
    NetworkColumn("color", "string", "color"),
    NetworkColumn("size", "double", "size"),
    NetworkColumn("x", "double", "x"),
    NetworkColumn("y", "double", "y"),
)


MEASURE_COLUMNS = (
    NetworkColumn("ties", "int", "ties"),
    NetworkColumn("partners", "int", "partners"),
    NetworkColumn("betweenness", "double", "betweenness"),
    NetworkColumn("community", "int", "community"),
)
"""Further columns of nodes, for those who ask for measures."""


EDGE_COLUMNS = (
    NetworkColumn("label", "string", "label"),
    NetworkColumn("predicate", "string", "predicate"),
    NetworkColumn("weight", "double", "weight"),
    NetworkColumn("count", "int", "quotations"),
    NetworkColumn("evidence", "string", "evidence"),
)


def marked(text: str) -> str:
    """Return a text as Gephi reads it right in a column.

    >>> marked("INF").encode("ascii", "backslashreplace")
    b'I\\\\u2060NF'
    """
    # Most texts have nothing to mark, and looking for it so is quicker.
    return _MISREAD.sub(WORD_JOINER, text) if "INF" in text or len(text) == len("null") else text


def unmarked(text: str) -> str:
    """Return a text as it was before :func:`marked`."""
    return text.replace(WORD_JOINER, "")


class NodeMeasures(NamedTuple):
    """What is told of a node.

    ``ties`` is how many groups an element names, and how many elements name a group; ``partners`` how many
    others of its kind it shares one of these with; "" for what is neither. ``betweenness`` (0 to 1) is how
    many of the shortest ways between others lead over it, ``community`` the number of its community, the
    largest being 1.
    """

    ties: int | str
    partners: int | str
    betweenness: float
    community: int


def measured(projection: Projection) -> Sequence[NodeMeasures]:
    """Return the measures of each node of a network, by rank; the same on every run.

    Raises :class:`UnusableInputError` if networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise UnusableInputError("measures need one more package: pip install networkx") from error
    count = len(projection.nodes)
    whole = networkx.Graph()
    whole.add_nodes_from(range(count))
    for rank in range(count):
        for target, weight in projection.ends(rank):
            known = whole.get_edge_data(rank, target, {"weight": 0.0})["weight"]
            whole.add_edge(rank, target, weight=known + weight)
    naming = _naming(projection)
    between = networkx.betweenness_centrality(whole, k=_SAMPLE if count > _SAMPLE else None, seed=_SEED)
    communities = _communities(whole)
    return [
        NodeMeasures(
            len(naming[rank]) if rank in naming else "",
            len({other for tie in naming[rank] for other in naming[tie]} - {rank}) if rank in naming else "",
            round(between[rank], 4) + 0.0,
            communities[rank],
        )
        for rank in range(count)
    ]


def _naming(projection: Projection) -> dict[int, set[int]]:
    """Return what elements and groups are tied to: an element to groups, a group to elements."""
    found: dict[int, set[int]] = defaultdict(set)
    for rank, class_ in enumerate(projection.classes):
        if class_ in _NAMING:
            for target, _ in projection.ends(rank):
                if projection.classes[target] == SG.TargetGroup:
                    found[rank].add(target)
                    found[target].add(rank)
    return found


def _communities(whole: networkx.Graph) -> dict[int, int]:
    """Return the number of the community of each node, the largest first; equals by their first node."""
    import networkx

    found = networkx.community.louvain_communities(whole, weight="weight", seed=_SEED)
    ordered = sorted(found, key=lambda members: (-len(members), min(members)))
    return {rank: number for number, members in enumerate(ordered, 1) for rank in members}
