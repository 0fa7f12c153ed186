"""The ontology's terms as Python names, and what code needs to know of them.

``SG`` is closed: a mistyped term raises ``AttributeError`` instead of making up an IRI. Its terms, their
superclasses, inverses and where their values come from are told once, in ``ontology/strategraph.ttl``; they
are read from there by how the file is laid out, since every command that makes a graph waits for it and a
parser takes ten times as long. A test holds what is read against what a parser reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace, DefinedNamespaceMeta

from strategraph.knowledge import resources

# --------------------------------------------------------------------------------------------------
# Vocabularies


class _Terms(DefinedNamespaceMeta):
    """Tells type checkers what the attributes are of a vocabulary whose terms are read from a file."""

    def __getattr__(self, name: str) -> URIRef:
        term: URIRef = super().__getattr__(name)
        return term


class SG(DefinedNamespace, metaclass=_Terms):
    """The terms of ``ontology/strategraph.ttl``."""

    _fail = True
    _NS = Namespace("https://w3id.org/strategraph/ns#")


class OA(DefinedNamespace):
    """The terms of the W3C Web Annotation Vocabulary that evidence uses or is aligned with."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasSource: URIRef  # noqa: N815 (the vocabulary's own)
    prefix: URIRef
    start: URIRef
    suffix: URIRef


class ELI(DefinedNamespace):
    """The terms of the European Legislation Identifier ontology that instruments use."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/eli/ontology#")

    LegalResource: URIRef


CHANGE = Namespace("https://w3id.org/strategraph/change#")
"""The terms of ``ontology/changes.ttl``, by which two editions are compared."""

SDG_ONTOLOGY = Namespace("http://metadata.un.org/sdg/ontology#")

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "change": str(CHANGE),
        "dcterms": str(DCTERMS),
        "eli": str(ELI),
        "oa": str(OA),
        "org": str(ORG),
        "owl": str(OWL),
        "prov": str(PROV),
        "rdf": str(RDF),
        "rdfs": str(RDFS),
        "schema": str(SDO),
        "sg": str(SG),
        "skos": str(SKOS),
        "xsd": str(XSD),
    }
)
"""The prefixes of everything strategraph writes, in alphabetical order."""

# --------------------------------------------------------------------------------------------------
# What the ontology says


def _statements() -> dict[str, str]:
    """Return the terms that the ontology describes, in its order, with what it says of each, as Turtle."""
    ontology = resources.path("ontology", "strategraph.ttl").read_text(encoding="utf-8")
    statements = (statement.rpartition("\n\n")[2].lstrip() for statement in ontology.split(" .\n"))
    return {term: said for term, _, said in (statement.partition(" ") for statement in statements)}


def _values(term: str, property_: str) -> tuple[URIRef, ...]:
    values = _STATEMENTS[term].partition(f"\n    {property_} ")[2].partition(" ;")[0]
    return tuple(map(_iri, values.split(", "))) if values else ()


def _iri(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


_STATEMENTS = _statements()
_OURS = [term for term in _STATEMENTS if term.startswith("sg:")]
SG.__annotations__ = {term.removeprefix("sg:"): URIRef for term in _OURS}

# A term is asked for some ten thousand times in a build: as an attribute of its own it needs no look-up.
for _vocabulary in (SG, OA, ELI):
    for _term in _vocabulary.__annotations__:
        setattr(_vocabulary, _term, _vocabulary._NS[_term])

# --------------------------------------------------------------------------------------------------
# Classes

_STATED_SUPERCLASSES: dict[URIRef, tuple[URIRef, ...]] = {
    _iri(term): _values(term, "rdfs:subClassOf")
    for term in _OURS
    if term[3].isupper() and term != "sg:ProvenanceKind"
}


def _kinds(above: URIRef) -> tuple[URIRef, ...]:
    return tuple(class_ for class_, superclasses in _STATED_SUPERCLASSES.items() if above in superclasses)


ELEMENT_CLASSES: tuple[URIRef, ...] = _kinds(SG.PlanElement)
"""The kinds of plan element, from the most general to the most particular."""

INSTRUMENT_CLASSES: tuple[URIRef, ...] = _kinds(SG.Instrument)
"""The kinds of instrument."""

PROVISION_CLASSES: tuple[URIRef, ...] = _kinds(SG.Provision)
"""The kinds of provision of a resolution."""

SUPERCLASSES: Mapping[URIRef, tuple[URIRef, ...]] = MappingProxyType(
    {
        class_: tuple(one for one in superclasses if one in _STATED_SUPERCLASSES)
        for class_, superclasses in _STATED_SUPERCLASSES.items()
    }
)
"""Of every class a node can have, the superclasses of ours: data spells them out, as stores do not infer."""

EXTERNAL_SUPERCLASSES: Mapping[URIRef, tuple[URIRef, ...]] = MappingProxyType(
    {
        class_: outside
        for class_, superclasses in _STATED_SUPERCLASSES.items()
        if (outside := tuple(one for one in superclasses if one not in _STATED_SUPERCLASSES))
    }
)
"""The superclasses from other vocabularies that the ontology states and data spells out; more are in the
alignments."""


def types(class_: URIRef) -> tuple[URIRef, ...]:
    """Return a class with all superclasses that data spells out.

    >>> [str(each).rpartition("/")[2] for each in types(SG.Theme)]
    ['ns#Theme', 'core#Concept']
    """
    ours = (class_, *SUPERCLASSES[class_])
    return (*ours, *(outside for each in ours for outside in EXTERNAL_SUPERCLASSES.get(each, ())))


# --------------------------------------------------------------------------------------------------
# Properties

HAS: Mapping[str, URIRef] = MappingProxyType(
    {kind: SG[f"has{kind}"] for kind in (class_.removeprefix(str(SG)) for class_ in ELEMENT_CLASSES)}
)
"""From an element's kind ("Goal") to the property that leads to it from its parent (``sg:hasGoal``)."""

