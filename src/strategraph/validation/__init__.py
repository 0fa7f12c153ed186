"""Validation: hold a graph against shapes and return what was found; only a void validation raises.

The data graph spells out superclasses and ``sg:hasElement``, so neither inference nor the ontology is
needed beside it, and SHACL processors that know nothing of ours come to the same results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from rdflib import Graph, Literal
from rdflib.term import Node

from strategraph.errors import EmptyValidationError
from strategraph.rdf.terms import label_of
from strategraph.validation import engine
from strategraph.validation import shapes as gate
from strategraph.validation.checks import CHECKS
from strategraph.validation.engine import Finding
from strategraph.validation.naming import prefixed
from strategraph.validation.report import Report, ValidationResult
from strategraph.validation.shapes import SGSH, ShapeSet, load_shapes
from strategraph.validation.subject import Quotes, Subject

__all__ = ["Report", "ValidationResult", "validate"]


def validate(
    graph: Graph,
    shapes: Sequence[str | Path] = (),
    text: str | None = None,
    unread: Mapping[str, str] = MappingProxyType({}),
    *,
    fast: bool = False,
) -> Report:
    """Return what the shapes find in the graph, which stays as it is.

    ``shapes`` are files that replace the built-in ones; ``text`` is the text the graph was read from, if
    quotes are to be checked against it; ``unread`` what the reading says that it did not understand, by the
    name of the constraint (:mod:`strategraph.resolution.unrecognised`), which no graph shows. With ``fast``,
    the extra ``fast`` runs the shapes where it is installed; the results are the same. Raises
    :class:`EmptyValidationError` if nothing, or not what must be, would be checked, and
    :class:`UnusableInputError` for shapes that are not well-formed SHACL.
    """
    shape_set = load_shapes(shapes)
    gate.check_terms(shape_set, graph)
    checked = gate.count_focus_nodes(shape_set, graph)
    gate.check_counts(shape_set, graph, checked)
    quotes = Quotes.of(graph)
    findings = [
        *engine.run(shape_set, graph, fast=fast),
        *_run_checks(shape_set, Subject(graph, quotes, text, unread)),
    ]
    return Report.of((_result(finding, shape_set, graph, quotes) for finding in findings), checked)


def _run_checks(shapes: ShapeSet, subject: Subject) -> Iterator[Finding]:
    for name in shapes.checks:
        if name not in CHECKS:
            raise EmptyValidationError(f"there is no code for the constraint {prefixed(name)}")
        for fault in CHECKS[name](subject):
            message = shapes.constraint(name).message
            yield Finding(
                shape=name,
                component=SGSH.CodeConstraintComponent,
                focus=fault.focus,
                path=fault.path,
                value=fault.value,
                message=message.format(
                    predicate=_words(fault.path), value=_words(fault.value), words=fault.words
                ),
            )


def _result(finding: Finding, shapes: ShapeSet, graph: Graph, quotes: Quotes) -> ValidationResult:
    constraint = shapes.constraint(finding.shape)
    path = finding.path if isinstance(finding.path, Node) else None
    quote = quotes.behind(finding.focus, path, finding.value)
    return ValidationResult(
        severity=constraint.severity,
        shape=finding.shape,
        component=finding.component,
        name=constraint.name,
        message=finding.message,
        focus=finding.focus,
        focus_label=label_of(graph, finding.focus),
        path=finding.path,
        value=finding.value,
        line=quote.line if quote else None,
        quote=quote.exact if quote else None,
    )


def _words(term: Node | None) -> str:
    return "" if term is None else f"“{term}”" if isinstance(term, Literal) else prefixed(term)
