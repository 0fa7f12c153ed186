"""Running the SHACL shapes: the only module that knows pySHACL, and ``shacl``, which does it in native code.

pySHACL is the referee. The extra ``fast`` brings the native code, which is given nothing but the built-in
shapes and graphs without blank nodes and ill-typed literals, and believed only where its results name terms
of the graph and of the shapes. ``tests/validation/test_engine.py`` holds the two against each other over
every fixture, mutation and plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.paths import Path
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.rdf.terms import ntriples
from strategraph.validation.shapes import ShapeSet, flattened, load_shapes

if TYPE_CHECKING:
    from shacl import Report, Shapes


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of an engine; ``shape`` and ``component`` say which constraint failed."""

    shape: Node
    component: URIRef
    focus: Node
    path: URIRef | Path | None
    value: Node | None
    message: str


def run_natively(shapes: ShapeSet, graph: Graph) -> list[Finding] | None:
    """Return what the shapes find in the graph; None where the other engine is to be asked.

    That is: if the engine is not installed, for shapes of a user's own, for a graph with blank nodes or
    ill-typed literals, and for a result that is not understood to the last part.
    """
    if shapes.files != resources.files("shapes", ".ttl"):
        return None
    compiled = _compiled()
    if compiled is None:
        return None
    written = {term: ntriples(term) for term in set(chain.from_iterable(graph))}
    if not _is_plain(written):
        return None
    try:
        report = compiled.validate_text(_lines(graph, written), "ntriples")
    except Exception:  # whatever it is, the referee says it in our words
        return None
    by_name: dict[str | None, Node] = {name: term for term, name in written.items()}
    return _findings(report, by_name)


def is_installed() -> bool:
    """Whether the engine is there."""
    return _compiled() is not None


@cache
def _compiled() -> Shapes | None:
    try:
        import shacl
    except ImportError:
        return None
    graph = load_shapes(()).graph
    written = {term: ntriples(term) for term in set(chain.from_iterable(graph))}
    return shacl.Shapes.from_text(_lines(graph, written), "ntriples")


def _lines(graph: Graph, written: Mapping[Node, str]) -> str:
    """Return a graph as N-Triples."""
    return "".join([f"{written[s]} {written[p]} {written[o]} .\n" for s, p, o in graph])


def _is_plain(terms: Iterable[Node]) -> bool:
    """Whether there are no terms of which engines may think otherwise."""
    return not any(type(term) is BNode or (type(term) is Literal and term.ill_typed) for term in terms)


def _findings(report: Report, terms: dict[str | None, Node]) -> list[Finding] | None:
    found = []
    for result in report.results:
        shape, path = _iri(result.source_shape), _iri(result.path)
        focus, value = terms.get(result.focus_node), terms.get(result.value)
        if (
            shape is None
            or focus is None
            or (path is None and result.path is not None)
            or (value is None and result.value is not None)
        ):
            return None
        found.append(
            Finding(
                shape=shape,
                component=URIRef(result.component_iri),
                focus=focus,
                path=path,
                value=value,
                message=min(result.messages, default=""),
            )
        )
    return found


def _iri(text: Any) -> URIRef | None:
    """Return a term that is written as an IRI, None for any other."""
    if isinstance(text, str) and text.startswith("<") and text.endswith(">") and "\\" not in text:
        return URIRef(text[1:-1])
    return None


def run(shapes: ShapeSet, graph: Graph, *, fast: bool = False) -> Iterator[Finding]:
    """Yield what the shapes find in the graph, in no particular order.

    With ``fast``, native code does it where it is installed and sure of the same results.

    Raises :class:`UnusableInputError` if the shapes are not well-formed SHACL.
    """
    if fast and (found := run_natively(shapes, graph)) is not None:
        yield from found
        return
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError
    from rdflib.extras.shacl import parse_shacl_path

    if not graph.store.context_aware:  # pySHACL's own graphs need a store that is
        stored = Graph(bind_namespaces="none")
        stored.addN((s, p, o, stored) for s, p, o in graph)
        graph = stored
    try:
        _, report, text = pyshacl.validate(graph, shacl_graph=flattened(shapes.graph), inplace=True)
    except ReportableRuntimeError as error:
        raise _malformed(shapes, str(error)) from error
    if not isinstance(report, Graph):  # pySHACL hands back some failures in place of the report
        raise _malformed(shapes, text)
    for result in report.objects(None, SH.result):
        shape = report.value(result, SH.sourceShape)
        component = report.value(result, SH.sourceConstraintComponent)
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        assert shape is not None
        assert focus is not None
        assert isinstance(component, URIRef)
        yield Finding(
            shape=shape,
            component=component,
            focus=focus,
            path=None if path is None else parse_shacl_path(report, path),
            value=report.value(result, SH.value),
            message=min(map(str, report.objects(result, SH.resultMessage)), default=""),
        )


def _malformed(shapes: ShapeSet, message: str) -> UnusableInputError:
    files = ", ".join(str(file) for file in shapes.files)
    return UnusableInputError(f"shapes file {files}: {' '.join(message.split())}")
