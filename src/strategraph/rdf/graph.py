"""From the plan to triples: one ``add_…`` for each kind of thing, and evidence for what the text says.

Extracted triples carry their evidence with them; computed ones and those from tables have none. Evidence
is checked against the source as it is written: a wrong offset never leaves this module.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Context, Decimal
from functools import cache
from itertools import takewhile

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import EvidenceError
from strategraph.knowledge import resources
from strategraph.knowledge.sdgs import sdg_of
from strategraph.model import (
    CURATOR,
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
    Span,
    Support,
    Thing,
    Value,
)
from strategraph.model.identifiers import CONCEPT_BASE, Namer
from strategraph.rdf.indexed import IndexedGraph
from strategraph.rdf.namespace import OA, PREFIXES, SDG_ONTOLOGY, SG, TO_ELEMENTS, types
from strategraph.rdf.provenance import Making, add_making

CONTEXT = 32  # characters of oa:prefix and oa:suffix
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
_CLASS_OF_PART = {"preambular": SG.PreambularParagraph, "operative": SG.OperativeParagraph}
_ELSEWHERE = {
    **{name: DCTERMS[name] for name in ("title", "description", "identifier", "issued")},
    "succeeds": DCTERMS.replaces,
    **{name: SDO[name] for name in ("givenName", "familyName", "telephone", "email", "url")},
}  # what has its property in another vocabulary
_DATES = frozenset({"issued", "startDate", "endDate", "periodStart", "periodEnd"})
_NODES = frozenset({"party", "referent"})
_CLASS_OF_SCHEME = {"target-group": SG.TargetGroup, "theme": SG.Theme}


def to_graph(
    plan: Plan, document: Document, *, namer: Namer, evidence: bool = True, options: Sequence[str] = ()
) -> Graph:
    """Return the plan's graph; without ``evidence`` the light one, with the same facts.

    ``options`` are those of the build that matter, each as ``name=value``: the graph says what made it.

    Superclasses of ours and ``sg:hasElement`` are spelled out, since stores do not infer. Raises
    :class:`EvidenceError` for a quotation that is not what stands at its offsets.
    """
    builder = _GraphBuilder(plan, document, namer, evidence=evidence)
    builder.add_source()
    if plan.is_plan:
        builder.add_plan()
    for element in plan.elements:
        builder.add_element(element)
    for concept in plan.concepts:
        builder.add_concept(concept)
    for instrument in plan.instruments:
        builder.add_instrument(instrument)
    for provision in plan.provisions:
        builder.add_provision(provision)
    for organization in plan.organizations:
        builder.add_organization(organization)
    for event in plan.events:
        builder.add_event(event)
    for link in plan.links:
        builder.add_link(link)
    for measure in plan.measures:
        builder.add_measure(measure)
    for deadline in plan.deadlines:
        builder.add_deadline(deadline)
    builder.add_modalities()
    builder.add_described()
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
        self.evidence = evidence
        self.text = plan.source.text
        self.plan_node = URIRef(plan.iri)
        self.source_node = URIRef(plan.source_iri)
        self._line_starts = _line_starts(self.text)
        self._pages = [(block.span.start, block.page) for block in document.blocks if block.page is not None]
        self._anchors = [(block.span.start, block.anchor) for block in document.blocks if block.anchor]
        self._paths = [(block.span.start, block.path) for block in document.blocks if block.path]
        self._given = 0
        # A store without contexts: a plan's graph has none, and every look-up in it costs a fraction.
        self.graph: Graph = IndexedGraph()
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)

    # -- nodes

    def add_source(self) -> None:
        source = self.plan.source
        node = self._node(self.source_node, SG.SourceDocument, source.name, "")
        charset = f"; charset={source.charset}" if source.charset else ""
        self.graph.add((node, DCTERMS.format, Literal(source.media_type + charset)))
        if source.address:
            self.graph.add((node, DCTERMS.source, URIRef(source.address)))
        self.graph.add((node, SG.byteSha256, Literal(source.sha256)))
        digest = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        self.graph.add((node, SG.textSha256, Literal(digest)))
        spoken = {each for e in self.plan.elements for each in (e.language, e.statement_language or "und")}
        for language in sorted({self.document.language, *spoken}):
            self._language(node, language)
        if self.plan.is_plan:
            self.graph.add((node, SG.presents, self.plan_node))
        for text in self.plan.texts_of:
            self.graph.add((node, SG.textOf, URIRef(text)))

    def add_plan(self) -> None:
        profile = self.plan.profile
        self._node(self.plan_node, SG.StrategicPlan, self.plan.label, self.document.language)
        self._language(self.plan_node, profile.language)
        for decision in self.plan.decisions:
            self.graph.add((self.plan_node, SKOS.editorialNote, self._text(decision, "en")))
        for predicate, reading, value in (
            (DCTERMS.title, profile.title, self._text),
            (SG.startYear, profile.start, _year),
            (SG.endYear, profile.end, _year),
        ):
            if reading is not None:
                self._state(self.plan_node, predicate, value(reading.value), _readings(reading))

    def add_element(self, element: Element) -> None:
        node = self._node(URIRef(element.iri), SG[element.kind], element.label, element.language)
        self.graph.add((node, SG.inPlan, self.plan_node))
        self.graph.add((node, SG.position, Literal(element.position)))
        stated = element.statement_language or element.language
        for predicate, text, language in (
            (DCTERMS.title, element.title, element.language),
            (SG.statement, element.statement, stated),
        ):
            if text:
                self.graph.add((node, predicate, self._text(text, language)))
        for predicate, text in (
            (SG.number, element.number),
            (SG.verb, element.verb),
            (SG.object, element.object),
        ):
            if text:
                self.graph.add((node, predicate, Literal(text)))

    def add_concept(self, concept: Concept) -> None:
        node = self._node(
            URIRef(concept.iri), _CLASS_OF_SCHEME[concept.scheme], concept.label, concept.language
        )
        self.graph.add((node, SKOS.prefLabel, self._text(concept.label, concept.language)))
        for text, language in concept.translations:
            self.graph.add((node, SKOS.prefLabel, self._text(text, language)))
        for text, language in concept.alternatives:
            self.graph.add((node, SKOS.altLabel, self._text(text, language)))
        if concept.definition:
            self.graph.add((node, SKOS.definition, Literal(concept.definition, lang="en")))
        if not concept.candidate and concept.iri.startswith(CONCEPT_BASE):
            self.graph.add((node, SKOS.inScheme, URIRef(f"{CONCEPT_BASE}{concept.scheme}")))
        for broader in concept.broader:
            self.graph.add((node, SKOS.broader, URIRef(broader)))
        for relation, iri in concept.matches:
            self.graph.add((node, SKOS[relation], URIRef(iri)))

    def add_instrument(self, instrument: Instrument) -> None:
        node = self._node(URIRef(instrument.iri), SG[instrument.kind], instrument.label, instrument.language)
        self._alternatives(node, instrument.alternatives)
        for predicate, value in (
            (SG.number, instrument.number),
            (SG.session, instrument.session),
            (SG.revisionPlace, instrument.revision_place),
            (SG.symbol, instrument.symbol),
        ):
            if value is not None:
                self.graph.add((node, predicate, Literal(value)))
        if instrument.revision_year is not None:
            self.graph.add((node, SG.revisionYear, _year(str(instrument.revision_year))))
        if instrument.year is not None:
            self.graph.add((node, SG.year, _year(str(instrument.year))))
        if instrument.date is not None:
            self.graph.add((node, SG.date, Literal(instrument.date, datatype=XSD.date)))
        for predicate, iri in (
            (SG.issuedBy, instrument.issued_by),
            (SG.revisionOf, instrument.revision_of),
            (SG.revisedAt, instrument.revised_at),
        ):
            if iri is not None:
                self.graph.add((node, predicate, URIRef(iri)))
        self._same_as(node, instrument.same_as)

    def add_provision(self, provision: Provision) -> None:
        node = self._node(
            URIRef(provision.iri), _CLASS_OF_PART[provision.part], provision.label, provision.language
        )
        self.graph.add((node, SG.position, Literal(provision.position)))
        self.graph.add((node, SG.statement, self._text(provision.statement, provision.language)))
        if provision.number is not None:
            self.graph.add((node, SG.number, Literal(provision.number)))
        if provision.force is not None:
            self.graph.add((node, SG.force, URIRef(f"{CONCEPT_BASE}force/{provision.force}")))

    def add_described(self) -> None:
        """Add what is described beside elements, and the literals that have evidence of their own."""
        for thing in self.plan.things:
            self.add_thing(thing)
        for value in self.plan.values:
            self.add_value(value)

    def add_value(self, value: Value) -> None:
        term = self._literal(
            value.predicate, value.value, value.language or ("und" if value.predicate != "title" else None)
        )
        self._state(URIRef(value.subject), _property(value.predicate), term, value.supports)

    def add_thing(self, thing: Thing) -> None:
        node = self._node(URIRef(thing.iri), SG[thing.kind], thing.label, thing.language)
        for predicate, value in thing.facts:
            self.graph.add((node, _property(predicate), self._literal(predicate, value, thing.language)))

    def add_organization(self, organization: Organization) -> None:
        node = self._node(
            URIRef(organization.iri), SG.Organization, organization.label, organization.language
        )
        self._alternatives(node, organization.alternatives)
        self._same_as(node, organization.same_as)

    def add_event(self, event: Event) -> None:
        node = self._node(URIRef(event.iri), SG.Event, event.label, event.language)
        self._alternatives(node, event.alternatives)

    def add_measure(self, measure: Measure) -> None:
        node = self._node(URIRef(measure.iri), SG.Measure, measure.label, measure.language)
        self.graph.add((node, SG.value, Literal(measure.value, datatype=XSD.decimal, normalize=False)))
        self.graph.add((node, SG.unit, Literal(measure.unit)))
        self.graph.add((node, SG.comparator, Literal(measure.comparator)))
        if measure.baseline is not None:
            baseline = Literal(measure.baseline, datatype=XSD.decimal, normalize=False)
            self.graph.add((node, SG.baselineValue, baseline))
        if measure.baseline_year is not None:
            self.graph.add((node, SG.baselineYear, _year(str(measure.baseline_year))))
        if measure.due is not None:
            self.graph.add((node, SG.dueDate, _due(measure.due)))

    def add_deadline(self, deadline: Deadline) -> None:
        self._state(URIRef(deadline.element), SG.due, _due(deadline.value), deadline.supports)

    def add_modalities(self) -> None:
        """Describe the modalities that commitments have: concepts of a scheme of ours."""
        shipped = modalities()
        for node in set(self.graph.objects(None, SG.modality)):
            self.graph += shipped.triples((node, None, None))

    def add_link(self, link: Link) -> None:
        self._state(URIRef(link.subject), _property(link.predicate), URIRef(link.object), link.supports)

    def add_sdg(self, iri: str) -> None:
        """Say what a Sustainable Development Goal or target is that an element contributes to."""
        found = sdg_of(iri)
        if found is not None:
            node, label = URIRef(iri), Literal(found.label, lang="en")
            self.graph.add((node, RDF.type, SKOS.Concept))
            self.graph.add((node, RDF.type, SDG_ONTOLOGY.Target if found.target else SDG_ONTOLOGY.Goal))
            self.graph.add((node, RDFS.label, label))
            self.graph.add((node, SKOS.prefLabel, label))

    def add_models(self) -> None:
        """Name the language models whose proposals are in the plan's graph."""
        for model in self.plan.models:
            node = URIRef(self.namer.software(model))
            self.graph.add((node, RDF.type, PROV.SoftwareAgent))
            self.graph.add((node, RDFS.label, Literal(model)))
            self.graph.add((URIRef(f"{self.plan.iri}/graph"), PROV.wasAttributedTo, node))

    # -- parts of nodes

    def _literal(self, predicate: str, value: str, language: str | None) -> Node:
        """Return the value of a property, in the form that the property has."""
        if predicate in _NODES:
            return URIRef(value)
        if predicate in _DATES:
            return _due(value)
        if predicate == "value":
            return _decimal(value)
        if predicate == "measurement":
            return Literal(int(value))
        if predicate in ("title", "description", "statement", "otherInformation"):
            return self._text(value, language)
        return Literal(value)

    def _node(self, node: URIRef, class_: URIRef, label: str, language: str | None = None) -> URIRef:
        for each in types(class_):
            self.graph.add((node, RDF.type, each))
        self.graph.add((node, RDFS.label, self._text(label, language)))
        return node

    def _text(self, text: str, language: str | None = None) -> Literal:
        tag = self.document.language if language is None else language
        return Literal(text, lang=tag) if tag not in ("", "und") else Literal(text)

    def _language(self, node: URIRef, language: str) -> None:
        if language != "und":
            self.graph.add((node, DCTERMS.language, Literal(language)))

    def _alternatives(self, node: URIRef, names: Sequence[str]) -> None:
        for name in names:
            self.graph.add((node, SKOS.altLabel, Literal(name)))

    def _same_as(self, node: URIRef, iris: Sequence[str]) -> None:
        for iri in iris:
            self.graph.add((node, OWL.sameAs, URIRef(iri)))

    # -- statements and what supports them

    def _state(self, subject: URIRef, predicate: URIRef, object_: Node, supports: Sequence[Support]) -> None:
        """Add a triple with its evidence, or as given by the user where there is none."""
        self.graph.add((subject, predicate, object_))
        if predicate in TO_ELEMENTS:
            self.graph.add((subject, SG.hasElement, object_))
        if not supports:
            self._give(subject, predicate, object_, "user")
            return
        if any(support.rule == CURATOR for support in supports):
            self._give(subject, predicate, object_, CURATOR)
        if self.evidence:
            seen: Counter[tuple[str, str, str]] = Counter()
            for support in sorted(supports, key=lambda support: support.span):
                words = self._words(support.span)
                seen[words] += 1
                self._add_evidence(subject, predicate, object_, support, words, seen[words])

    def _words(self, span: Span) -> tuple[str, str, str]:
        """Return what is quoted, with the characters before and after it."""
        start, end = span.start, span.end
        return (
            self.text[start:end],
            self.text[max(0, start - CONTEXT) : start],
            self.text[end : end + CONTEXT],
        )

    def _give(self, subject: URIRef, predicate: URIRef, object_: Node, giver: str) -> None:
        self._given += 1
        node = self._node(
            URIRef(f"{self.plan.iri}/given/{self._given}"), SG.GivenFact, f"given by the {giver}", "en"
        )
        self._reify(node, subject, predicate, object_)
        self.graph.add((node, SG.givenBy, Literal(giver)))

    def _reify(self, node: URIRef, subject: URIRef, predicate: URIRef, object_: Node) -> None:
        self.graph.add((node, RDF.subject, subject))
        self.graph.add((node, RDF.predicate, predicate))
        self.graph.add((node, RDF.object, object_))

    def _add_evidence(
        self,
        subject: URIRef,
        predicate: URIRef,
        object_: Node,
        support: Support,
        words: tuple[str, str, str],
        occurrence: int,
    ) -> None:
        start, end = support.span.start, support.span.end
        exact, before, after = words
        if len(exact) != end - start or not exact.strip():
            raise EvidenceError(
                f"evidence of {predicate.n3()} at {start}..{end} quotes nothing in {self.plan.source.name}"
            )
        iri = self.namer.evidence(self.plan.iri, subject, predicate, str(object_), *words, occurrence)
        node = self._node(URIRef(iri), SG.Evidence, f"{exact[:60]}{'…' if len(exact) > 60 else ''}", "")
        self._reify(node, subject, predicate, object_)
        self.graph.add((node, DCTERMS.source, self.source_node))
        self.graph.add((node, OA.exact, Literal(exact)))
        self.graph.add((node, OA.prefix, Literal(before)))
        self.graph.add((node, OA.suffix, Literal(after)))
        self.graph.add((node, OA.start, Literal(start)))
        self.graph.add((node, OA.end, Literal(end)))
        self.graph.add((node, SG.line, Literal(bisect_right(self._line_starts, start))))
        page = self._page(start)
        if page is not None:
            self.graph.add((node, SG.page, Literal(page)))
        anchor = self._anchor(start)
        if anchor:
            self.graph.add((node, SG.eId, Literal(anchor)))
        if path := support.path or self._path(support.span):
            self.graph.add((node, SG.xpath, Literal(path)))
        self.graph.add((node, SG.rule, Literal(support.rule)))
        self.graph.add((node, SG.confidence, _decimal(support.confidence)))
        if support.via is not None:
            self.graph.add((node, SG.via, URIRef(support.via)))

    def _anchor(self, offset: int) -> str:
        """Return the name that the source gives the place of this offset, "" where it gives none."""
        index = bisect_right(self._anchors, (offset, "\U0010ffff")) - 1
        return self._anchors[index][1] if index >= 0 else ""

    def _path(self, span: Span) -> str:
        """Return the XPath of the smallest part of the source that holds all words of a span."""
        first = max(0, bisect_right(self._paths, (span.start, "\U0010ffff")) - 1)
        last = bisect_right(self._paths, (span.end - 1, "\U0010ffff"))
        steps = zip(*(path.split("/") for _, path in self._paths[first:last]), strict=False)
        return "/".join(step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps))

    def _page(self, offset: int) -> int | None:
        index = bisect_right(self._pages, (offset, float("inf"))) - 1
        return self._pages[index][1] if index >= 0 else None


def _readings(reading: Reading) -> tuple[Support, ...]:
    return (reading.support,) if reading.support is not None else ()


@cache
def modalities() -> Graph:
    """Return the concepts of ``data/modalities.ttl``."""
    return Graph().parse(resources.path("data", "modalities.ttl"), format="turtle")


def _due(value: str) -> Literal:
    """Return a deadline as a date, a year, or the words that say it."""
    if _DATE.fullmatch(value):
        return Literal(value, datatype=XSD.date, normalize=False)
    return _year(value) if _FOUR_DIGITS.fullmatch(value) else Literal(value)


def _year(value: str) -> Literal:
    return Literal(value, datatype=XSD.gYear, normalize=False)


def _property(name: str) -> URIRef:
    return _ELSEWHERE.get(name) or SG[name]


def _decimal(value: float | str) -> Literal:
    """Return a canonical xsd:decimal: no exponent, no trailing zeros."""
    digits = str(value)
    text = format(Decimal(digits).normalize(Context(prec=len(digits))), "f")  # no digit is rounded away
    return Literal(text, datatype=XSD.decimal, normalize=False)


def _line_starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]
