"""RDF terms as N-Triples text, written and checked by pyoxigraph."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph
from rdflib import Literal, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError


@lru_cache(maxsize=2**13)  # a plan's; what many plans say must not pile up
def ntriples(term: Node) -> str:
    """Return the term in canonical N-Triples.

    Raises :class:`UnusableInputError` for what RDF does not allow, which rdflib lets pass: a relative
    IRI, a space in an IRI, a malformed language tag.

    >>> ntriples(Literal('"two"\\n', lang="en"))
    '"\\\\"two\\\\"\\\\n"@en'
    """
    try:
        if isinstance(term, URIRef):
            return str(pyoxigraph.NamedNode(term))
        if isinstance(term, Literal):
            return str(_literal(term))
        return str(pyoxigraph.BlankNode(str(term)))
    except ValueError as error:
        raise UnusableInputError(f"{str(term)!r} cannot be written as RDF: {error}") from error


def oxigraph_term(term: Node) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """Return the term as pyoxigraph has it; as :func:`ntriples` for what RDF does not allow."""
    ntriples(term)  # raises for what cannot be written
    if isinstance(term, URIRef):
        return pyoxigraph.NamedNode(term)
    return _literal(term) if isinstance(term, Literal) else pyoxigraph.BlankNode(str(term))


def _literal(literal: Literal) -> pyoxigraph.Literal:
    if literal.language:
        return pyoxigraph.Literal(str(literal), language=literal.language)
    if literal.datatype:
        return pyoxigraph.Literal(str(literal), datatype=pyoxigraph.NamedNode(literal.datatype))
    return pyoxigraph.Literal(str(literal))
