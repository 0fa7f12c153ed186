"""The ontology's files, held against the code, the vocabularies they name and each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import (
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SKOS,
    VANN,
    XSD,
    Graph,
    Literal,
    Namespace,
    Node,
    URIRef,
)
from rdflib.collection import Collection
from rdflib.compare import to_canonical_graph
from rdflib.namespace import DefinedNamespaceMeta

from strategraph.knowledge import resources
from strategraph.rdf.namespace import ELEMENT_CLASSES, INVERSES, OA, SG

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / ".." / "shared"
ONTOLOGY = URIRef("https://w3id.org/strategraph/ns")
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
TAGS = ("ar", "es", "fr", "ru", "zh")  # with English, the languages of the United Nations
OWN = [SG[name] for name in SG.__annotations__]
ORIGINS = {SG.extracted, SG.computed, SG.table}

# Terms of vocabularies that rdflib does not know, read in their published files: ELI 1.2, the Web
# Annotation vocabulary, FIBO's Objectives ontology, UNDO 2017-06-01, and the SDG ontology.
ELI = Namespace("http://data.europa.eu/eli/ontology#")
FIBO = Namespace("https://spec.edmcouncil.org/fibo/ontology/FND/GoalsAndObjectives/Objectives/")
SDGO = Namespace("http://metadata.un.org/sdg/ontology#")
UNDO = Namespace("https://w3id.org/un/ontology/undo/")
CLOSED: tuple[DefinedNamespaceMeta, ...] = (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN, XSD)
LOOKED_UP = {
    *(
        ELI[n]
        for n in (
            "LegalResource",
            "based_on",
            "changes",
            "cites",
            "date_document",
            "is_member_of",
            "number",
            "passed_by",
            "repeals",
        )
    ),
    *(OA[n] for n in ("TextPositionSelector", "TextQuoteSelector", "hasSource")),
    *(OA[n] for n in ("exact", "prefix", "suffix", "start", "end")),
    *(FIBO[n] for n in ("Aim", "Goal", "Objective", "Strategy")),
    *(UNDO[n] for n in ("Decision", "Policy", "Recommendation", "Resolution", "Treaty")),
    *(SDGO[n] for n in ("Goal", "Indicator", "Target")),
    LICENCE,
}
STRATML_PART_1 = {
    "Description",
    "EmailAddress",
    "EndDate",
    "GivenName",
    "Goal",
    "Identifier",
    "Mission",
    "Name",
    "Objective",
    "Organization",
    "OtherInformation",
    "PhoneNumber",
    "PublicationDate",
    "SequenceIndicator",
    "Source",
    "Stakeholder",
    "StartDate",
    "StrategicPlan",
    "Submitter",
    "Surname",
    "Value",
    "Vision",
}
STRATML_PART_2 = {
    "ActualResult",
    "DescriptorName",
    "DescriptorValue",
    "MeasurementInstance",
    "NumberOfUnits",
    "PerformanceIndicator",
    "ReferentIdentifier",
    "Relationship",
    "Role",
    "RoleType",
    "TargetResult",
    "UnitOfMeasurement",
}


def is_known(term: Node) -> bool:
    """Whether a term of another vocabulary exists, by rdflib's closed namespaces or the list above."""
    return term in LOOKED_UP or any(str(term) in vocabulary for vocabulary in CLOSED)


