"""A graph's triples, taken in one pass, and which of them belong to which plan; names for blank nodes.

A look-up in rdflib costs as much as dozens in a dict; whoever asks several times for each node of a large
graph asks here. A triple costs two references: the terms are the graph's own, and each node and predicate
is one object throughout, so that comparing them is quick.

A plan's graph is all that a build of that plan alone would write, so that it can be loaded, replaced and
understood alone. It starts from the plan, its elements, its source and its evidence, and takes in
everything that these point at, and so on, but nothing that is another plan's own. What several plans point
at (a target group, a resolution) is described in the graph of each.

Names for blank nodes depend on the triples alone. Telling blank nodes apart is hard only where they are
shared or point at each other in circles. A blank node that at most one triple points at is told by what hangs
below it and by the way to it, in time that is linear in the number of triples, however deep; rdflib's general
way takes minutes for a list nested 2,000 deep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from rdflib import DCTERMS, PROV, RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from strategraph.rdf.namespace import SG
from strategraph.rdf.terms import ntriples
from strategraph.system.processes import at_most

STATEMENTS = (SG.Evidence, SG.GivenFact)
"""The classes of statements about triples."""
_DIGITS = 16
_PATIENCE = 60.0  # seconds: hundreds of blank nodes that are alike but in how they hang together


class Snapshot:
    """What a graph says of its nodes. Statements about triples are left out: :attr:`graph` still has them.

    The methods are those of :class:`rdflib.Graph` that the reading order needs. Blank nodes (ours have none)
    are named by what is said of them, not by chance.
    """

    def __init__(self, graph: Graph, *, statements: bool = False) -> None:
        """Take the triples, with ``statements`` also those of statements; later changes are not seen."""
        self.graph = graph
        self._links: dict[Node, list[Node]] = {}
        self._literals: dict[Node, list[Node]] = {}
        self.predicates: dict[Node, Node] = {}
        self._terms: dict[Node, Node] = {}
        self._members: dict[Node, list[Node]] = {}
        if self._take(graph, statements):
            self._links, self._literals, self.predicates = {}, {}, {}
            self._terms, self._members = {}, {}
            self.graph = with_stable_names(graph)
            self._take(self.graph, statements)

    def _take(self, graph: Graph, with_statements: bool) -> bool:
        """Take the triples; return whether there are blank nodes among their terms."""
        left_out: set[Node] = set()
        if not with_statements:
            left_out.update(*(graph.subjects(RDF.type, class_) for class_ in STATEMENTS))
        terms, predicates, members = self._terms, self.predicates, self._members
        type_ = predicates.setdefault(RDF.type, RDF.type)
        for subject, predicate, object_ in graph:
            if left_out and subject in left_out:
                continue
            # rdflib's terms are of an abstract class, for which isinstance() takes as long as all the rest.
            is_literal = type(object_) is Literal
            predicate = predicates.setdefault(predicate, predicate)  # noqa: PLW2901
            kind = self._literals if is_literal else self._links
            said = kind.get(subject)
            if said is None:
                said = kind[terms.setdefault(subject, subject)] = []
            if not is_literal:
                object_ = terms.setdefault(object_, object_)  # noqa: PLW2901
                if predicate is type_:
                    members.setdefault(object_, []).append(terms[subject])
            said += (predicate, object_)
        return any(isinstance(term, BNode) for term in terms)

    def links(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple whose object is no literal."""
        return _pairs(self._links.get(subject, ()))

    def targets(self, subject: Node) -> list[Node]:
        """Return the object of each triple whose object is no literal."""
        return list(self._links.get(subject, ())[1::2])

    def literals(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple whose object is a literal."""
        return _pairs(self._literals.get(subject, ()))

    def forget_links(self) -> None:
        """Give back the memory of the links; what is asked afterwards is answered from literals alone."""
        self._links = {}
        self._terms = {}
        self._members = {}

    def __contains__(self, subject: object) -> bool:
        """Tell whether anything is said of a node."""
        return subject in self._links or subject in self._literals

    def predicate_objects(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple of a subject."""
        yield from self.links(subject)
        yield from self.literals(subject)

    def objects(self, subject: Node, predicate: Node) -> Iterator[Node]:
        """Yield the objects of a predicate."""
        wanted = self.predicates.get(predicate)
        return (object_ for found, object_ in self.predicate_objects(subject) if found is wanted)

    def value(self, subject: Node, predicate: Node) -> Node | None:
        """Return one object of a predicate, if there is any."""
        return next(self.objects(subject, predicate), None)

    def subjects(self, predicate: URIRef | None = None, object_: Node | None = None) -> Iterator[Node]:
        """Yield the subjects with a predicate and object; without these, all."""
        if predicate is None:
            yield from self._links.keys() | self._literals.keys()
        elif predicate == RDF.type and object_ is not None:
            yield from self._members.get(object_, ())
        elif predicate in self.predicates:
            found = self.graph.subjects(predicate, object_)
            yield from (self._terms[subject] for subject in found if subject in self)


def _pairs(terms: list[Node] | tuple[()]) -> Iterator[tuple[Node, Node]]:
    each = iter(terms)
    return zip(each, each, strict=True)


Triples = Graph | Snapshot
"""What can be asked for the triples of a subject."""


def plan_graphs(graph: Graph) -> Iterator[tuple[URIRef | None, Graph]]:
    """Yield the name ``{plan}/graph`` and the triples of each plan, by name.

    Of a graph with one plan that is all of it. Of several, what belongs to none of them is yielded last,
    as the graph without a name: nothing is lost.
    """
    plans = _plans(graph)
    if len(plans) == 1:
        yield graph_name(plans[0]), graph
        return
    snapshot = Snapshot(graph, statements=True)
    graph = snapshot.graph
    left = set(graph.subjects())
    for plan, nodes in nodes_by_plan(snapshot):
        left -= nodes
        yield graph_name(plan), _described(graph, nodes)
    if left:
        yield None, _described(graph, left)


def _plans(graph: Graph | Snapshot) -> list[URIRef]:
    """Return the plans, and the resolutions whose text a source is that presents no plan."""
    plans = {plan for plan in graph.subjects(RDF.type, SG.StrategicPlan) if isinstance(plan, URIRef)}
    for source in graph.subjects(RDF.type, SG.SourceDocument):
        if next(graph.objects(source, SG.presents), None) is None:
            plans |= {text for text in graph.objects(source, SG.textOf) if isinstance(text, URIRef)}
    return sorted(plans)


def graph_name(plan: URIRef) -> URIRef:
    """Return the name of a plan's graph."""
    return URIRef(f"{plan}/graph")


def nodes_by_plan(graph: Snapshot) -> Iterator[tuple[URIRef, set[Node]]]:
    """Yield each plan, by IRI, with the nodes that its graph describes."""
    own = {plan: _own(graph, plan) for plan in _plans(graph)}
    owners: dict[Node, tuple[URIRef, ...]] = {}
    for plan, nodes in own.items():
        alone = (plan,)  # one for all the nodes that are only this plan's
        for node in nodes:
            owners[node] = (*owners[node], plan) if node in owners else alone
    for plan, nodes in own.items():
        yield plan, _reached(graph, plan, nodes, owners)


def _own(graph: Snapshot, plan: URIRef) -> set[Node]:
    """Return the plan, its elements, its sources, and the statements about or from these."""
    sources = {*graph.subjects(SG.presents, plan), *graph.subjects(SG.textOf, plan)}
    texts = {text for source in sources for text in graph.objects(source, SG.textOf)}
    making = (graph_name(plan), *graph.objects(graph_name(plan), PROV.wasGeneratedBy))
    own = {plan, *graph.subjects(SG.inPlan, plan), *sources, *_below(graph, texts, SG.hasProvision), *making}
    own |= set(_below(graph, own, SG.hasStakeholder, SG.hasRole, SG.hasRelationship))
    about = {statement for node in own for statement in graph.subjects(RDF.subject, node)}
    read = {statement for source in sources for statement in graph.subjects(DCTERMS.source, source)}
    unread = (
        statement for statement in about if next(graph.objects(statement, DCTERMS.source), None) is None
    )
    return own.union(read, unread)


def _below(graph: Snapshot, nodes: Iterable[Node], *predicates: URIRef) -> Iterator[Node]:
    """Yield what some properties lead to from some nodes, all the way down."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        below = [part for predicate in predicates for part in graph.objects(node, predicate)]
        yield from below
        waiting += below


def _reached(
    graph: Snapshot, plan: URIRef, start: Iterable[Node], owners: Mapping[Node, tuple[URIRef, ...]]
) -> set[Node]:
    """Return the described nodes that lead on from a plan's own, leaving out those of other plans."""
    reached: set[Node] = set()
    waiting = list(start)
    here = (plan,)
    while waiting:
        node = waiting.pop()
        if node not in reached and plan in owners.get(node, here) and node in graph:
            reached.add(node)
            waiting += set(graph.targets(node)) - reached
    return reached


def _described(graph: Graph, nodes: Iterable[Node]) -> Graph:
    part = Graph(bind_namespaces="none")
    part += (triple for node in nodes for triple in graph.triples((node, None, None)))
    return part


def names_in_trees(graph: Graph) -> Mapping[Node, BNode] | None:
    """Return a name for each blank node that depends on the triples alone; None if they are no trees.

    Blank nodes that are alike in all get numbers: which of them gets which makes no difference.
    """
    above = _above(graph)
    if above is None:
        return None
    order = _from_the_roots(graph, above)
    if order is None:
        return None
    below: dict[Node, str] = {}
    for node in reversed(order):
        said = sorted(
            f"{p} {below[o] if o in below else ntriples(o)}" for p, o in graph.predicate_objects(node)
        )
        below[node] = _hash(*said)
    names: dict[Node, BNode] = {}
    taken: dict[str, int] = {}
    for node in order:
        subject, predicate = above[node] or ("", "")
        way = ntriples(names.get(subject, subject)) if isinstance(subject, Node) else ""
        name = _hash(way, str(predicate), below[node])
        taken[name] = taken.get(name, 0) + 1
        names[node] = BNode(f"b{name}" if taken[name] == 1 else f"b{name}n{taken[name]}")
    return names


def _above(graph: Graph) -> dict[Node, tuple[Node, Node] | None] | None:
    """Return for each blank node the subject and predicate that point at it; None if more than one do."""
    found: dict[Node, tuple[Node, Node] | None] = {}
    for subject, predicate, object_ in graph:
        if isinstance(subject, BNode):
            found.setdefault(subject, None)
        if isinstance(object_, BNode):
            if found.get(object_) is not None:
                return None
            found[object_] = subject, predicate
    return found


def _from_the_roots(graph: Graph, above: Mapping[Node, tuple[Node, Node] | None]) -> list[Node] | None:
    """Return the blank nodes, each after the one above it; None if some go round in a circle."""
    waiting = [node for node, way in above.items() if way is None or way[0] not in above]
    order: list[Node] = []
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += (object_ for object_ in graph.objects(node) if object_ in above)
    return order if len(order) == len(above) else None


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:_DIGITS]


def with_stable_names(graph: Graph) -> Graph:
    """Return the graph, its blank nodes (ours have none) named by what is said of them, not by chance.

    Raises :class:`UnusableInputError` for a graph whose blank nodes are too alike to be told apart in time.
    """
    # rdflib's terms are of an abstract class, for which isinstance() takes as long as all the rest.
    if not any(type(subject) is BNode or type(object_) is BNode for subject, _, object_ in graph):
        return graph
    names = names_in_trees(graph)
    if names is None:
        with at_most(_PATIENCE, "telling the graph's blank nodes apart"):
            return to_canonical_graph(graph)
    renamed = Graph(bind_namespaces="none")
    renamed += ((names.get(s, s), p, names.get(o, o)) for s, p, o in graph)
    return renamed
