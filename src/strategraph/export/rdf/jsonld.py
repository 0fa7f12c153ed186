"""JSON-LD, compacted with the context of ``ontology/context.jsonld``, which the document carries within it.

Nothing is fetched, now or by a reader. Only what cannot be misread is shortened: a value that a term of the
context does not describe in full is written out (``{"@value": …, "@type": …}``) under its full name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.reading_order import ReadingOrder
from strategraph.export.snapshot import with_stable_names
from strategraph.knowledge import resources
from strategraph.rdf.terms import ntriples

# JSON numbers that give back exactly this text; greater ones lose digits in some readers.
_NATIVE_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


def write(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as JSON-LD: the context, then a node object for each subject in reading order."""
    content = json.loads(resources.path("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    context = _Context(content)
    order = ReadingOrder(with_stable_names(graph))
    nodes = [
        _node(subject, order, context.within(order.graph.objects(subject, RDF.type)))
        for section in order.sections
        for subject in section.subjects
    ]
    document = {"@context": content, context.keyword("@graph"): nodes}
    file.write(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the context: its IRI, the type it gives to plain values, and what it gathers them in."""

    name: str
    iri: str
    type: str | None
    containers: frozenset[str]


class _Context:
    """What ours uses of a JSON-LD 1.1 context: prefixes, coerced types, language maps, class scopes."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._prefixes = {
            name: value
            for name, value in definitions.items()
            if isinstance(value, str) and value.endswith(("/", "#"))
        }
        self._keywords = {value: name for name, value in definitions.items() if isinstance(value, str)}
        self._terms: dict[str, list[_Term]] = {}
        for name, value in definitions.items():
            definition = {"@id": value} if isinstance(value, str) else value
            if name.startswith("@") or name in self._prefixes or definition["@id"].startswith("@"):
                continue
            container = definition.get("@container", [])
            term = _Term(
                name,
                self._expanded(definition["@id"]),
                self._expanded(definition["@type"]) if "@type" in definition else None,
                frozenset([container] if isinstance(container, str) else container),
            )
            self._terms.setdefault(term.iri, []).append(term)
        self._scopes: dict[tuple[str, ...], _Context] = {}

    def within(self, classes: Iterable[Node]) -> _Context:
        """Return the context for a node of these classes, which may bring definitions of their own."""
        names = (term.name for class_ in classes for term in self._terms.get(str(class_), ()))
        scoped = tuple(sorted(name for name in names if "@context" in (self._definitions[name] or ())))
        if not scoped:
            return self
        if scoped not in self._scopes:
            merged = dict(self._definitions)
            for name in scoped:
                merged |= self._definitions[name]["@context"]
            self._scopes[scoped] = _Context(merged)
        return self._scopes[scoped]

    def keyword(self, name: str) -> str:
        """Return the context's name for a keyword such as ``@id``."""
        return self._keywords.get(name, name)

    def name(self, iri: str) -> str:
        """Return the shortest name of a class or property."""
        terms = self._terms.get(iri)
        return terms[0].name if terms else self.compact(iri)

    def compact(self, iri: str) -> str:
        """Return an IRI with its prefix, or whole if none fits: never a term, which would add its rules."""
        for prefix, namespace in self._prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and local and "/" not in local:
                return f"{prefix}:{local}"
        return iri

    def term(self, predicate: str, type_: str | None, container: str | None = None) -> _Term | None:
        """Return the predicate's term that gives plain values this type and gathers them so, if any."""
        for term in self._terms.get(predicate, ()):
            if term.type == type_ and term.containers - {"@set"} == ({container} if container else set()):
                return term
        return None

    def _expanded(self, compact: str) -> str:
        prefix, _, local = compact.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else compact


def _node(subject: Node, order: ReadingOrder, context: _Context) -> dict[str, Any]:
    node: dict[str, Any] = {context.keyword("@id"): _id(subject)}
    for predicate, objects in order.properties(subject):
        ntriples(predicate)
        for object_ in objects:
            if predicate == RDF.type and isinstance(object_, URIRef):
                ntriples(object_)
                _add(node, context.keyword("@type"), context.name(str(object_)))
            elif isinstance(object_, Literal):
                _add_literal(node, str(predicate), object_, context)
            else:
                _add_reference(node, str(predicate), object_, context)
    return node


def _add_reference(node: dict[str, Any], predicate: str, object_: Node, context: _Context) -> None:
    if term := context.term(predicate, "@id"):
        _add(node, term.name, _id(object_), as_list="@set" in term.containers)
    elif isinstance(object_, URIRef) and (term := context.term(predicate, "@vocab")):
        _add(node, term.name, context.name(_id(object_)))
    else:
        _add(node, _plain_name(predicate, context), {context.keyword("@id"): _id(object_)})


def _add_literal(node: dict[str, Any], predicate: str, literal: Literal, context: _Context) -> None:
    ntriples(literal)
    text = str(literal)
    if literal.language:
        if term := context.term(predicate, None, "@language"):
            _add(node.setdefault(term.name, {}), literal.language, text, as_list="@set" in term.containers)
        else:
            _add(node, _plain_name(predicate, context), {"@value": text, "@language": literal.language})
    elif literal.datatype is None or literal.datatype == XSD.string:
        _add(node, _plain_name(predicate, context), text)
    elif term := context.term(predicate, str(literal.datatype)):
        native = literal.datatype == XSD.integer and _NATIVE_INTEGER.fullmatch(text)
        _add(node, term.name, int(text) if native else text, as_list="@set" in term.containers)
    else:
        value = {"@value": text, context.keyword("@type"): context.name(str(literal.datatype))}
        _add(node, _plain_name(predicate, context), value)


def _plain_name(predicate: str, context: _Context) -> str:
    """Return a name for the predicate that adds nothing to its values."""
    term = context.term(predicate, None)
    return term.name if term else context.compact(predicate)


def _add(values: dict[str, Any], key: str, value: Any, *, as_list: bool = False) -> None:
    """Put a value under a key; the second one makes a list of it."""
    if key not in values:
        values[key] = [value] if as_list else value
    elif isinstance(values[key], list):
        values[key].append(value)
    else:
        values[key] = [values[key], value]


def _id(term: Node) -> str:
    text = ntriples(term)
    return text if isinstance(term, BNode) else str(term)
