"""Which nodes a view shows and what links them: a graph, projected.

Links are kept as numbers, 12 bytes each, so that those of a large graph can be gone through several times.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from strategraph.export.evidence import Quotations
from strategraph.export.order import ReadingOrder, children, most_specific_class, predicate_key, term_key
from strategraph.export.snapshot import Snapshot
from strategraph.export.views import View
from strategraph.namespace import SG

# The classes of what is no node of ours, but can be shown as one.
LITERAL, CLASS = RDFS.Literal, RDFS.Class

NOT_EDGES = frozenset({RDF.type, SG.hasElement})


class Link(NamedTuple):
    """An edge: its predicate and where it leads to, with the number of quotations for it."""

    predicate: Node
    target: Node
    quotations: int

    @property
    def weight(self) -> int:
        """Return how many quotations support it, 1 where none need to."""
        return self.quotations or 1


class Projection:
    """The nodes of a graph that a view keeps, in reading order, and their links.

    What a dropped node says is told of by the nearest kept node above it; ``literals`` adds a node for each
    literal said of a kept node, ``types`` one for each of its classes.
    """

    def __init__(self, graph: Graph, view: View, *, literals: bool = False, types: bool = False) -> None:
        """Take in nodes and links; later changes to the graph are not seen."""
        self.triples = Snapshot(graph)
        self._view = view
        self._with_literals = literals
        self._with_types = types
        self._quotations = Quotations(self.triples.graph)
        every = {
            subject: class_
            for section in ReadingOrder(self.triples).sections
            for subject in section.subjects
            if (class_ := most_specific_class(self.triples, subject))
        }
        self._parents = {child: node for node in reversed(every) for child in children(self.triples, node)}
        #: The class of each node, in reading order.
        self.classes: dict[Node, URIRef] = {
            node: every[node] for node in view.keeps(every, self._plans(every))
        }
        self._homes = {node: home for node in every if (home := self._nearest_kept(node)) is not None}
        self._members: dict[Node, list[Node]] = {}
        for node, home in self._homes.items():
            if home != node:
                self._members.setdefault(home, []).append(node)
        self._add_terms()
        self._nodes = tuple(self.classes)
        self._tabulate()

    def _plans(self, nodes: Iterable[Node]) -> dict[Node, Node]:
        if not self._view.aims:
            return {}
        found = ((node, self.triples.value(node, SG.inPlan)) for node in nodes)
        return {node: plan for node, plan in found if plan is not None}

    def _nearest_kept(self, node: Node) -> Node | None:
        seen: set[Node] = set()  # of a broken graph, whose elements hold each other
        found: Node | None = node
        while found is not None and found not in self.classes and found not in seen:
            seen.add(found)
            found = self._parents.get(found)
        return found if found in self.classes else None

    def _add_terms(self) -> None:
        """Add the literals and classes that are to be shown as nodes."""
        literals: set[Node] = set()
        types: set[Node] = set()
        for node in self.classes:
            if self._with_literals:
                literals.update(literal for _, literal in self.triples.literals(node))
            if self._with_types:
                types.update(self.triples.objects(node, RDF.type))
        for terms, class_ in ((literals, LITERAL), (types, CLASS)):
            for term in sorted(terms - self.classes.keys(), key=term_key):
                self.classes[term] = class_
                self._homes[term] = term

    # ----------------------------------------------------------------------------------------------
    # Links

    def parent(self, node: Node) -> Node | None:
        """Return the plan or element shown above an element, if there is one."""
        above = self._parents.get(node)
        return None if above is None else self._homes.get(above)

    def links(self, node: Node) -> Iterator[Link]:
        """Yield the edges that start from a node, in reading order."""
        rank, width = self._ranks[node], len(self._nodes)
        for place in range(self._starts[rank], self._starts[rank + 1]):
            predicate, target = divmod(self._keys[place], width)
            yield Link(self._predicates[predicate], self._nodes[target], self._counts[place])

    def words(self, node: Node, links: Iterable[Link]) -> dict[Link, str]:
        """Return the words that support some links of a node, in the order of the text."""
        if not any(link.quotations for link in links):
            return {}
        evidence = self._evidence(node)
        return {
            link: " | ".join(self._quotations.words(evidence[link.predicate, link.target]))
            for link in links
            if link.quotations
        }

    def _evidence(self, node: Node) -> Mapping[tuple[Node | None, Node | None], list[Node]]:
        """Return the evidence for the links of a node; where links are joined, a place counts once."""
        own = self._quotations.of(node)
        if node not in self._members and self._view.classes is None:
            return own
        joined: dict[tuple[Node | None, Node | None], list[Node]] = {}
        for member in (node, *self._members.get(node, ())):
            for (predicate, object_), found in (
                own if member is node else self._quotations.of(member)
            ).items():
                target = None if object_ is None else self._homes.get(object_)
                joined.setdefault((predicate, target), []).extend(found)
        return {link: self._quotations.distinct(found) for link, found in joined.items()}

    def _tabulate(self) -> None:
        """Number nodes and predicates, and put each link into the table as predicate × nodes + target."""
        width = len(self._nodes)
        self._ranks = {node: rank for rank, node in enumerate(self._nodes)}
        self._predicates = tuple(sorted(self.triples.predicates, key=predicate_key))
        dropped = (NOT_EDGES | self._view.dropped) - ({RDF.type} if self._with_types else set())
        offsets = {p: place * width for place, p in enumerate(self._predicates) if p not in dropped}
        targets = {node: self._ranks[home] for node, home in self._homes.items()}
        self._starts = array("Q", [0])
        self._keys = array("Q")
        self._counts = array("L")
        for rank, node in enumerate(self._nodes):
            keys: set[int] = set()
            for predicate, object_ in self.triples.links(node):
                target = targets.get(object_)
                offset = offsets.get(predicate)
                # A node that says something of one below it that is not shown says it of itself.
                if target is not None and offset is not None and (target != rank or object_ == node):
                    keys.add(offset + target)
            for member in self._members.get(node, ()):
                for predicate, object_ in self.triples.links(member):
                    target = targets.get(object_)
                    offset = offsets.get(predicate)
                    if target is not None and offset is not None and target != rank:
                        keys.add(offset + target)
            if self._with_literals:
                said = self.triples.literals(node)
                keys.update(offsets[predicate] + targets[literal] for predicate, literal in said)
            ordered = sorted(keys)
            self._keys.extend(ordered)
            self._starts.append(len(self._keys))
            evidence = self._evidence(node)
            if evidence:
                pairs = (divmod(key, width) for key in ordered)
                links = ((self._predicates[p], self._nodes[target]) for p, target in pairs)
                self._counts.extend(len(evidence.get(link, ())) for link in links)
            else:
                self._counts.frombytes(bytes(self._counts.itemsize * len(ordered)))
