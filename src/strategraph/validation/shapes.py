"""Shapes: what a graph is held to, read from Turtle once and kept, and the gate against empty conformance.

A *constraint* is one restriction of one path, with an IRI, name, description, message and severity of its
own. Beside SHACL's, the shape files declare a few as ``sgsh:CodeConstraint``: what SHACL Core cannot say,
and SPARQL only at a cost that grows with each focus node; :mod:`strategraph.validation.checks` has them.

A validator says "conforms" of shapes that never applied: to a graph of another kind, through a mistyped
class, for want of shapes. Here each of these is an error. Which shapes of ours must find a focus node is
data in the shape files: ``sgsh:mustApply true``, in every graph; ``sgsh:mustApplyWhen``, if the graph has
an instance of that class or a triple with that property.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from strategraph.errors import EmptyValidationError, UnusableInputError
from strategraph.knowledge import resources
from strategraph.rdf.loading import load_graph
from strategraph.validation.naming import is_known_class, is_known_property, prefixed, suggestion

SGSH = Namespace("https://w3id.org/strategraph/shapes#")

SEVERITIES = ("Violation", "Warning", "Info")
"""The severities of SHACL, the gravest first."""

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_CLASS_PARAMETERS = (SH.targetClass, SH["class"])
_PROPERTY_PARAMETERS = (
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    SH.path,
    SH.inversePath,
    SH.alternativePath,
    SH.zeroOrMorePath,
    SH.oneOrMorePath,
    SH.zeroOrOnePath,
    SH.equals,
    SH.disjoint,
    SH.lessThan,
    SH.lessThanOrEquals,
)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a shape file says of one constraint; ``shape`` is its IRI."""

    shape: Node
    name: str
    description: str
    message: str
    severity: str

    @property
    def label(self) -> str:
        """Return the last part of the IRI, or the name where a user's shape has no IRI."""
        return str(self.shape).rpartition("#")[2] if isinstance(self.shape, URIRef) else self.name


@dataclass(frozen=True, slots=True)
class ShapeSet:
    """The shapes of some files.

    ``graph`` is what the files say. ``targeted`` are the shapes that choose their focus nodes, ``checks``
    the constraints that are code.
    """

    files: tuple[Path, ...]
    graph: Graph
    targeted: tuple[Node, ...]
    checks: tuple[Node, ...]

    def constraint(self, shape: Node) -> Constraint:
        """Return what the files say of a constraint."""
        severity = self._text(shape, SH.severity).removeprefix(str(SH))
        return Constraint(
            shape=shape,
            name=self._text(shape, SH.name),
            description=self._text(shape, SH.description),
            message=self._text(shape, SH.message),
            severity=severity if severity in SEVERITIES else SEVERITIES[0],
        )

    def _text(self, shape: Node, predicate: URIRef) -> str:
        return min(map(str, self.graph.objects(shape, predicate)), default="")

    def constraints(self) -> tuple[Constraint, ...]:
        """Return the constraints that have a message, by severity and IRI; all the built-in ones have."""
        found = (self.constraint(shape) for shape in set(self.graph.subjects(SH.message)))
        return tuple(sorted(found, key=lambda c: (SEVERITIES.index(c.severity), str(c.shape))))


def load_shapes(files: Sequence[str | Path] = ()) -> ShapeSet:
    """Return the shapes in ``files``, or the built-in ones if there are none.

    Raises :class:`EmptyValidationError` if a file cannot be read, does not parse, or holds no shape that
    could apply to anything.
    """
    paths = tuple(Path(file) for file in files) or resources.files("shapes", ".ttl")
    return _load(paths, tuple(_version(path) for path in paths))


def _version(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None  # the loader will say what is wrong with it
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...], _versions: tuple[tuple[int, int] | None, ...]) -> ShapeSet:
    for path in () if paths == resources.files("shapes", ".ttl") else paths:
        try:
            graph = load_graph(path)
        except UnusableInputError as error:
            raise EmptyValidationError(f"shapes file {error}") from error
        if not (_targeted(graph) or _checks(graph)):
            raise EmptyValidationError(
                f"shapes file {path}: no active shape with a target: it checks nothing"
            )
    graph = load_graph(*paths)
    return ShapeSet(paths, graph, _targeted(graph), _checks(graph))


def _targeted(graph: Graph) -> tuple[Node, ...]:
    found = {shape for target in TARGETS for shape in graph.subjects(target)}
    found |= {shape for shape in graph.subjects(RDF.type, SH.NodeShape) if _is_class(graph, shape)}
    return _active(graph, found)


def _checks(graph: Graph) -> tuple[Node, ...]:
    return _active(graph, graph.subjects(RDF.type, SGSH.CodeConstraint))


def _active(graph: Graph, shapes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted((s for s in shapes if (s, SH.deactivated, Literal(True)) not in graph), key=str))


def _is_class(graph: Graph, shape: Node) -> bool:
    """Whether the shape is a class, too: then its focus nodes are its instances."""
    return any((shape, RDF.type, kind) in graph for kind in (RDFS.Class, OWL.Class))


