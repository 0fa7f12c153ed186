"""Which classes and properties are known: those of the ontology, and of the vocabularies it builds on."""

from __future__ import annotations

from difflib import get_close_matches

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, URIRef
from rdflib.term import Node

from strategraph.rdf.namespace import ELI, OA, OUTSIDE_TERMS, PREFIXES, SG, SUPERCLASSES

_OURS = frozenset(str(term) for term in dir(SG))
_WHOLE = (DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD)
_OTHERS = frozenset(str(term) for vocabulary in (*_WHOLE, OA, ELI) for term in dir(vocabulary))
_CLASSES = frozenset(str(term) for term in SUPERCLASSES)


def is_invented(term: Node) -> bool:
    """Whether a term is in our namespace but not in the ontology."""
    return str(term).startswith(str(SG)) and str(term) not in _OURS


def is_misspelt(term: Node) -> bool:
    """Whether a term is in the namespace of a vocabulary that is known whole, but not in the vocabulary.

    >>> is_misspelt(DCTERMS.title), is_misspelt(URIRef(f"{DCTERMS}titel"))
    (False, True)
    """
    return any(str(term).startswith(str(one)) for one in _WHOLE) and str(term) not in _OTHERS


def is_unwritten(term: Node) -> bool:
    """Whether a term, though spelt right, is of another vocabulary and none of those that a build writes."""
    return not str(term).startswith(str(SG)) and term not in OUTSIDE_TERMS and not is_misspelt(term)


def is_known_class(term: Node) -> bool:
    """Whether a term is a class of the ontology whose instances are data, or a term it builds on."""
    return str(term) in _CLASSES or str(term) in _OTHERS


def is_known_property(term: Node) -> bool:
    """Whether a term is a property of the ontology, or a term it builds on."""
    return str(term) in _OURS - _CLASSES or str(term) in _OTHERS


def suggestion(term: Node) -> str:
    """Return ``; did you mean …?`` for a term of our namespace that is close to one of the ontology, else "".

    >>> suggestion(URIRef("https://w3id.org/strategraph/ns#Gaol"))
    '; did you mean sg:Goal?'
    """
    if not is_invented(term):
        return ""
    close = get_close_matches(str(term), sorted(_OURS), n=1)
    return f"; did you mean {shown(URIRef(close[0]))}?" if close else ""


def shown(term: Node) -> str:
    """Return an IRI for people to read: with its prefix if it is of a vocabulary in use here.

    >>> shown(SG.Goal), shown(URIRef("https://example.org/x"))
    ('sg:Goal', '<https://example.org/x>')
    """
    for prefix, namespace in (*PREFIXES.items(), ("sgsh", "https://w3id.org/strategraph/shapes#")):
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return f"<{term}>" if isinstance(term, URIRef) else f"_:{term}"
