"""What RDF terms are written and called: in N-Triples, and as people read and type them.

Those write labels, and IRIs with a prefix or relative to the base. rdflib is imported where it is used: who
asks a store or the embedded engine needs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError

if TYPE_CHECKING:
    import pyoxigraph
    from rdflib import Graph
    from rdflib.term import Node

_LOCAL_NAME = re.compile(r"(?:\w[\w.-]*(?<!\.))?")


@lru_cache(maxsize=2**13)  # a plan's; what many plans say must not pile up
def ntriples(term: Node) -> str:
    """Return the term in canonical N-Triples.

    Raises :class:`UnusableInputError` for what RDF does not allow, which rdflib lets pass: a relative
    IRI, a space in an IRI, a malformed language tag.

    >>> from rdflib import Literal
    >>> ntriples(Literal('"two"\\n', lang="en"))
    '"\\\\"two\\\\"\\\\n"@en'
    """
    return str(oxigraph_term(term))


def oxigraph_term(term: Node) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """Return the term as pyoxigraph has it; raises as :func:`ntriples` for what RDF does not allow."""
    import pyoxigraph
    from rdflib import Literal, URIRef

    try:
        if isinstance(term, URIRef):
            return pyoxigraph.NamedNode(term)
        if not isinstance(term, Literal):
            return pyoxigraph.BlankNode(str(term))
        if term.language:
            return pyoxigraph.Literal(str(term), language=term.language)
        datatype = pyoxigraph.NamedNode(term.datatype) if term.datatype else None
        return pyoxigraph.Literal(str(term), datatype=datatype)
    except ValueError as error:
        raise UnusableInputError(f"{str(term)!r} cannot be written as RDF: {error}") from error


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
    from rdflib import URIRef

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