@lru_cache(maxsize=8)
def flattened(shapes: Graph) -> Graph:
    """Return shapes in the form that pySHACL is fastest with: the targets moved to their property shapes.

    ``S target T ; sh:property P`` gives the results that ``P target T`` gives, but pySHACL visits P anew for
    each focus node in the first form, and once for all of them in the second: less than half the time.
    """
    flat = Graph(bind_namespaces="none")
    flat.addN((s, p, o, flat) for s, p, o in shapes)
    for shape in _targeted(shapes):
        if _is_class(shapes, shape) or (None, None, shape) in shapes:
            continue  # its targets are not all written out, or another shape refers to it as a whole
        for part in shapes.objects(shape, SH.property):
            flat.remove((shape, SH.property, part))
            for target in TARGETS:
                flat.addN((part, target, value, flat) for value in shapes.objects(shape, target))
    return flat


def check_terms(shapes: ShapeSet, graph: Graph) -> None:
    """Raise :class:`EmptyValidationError` if a shape names a class or property that nobody knows.

    Known are the terms of the ontology and of the vocabularies it builds on; of any other vocabulary, what
    the graph itself uses.
    """
    for shape, term, what in _doubtful(shapes.graph):
        used = (None, RDF.type, term) if what == "class" else (None, term, None)
        if used not in graph:
            raise EmptyValidationError(_unknown(shape, term, what))


@lru_cache(maxsize=8)
def _doubtful(shapes: Graph) -> tuple[tuple[Node, URIRef, str], ...]:
    """Return the classes and properties that only a graph may know, each with the shape that names it."""
    return (
        *(
            (shape, term, "class")
            for parameter in _CLASS_PARAMETERS
            for shape, term in _named(shapes, parameter)
            if not is_known_class(term)
        ),
        *(
            (shape, term, "property")
            for parameter in _PROPERTY_PARAMETERS
            for shape, term in _named(shapes, parameter)
            if not is_known_property(term)
        ),
    )


def count_focus_nodes(shapes: ShapeSet, graph: Graph) -> dict[str, int]:
    """Return how many focus nodes each shape with targets finds in the graph, by the shape's IRI."""
    return {str(shape): len(set(_focus_nodes(shapes.graph, shape, graph))) for shape in shapes.targeted}


def check_counts(shapes: ShapeSet, graph: Graph, counts: Mapping[str, int]) -> None:
    """Raise :class:`EmptyValidationError` if a shape found no focus node where it must, or none found any."""
    idle = [shape for shape in shapes.targeted if not counts[str(shape)]]
    idle.sort(key=lambda shape: len(_targets(shapes.graph, shape)))  # the plainest cause first
    for shape in idle:
        reason = _reason_to_apply(shapes.graph, shape, graph)
        if reason:
            raise EmptyValidationError(
                f"{prefixed(shape)} found nothing to check, though it must {reason}"
                f": the graph lacks {' or '.join(_targets(shapes.graph, shape))}"
            )
    if not any(counts.values()):
        files = ", ".join(file.name for file in shapes.files)
        raise EmptyValidationError(
            f"the shapes of {files} apply to nothing in the graph, so nothing was checked"
        )


def _named(shapes: Graph, parameter: URIRef) -> Iterator[tuple[Node, URIRef]]:
    """Yield each shape that has the parameter with each term that its value names."""
    for shape, value in sorted(shapes.subject_objects(parameter), key=str):
        for term in _members(shapes, value):
            yield shape, term


def _members(shapes: Graph, value: Node) -> Iterator[URIRef]:
    """Yield the terms that a parameter's value names: itself, or what is in the list that it is.

    Other blank nodes are paths, whose parts are met as values of their own parameters.
    """
    if (value, RDF.first, None) in shapes:
        for member in shapes.items(value):
            yield from _members(shapes, member)
    elif isinstance(value, URIRef):
        yield value


def _focus_nodes(shapes: Graph, shape: Node, graph: Graph) -> Iterator[Node]:
    classes = set(shapes.objects(shape, SH.targetClass))
    if (shape, RDF.type, RDFS.Class) in shapes or (shape, RDF.type, OWL.Class) in shapes:
        classes.add(shape)
    for target in classes:
        for class_ in graph.transitive_subjects(RDFS.subClassOf, target):
            yield from graph.subjects(RDF.type, class_)
    for target in shapes.objects(shape, SH.targetSubjectsOf):
        yield from graph.subjects(target)
    for target in shapes.objects(shape, SH.targetObjectsOf):
        yield from graph.objects(None, target)
    for node in shapes.objects(shape, SH.targetNode):
        # SHACL checks a target node even where the graph says nothing of it; that is no reason to pass.
        if (node, None, None) in graph or (None, None, node) in graph:
            yield node


def _reason_to_apply(shapes: Graph, shape: Node, graph: Graph) -> str:
    if (shape, SGSH.mustApply, Literal(True)) in shapes:
        return "in every graph of strategraph"
    for term in sorted(shapes.objects(shape, SGSH.mustApplyWhen), key=str):
        if (None, RDF.type, term) in graph or (None, term, None) in graph:
            return f"where the graph has {prefixed(term)}"
    return ""


def _targets(shapes: Graph, shape: Node) -> list[str]:
    return [
        f"{what} {prefixed(term)}"
        for target, what in (
            (SH.targetClass, "a node of class"),
            (SH.targetSubjectsOf, "a triple with"),
            (SH.targetObjectsOf, "a triple with"),
        )
        for term in sorted(shapes.objects(shape, target), key=str)
    ]


def _unknown(shape: Node, term: URIRef, what: str) -> str:
    owner = prefixed(shape) if isinstance(shape, URIRef) else "a shape"
    return (
        f"{owner} names {prefixed(term)}, which is no {what} of the ontology, of a vocabulary that it uses,"
        f" or of the graph, so it would check nothing{suggestion(term)}"
    )
