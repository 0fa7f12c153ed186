"""What a validation found: for people as text, for machines as a W3C SHACL report."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.paths import Path
from rdflib.term import Node

from strategraph.model.text import beginning
from strategraph.rdf.namespace import OA, PREFIXES, SG
from strategraph.validation.naming import prefixed
from strategraph.validation.shapes import SEVERITIES, SGSH

_QUOTE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One finding: which constraint, at which node, and the words behind it.

    ``severity`` is "Violation", "Warning" or "Info"; ``shape`` and ``component`` the IRIs of the constraint
    and of its kind; ``path`` the property path that was followed, if any; ``value`` the value at fault.
    ``line`` and ``quote`` are those of an evidence for the node, None where the graph has none.
    """

    severity: str
    shape: Node
    component: URIRef
    name: str
    message: str
    focus: Node
    focus_label: str
    path: URIRef | Path | None = None
    value: Node | None = None
    line: int | None = None
    quote: str | None = None

    @property
    def key(self) -> tuple[int, str, str, str, str, str]:
        """Return what results are sorted by and told apart by: gravest first, then by node."""
        return (
            SEVERITIES.index(self.severity),
            str(self.focus),
            str(self.shape),
            str(self.component),
            "" if self.path is None else self.path.n3(),
            "" if self.value is None else _key(self.value),
        )

    def lines(self) -> Iterator[str]:
        """Yield the finding as lines of text; all but the first are indented."""
        indent = " " * (max(map(len, SEVERITIES)) + 2)
        yield f"{self.severity:<{len(indent)}}{self.message}"
        yield f"{indent}at    {' '.join(filter(None, (self.focus_label, prefixed(self.focus))))}"
        if self.value is not None and self.value != self.focus:
            yield f"{indent}value {_shown(self.value)}"
        if self.quote:
            place = f"line {self.line}: " if self.line else ""
            yield f"{indent}text  {place}“{beginning(self.quote, _QUOTE_LENGTH)}”"
        yield f"{indent}shape {prefixed(self.shape)}"


def _key(node: Node) -> str:
    """Return a node as N-Triples nearly have it; rdflib warns when it writes numbers that are none."""
    if isinstance(node, Literal):
        return f'"{node}"' + (f"@{node.language}" if node.language else f"^^<{node.datatype or ''}>")
    return node.n3()


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, the gravest first, and how many focus nodes each shape was applied to."""

    results: tuple[ValidationResult, ...] = ()
    checked: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, results: Iterable[ValidationResult], checked: Mapping[str, int]) -> Report:
        """Return the report of some results, sorted and each only once."""
        unique = {result.key: result for result in results}
        return cls(
            tuple(unique[key] for key in sorted(unique)), MappingProxyType(dict(sorted(checked.items())))
        )

    def of_severity(self, severity: str) -> tuple[ValidationResult, ...]:
        """Return the results of one severity."""
        return tuple(result for result in self.results if result.severity == severity)

    @property
    def conforms(self) -> bool:
        """Whether there is no Violation: the graph can be relied on, whatever the plan may lack."""
        return not self.of_severity("Violation")

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 0 if the graph conforms (with ``strict``: without warnings, too), else 1."""
        return int(not self.conforms or (strict and bool(self.of_severity("Warning"))))

    def summary(self) -> str:
        """Return the verdict in one line.

        >>> Report().summary()
        'conforms: no violations, no warnings, no infos'
        """
        counts = ", ".join(
            _count(len(self.of_severity(severity)), severity.lower()) for severity in SEVERITIES
        )
        return f"{'conforms' if self.conforms else 'does not conform'}: {counts}"

    def lines(self) -> Iterator[str]:
        """Yield the report for people: the verdict, then each finding with its node, words and shape."""
        yield self.summary()
        applied = sum(count > 0 for count in self.checked.values())
        yield f"{applied} of {len(self.checked)} shapes had something to check"
        for result in self.results:
            yield ""
            yield from result.lines()

    def to_graph(self) -> Graph:
        """Return the report in the SHACL vocabulary; the same results give the same graph.

        ``sh:conforms`` is true, as SHACL has it, only if there are no results at all, not even an Info.
        Beside what SHACL asks for, a result has the ``sg:line`` and ``oa:exact`` of the words behind it.
        """
        graph = Graph(bind_namespaces="none")
        for prefix, namespace in {**PREFIXES, "sh": str(SH), "sgsh": str(SGSH)}.items():
            graph.bind(prefix, namespace, replace=True)
        report = _name("report", *(part for result in self.results for part in result.key))
        graph.add((report, RDF.type, SH.ValidationReport))
        graph.add((report, SH.conforms, Literal(not self.results)))
        for result in self.results:
            node = _name("result", *result.key)
            graph.add((report, SH.result, node))
            for predicate, value in _statements(result, node, graph):
                graph.add((node, predicate, value))
        return graph


def _statements(result: ValidationResult, node: URIRef, graph: Graph) -> Iterator[tuple[URIRef, Node]]:
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, SH[result.severity]
    yield SH.focusNode, result.focus
    yield SH.sourceShape, result.shape
    yield SH.sourceConstraintComponent, result.component
    yield SH.resultMessage, Literal(result.message)
    if result.path is not None:
        yield SH.resultPath, _add_path(graph, result.path, str(node))
    if result.value is not None:
        yield SH.value, result.value
    if result.line is not None:
        yield SG.line, Literal(result.line)
    if result.quote is not None:
        yield OA.exact, Literal(result.quote)


def _add_path(graph: Graph, path: URIRef | Path, seed: str) -> Node:
    """Add a property path as SHACL writes it and return its node; blank nodes are named after ``seed``."""
    from rdflib.extras.shacl import build_shacl_path

    written = Graph()
    start, _ = build_shacl_path(path, written)
    names: dict[Node, Node] = {}

    def name(node: Node) -> Node:
        if not isinstance(node, BNode):
            return node
        if node not in names:
            names[node] = BNode(f"p{uuid.uuid5(uuid.NAMESPACE_URL, f'{seed}#{len(names)}').hex}")
            for predicate, value in sorted(written.predicate_objects(node), key=str):
                graph.add((names[node], predicate, name(value)))
        return names[node]

    return name(start)


def _name(*parts: object) -> URIRef:
    """Return an IRI made from what it names: the same on every run, and in no one's namespace."""
    return URIRef(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(map(str, parts))).urn)


def _shown(term: Node) -> str:
    return f"“{beginning(str(term), _QUOTE_LENGTH)}”" if isinstance(term, Literal) else prefixed(term)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
