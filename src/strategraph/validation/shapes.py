"""Shapes: what a graph is held to, read from Turtle once and kept.

A *constraint* is one restriction of one path, with an IRI, name, description, message and severity of its
own. Beside SHACL's, the shape files declare a few as ``sgsh:CodeConstraint``: what SHACL Core cannot say,
and SPARQL only at a cost that grows with each focus node; :mod:`strategraph.validation.checks` has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from strategraph.errors import EmptyValidationError, UnusableInputError
from strategraph.knowledge import resources
from strategraph.rdf.loading import load_graph

SGSH = Namespace("https://w3id.org/strategraph/shapes#")

SEVERITIES = ("Violation", "Warning", "Info")
"""The severities of SHACL, the gravest first."""

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


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

    ``graph`` is what the files say; ``executable`` says the same in the form the engine is fastest with.
    ``targeted`` are the shapes that choose their focus nodes, ``checks`` the constraints that are code.
    """

    files: tuple[Path, ...]
    graph: Graph
    executable: Graph
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
    for path in paths:
        try:
            graph = load_graph(path)
        except UnusableInputError as error:
            raise EmptyValidationError(f"shapes file {error}") from error
        if not (_targeted(graph) or _checks(graph)):
            raise EmptyValidationError(
                f"shapes file {path}: no active shape with a target: it checks nothing"
            )
    graph = load_graph(*paths)
    return ShapeSet(paths, graph, _flattened(graph), _targeted(graph), _checks(graph))


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


def _flattened(shapes: Graph) -> Graph:
    """Return the shapes with the targets of node shapes moved to their property shapes.

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
