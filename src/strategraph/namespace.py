"""The ontology's terms as Python names, and what code needs to know of them.

``SG`` is closed: a mistyped term raises ``AttributeError`` instead of making up an IRI. A test holds it
against ``ontology/strategraph.ttl``, both ways.
"""

# ruff: noqa: N815  (names in mixed case are the ontology's own)

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

# --------------------------------------------------------------------------------------------------
# Terms


class SG(DefinedNamespace):
    """The terms of ``ontology/strategraph.ttl``."""

    _fail = True
    _NS = Namespace("https://w3id.org/strategraph/ns#")

    # The plan, where it is written, who and what it names
    StrategicPlan: URIRef
    SourceDocument: URIRef
    Organization: URIRef
    Event: URIRef
    TargetGroup: URIRef
    Theme: URIRef

    # What a plan is made of
    PlanElement: URIRef
    Vision: URIRef
    Mission: URIRef
    Value: URIRef
    Goal: URIRef
    Priority: URIRef
    Objective: URIRef
    Outcome: URIRef
    Output: URIRef
    Target: URIRef
    Indicator: URIRef
    Action: URIRef
    Commitment: URIRef
    Purpose: URIRef

    # What a plan refers to
    Instrument: URIRef
    Resolution: URIRef
    Decision: URIRef
    Recommendation: URIRef
    Opinion: URIRef
    Treaty: URIRef
    Legislation: URIRef
    Order: URIRef
    Policy: URIRef

    # Documents that are cited and decide nothing; what resolutions are made of
    CitedDocument: URIRef
    Provision: URIRef
    PreambularParagraph: URIRef
    OperativeParagraph: URIRef

    # How a fact is known
    Evidence: URIRef
    GivenFact: URIRef
    ProvenanceKind: URIRef
    extracted: URIRef
    computed: URIRef
    table: URIRef

    # Structure
    hasElement: URIRef
    hasVision: URIRef
    hasMission: URIRef
    hasValue: URIRef
    hasGoal: URIRef
    hasPriority: URIRef
    hasObjective: URIRef
    hasOutcome: URIRef
    hasOutput: URIRef
    hasTarget: URIRef
    hasIndicator: URIRef
    hasAction: URIRef
    hasCommitment: URIRef
    hasPurpose: URIRef
    inPlan: URIRef
    position: URIRef
    presents: URIRef

    # Links
    namesGroup: URIRef
    addresses: URIRef
    involves: URIRef
    mentionsGroup: URIRef
    concerns: URIRef
    aimsAt: URIRef
    owner: URIRef
    mentions: URIRef
    contributesTo: URIRef

    # Links to instruments, and between them
    cites: URIRef
    adoptedBy: URIRef
    approvedBy: URIRef
    endorsedBy: URIRef
    revisedBy: URIRef
    extendedBy: URIRef
    implements: URIRef
    amends: URIRef
    pursuantTo: URIRef
    issuedBy: URIRef
    revisionOf: URIRef
    revisedAt: URIRef

    # Resolutions: their text, their provisions, what they do to each other
    textOf: URIRef
    hasProvision: URIRef
    addressee: URIRef
    reportsTo: URIRef
    force: URIRef
    citesDocument: URIRef
    repeals: URIRef
    replaces: URIRef
    recalls: URIRef
    reaffirms: URIRef
    operativeVerb: URIRef
    due: URIRef
    symbol: URIRef
    date: URIRef
    year: URIRef

    # Literals
    statement: URIRef
    number: URIRef
    startYear: URIRef
    endYear: URIRef
    revisionYear: URIRef
    revisionPlace: URIRef
    session: URIRef
    verb: URIRef
    object: URIRef
    byteSha256: URIRef
    textSha256: URIRef

    # Literals of evidence and of given facts
    line: URIRef
    page: URIRef
    eId: URIRef
    rule: URIRef
    confidence: URIRef
    via: URIRef
    givenBy: URIRef

    # Annotations of terms
    provenance: URIRef
    stratmlElement: URIRef


