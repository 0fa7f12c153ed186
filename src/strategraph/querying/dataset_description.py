"""What is in a graph or a collection, in VoID, DCAT and PROV: for data portals, and for planners of queries.

Everything is counted or copied from the graphs; what they do not say (dates, a publisher) is left out. The
nodes have IRIs under that of the graph's, so that the description can be loaded beside it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from strategraph import __version__
from strategraph.errors import UnusableInputError
from strategraph.model.identifiers import GRAPH
from strategraph.querying.dataset import graph_files, is_store, known_prefixes

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

_OF_DESCRIPTIONS = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}  # prefixes, beside those that graphs have
_NAMESPACE = re.compile(r".*[#/]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A plan's graph: the plan, the name of its graph, its triples, each once."""

    plan: str
    name: str
    triples: frozenset[Triple]


def read(paths: Sequence[Path]) -> tuple[NamedGraph, ...]:
    """Return the graphs of all plans in RDF files, folders of them and embedded stores, by name.

    Raises :class:`UnusableInputError` if there is none, or if two graphs of a plan differ.
    """
    found: dict[str, NamedGraph] = {}
    for path in paths:
        for graph in _stored(path) if is_store(path) else _in_files(path):
            if found.setdefault(graph.name, graph) != graph:
                raise UnusableInputError(f"{path}: another <{graph.name}> than in what was read before")
    if not found:
        raise UnusableInputError(f"{', '.join(map(str, paths))}: no plan to describe")
    return tuple(found[name] for name in sorted(found))


def describe(graphs: Sequence[NamedGraph], *, iri: str | None = None, licence: str | None = None) -> bytes:
    """Return the description as Turtle, the same bytes for the same graphs.

    More than one graph, or one with an ``iri`` for the collection, gets a catalogue above it. ``licence`` is
    the IRI of what the owner of the data grants: the graphs do not say that. Raises
    :class:`UnusableInputError` for an IRI that is none.
    """
    from pyoxigraph import RdfFormat, serialize

    description = _Description(_licence(licence))
    for graph in graphs:
        description.add_graph(graph)
    top = graphs[0].name
    if iri is not None or len(graphs) > 1:
        top = _checked(iri) if iri is not None else _collection(graphs)
        description.add_catalogue(top, graphs)
    description.add_itself(top, _base(graphs[0]))
    triples = description.in_order()
    named = {prefix: namespace for prefix, namespace in _prefixes().items() if _occurs(namespace, triples)}
    content = serialize(triples, format=RdfFormat.TURTLE, prefixes=named)
    assert content is not None
    return content


def _stored(folder: Path) -> Iterator[NamedGraph]:
    from pyoxigraph import NamedNode

    from strategraph.querying.dataset import open_to_read
    from strategraph.querying.stores.collection import plans

    opened = open_to_read(folder)
    for plan in plans(folder):
        quads = opened.store.quads_for_pattern(None, None, None, NamedNode(plan.graph))
        yield NamedGraph(plan.iri, plan.graph, frozenset(quad.triple for quad in quads))


def _in_files(path: Path) -> Iterator[NamedGraph]:
    from pyoxigraph import RdfFormat, parse

    from strategraph.export import write
    from strategraph.export.snapshot import plan_graphs
    from strategraph.rdf.loading import load_graph

    for file in graph_files(path):
        for name, part in plan_graphs(load_graph(file)):
            if name is not None:
                quads = parse(write(part, "ntriples"), format=RdfFormat.N_TRIPLES)
                yield NamedGraph(name.removesuffix(GRAPH), str(name), frozenset(q.triple for q in quads))