def read(name: str) -> Graph:
    return Graph().parse(resources.path("ontology", name), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read("strategraph.ttl")


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return read("alignments.ttl")


@pytest.fixture(scope="module")
def properties(ontology: Graph) -> list[URIRef]:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    return [term for term in OWN if any((term, RDF.type, kind) in ontology for kind in kinds)]


# --------------------------------------------------------------------------------------------------
# The file and the code


def test_the_code_knows_each_term_of_the_file_and_no_other(ontology: Graph) -> None:
    in_file = {term for term in ontology.subjects() if str(term).startswith(str(SG))}
    assert in_file == set(OWN)


def test_each_term_used_anywhere_in_the_files_is_defined(ontology: Graph, alignments: Graph) -> None:
    for graph in (ontology, alignments):
        used = {node for triple in graph for node in triple if str(node).startswith(str(SG))}
        used.discard(Literal(str(SG)))  # the header names the namespace
        assert used <= set(OWN)


@pytest.mark.parametrize("name", ["strategraph.ttl", "alignments.ttl"])
def test_two_parsers_read_the_same_triples(name: str) -> None:
    with resources.path("ontology", name).open("rb") as file:
        triples = list(pyoxigraph.parse(file, format=pyoxigraph.RdfFormat.TURTLE))
    other = Graph().parse(
        data=pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt"
    )
    assert set(to_canonical_graph(other)) == set(to_canonical_graph(read(name)))


@pytest.mark.parametrize(
    ("folder", "name", "iri"),
    [
        ("ontology", "strategraph.ttl", ONTOLOGY),
        ("ontology", "alignments.ttl", URIRef(f"{ONTOLOGY}/alignments")),
        ("ontology", "changes.ttl", URIRef("https://w3id.org/strategraph/change")),
        ("ontology", "force.ttl", URIRef("https://w3id.org/strategraph/concept/force")),
        ("data", "modalities.ttl", URIRef("https://w3id.org/strategraph/concept/modality")),
        (
            "data/vocabularies",
            "target-groups.ttl",
            URIRef("https://w3id.org/strategraph/concept/target-group"),
        ),
        ("data/vocabularies", "themes.ttl", URIRef("https://w3id.org/strategraph/concept/theme")),
        ("shapes", "nodes.ttl", URIRef("https://w3id.org/strategraph/shapes")),
        *(("ontology/labels", f"{tag}.ttl", URIRef(f"{ONTOLOGY}/labels/{tag}")) for tag in TAGS),
    ],
)
def test_the_header_says_what_the_file_is(folder: str, name: str, iri: URIRef) -> None:
    graph = Graph().parse(resources.path(*folder.split("/"), name), format="turtle")
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [iri]
    assert graph.value(iri, DCTERMS.license) == LICENCE
    assert graph.value(iri, OWL.versionIRI) == URIRef(f"{iri}/{graph.value(iri, OWL.versionInfo)}")
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher):
        assert graph.value(iri, predicate), predicate
    for predicate in (DCTERMS.created, DCTERMS.modified, SDO.creativeWorkStatus):
        assert graph.value(iri, predicate), predicate
    citation = str(graph.value(iri, DCTERMS.bibliographicCitation))
    title, version = (graph.value(iri, predicate) for predicate in (DCTERMS.title, OWL.versionInfo))
    assert citation == f"{graph.value(iri, DCTERMS.creator)}: {title}, version {version}."


def test_the_header_names_prefix_and_namespace(ontology: Graph) -> None:
    assert ontology.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("sg")
    assert ontology.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(str(SG))
    assert "OWL Full" in str(ontology.value(ONTOLOGY, DCTERMS.description))


# --------------------------------------------------------------------------------------------------
# Each term


