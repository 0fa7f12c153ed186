"""Graphs that were mutated at random, and everything that shows a graph to people or writes it for programs.

A graph comes from outside as much as a document does: its terms may be of any kind at any place, its parents
in a circle, its texts commands to a terminal, a browser or a spreadsheet.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, URIRef

from strategraph.export import FORMATS, NetworkOptions, write
from strategraph.export.digest import SourceText, digest
from strategraph.export.editions import FORMATS as CHANGES
from strategraph.export.editions import compare, edition
from strategraph.export.editions import write as write_changes
from strategraph.export.page import assemble, content, title
from strategraph.export.picture import drawn
from strategraph.export.report import FORMATS as REPORTS
from strategraph.export.report import compose
from strategraph.export.report import write as write_report
from strategraph.querying.explanation import explain
from strategraph.rdf.loading import load_graph
from strategraph.rdf.merging import merge
from strategraph.rdf.namespace import EXTRACTED, SG
from strategraph.validation import validate

ROOT = Path(__file__).parents[2]
TEXTS = (
    "</script><script>window.broken=1</script>", "<img src=x onerror='window.broken=1'>", "javascript:window.broken=1", "{{DATA}}",
    "{{SCRIPT}}", "__proto__", "constructor", "toString", "hasOwnProperty", "", " ", "\u0000", "\u001b]0;x\u0007", "\u202e\u2066\u2069",
    "\ud7ff\ufdd0\uffff", "=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "]]>", "<!--", "--><b>", "&#60;", "`${window.broken=1}`", "\\u003c", "\\",
    "'\"", "x" * 5_000, "\u0301" * 300, "🧑‍🌾" * 40, "الهدف ١", "目标", "%s%n{0}{x}", "NaN", "-0", "1e999", "9" * 30, "9" * 5_000, "../../x", "C:\\x",
    "\n\n# a\n\n| b |\n|---|\n", "\r\n", "\u2028", "\u0085", "::", "http://[::1", "file:///etc/passwd", "data:text/html,<script>window.broken=1</script>",
)  # fmt: skip
IRIS = (
    "javascript:window.broken=1", "data:text/html,x", "urn:x", "https://w3id.org/strategraph/ns#constructor",
    "https://w3id.org/strategraph/ns#__proto__", "http://metadata.un.org/sdg/99.zz", "x:y", "mailto:a@b", "https://example.org/" + "a" * 3_000,
    "https://example.org/%00%2e%2e/ü", "relative",
)  # fmt: skip
KINDS = (
    *(f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "gYear", "decimal", "boolean", "date", "anyURI")),
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML", "urn:kind",
)  # fmt: skip
LANGUAGES = ("en", "ar", "zh-Hant", "x-a", "de-1996")
Line = tuple[str, str, str]


@cache
def valid() -> Graph:
    """Return the graph that is mutated, and that others are compared and merged with."""
    return load_graph(ROOT / "tests" / "shapes" / "valid.ttl")


@cache
def _lines() -> tuple[tuple[Line, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the triples as N-Triples writes them, their nodes, and all predicates of ours."""
    lines = []
    for line in write(valid(), "ntriples").decode("utf-8").splitlines():
        subject, predicate, object_ = line.removesuffix(" .").split(" ", 2)
        lines.append((subject, predicate, object_))
    nodes = {term for line in lines for term in line[::2] if term.startswith("<")}
    predicates = {line[1] for line in lines} | {term.n3() for term in EXTRACTED}
    return tuple(lines), tuple(sorted(nodes)), tuple(sorted(predicates))


def mutated(chance: random.Random) -> bytes:
    """Return the graph after one to forty changes, as N-Triples; the same for the same chance."""
    lines, nodes, predicates = _lines()
    changed = dict.fromkeys(lines)
    for _ in range(chance.randint(1, 40)):
        line = subject, predicate, _ = chance.choice(lines)
        kind = chance.randrange(8)
        if kind == 0:
            changed.pop(line, None)
        elif kind == 1:
            changed = {other: None for other in changed if other[:2] != line[:2]}
        elif kind == 2:
            changed[subject, predicate, _term(chance, nodes)] = None
        elif kind == 3:
            changed.pop(line, None)
            changed[subject, predicate, _term(chance, nodes)] = None
        elif kind == 4:  # circles, second parents
            changed[subject, predicate, chance.choice(nodes)] = None
        elif kind == 5:
            changed[subject, chance.choice(predicates), _term(chance, nodes)] = None
        elif kind == 6:
            changed[subject, f"<{RDF.type}>", chance.choice(nodes)] = None
        else:
            changed[f"<{chance.choice(IRIS)}>", chance.choice(predicates), _term(chance, nodes)] = None
    return "".join(f"{' '.join(line)} .\n" for line in changed).encode("utf-8")


def _term(chance: random.Random, nodes: tuple[str, ...]) -> str:
    text = json.dumps(chance.choice(TEXTS), ensure_ascii=False)  # escapes as N-Triples does
    kind = chance.randrange(5)
    if kind == 0:
        return chance.choice(nodes)
    if kind == 1:
        return f"<{chance.choice(IRIS)}>"
    if kind == 2:
        return f"{text}^^<{chance.choice(KINDS)}>"
    return f"{text}@{chance.choice(LANGUAGES)}" if kind == 3 else text


def page(graph: Graph) -> bytes:
    """Return the page of a graph, with a text that its quotations may be of."""
    texts = {
        str(source): SourceText("".join(TEXTS))
        for source in graph.subjects(RDF.type, SG.SourceDocument)
        if isinstance(source, URIRef)
    }
    return assemble(content(graph, texts, validated=True), title(graph))


def _report(format_: str) -> Callable[[Graph], object]:
    return lambda graph: write_report(compose(digest(graph), {}, validate(graph)), format_)


def _written(format_: str) -> Callable[[Graph], object]:
    return lambda graph: write(graph, format_)


def _changes(format_: str) -> Callable[[Graph], object]:
    return lambda graph: write_changes(compare(edition(valid(), "old"), edition(graph, "new")), format_)


def _explained(graph: Graph) -> object:
    return [line for node in sorted(set(graph.subjects()), key=str)[:9] for line in explain(graph, node)]


SHOWN: Mapping[str, Callable[[Graph], object]] = {
    "page": page,
    "validation": lambda graph: list(validate(graph).lines()),
    "explained": _explained,
    "merged": lambda graph: merge({"old": valid(), "new": graph}),
    "picture": lambda graph: drawn(graph, "svg", NetworkOptions(view="plan")),
    **{f"report {name}": _report(name) for name in REPORTS},
    **{f"changes {name}": _changes(name) for name in CHANGES},
    **{f"export {name}": _written(name) for name in FORMATS},
}
"""What shows or writes a graph, by its name; each gives an answer or raises an error of ours."""