class _Description:
    """Collects the triples of a description."""

    def __init__(self, licence: NamedNode | None) -> None:
        self.triples: set[Triple] = set()
        self._licence = licence

    def add_graph(self, graph: NamedGraph) -> None:
        plan = _node(graph.plan)
        said = _Said.of(graph.triples)
        self._add_dataset(graph.name, graph.triples, "dcat:Dataset", "prov:Entity")
        self._add(graph.name, "dcterms:subject", plan)
        self._add(graph.name, "void:rootResource", plan)
        titles = said.of_node(graph.plan, "dcterms:title") or said.of_node(graph.plan, "rdfs:label")
        self._add(graph.name, "dcterms:title", *titles)
        self._add(graph.name, "dcterms:language", *said.of_node(graph.plan, "dcterms:language"))
        self._add(graph.name, "dcat:theme", *said.nodes("rdf:type", _term("sg:Theme")))
        self._add_period(graph, said)
        for source in said.nodes("sg:presents", plan):
            self._add_source(graph.name, source, said)

    def add_catalogue(self, iri: str, graphs: Sequence[NamedGraph]) -> None:
        together = frozenset().union(*(graph.triples for graph in graphs))
        self._add_dataset(iri, together, "dcat:Catalog", "prov:Collection")
        count = "1 plan" if len(graphs) == 1 else f"{len(graphs)} plans"
        self._add(iri, "dcterms:title", _text(f"Strategic plans as a knowledge graph: {count}", "en"))
        for property_ in ("dcat:dataset", "void:subset", "prov:hadMember"):
            self._add(iri, property_, *(_node(graph.name) for graph in graphs))

    def add_itself(self, top: str, base: str) -> None:
        """Say what the description is about, and which software wrote it."""
        itself, software = f"{top}/description", f"{base}software/strategraph-{__version__}"
        self._add(itself, "rdf:type", _term("void:DatasetDescription"), _term("prov:Entity"))
        self._add(itself, "foaf:primaryTopic", _node(top))
        self._add(itself, "prov:wasAttributedTo", _node(software))
        self._add(software, "rdf:type", _term("prov:SoftwareAgent"))
        self._add(software, "rdfs:label", _text(f"strategraph {__version__}"))
        self._add(software, "owl:versionInfo", _text(__version__))

    def in_order(self) -> list[Triple]:
        """Return the triples by subject, those on classes and properties last."""
        partitions = (_term("void:classPartition"), _term("void:propertyPartition"))
        parts = {triple.object for triple in self.triples if triple.predicate in partitions}
        return sorted(self.triples, key=lambda triple: (triple.subject in parts, str(triple)))

    def _add_dataset(self, iri: str, triples: frozenset[Triple], *classes: str) -> None:
        properties = Counter(triple.predicate.value for triple in triples)
        members: defaultdict[str, set[object]] = defaultdict(set)
        for triple in triples:
            if triple.predicate == _term("rdf:type"):
                members[str(getattr(triple.object, "value", ""))].add(triple.subject)
        self._add(iri, "rdf:type", _term("void:Dataset"), *map(_term, classes))
        self._add(iri, "void:triples", _number(len(triples)))
        self._add(iri, "void:distinctSubjects", _number(len({triple.subject for triple in triples})))
        self._add(iri, "void:distinctObjects", _number(len({triple.object for triple in triples})))
        self._add(iri, "void:classes", _number(len(members)))
        self._add(iri, "void:properties", _number(len(properties)))
        namespaces = {_NAMESPACE.match(name) for name in (*properties, *members)} - {None}
        self._add(iri, "void:vocabulary", *(_node(found[0]) for found in namespaces if found))
        entities = {name: len(nodes) for name, nodes in members.items()}
        self._add_partitions(iri, "class", "void:entities", entities)
        self._add_partitions(iri, "property", "void:triples", properties)
        if self._licence is not None:
            self._add(iri, "dcterms:license", self._licence)

    def _add_partitions(self, iri: str, kind: str, measure: str, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            part = f"{iri}/{kind}/{_segment(name)}"
            self._add(iri, f"void:{kind}Partition", _node(part))
            self._add(part, f"void:{kind}", _node(name))
            self._add(part, measure, _number(count))

    def _add_period(self, graph: NamedGraph, said: _Said) -> None:
        years = {
            "dcat:startDate": said.of_node(graph.plan, "sg:startYear"),
            "dcat:endDate": said.of_node(graph.plan, "sg:endYear"),
        }
        if any(years.values()):
            period = f"{graph.name}/period"
            self._add(graph.name, "dcterms:temporal", _node(period))
            self._add(period, "rdf:type", _term("dcterms:PeriodOfTime"))
            for property_, values in years.items():
                self._add(period, property_, *values)

    def _add_source(self, graph: str, source: NamedNode, said: _Said) -> None:
        iri = source.value
        for property_ in ("dcterms:source", "prov:wasDerivedFrom"):
            self._add(graph, property_, source)
        self._add(iri, "rdf:type", _term("sg:SourceDocument"), _term("prov:Entity"))
        for property_ in ("rdfs:label", "dcterms:format", "dcterms:source", "sg:byteSha256", "sg:textSha256"):
            self._add(iri, property_, *said.of_node(iri, property_))
        for checksum in said.of_node(iri, "sg:byteSha256"):
            node = f"{iri}/sha256"
            self._add(iri, "spdx:checksum", _node(node))
            self._add(node, "rdf:type", _term("spdx:Checksum"))
            self._add(node, "spdx:algorithm", _term("spdx:checksumAlgorithm_sha256"))
            self._add(node, "spdx:checksumValue", _typed(checksum.value, "xsd:hexBinary"))

    def _add(self, subject: str, predicate: str, *objects: NamedNode | Literal) -> None:
        from pyoxigraph import Triple

        self.triples.update(Triple(_node(subject), _term(predicate), object_) for object_ in objects)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a graph says, to be looked up by subject and by object."""

    objects: Mapping[tuple[str, str], list[Literal | NamedNode]]
    subjects: Mapping[tuple[str, str], list[NamedNode]]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> _Said:
        from pyoxigraph import Literal, NamedNode

        objects: defaultdict[tuple[str, str], list[Literal | NamedNode]] = defaultdict(list)
        subjects: defaultdict[tuple[str, str], list[NamedNode]] = defaultdict(list)
        for triple in triples:
            subject, predicate, object_ = triple.subject, triple.predicate.value, triple.object
            if isinstance(subject, NamedNode) and isinstance(object_, Literal | NamedNode):
                objects[subject.value, predicate].append(object_)
                if isinstance(object_, NamedNode):
                    subjects[predicate, object_.value].append(subject)
        return cls(objects, subjects)

    def of_node(self, subject: str, predicate: str) -> list[Literal | NamedNode]:
        return self.objects.get((subject, _term(predicate).value), [])

    def nodes(self, predicate: str, object_: NamedNode) -> list[NamedNode]:
        return self.subjects.get((_term(predicate).value, object_.value), [])


def _licence(iri: str | None) -> NamedNode | None:
    return None if iri is None else _node(_checked(iri))


def _checked(iri: str) -> str:
    try:
        return _node(iri).value
    except ValueError as error:
        raise UnusableInputError(f"{iri!r} is not an absolute IRI") from error


def _collection(graphs: Sequence[NamedGraph]) -> str:
    """Return an IRI that the same set of plans always has."""
    names = "\n".join(graph.name for graph in graphs)
    return f"{_base(graphs[0])}collection/{hashlib.sha256(names.encode()).hexdigest()[:16]}"


def _base(graph: NamedGraph) -> str:
    """Return what the IRI of the plan stands under."""
    head, separator, _ = graph.plan.rpartition("/plan/")
    return f"{head}/" if separator else f"{graph.plan}/"


def _segment(iri: str) -> str:
    """Return a part of an IRI that names another: ``sg:Goal``, or all of it where it has no usual prefix."""
    for prefix, namespace in _prefixes().items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return quote(iri, safe="")


@cache
def _prefixes() -> Mapping[str, str]:
    return dict(sorted({**known_prefixes(), **_OF_DESCRIPTIONS}.items()))


def _occurs(namespace: str, triples: Sequence[Triple]) -> bool:
    return any(f"<{namespace}" in str(triple) for triple in triples)


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return _node(_prefixes()[prefix] + local)


def _node(iri: str) -> NamedNode:
    from pyoxigraph import NamedNode

    return NamedNode(iri)


def _text(text: str, language: str | None = None) -> Literal:
    from pyoxigraph import Literal

    return Literal(text, language=language)


def _typed(text: str, datatype: str) -> Literal:
    from pyoxigraph import Literal

    return Literal(text, datatype=_term(datatype))


def _number(count: int) -> Literal:
    return _typed(str(count), "xsd:integer")
