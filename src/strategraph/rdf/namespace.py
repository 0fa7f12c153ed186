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

    # How much, by when, by whom
    Measure: URIRef
    hasMeasure: URIRef
    value: URIRef
    unit: URIRef
    comparator: URIRef
    baselineValue: URIRef
    baselineYear: URIRef
    dueDate: URIRef
    responsible: URIRef
    due: URIRef
    budget: URIRef
    modality: URIRef

    # Who has a part in it, and what was reached
    Stakeholder: URIRef
    Role: URIRef
    Person: URIRef
    Relationship: URIRef
    hasStakeholder: URIRef
    party: URIRef
    stakeholderType: URIRef
    hasRole: URIRef
    roleType: URIRef
    submitter: URIRef
    coOwner: URIRef
    hasRelationship: URIRef
    relationshipType: URIRef
    referentIdentifier: URIRef
    referent: URIRef
    result: URIRef
    measurement: URIRef
    periodStart: URIRef
    periodEnd: URIRef
    descriptorName: URIRef
    descriptorValue: URIRef
    unitText: URIRef
    indicatorType: URIRef
    valueChainStage: URIRef
    documentType: URIRef
    startDate: URIRef
    endDate: URIRef
    publishedAt: URIRef
    otherInformation: URIRef

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
    supports: URIRef

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

    # The way back, which builds never write
    elementOf: URIRef
    presentedBy: URIRef
    ownerOf: URIRef
    addressedBy: URIRef
    citedBy: URIRef
    adopts: URIRef
    hasRevision: URIRef
    supportedBy: URIRef

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
    xpath: URIRef
    rule: URIRef
    confidence: URIRef
    via: URIRef
    givenBy: URIRef

    # What evidence is about, where OWL DL is to keep it
    aboutSubject: URIRef
    aboutProperty: URIRef
    aboutObject: URIRef
    aboutValue: URIRef

    # Literals of what made a graph
    version: URIRef
    vocabulariesSha256: URIRef
    rulesSha256: URIRef
    modelsSha256: URIRef
    shapesSha256: URIRef
    ontologySha256: URIRef
    option: URIRef

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


class ELI(DefinedNamespace):
    """The terms of the European Legislation Identifier ontology that instruments use."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/eli/ontology#")

    LegalResource: URIRef


CHANGE = Namespace("https://w3id.org/strategraph/change#")
"""The terms of ``ontology/changes.ttl``, by which two editions are compared."""

# A term is asked for some ten thousand times in a build: as an attribute of its own it needs no look-up.
for _vocabulary in (SG, OA, ELI):
    for _term in _vocabulary.__annotations__:
        if not _term.startswith("_"):
            setattr(_vocabulary, _term, _vocabulary[_term])

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
            SG.Measure,
            SG.Stakeholder,
            SG.Role,
            SG.Person,
            SG.Relationship,
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
        SG.StrategicPlan: (PROV.Plan, PROV.Entity),
        SG.SourceDocument: (PROV.Entity,),
        SG.Organization: (ORG.Organization,),
        SG.Measure: (SDO.QuantitativeValue,),
        SG.Person: (SDO.Person,),
        SG.TargetGroup: (SKOS.Concept,),
        SG.Theme: (SKOS.Concept,),
        SG.Treaty: (ELI.LegalResource,),
        SG.Legislation: (ELI.LegalResource,),
        SG.Order: (ELI.LegalResource,),
        SG.Evidence: (RDF.Statement, OA.TextQuoteSelector, OA.TextPositionSelector),
        SG.GivenFact: (RDF.Statement,),
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


def _local(term: URIRef) -> str:
    return term.removeprefix(str(SG))


HAS: Mapping[str, URIRef] = MappingProxyType(
    {_local(kind): SG[f"has{_local(kind)}"] for kind in ELEMENT_CLASSES}
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

INSTRUMENT_RELATIONS: frozenset[URIRef] = frozenset(
    {SG.amends, SG.repeals, SG.replaces, SG.recalls, SG.reaffirms, SG.implements}
)
"""What a text can say that one instrument does to another."""

PROVISION_FACTS: frozenset[URIRef] = frozenset(
    {SG.hasProvision, SG.operativeVerb, SG.addressee, SG.due, SG.reportsTo, SG.citesDocument}
)
"""What is read of the provisions of a resolution, and of the documents that a text cites."""

INVERSES: Mapping[URIRef, URIRef] = MappingProxyType(
    {
        SG.elementOf: SG.hasElement,
        SG.presentedBy: SG.presents,
        SG.ownerOf: SG.owner,
        SG.addressedBy: SG.addresses,
        SG.citedBy: SG.cites,
        SG.adopts: SG.adoptedBy,
        SG.hasRevision: SG.revisionOf,
        SG.supportedBy: SG.supports,
    }
)
"""The properties that only turn another round, each with that other one. Builds never write them."""

STATED: frozenset[URIRef] = frozenset(
    {
        SG.hasStakeholder,
        SG.hasRole,
        SG.hasRelationship,
        SG.submitter,
        SG.coOwner,
        SG.unitText,
        SG.indicatorType,
        SG.valueChainStage,
        SG.documentType,
        SG.startDate,
        SG.endDate,
        SG.publishedAt,
        SG.otherInformation,
        DCTERMS.identifier,
        DCTERMS.description,
        DCTERMS.issued,
    }
)
"""What only a source in a structured format (StratML) says as such."""

EXTRACTED: frozenset[URIRef] = (
    TO_ELEMENTS
    | STATED
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
        SG.supports,
        SG.owner,
        SG.mentions,
        SG.startYear,
        SG.endYear,
        SG.hasMeasure,
        SG.responsible,
        SG.due,
        SG.budget,
        SG.modality,
        DCTERMS.title,
        DCTERMS.replaces,
    }
)
"""The predicates whose triples are read from the text and so need evidence.

Of ``dcterms:title`` that is the plan's; an element's title is part of the words behind its ``sg:has…``.
A triple that the user or a curator gave has a ``sg:GivenFact`` in place of evidence.
"""

SDG_ONTOLOGY = Namespace("http://metadata.un.org/sdg/ontology#")

OUTSIDE_TERMS: frozenset[URIRef] = frozenset(
    {
        *(term for terms in EXTERNAL_SUPERCLASSES.values() for term in terms),
        *(RDF.type, RDF.subject, RDF.predicate, RDF.object, RDFS.label, RDFS.seeAlso, OWL.sameAs),
        *(DCTERMS.title, DCTERMS.language, DCTERMS["format"], DCTERMS.source, DCTERMS.replaces),
        *(DCTERMS.identifier, DCTERMS.description, DCTERMS.issued),
        *(SDO.givenName, SDO.familyName, SDO.telephone, SDO.email, SDO.url),
        *(OA.exact, OA.prefix, OA.suffix, OA.start, OA.end),
        *(SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.broader, SKOS.inScheme, SKOS.editorialNote),
        *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
        *(PROV.Activity, PROV.SoftwareAgent, PROV.Agent, PROV.used, PROV.wasGeneratedBy),
        *(PROV.wasAssociatedWith, PROV.wasAttributedTo, PROV.endedAtTime),
        *(SDG_ONTOLOGY.Goal, SDG_ONTOLOGY.Target, SKOS.Concept),
    }
)
"""Every term of another vocabulary that a build writes: a graph with others was not made by one."""

# --------------------------------------------------------------------------------------------------
# Serialisation

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "change": "https://w3id.org/strategraph/change#",
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
