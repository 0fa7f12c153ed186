"""Where a graph and its facts are from: the words behind each fact, who gave it, and what made the graph.

Evidence is checked against the source as it is written: a wrong offset never leaves this module. What made a
graph is the software, its tables and the options that matter, so that it can be made again; there is no clock
in it unless ``SOURCE_DATE_EPOCH`` sets one: the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Context, Decimal
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph import __version__
from strategraph.errors import EvidenceError, UnusableInputError
from strategraph.knowledge import resources
from strategraph.model import CURATOR, Document, Plan, Source, Span, Support
from strategraph.model.identifiers import GRAPH, Namer
from strategraph.rdf.namespace import OA, SG, TO_ELEMENTS, types

CONTEXT = 32  # characters of oa:prefix and oa:suffix
BUILD = "/build"  # after a plan's IRI: the run that made that graph
_SOFTWARE = "https://w3id.org/strategraph/software/"
_NO_RULES = ("gold", "models", "plans", "vocabularies")  # folders of data/ that hold other things than rules
_Triple = tuple[URIRef, URIRef, Node]
_T = TypeVar("_T")


def add_node(graph: Graph, node: URIRef, class_: URIRef, label: Literal) -> URIRef:
    """Add a node with its class, all superclasses that data spells out, and its label; return it."""
    for each in types(class_):
        graph.add((node, RDF.type, each))
    graph.add((node, RDFS.label, label))
    return node


def decimal(value: float | str) -> Literal:
    """Return a canonical xsd:decimal: no exponent, no trailing zeros."""
    digits = str(value)
    text = format(Decimal(digits).normalize(Context(prec=len(digits))), "f")  # no digit is rounded away
    return Literal(text, datatype=XSD.decimal, normalize=False)


def text_sha256(text: str) -> str:
    """Return the checksum of a source's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Statements:
    """Adds to a graph what is stated, with the words behind it or, where there are none, who gave it."""

    def __init__(self, graph: Graph, plan: Plan, document: Document, namer: Namer, *, evidence: bool) -> None:
        """Quote the plan's source; without ``evidence`` only what was given is told."""
        self._graph = graph
        self._plan = plan
        self._namer = namer
        self._evidence = evidence
        self._text = plan.source.text
        self._line_starts = [0, *(at + 1 for at, character in enumerate(self._text) if character == "\n")]
        self._pages = [(block.span.start, block.page) for block in document.blocks if block.page is not None]
        self._anchors = [(block.span.start, block.anchor) for block in document.blocks if block.anchor]
        self._paths = [(block.span.start, block.path) for block in document.blocks if block.path]
        self._given = 0

    def add(self, subject: URIRef, predicate: URIRef, object_: Node, supports: Sequence[Support]) -> None:
        """Add a triple with its evidence, or as given by the user where there is none.

        Raises :class:`EvidenceError` for a quotation that is not what stands at its offsets.
        """
        triple = subject, predicate, object_
        self._graph.add(triple)
        if predicate in TO_ELEMENTS:
            self._graph.add((subject, SG.hasElement, object_))
        if not supports:
            self._give(triple, "user")
            return
        if any(support.rule == CURATOR for support in supports):
            self._give(triple, CURATOR)
        if self._evidence:
            seen: Counter[tuple[str, str, str]] = Counter()
            for support in sorted(supports, key=lambda support: support.span):
                words = self._words(support.span)
                seen[words] += 1
                self._quote(triple, support, words, seen[words])

    def _words(self, span: Span) -> tuple[str, str, str]:
        """Return what is quoted, with the characters before and after it."""
        start, end, text = span.start, span.end, self._text
        return text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]

    def _give(self, triple: _Triple, giver: str) -> None:
        self._given += 1
        node = URIRef(f"{self._plan.iri}/given/{self._given}")
        self._about(
            add_node(self._graph, node, SG.GivenFact, Literal(f"given by the {giver}", lang="en")), triple
        )
        self._graph.add((node, SG.givenBy, Literal(giver)))

    def _about(self, node: URIRef, triple: _Triple) -> None:
        for predicate, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
            self._graph.add((node, predicate, term))

    def _quote(self, triple: _Triple, support: Support, words: tuple[str, str, str], occurrence: int) -> None:
        start, end = support.span.start, support.span.end
        exact, before, after = words
        if len(exact) != end - start or not exact.strip():
            raise EvidenceError(
                f"evidence of {triple[1].n3()} at {start}..{end} quotes nothing in {self._plan.source.name}"
            )
        iri = self._namer.evidence(self._plan.iri, triple[0], triple[1], str(triple[2]), *words, occurrence)
        label = Literal(f"{exact[:60]}{'…' if len(exact) > 60 else ''}")
        node = add_node(self._graph, URIRef(iri), SG.Evidence, label)
        self._about(node, triple)
        page = _at(self._pages, start)
        anchor = _at(self._anchors, start)
        path = support.path or self._path(support.span)
        for predicate, value in (
            (DCTERMS.source, URIRef(self._plan.source_iri)),
            (OA.exact, Literal(exact)),
            (OA.prefix, Literal(before)),
            (OA.suffix, Literal(after)),
            (OA.start, Literal(start)),
            (OA.end, Literal(end)),
            (SG.line, Literal(bisect_right(self._line_starts, start))),
            (SG.page, None if page is None else Literal(page)),
            (SG.eId, Literal(anchor) if anchor else None),
            (SG.xpath, Literal(path) if path else None),
            (SG.rule, Literal(support.rule)),
            (SG.confidence, decimal(support.confidence)),
            (SG.via, None if support.via is None else URIRef(support.via)),
        ):
            if value is not None:
                self._graph.add((node, predicate, value))

    def _path(self, span: Span) -> str:
        """Return the XPath of the smallest part of the source that holds all words of a span."""
        first = max(0, bisect_right(self._paths, span.start, key=_place) - 1)
        last = bisect_right(self._paths, span.end - 1, key=_place)
        steps = zip(*(path.split("/") for _, path in self._paths[first:last]), strict=False)
        return "/".join(step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps))


