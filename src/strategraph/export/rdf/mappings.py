"""SSSOM: how a graph's concepts map to those of other vocabularies, a table with a line for each mapping.

The columns and the head are those of the Simple Standard for Sharing Ontological Mappings (TSV form).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import BinaryIO

from rdflib import RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from strategraph.knowledge import resources
from strategraph.model.identifiers import CONCEPT_BASE

_NAMESPACES = {
    "dpv": "https://w3id.org/dpv#",
    "eurovoc": "http://eurovoc.europa.eu/",
    "group": f"{CONCEPT_BASE}target-group/",
    "sdg": "http://metadata.un.org/sdg/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": str(SKOS),
    "theme": f"{CONCEPT_BASE}theme/",
    "unbis": "http://metadata.un.org/thesaurus/",
    "unesco": "http://vocabularies.unesco.org/thesaurus/",
}
_RELATIONS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_SET = "https://w3id.org/strategraph/mappings"
_OWN_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_UNKNOWN_LICENCE = "https://w3id.org/sssom/license/unspecified"
_READ_AT_ITS_SOURCE, _NOT_TOLD = "semapv:ManualMappingCuration", "semapv:UnspecifiedMatching"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
)
_LOCAL = re.compile(r"[^/#]*\Z")


def write(graph: Graph, file: BinaryIO) -> None:
    """Write the SKOS mappings of a graph in the order of their identifiers.

    A mapping of our own vocabularies was made by hand, each object read at its source
    (``data/vocabularies/verified-iris.tsv``, which gives its label); how another was made is not known.
    """
    mappings = {
        (str(subject), str(relation), str(object_)): _label(graph, subject)
        for relation in _RELATIONS
        for subject, object_ in graph.subject_objects(relation)
        if isinstance(subject, URIRef) and isinstance(object_, URIRef)
    }
    prefixes = _prefixes(iri for mapping in mappings for iri in mapping)
    own = all(subject.startswith(CONCEPT_BASE) for subject, _, _ in mappings)
    rows = sorted(
        (
            *(_curie(subject, prefixes), label, _curie(relation, prefixes), _curie(object_, prefixes)),
            *_known().get(object_, ("", _NOT_TOLD)),
        )
        for (subject, relation, object_), label in mappings.items()
    )
    head = ["# curie_map:", *(f"#   {name}: {prefixes[name]}" for name in sorted(prefixes))]
    head += [f"# mapping_set_id: {_SET}", f"# license: {_OWN_LICENCE if own else _UNKNOWN_LICENCE}"]
    lines = [*head, "\t".join(_COLUMNS), *("\t".join(" ".join(cell.split()) for cell in row) for row in rows)]
    file.write("".join(f"{line}\n" for line in lines).encode())


def _label(graph: Graph, node: Node) -> str:
    labels = [*graph.objects(node, SKOS.prefLabel), *graph.objects(node, RDFS.label)]
    ranked = sorted(((getattr(label, "language", None) or "~") != "en", str(label)) for label in labels)
    return ranked[0][1] if ranked else ""


def _prefixes(iris: Iterable[str]) -> dict[str, str]:
    """Return the namespaces of IRIs by prefix: those that have one, others numbered in their order."""
    found = {"semapv": _NAMESPACES["semapv"]}
    others = set()
    for iri in iris:
        name = _prefix(iri, _NAMESPACES)
        if name:
            found[name] = _NAMESPACES[name]
        else:
            others.add(_LOCAL.sub("", iri))
    found.update((f"ns{number}", namespace) for number, namespace in enumerate(sorted(others), start=1))
    return found


def _curie(iri: str, prefixes: Mapping[str, str]) -> str:
    name = _prefix(iri, prefixes)
    return f"{name}:{iri.removeprefix(prefixes[name])}"


def _prefix(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [name for name, namespace in prefixes.items() if iri.startswith(namespace)]
    return max(fitting, key=lambda name: len(prefixes[name]), default="")


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Return the label and the justification of each object that was read at its source.

    Labels of the UNESCO Thesaurus have another licence and are left out.
    """
    found: dict[str, tuple[str, str]] = {}
    for name, labelled in (("verified-iris.tsv", True), ("verified-iris-unesco.tsv", False)):
        with resources.path("data", "vocabularies", name).open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table, delimiter="\t"):
                found[row["iri"]] = (row["label"] if labelled else "", _READ_AT_ITS_SOURCE)
    return found