@pytest.mark.parametrize("term", OWN)
def test_each_term_explains_itself(ontology: Graph, term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        texts = list(ontology.objects(term, predicate))
        assert [getattr(text, "language", None) for text in texts] == ["en"], predicate
    assert list(ontology.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]


@pytest.mark.parametrize("tag", TAGS)
def test_each_term_has_one_name_in_each_language_of_the_united_nations(tag: str) -> None:
    graph = Graph().parse(resources.path("ontology", "labels", f"{tag}.ttl"), format="turtle")
    names = {term: list(graph.objects(term, RDFS.label)) for term in OWN}
    assert [term for term, found in names.items() if len(found) != 1] == []
    assert {name.language for (name,) in names.values() if isinstance(name, Literal)} == {tag}
    assert len({str(name) for (name,) in names.values()}) == len(OWN)
    assert set(graph.subjects(RDFS.label)) == set(OWN)


def test_inverses_are_those_of_the_code_and_no_graph_has_them(ontology: Graph) -> None:
    assert dict(ontology.subject_objects(OWL.inverseOf)) == dict(INVERSES)
    data = Graph().parse(ROOT / "tests" / "shapes" / "valid.ttl", format="turtle")
    assert set(data.predicates()).isdisjoint(INVERSES)


def test_what_is_used_of_other_vocabularies_is_declared(ontology: Graph) -> None:
    """A tool for OWL takes an undeclared property for whatever it likes."""
    kinds = (OWL.AnnotationProperty, OWL.ObjectProperty, OWL.DatatypeProperty)
    built_in = (str(OWL), str(RDF), str(RDFS))
    for predicate in set(ontology.predicates()) | set(ontology.subjects(VANN.usageNote)):
        if predicate not in OWN and not str(predicate).startswith(built_in):
            assert sum((predicate, RDF.type, kind) in ontology for kind in kinds) == 1, predicate
    for term in set(ontology.objects(None, RDFS.subClassOf | RDFS.domain)):
        declared = (term, RDF.type, OWL.Class) in ontology
        assert declared or str(term).startswith(built_in), term


def test_labels_and_definitions_are_distinct(ontology: Graph) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        kinds = [{t for t in OWN if (t, RDF.type, OWL.Class) in ontology}]
        kinds.append(set(OWN) - kinds[0])
        for terms in kinds:
            assert len({ontology.value(t, predicate) for t in terms}) == len(terms)


def test_each_property_says_where_its_values_come_from(ontology: Graph, properties: list[URIRef]) -> None:
    for term in properties:
        (origin,) = ontology.objects(term, SG.provenance)
        assert origin in ORIGINS


def test_each_property_of_others_says_so_too_and_how_it_is_used(ontology: Graph) -> None:
    reused = set(ontology.subjects(VANN.usageNote))
    assert reused == {t for t in ontology.subjects(SG.provenance) if t not in OWN}
    assert {DCTERMS.title, RDFS.label, RDF.subject, OA.exact, SKOS.altLabel, DCTERMS.source} <= reused
    assert all(is_known(term) for term in reused)


def test_each_property_has_a_known_domain_and_range(ontology: Graph, properties: list[URIRef]) -> None:
    classes = set(ontology.subjects(RDF.type, OWL.Class)) | {SKOS.Concept, PROV.Activity, RDF.Property}
    datatypes = {XSD.string, XSD.integer, XSD.decimal, XSD.gYear, XSD.date, RDF.langString}
    for term in properties:
        ends = []
        for plain, loose in ((RDFS.domain, SDO.domainIncludes), (RDFS.range, SDO.rangeIncludes)):
            exact, choices = set(ontology.objects(term, plain)), set(ontology.objects(term, loose))
            assert bool(exact) != bool(choices), f"{term} needs one of {plain} and {loose}"
            assert len(exact) <= 1, f"several {plain} mean all of them at once"
            ends.append(exact | choices)
        domains, ranges = ends
        assert domains <= classes
        assert ranges <= (classes if (term, RDF.type, OWL.ObjectProperty) in ontology else datatypes)


def test_what_unlike_classes_share_types_nothing(ontology: Graph) -> None:
    """A numbered resolution is not a plan element."""
    for term in (SG.number, SG.cites, SG.hasGoal):
        assert ontology.value(term, RDFS.domain) is None


def test_no_element_is_of_two_kinds(ontology: Graph) -> None:
    lists = ontology.objects(predicate=OWL.members)
    assert set(ELEMENT_CLASSES) in [set(Collection(ontology, members)) for members in lists]


def test_disjoint_classes_are_not_above_each_other(ontology: Graph) -> None:
    for members in ontology.objects(predicate=OWL.members):
        disjoint = set(Collection(ontology, members))
        for term in disjoint:
            assert not disjoint & set(ontology.objects(term, RDFS.subClassOf))


@pytest.mark.parametrize(("end", "at"), [(RDFS.domain, 0), (RDFS.range, 2)])
def test_domains_and_ranges_add_no_type_to_right_data(ontology: Graph, end: URIRef, at: int) -> None:
    """What a reasoner would conclude from a property, a right graph has already said."""
    data = Graph().parse(ROOT / "tests" / "shapes" / "valid.ttl", format="turtle")
    checked = 0
    for triple in data:
        implied = ontology.value(triple[1], end)
        if implied in OWN:
            assert (triple[at], RDF.type, implied) in data, triple
            checked += 1
    assert checked > 20


# --------------------------------------------------------------------------------------------------
# Alignments


def external(graph: Graph) -> Iterator[URIRef]:
    """Yield the IRIs in a graph that are not ours."""
    for node in {node for triple in graph for node in triple}:
        if isinstance(node, URIRef) and not node.startswith("https://w3id.org/strategraph/"):
            yield node


def test_each_iri_of_others_was_looked_up(ontology: Graph, alignments: Graph) -> None:
    assert not [iri for iri in external(ontology + alignments) if not is_known(iri)]


def test_nothing_is_listed_as_looked_up_in_vain(ontology: Graph, alignments: Graph) -> None:
    assert set(external(ontology + alignments)) >= LOOKED_UP


def test_classes_are_aligned_with_classes_and_properties_with_properties(
    ontology: Graph, alignments: Graph, properties: list[URIRef]
) -> None:
    for term in alignments.subjects(RDFS.subClassOf):
        assert (term, RDF.type, OWL.Class) in ontology
    for term, above in alignments.subject_objects(RDFS.subPropertyOf):
        assert term in properties
        assert str(above).replace("#", "/").rsplit("/", 1)[1][0].islower()


def test_classes_have_no_skos_mappings(alignments: Graph) -> None:
    assert not [p for p in alignments.predicates() if str(p).startswith(str(SKOS))]


def test_each_vocabulary_is_aligned_with(alignments: Graph) -> None:
    aligned = {str(node) for node in external(alignments)}
    for namespace in (PROV, ORG, DCTERMS, OA, ELI, SDO, FIBO, UNDO):
        assert any(iri.startswith(str(namespace)) for iri in aligned), namespace


def test_stratml_names_are_stratml_s(alignments: Graph) -> None:
    names = {str(name) for name in alignments.objects(predicate=SG.stratmlElement)}
    assert names == STRATML_PART_1 | STRATML_PART_2


@pytest.mark.shared
@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("part1-StrategicPlanISOVersion20140401.xsd", STRATML_PART_1),
        ("part2-PerformancePlanOrReport20160216.xsd", STRATML_PART_2),
    ],
)
def test_stratml_names_are_in_its_schemas(part: str, names: set[str]) -> None:
    path = SHARED / "stratml-schema" / part
    if not path.is_file():
        pytest.skip("the StratML schemas do not stand beside the checkout")
    assert names <= set(re.findall(r'<xsd:element name="(\w+)"', path.read_text(encoding="utf-8")))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "namespace"),
    [("eli-1.2-subset.ttl", ELI), ("undo-2017-06-01.ttl", UNDO), ("sdgs-ontology.ttl", SDGO)],
)
def test_looked_up_terms_are_in_their_files(file: str, namespace: Namespace) -> None:
    path = SHARED / "vocabularies" / file
    if not path.is_file():
        pytest.skip("the vocabularies do not stand beside the checkout")
    published = set(Graph().parse(path, format="turtle").subjects(RDF.type))
    assert {term for term in LOOKED_UP if term in namespace} <= published
