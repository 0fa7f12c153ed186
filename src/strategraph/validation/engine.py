"""Running the SHACL shapes: the only module that knows pySHACL."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import SH, Graph, URIRef

from strategraph.errors import UnusableInputError
from strategraph.validation import native
from strategraph.validation.finding import Finding
from strategraph.validation.shapes import ShapeSet, flattened


def run(shapes: ShapeSet, graph: Graph, *, fast: bool = False) -> Iterator[Finding]:
    """Yield what the shapes find in the graph, in no particular order.

    With ``fast``, native code does it where it is installed and sure of the same results.

    Raises :class:`UnusableInputError` if the shapes are not well-formed SHACL.
    """
    if fast and (found := native.run(shapes, graph)) is not None:
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
