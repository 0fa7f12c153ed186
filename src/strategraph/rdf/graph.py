"""From the plan to triples: one ``add_…`` for each kind of thing, and evidence for what the text says.

Extracted triples carry their evidence with them; computed ones and those from tables have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.knowledge import resources
from strategraph.knowledge.sdgs import sdg_of
from strategraph.model import (
    Concept,
    Deadline,
    Document,
    Element,
    Event,
    Instrument,
    Link,
    Measure,
    Organization,
    Plan,
    Provision,
    Reading,
    Support,
    Thing,
    Value,
)
from strategraph.model.identifiers import CONCEPT_BASE, GRAPH, Namer
from strategraph.rdf.indexed import IndexedGraph
from strategraph.rdf.namespace import PREFIXES, SDG_ONTOLOGY, SG
from strategraph.rdf.provenance import Making, Statements, add_making, add_node, decimal, text_sha256

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
_CLASS_OF_PART = {"preambular": SG.PreambularParagraph, "operative": SG.OperativeParagraph}
_CLASS_OF_SCHEME = {"target-group": SG.TargetGroup, "theme": SG.Theme}
_ELSEWHERE = {
    **{name: DCTERMS[name] for name in ("title", "description", "identifier", "issued")},
    "succeeds": DCTERMS.replaces,
    **{name: SDO[name] for name in ("givenName", "familyName", "telephone", "email", "url")},
}  # what has its property in another vocabulary
_DATES = frozenset({"issued", "startDate", "endDate", "periodStart", "periodEnd"})
_NODES = frozenset({"party", "referent"})
_TEXTS = frozenset({"title", "description", "statement", "otherInformation"})

_T = TypeVar("_T")


def to_graph(
    plan: Plan, document: Document, *, namer: Namer, evidence: bool = True, options: Sequence[str] = ()
) -> Graph:
    """Return the plan's graph; without ``evidence`` the light one, with the same facts.

    ``options`` are those of the build that matter, each as ``name=value``: the graph says what made it.

    Superclasses of ours and ``sg:hasElement`` are spelled out, since stores do not infer. Raises
    :class:`EvidenceError` for a quotation that is not what stands at its offsets.
    """
    builder = _GraphBuilder(plan, document, namer, evidence=evidence)
    parts: tuple[tuple[Callable[[Any], None], Sequence[object]], ...] = (
        (builder.add_element, plan.elements),
        (builder.add_concept, plan.concepts),
        (builder.add_instrument, plan.instruments),
        (builder.add_provision, plan.provisions),
        (builder.add_organization, plan.organizations),
        (builder.add_event, plan.events),
        (builder.add_link, plan.links),
        (builder.add_measure, plan.measures),
        (builder.add_deadline, plan.deadlines),
        (builder.add_thing, plan.things),
        (builder.add_value, plan.values),
    )
    builder.add_source()
    if plan.is_plan:
        builder.add_plan()
    for add, things in parts:
        for thing in things:
            add(thing)
    builder.add_modalities()
    for iri in sorted({link.object for link in plan.links if link.predicate == "contributesTo"}):
        builder.add_sdg(iri)
    builder.add_models()
    add_making(builder.graph, builder.plan_node, builder.source_node, Making(tuple(options)))
    return builder.graph


class _GraphBuilder:
    """Holds the graph while it is filled."""

    def __init__(self, plan: Plan, document: Document, namer: Namer, *, evidence: bool) -> None:
        self.plan = plan
        self.document = document
        self.namer = namer
        self.plan_node = URIRef(plan.iri)
        self.source_node = URIRef(plan.source_iri)
        # A store without contexts: a plan's graph has none, and every look-up in it costs a fraction.
        self.graph: Graph = IndexedGraph()
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)
        self.statements = Statements(self.graph, plan, document, namer, evidence=evidence)

    # -- nodes

    def add_source(self) -> None:
        source = self.plan.source
        node = self._node(self.plan.source_iri, SG.SourceDocument, source.name, "")
        charset = f"; charset={source.charset}" if source.charset else ""
        self._add(node, DCTERMS.format, Literal(source.media_type + charset))
        self._say(node, DCTERMS.source, source.address or None, URIRef)
        self._add(node, SG.byteSha256, Literal(source.sha256))
        self._add(node, SG.textSha256, Literal(text_sha256(source.text)))
        spoken = {each for e in self.plan.elements for each in (e.language, e.statement_language or "und")}
        languages = {self.document.language, *spoken} - {"und"}
        self._add(node, DCTERMS.language, *map(Literal, sorted(languages)))
        if self.plan.is_plan:
            self._add(node, SG.presents, self.plan_node)
        self._add(node, SG.textOf, *map(URIRef, self.plan.texts_of))

    def add_plan(self) -> None:
        profile = self.plan.profile
        node = self._node(self.plan.iri, SG.StrategicPlan, self.plan.label, self.document.language)
        if profile.language != "und":
            self._add(node, DCTERMS.language, Literal(profile.language))
        self._add(node, SKOS.editorialNote, *(self._text(one, "en") for one in self.plan.decisions))
        for predicate, reading, value in (
            (DCTERMS.title, profile.title, self._text),
            (SG.startYear, profile.start, _year),
            (SG.endYear, profile.end, _year),
        ):
            if reading is not None:
                self.statements.add(node, predicate, value(reading.value), _supports(reading))

    def add_element(self, element: Element) -> None:
        node = self._node(element.iri, SG[element.kind], element.label, element.language)
        self._add(node, SG.inPlan, self.plan_node)
        self._add(node, SG.position, Literal(element.position))
        if element.title:
            self._add(node, DCTERMS.title, self._text(element.title, element.language))
        if element.statement:
            stated = element.statement_language or element.language
            self._add(node, SG.statement, self._text(element.statement, stated))
        self._say(node, SG.number, element.number or None)
        self._say(node, SG.verb, element.verb or None)
        self._say(node, SG.object, element.object or None)

    def add_concept(self, concept: Concept) -> None:
        node = self._node(concept.iri, _CLASS_OF_SCHEME[concept.scheme], concept.label, concept.language)
        names = ((concept.label, concept.language), *concept.translations)
        self._add(node, SKOS.prefLabel, *(self._text(*name) for name in names))
        self._add(node, SKOS.altLabel, *(self._text(*name) for name in concept.alternatives))
        if concept.definition:
            self._add(node, SKOS.definition, Literal(concept.definition, lang="en"))
        if not concept.candidate and concept.iri.startswith(CONCEPT_BASE):
            self._add(node, SKOS.inScheme, URIRef(f"{CONCEPT_BASE}{concept.scheme}"))
        self._add(node, SKOS.broader, *map(URIRef, concept.broader))
        for relation, iri in concept.matches:
            self._add(node, SKOS[relation], URIRef(iri))

    def add_instrument(self, instrument: Instrument) -> None:
        node = self._node(instrument.iri, SG[instrument.kind], instrument.label, instrument.language)
        self._add(node, SKOS.altLabel, *map(Literal, instrument.alternatives))
        self._say(node, SG.number, instrument.number)
        self._say(node, SG.session, instrument.session)
        self._say(node, SG.revisionPlace, instrument.revision_place)
        self._say(node, SG.symbol, instrument.symbol)
        self._say(node, SG.revisionYear, instrument.revision_year, _year)
        self._say(node, SG.year, instrument.year, _year)
        self._say(node, SG.date, instrument.date, lambda date: Literal(date, datatype=XSD.date))
        self._say(node, SG.issuedBy, instrument.issued_by, URIRef)
        self._say(node, SG.revisionOf, instrument.revision_of, URIRef)
        self._say(node, SG.revisedAt, instrument.revised_at, URIRef)
        self._add(node, OWL.sameAs, *map(URIRef, instrument.same_as))

    def add_provision(self, provision: Provision) -> None:
        class_ = _CLASS_OF_PART[provision.part]
        node = self._node(provision.iri, class_, provision.label, provision.language)
        self._add(node, SG.position, Literal(provision.position))
        self._add(node, SG.statement, self._text(provision.statement, provision.language))
        self._say(node, SG.number, provision.number)
        self._say(node, SG.force, provision.force, lambda force: URIRef(f"{CONCEPT_BASE}force/{force}"))

    def add_value(self, value: Value) -> None:
        """Add a literal that has evidence of its own."""
        spoken = value.language or ("und" if value.predicate != "title" else None)
        term = self._literal(value.predicate, value.value, spoken)
        self.statements.add(URIRef(value.subject), _property(value.predicate), term, value.supports)

    def add_thing(self, thing: Thing) -> None:
        """Add what is described beside elements."""
        node = self._node(thing.iri, SG[thing.kind], thing.label, thing.language)
        for predicate, value in thing.facts:
            self._add(node, _property(predicate), self._literal(predicate, value, thing.language))

    def add_organization(self, organization: Organization) -> None:
        node = self._node(organization.iri, SG.Organization, organization.label, organization.language)
        self._add(node, SKOS.altLabel, *map(Literal, organization.alternatives))
        self._add(node, OWL.sameAs, *map(URIRef, organization.same_as))

    def add_event(self, event: Event) -> None:
        node = self._node(event.iri, SG.Event, event.label, event.language)
        self._add(node, SKOS.altLabel, *map(Literal, event.alternatives))

    def add_measure(self, measure: Measure) -> None:
        node = self._node(measure.iri, SG.Measure, measure.label, measure.language)
        self._say(node, SG.value, measure.value, _number)
        self._add(node, SG.unit, Literal(measure.unit))
        self._add(node, SG.comparator, Literal(measure.comparator))
        self._say(node, SG.baselineValue, measure.baseline, _number)
        self._say(node, SG.baselineYear, measure.baseline_year, _year)
        self._say(node, SG.dueDate, measure.due, _due)

    def add_deadline(self, deadline: Deadline) -> None:
        self.statements.add(URIRef(deadline.element), SG.due, _due(deadline.value), deadline.supports)

    def add_modalities(self) -> None:
        """Describe the modalities that commitments have: concepts of a scheme of ours."""
        shipped = modalities()
        for node in set(self.graph.objects(None, SG.modality)):
            self.graph += shipped.triples((node, None, None))

    def add_link(self, link: Link) -> None:
        subject, object_ = URIRef(link.subject), URIRef(link.object)
        self.statements.add(subject, _property(link.predicate), object_, link.supports)

    def add_sdg(self, iri: str) -> None:
        """Say what a Sustainable Development Goal or target is that an element contributes to."""
        found = sdg_of(iri)
        if found is not None:
            node, label = URIRef(iri), Literal(found.label, lang="en")
            class_ = SDG_ONTOLOGY.Target if found.target else SDG_ONTOLOGY.Goal
            self._add(node, RDF.type, SKOS.Concept, class_)
            self._add(node, RDFS.label, label)
            self._add(node, SKOS.prefLabel, label)

    def add_models(self) -> None:
        """Name the language models whose proposals are in the plan's graph."""
        for model in self.plan.models:
            node = URIRef(self.namer.software(model))
            self._add(node, RDF.type, PROV.SoftwareAgent)
            self._add(node, RDFS.label, Literal(model))
            self._add(URIRef(self.plan.iri + GRAPH), PROV.wasAttributedTo, node)

    # -- parts of nodes

    def _add(self, node: URIRef, predicate: URIRef, *values: Node) -> None:
        for value in values:
            self.graph.add((node, predicate, value))

    def _say(
        self, node: URIRef, predicate: URIRef, value: _T | None, written: Callable[[_T], Node] = Literal
    ) -> None:
        """Add what is known of a property, as it is written; nothing for None."""
        if value is not None:
            self.graph.add((node, predicate, written(value)))

    def _node(self, iri: str, class_: URIRef, label: str, language: str | None) -> URIRef:
        return add_node(self.graph, URIRef(iri), class_, self._text(label, language))

    def _literal(self, predicate: str, value: str, language: str | None) -> Node:
        """Return the value of a property, in the form that the property has."""
        if predicate in _NODES:
            return URIRef(value)
        if predicate in _DATES:
            return _due(value)
        if predicate == "value":
            return decimal(value)
        if predicate == "measurement":
            return Literal(int(value))
        return self._text(value, language) if predicate in _TEXTS else Literal(value)

    def _text(self, text: str, language: str | None = None) -> Literal:
        tag = self.document.language if language is None else language
        return Literal(text, lang=tag) if tag not in ("", "und") else Literal(text)


@cache
def modalities() -> Graph:
    """Return the concepts of ``data/modalities.ttl``."""
    return Graph().parse(resources.path("data", "modalities.ttl"), format="turtle")


def _property(name: str) -> URIRef:
    return _ELSEWHERE.get(name) or SG[name]


def _supports(reading: Reading) -> tuple[Support, ...]:
    return (reading.support,) if reading.support is not None else ()


def _year(value: str | int) -> Literal:
    return Literal(str(value), datatype=XSD.gYear, normalize=False)


def _number(value: str) -> Literal:
    """Return a decimal with the digits that it has."""
    return Literal(value, datatype=XSD.decimal, normalize=False)


def _due(value: str) -> Literal:
    """Return a deadline as a date, a year, or the words that say it."""
    if _DATE.fullmatch(value):
        return Literal(value, datatype=XSD.date, normalize=False)
    return _year(value) if _FOUR_DIGITS.fullmatch(value) else Literal(value)