class OA(DefinedNamespace):
    """The terms of the W3C Web Annotation Vocabulary that evidence uses or is aligned with."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasSource: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


# --------------------------------------------------------------------------------------------------
# Classes

ELEMENT_CLASSES: tuple[URIRef, ...] = (
    SG.Vision,
    SG.Mission,
    SG.Value,
    SG.Goal,
    SG.Priority,
    SG.Objective,
    SG.Outcome,
    SG.Output,
    SG.Target,
    SG.Indicator,
    SG.Action,
    SG.Commitment,
    SG.Purpose,
)
"""The kinds of plan element, from the most general to the most particular."""

INSTRUMENT_CLASSES: tuple[URIRef, ...] = (
    SG.Resolution,
    SG.Decision,
    SG.Recommendation,
    SG.Opinion,
    SG.Treaty,
    SG.Legislation,
    SG.Order,
    SG.Policy,
)
"""The kinds of instrument."""

PROVISION_CLASSES: tuple[URIRef, ...] = (SG.PreambularParagraph, SG.OperativeParagraph)
"""The kinds of provision of a resolution."""

SUPERCLASSES: Mapping[URIRef, tuple[URIRef, ...]] = MappingProxyType(
    dict.fromkeys(ELEMENT_CLASSES, (SG.PlanElement,))
    | dict.fromkeys(INSTRUMENT_CLASSES, (SG.Instrument,))
    | dict.fromkeys(PROVISION_CLASSES, (SG.Provision,))
    | dict.fromkeys(
        (
            SG.CitedDocument,
            SG.Provision,
            SG.StrategicPlan,
            SG.SourceDocument,
            SG.Organization,
            SG.Event,
            SG.TargetGroup,
            SG.Theme,
            SG.PlanElement,
            SG.Instrument,
            SG.Evidence,
            SG.GivenFact,
        ),
        (),
    )
)
"""Of every class a node can have, the superclasses of ours: data spells them out, as stores do not infer."""

EXTERNAL_SUPERCLASSES: Mapping[URIRef, tuple[URIRef, ...]] = MappingProxyType(
    {
        SG.StrategicPlan: (PROV.Plan,),
        SG.SourceDocument: (PROV.Entity,),
        SG.Organization: (ORG.Organization,),
        SG.TargetGroup: (SKOS.Concept,),
        SG.Theme: (SKOS.Concept,),
        SG.Evidence: (RDF.Statement,),
        SG.GivenFact: (RDF.Statement,),
    }
)
"""The superclasses from other vocabularies that the ontology itself states; more are in the alignments."""

# --------------------------------------------------------------------------------------------------
# Properties


def _local(term: URIRef) -> str:
    return term.removeprefix(str(SG))


HAS: Mapping[str, URIRef] = MappingProxyType(
    {_local(kind): SG[f"has{_local(kind)}"] for kind in ELEMENT_CLASSES}
)
"""From an element's kind ("Goal") to the property that leads to it from its parent (``sg:hasGoal``)."""

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

INSTRUMENT_RELATIONS: frozenset[URIRef] = frozenset(
    {SG.amends, SG.repeals, SG.replaces, SG.recalls, SG.reaffirms, SG.implements}
)
"""What a text can say that one instrument does to another."""

PROVISION_FACTS: frozenset[URIRef] = frozenset(
    {SG.hasProvision, SG.operativeVerb, SG.addressee, SG.due, SG.reportsTo, SG.citesDocument}
)
"""What is read of the provisions of a resolution, and of the documents that a text cites."""

EXTRACTED: frozenset[URIRef] = (
    frozenset(HAS.values())
    | PLAN_INSTRUMENT_LINKS
    | INSTRUMENT_RELATIONS
    | PROVISION_FACTS
    | {
        SG.aimsAt,
        SG.addresses,
        SG.involves,
        SG.mentionsGroup,
        SG.concerns,
        SG.contributesTo,
        SG.owner,
        SG.mentions,
        SG.startYear,
        SG.endYear,
        DCTERMS.title,
    }
)
"""The predicates whose triples are read from the text and so need evidence.

Of ``dcterms:title`` that is the plan's; an element's title is part of the words behind its ``sg:has…``.
A triple that the user or a curator gave has a ``sg:GivenFact`` in place of evidence.
"""

# --------------------------------------------------------------------------------------------------
# Serialisation

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcterms": str(DCTERMS),
        "eli": "http://data.europa.eu/eli/ontology#",
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
