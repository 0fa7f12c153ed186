"""How a graph looks wherever it is shown: texts on one line, colours, labels of terms, pages without script.

The table of colours is ``palette.toml``, beside this module; the labels, and what they mean, are the
ontology's.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from rdflib import RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from strategraph.knowledge import resources
from strategraph.knowledge.typed_tables import read_table
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

LABEL_LENGTH = 80
_SPACES = re.compile(r"\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_NOT_IN_XML = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u2060\ufffe\uffff]")
_STRUCTURAL = re.compile(r"has[A-Z]")


def one_line(text: str) -> str:
    """Return the text without control characters: a space for a tab or line end, nothing for the others.

    What XML cannot hold goes as well; all else stays as it is.

    >>> one_line("a\\n\\x07b")
    'a b'
    """
    # Most texts have nothing of that, and looking for it so is quicker.
    return text if text.isprintable() else _NOT_IN_XML.sub("", _SPACES.sub(" ", text))


def visible(text: str) -> str:
    """Return a text with every control character, and what XML cannot hold, as an escape of N-Triples.

    So is the word joiner, which marks words for Gephi elsewhere.

    >>> print(visible("bell\\x07"))
    bell\\u0007
    """
    return _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04X}", text)


def local_name(iri: Node) -> str:
    """Return the last part of an IRI, or all of it if that is empty.

    >>> from rdflib import URIRef
    >>> local_name(URIRef("https://example.org/ns#Goal"))
    'Goal'
    """
    return re.split(r"[/#]", str(iri))[-1] or str(iri)


@cache
def colors() -> Mapping[str, str]:
    """Return the colour (#rrggbb) of each class, by the class's local name.

    >>> colors()["TargetGroup"]
    '#e69f00'
    """
    kind = Mapping[str, Mapping[str, str]]
    table: kind = read_table(kind, Path(__file__).with_name("palette.toml"))  # type: ignore[type-abstract]
    return MappingProxyType({name: color for family in table.values() for name, color in family.items()})


def web_text(text: str) -> str:
    """Return a text as HTML that says it, on one line.

    >>> web_text("a\\n<b>")
    'a &lt;b&gt;'
    """
    return escape(one_line(text))


def web_page(title: str, style: str, main: str, foot: str = "") -> bytes:
    """Return a page without script, to be read, printed and attached, as UTF-8.

    ``main`` and ``foot`` are HTML. The page's policy lets in nothing but its own style.
    """
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src '{checksum(style)}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{web_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"{main}</main>\n{foot}</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def checksum(text: str) -> str:
    """Return what a policy calls a style or a script by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A class or property: its local name, its label, its definition.

    ``family`` is of a class the topmost class above it ("PlanElement" of a goal); ``provenance`` of a
    property how its values are known ("extracted", "computed", "table", "" if the ontology does not say).
    """

    name: str
    label: str
    definition: str
    family: str = ""
    provenance: str = ""


@cache
def terms() -> Mapping[str, OntologyTerm]:
    """Return the terms of our ontology, by local name."""
    graph = load_graph(resources.path("ontology", "strategraph.ttl"))
    found = (subject for subject in graph.subjects(RDFS.label) if str(subject).startswith(str(SG)))
    return MappingProxyType(
        {term.name: term for term in (_term(graph, each) for each in sorted(found, key=str))}
    )


def is_structural(property_: str) -> bool:
    """Tell whether a property of ours leads from the whole to its parts: sg:hasGoal, sg:hasMeasure …

    >>> is_structural("hasGoal"), is_structural("addresses")
    (True, False)
    """
    return _STRUCTURAL.match(property_) is not None


def name_of(term: Node) -> str:
    """Return the local name of a term of ours; of any other its IRI."""
    return str(term).removeprefix(str(SG))


def label_of(name: str) -> str:
    """Return what people call a term; one that the ontology does not have goes by the end of its name.

    >>> label_of("hasGoal"), label_of("http://purl.org/dc/terms/title")
    ('has goal', 'title')
    """
    term = terms().get(name)
    return term.label if term else re.split(r"[/#]", name)[-1]


def _term(graph: Graph, iri: Node) -> OntologyTerm:
    provenance = graph.value(iri, SG.provenance)
    return OntologyTerm(
        name=name_of(iri),
        label=str(graph.value(iri, RDFS.label)),
        definition=str(graph.value(iri, SKOS.definition) or ""),
        family=_family(graph, iri),
        provenance=name_of(provenance) if provenance is not None else "",
    )


def _family(graph: Graph, class_: Node) -> str:
    """Return the name of the topmost class of ours above a class."""
    top = class_
    seen: set[Node] = set()
    while top not in seen:
        seen.add(top)
        above = sorted(
            each
            for each in graph.objects(top, RDFS.subClassOf)
            if isinstance(each, URIRef) and str(each).startswith(str(SG))
        )
        top = above[0] if above else top
    return name_of(top)