def _place(placed: tuple[int, object]) -> int:
    return placed[0]


def _at(placed: Sequence[tuple[int, _T]], offset: int) -> _T | None:
    """Return the last of what stands at places of the text, in their order, that begins by an offset."""
    index = bisect_right(placed, offset, key=_place) - 1
    return placed[index][1] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Making:
    """One build: the options that matter, each as ``name=value``."""

    options: tuple[str, ...] = ()


def add_making(graph: Graph, plan: URIRef, source: URIRef, making: Making) -> None:
    """Add to the graph what made it: an activity, the software behind it, and the graph that came of it."""
    name = f"strategraph {__version__}"
    made, run, software = (
        URIRef(plan + GRAPH),
        URIRef(plan + BUILD),
        URIRef(f"{_SOFTWARE}{name.replace(' ', '/')}"),
    )
    for node, kinds, label in (
        (made, (PROV.Entity,), f"graph of {plan.rpartition('/')[2]}"),
        (run, (PROV.Activity,), f"build of {plan.rpartition('/')[2]}"),
        (software, (PROV.SoftwareAgent, PROV.Agent), name),
    ):
        for kind in kinds:
            graph.add((node, RDF.type, kind))
        graph.add((node, RDFS.label, Literal(label)))
    graph.add((made, PROV.wasGeneratedBy, run))
    graph.add((run, PROV.used, source))
    graph.add((run, PROV.wasAssociatedWith, software))
    graph.add((run, SG.version, Literal(__version__)))
    for predicate, checksum in checksums().items():
        graph.add((run, predicate, Literal(checksum)))
    for option in making.options:
        graph.add((run, SG.option, Literal(option)))
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    if moment.isdecimal():
        ended = datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        graph.add((run, PROV.endedAtTime, Literal(ended, datatype=XSD.dateTime, normalize=False)))


@cache
def checksums() -> Mapping[URIRef, str]:
    """Return the SHA-256 of what a build reads beside its source, by the property that says it."""
    data = resources.path("data")
    folders = {folder.name for folder in data.iterdir() if folder.is_dir()}
    rules = [
        *data.glob("*.*"),
        *(f for name in folders.difference(_NO_RULES) for f in (data / name).rglob("*.*")),
    ]
    found = {
        SG.vocabulariesSha256: (data / "vocabularies").glob("*.ttl"),
        SG.rulesSha256: rules,
        SG.modelsSha256: (data / "models").rglob("*.*"),
        SG.shapesSha256: resources.path("shapes").glob("*.ttl"),
        SG.ontologySha256: resources.path("ontology").glob("*.ttl"),
    }
    return {predicate: checksum for predicate, files in found.items() if (checksum := _checksum(files))}


def _checksum(files: Iterable[Path]) -> str:
    """Return the SHA-256 over the names and contents of files, "" for none."""
    whole = hashlib.sha256()
    contents = {
        file.relative_to(resources.root()).as_posix(): file.read_bytes()
        for file in files
        if file.is_file() and not any(part.startswith((".", "__")) for part in file.parts)
    }
    for name in sorted(contents):
        whole.update(f"{name}\n{len(contents[name])}\n".encode())
        whole.update(contents[name])
    return whole.hexdigest() if contents else ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A fact of a graph with the place of the words behind it, and the rule that read them."""

    predicate: Node
    object: Node
    span: Span
    rule: str


def quoted(graph: Graph, source: Source) -> tuple[Quoted, ...]:
    """Return the facts that a graph quotes from a source, in the order of the text.

    Raises :class:`UnusableInputError` if the graph was not made from the source's text.
    """
    documents = set(graph.subjects(SG.textSha256, Literal(text_sha256(source.text))))
    if not documents:
        raise UnusableInputError(f"{source.name}: the graph was not made from this, or it was read otherwise")
    found = [
        Quoted(predicate, object_, Span(start.value, end.value), str(graph.value(node, SG.rule)))
        for node in graph.subjects(RDF.type, SG.Evidence)
        if graph.value(node, DCTERMS.source) in documents
        and (predicate := graph.value(node, RDF.predicate)) is not None
        and (object_ := graph.value(node, RDF.object)) is not None
        and isinstance(start := graph.value(node, OA.start), Literal)
        and isinstance(end := graph.value(node, OA.end), Literal)
        and isinstance(start.value, int)
        and isinstance(end.value, int)
        and 0 <= start.value <= end.value
    ]
    return tuple(sorted(found, key=lambda one: (one.span, str(one.predicate), str(one.object))))
