from __future__ import annotations

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from strategraph.knowledge import resources
from strategraph.rdf.namespace import (
    ELEMENT_CLASSES,
    EXTERNAL_SUPERCLASSES,
    EXTRACTED,
    HAS,
    INSTRUMENT_CLASSES,
    INVERSES,
    OA,
    OUTSIDE_TERMS,
    PLAN_INSTRUMENT_LINKS,
    PREFIXES,
    SG,
    SUPERCLASSES,
)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.path("ontology", "strategraph.ttl"), format="turtle")


@pytest.mark.parametrize(("namespace", "name"), [(SG, "Gaol"), (SG, "title"), (OA, "exactly")])
def test_a_term_that_does_not_exist_raises(namespace: type[SG] | type[OA], name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(namespace, name)


def test_terms_with_names_that_python_types_also_use_are_terms() -> None:
    assert URIRef("https://w3id.org/strategraph/ns#object") == SG.object
    assert URIRef("http://www.w3.org/ns/oa#prefix") == OA.prefix


def test_element_and_instrument_classes_are_the_ontology_s(ontology: Graph) -> None:
    assert set(ELEMENT_CLASSES) == set(ontology.subjects(RDFS.subClassOf, SG.PlanElement))
    assert set(INSTRUMENT_CLASSES) == set(ontology.subjects(RDFS.subClassOf, SG.Instrument))


def test_superclasses_are_the_ontology_s(ontology: Graph) -> None:
    for term, ours in SUPERCLASSES.items():
        stated = set(ontology.objects(term, RDFS.subClassOf))
        assert stated == {*ours, *EXTERNAL_SUPERCLASSES.get(term, ())}
    assert set(ontology.subjects(RDFS.subClassOf)) <= set(SUPERCLASSES)


def test_superclasses_need_no_second_look() -> None:
    """What a class is under is all there is to write: no superclass of a superclass is left out."""
    for above in SUPERCLASSES.values():
        for superclass in above:
            assert SUPERCLASSES[superclass] == ()


def test_each_kind_of_element_has_its_property(ontology: Graph) -> None:
    assert [f"has{kind}" for kind in HAS] == [str(term).removeprefix(str(SG)) for term in HAS.values()]
    for kind, term in HAS.items():
        assert ontology.value(term, RDFS.range) == SG[kind]
    assert set(HAS.values()) == set(ontology.subjects(RDFS.subPropertyOf, SG.hasElement))


def test_extracted_properties_are_those_the_ontology_calls_so(ontology: Graph) -> None:
    assert set(ontology.subjects(SG.provenance, SG.extracted)) == EXTRACTED
    assert DCTERMS.title in EXTRACTED
    assert SG.hasElement not in EXTRACTED


def test_links_to_instruments_are_the_extracted_properties_that_lead_to_one(ontology: Graph) -> None:
    between = {SG.amends, SG.repeals, SG.replaces, SG.recalls, SG.reaffirms, SG.implements}
    found = {term for term in EXTRACTED if ontology.value(term, RDFS.range) == SG.Instrument}
    assert found == PLAN_INSTRUMENT_LINKS | between


def test_the_terms_are_those_that_a_parser_finds(ontology: Graph) -> None:
    """They are read by how the file is laid out: a statement that is laid out otherwise would be missed."""
    described = {str(term) for term in ontology.subjects(RDF.type) if str(term).startswith(str(SG))}
    assert {str(term) for term in dir(SG)} == described
    assert set(SUPERCLASSES) == {
        term for term in ontology.subjects(RDF.type, OWL.Class) if str(term).startswith(str(SG))
    } - {SG.ProvenanceKind}
    assert dict(ontology.subject_objects(OWL.inverseOf)) == INVERSES
    outside = {term for term in ontology.subjects(SG.provenance) if not str(term).startswith(str(SG))}
    assert outside <= OUTSIDE_TERMS


def test_prefixes_are_sorted_and_distinct() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert PREFIXES["sg"] == str(SG)
    assert PREFIXES["skos"] == str(SKOS)
    assert all(type(namespace) is str for namespace in PREFIXES.values())
    assert Namespace(PREFIXES["oa"]).exact == OA.exact


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        SUPERCLASSES[SG.Goal] = ()  # type: ignore[index]