TO_ELEMENTS: frozenset[URIRef] = frozenset(HAS.values())
"""The properties that lead to elements."""

PLAN_INSTRUMENT_LINKS: frozenset[URIRef] = frozenset(
    {
        SG.cites,
        SG.adoptedBy,
        SG.approvedBy,
        SG.endorsedBy,
        SG.revisedBy,
        SG.extendedBy,
        SG.implements,
        SG.amends,
        SG.pursuantTo,
    }
)
"""What a citation can say of the plan and the cited instrument; the citation is the evidence."""

NAMING: frozenset[URIRef] = frozenset({SG.addresses, SG.involves, SG.mentionsGroup, SG.concerns})
"""What leads from an element to the groups and themes that its words name: on a commitment or purpose, and
also on the element in whose prose it stands."""

INVERSES: Mapping[URIRef, URIRef] = MappingProxyType(
    {_iri(term): other for term in _OURS for other in _values(term, "owl:inverseOf")}
)
"""The properties that only turn another round, each with that other one. Builds never write them."""

EXTRACTED: frozenset[URIRef] = frozenset(
    _iri(term) for term, said in _STATEMENTS.items() if " sg:provenance sg:extracted ;" in said
)
"""The predicates whose triples are read from the text and so need evidence.

Of ``dcterms:title`` that is the plan's; an element's title is part of the words behind its ``sg:has…``.
A triple that the user or a curator gave has a ``sg:GivenFact`` in place of evidence.
"""

OUTSIDE_TERMS: frozenset[URIRef] = frozenset(
    {
        *(_iri(term) for term in _STATEMENTS.keys() - set(_OURS) if " sg:provenance " in _STATEMENTS[term]),
        *(term for terms in EXTERNAL_SUPERCLASSES.values() for term in terms),
        *(RDF.type, RDFS.seeAlso, SKOS.Concept, SKOS.editorialNote, SDG_ONTOLOGY.Goal, SDG_ONTOLOGY.Target),
        *(PROV.Activity, PROV.SoftwareAgent, PROV.Agent, PROV.wasAttributedTo),
    }
)
"""Every term of another vocabulary that a build writes: a graph with others was not made by one."""
