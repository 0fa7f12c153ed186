"""What made a graph, and where in a source its facts are quoted from.

What made a graph: the software, its tables and the options that matter, so that it can be made again.

There is no clock in it unless ``SOURCE_DATE_EPOCH`` sets one: the same input gives the same bytes.

Where the facts of a graph are quoted from in a source that is read again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph import __version__
from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.model import Source, Span
from strategraph.rdf.namespace import OA, SG

GRAPH = "/graph"  # after a plan's IRI: its named graph
BUILD = "/build"  # after a plan's IRI: the run that made that graph
_SOFTWARE = "https://w3id.org/strategraph/software/"
_NO_RULES = ("gold", "models", "plans", "vocabularies")  # folders of data/ that hold other things than rules


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
    checksum = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    documents = set(graph.subjects(SG.textSha256, Literal(checksum)))
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
