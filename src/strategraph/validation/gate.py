"""The gate against empty conformance.

A validator says "conforms" of shapes that never applied: to a graph of another kind, through a mistyped
class, for want of shapes. Here each of these is an error. Which shapes of ours must find a focus node is
data in the shape files: ``sgsh:mustApply true``, in every graph; ``sgsh:mustApplyWhen``, if the graph has
an instance of that class or a triple with that property.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import EmptyValidationError
from strategraph.validation.shapes import SGSH, ShapeSet
from strategraph.validation.terms import is_known_class, is_known_property, shown, suggestion

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
                f"{shown(shape)} found nothing to check, though it must {reason}"
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
            return f"where the graph has {shown(term)}"
    return ""


def _targets(shapes: Graph, shape: Node) -> list[str]:
    return [
        *(f"a node of class {shown(o)}" for o in sorted(shapes.objects(shape, SH.targetClass), key=str)),
        *(f"a triple with {shown(o)}" for o in sorted(shapes.objects(shape, SH.targetSubjectsOf), key=str)),
        *(f"a triple with {shown(o)}" for o in sorted(shapes.objects(shape, SH.targetObjectsOf), key=str)),
    ]


def _unknown(shape: Node, term: URIRef, what: str) -> str:
    owner = shown(shape) if isinstance(shape, URIRef) else "a shape"
    return (
        f"{owner} names {shown(term)}, which is no {what} of the ontology, of a vocabulary that it uses,"
        f" or of the graph, so it would check nothing{suggestion(term)}"
    )
