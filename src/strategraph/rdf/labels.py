"""What people call nodes: labels, and IRIs as they read and type them: prefixed, or relative to the base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_LOCAL_NAME = re.compile(r"(?:\w[\w.-]*(?<!\.))?")


def short_iri(iri: str, prefixes: Mapping[str, str], base: str) -> str:
    """Return an IRI as Turtle would write it: by the longest namespace that fits, else in angle brackets.

    >>> short_iri("http://x/ns#Goal", {"x": "http://x/ns#"}, "http://y/")
    'x:Goal'
    >>> short_iri("http://y/plan/z", {"x": "http://x/ns#"}, "http://y/")
    '<plan/z>'
    """
    for prefix, namespace in sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0])):
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri.removeprefix(base) or iri}>"


def short_term(term: Node, prefixes: Mapping[str, str], base: str) -> str:
    """Return a term as Turtle would write it."""
    from rdflib import URIRef  # here, as who asks a store or the embedded engine needs no rdflib

    return short_iri(str(term), prefixes, base) if isinstance(term, URIRef) else term.n3()


def label_of(graph: Graph, node: Node, default: str = "") -> str:
    """Return what a graph calls a node: of several labels the first in order."""
    from rdflib import RDFS

    return min((str(label) for label in graph.objects(node, RDFS.label)), default=default)


def expansions(name: str, prefixes: Mapping[str, str], base: str) -> Iterator[str]:
    """Yield the IRIs that a name may stand for: itself, with its prefix resolved, against the base.

    >>> list(expansions("<x:Goal>", {"x": "http://x/ns#"}, "http://y/"))
    ['x:Goal', 'http://x/ns#Goal', 'http://y/x:Goal']
    """
    name = name.strip().removeprefix("<").removesuffix(">")
    yield name
    prefix, colon, local = name.partition(":")
    if colon and prefix in prefixes:
        yield prefixes[prefix] + local
    yield base + name
