"""The SKOS vocabularies are consistent, complete, and map only to IRIs that were looked up."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SH

from strategraph.knowledge.gazetteer import is_abbreviation, normalise
from strategraph.model.identifiers import CONCEPT_BASE, slug

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "data" / "vocabularies"
MAPPING_LABELS = ROOT / ".." / "shared" / "vocabularies" / "mapping-labels.tsv"
GROUPS = Namespace(f"{CONCEPT_BASE}target-group/")
THEMES = Namespace(f"{CONCEPT_BASE}theme/")
SGSH = Namespace("https://w3id.org/strategraph/shapes#")
SDG = "http://metadata.un.org/sdg/"
UNESCO = "http://vocabularies.unesco.org/thesaurus/"
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
LABEL_FILES = sorted({*FOLDER.glob("*-unesco.ttl"), *FOLDER.glob("*.unverified-labels.ttl")})


@cache
def vocabularies() -> Graph:
    graph = Graph()
    for path in sorted(FOLDER.glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "shapes" / "vocabularies").glob("*.ttl")):
        graph.parse(path)
    return graph


def concepts(scheme: str) -> list[URIRef]:
    found = vocabularies().subjects(SKOS.inScheme, URIRef(f"{CONCEPT_BASE}{scheme}"))
    return [concept for concept in found if isinstance(concept, URIRef)]


def labels(concept: URIRef) -> Iterator[Literal]:
    for kind in LABELS:
        for label in vocabularies().objects(concept, kind):
            assert isinstance(label, Literal)
            yield label


def failures(graph: Graph) -> set[str]:
    """Return the names of the shapes that a graph does not meet."""
    _, report, _ = validate(graph, shacl_graph=shapes())
    assert isinstance(report, Graph)
    return {str(shape).removeprefix(SGSH) for shape in report.objects(None, SH.sourceShape)}


# --------------------------------------------------------------------------------------------------
# The files as they are


def test_vocabularies_meet_their_shapes() -> None:
    assert failures(vocabularies()) == set()


def test_shapes_apply_to_concepts_and_schemes_that_exist() -> None:
    targets = set(shapes().objects(None, SH.targetClass))
    assert targets == {SKOS.Concept, SKOS.ConceptScheme}
    assert all((None, RDF.type, target) in vocabularies() for target in targets)


@pytest.mark.parametrize(("scheme", "least"), [("target-group", 150), ("theme", 100)])
def test_vocabulary_is_large_enough(scheme: str, least: int) -> None:
    assert len(concepts(scheme)) >= least


@pytest.mark.parametrize("scheme", ["target-group", "theme"])
def test_iri_is_made_of_the_english_name(scheme: str) -> None:
    for concept in concepts(scheme):
        names = [str(name) for name in labels(concept) if name.language == "en"]
        assert str(concept) == f"{CONCEPT_BASE}{scheme}/{slug(names[0])}"


@pytest.mark.parametrize("scheme", ["target-group", "theme"])
def test_every_concept_is_reached_from_a_top_concept(scheme: str) -> None:
    graph = vocabularies()
    level = set(graph.subjects(SKOS.topConceptOf, URIRef(f"{CONCEPT_BASE}{scheme}")))
    reached = set(level)
    while level:
        level = {below for above in level for below in graph.subjects(SKOS.broader, above)} - reached
        reached |= level
    assert reached == set(concepts(scheme))


@pytest.mark.parametrize("scheme", ["target-group", "theme"])
def test_labels_tell_concepts_apart_as_the_matcher_compares_them(scheme: str) -> None:
    owners: dict[tuple[str, str | None, str | None], set[URIRef]] = defaultdict(set)
    for concept in concepts(scheme):
        for label in labels(concept):
            exact = str(label) if is_abbreviation(str(label)) else None
            owners[normalise(label).text, exact, label.language].add(concept)
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("scheme", ["target-group", "theme"])
def test_no_label_is_listed_twice_in_two_spellings_that_match_alike(scheme: str) -> None:
    for concept in concepts(scheme):
        forms = [
            (normalise(label).text, str(label) if is_abbreviation(str(label)) else None, label.language)
            for label in labels(concept)
        ]
        assert len(forms) == len(set(forms)), concept


def test_only_the_narrower_concept_states_the_hierarchy() -> None:
    graph = vocabularies()
    assert not [*graph.triples((None, SKOS.narrower, None)), *graph.triples((None, SKOS.hasTopConcept, None))]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttl")), ids=lambda path: path.name)
def test_file_is_sorted_by_slug(path: Path) -> None:
    names = re.findall(r"^(?:group|theme):(\S+) a skos:Concept", path.read_text("utf-8"), re.MULTILINE)
    assert names
    assert names == sorted(set(names))


# --------------------------------------------------------------------------------------------------
# What must be in them

SEED_GROUPS = {
    "everyone": "everyone",
    "all countries": "all-countries",
    "all humanity": "all-humanity",
    "people": "people",
    "societies": "societies",
    "all peoples": "all-peoples",
    "women and girls": "women-and-girls",
    "youth": "youth",
    "indigenous peoples": "indigenous-peoples",
    "older persons": "older-persons",
    "persons with disabilities": "persons-with-disabilities",
    "persons with specific needs": "persons-with-specific-needs",
    "benefit of all": "everyone",
}
SEED_THEMES = {
    "telecommunications/ICTs": "telecommunications-icts",
    "telecommunication/information and communication technologies": "telecommunications-icts",
    "ICTs": "telecommunications-icts",
    "universal connectivity": "universal-connectivity",
    "universal access": "universal-access",
    "harmful interference": "harmful-interference",
    "radiocommunication services": "radiocommunication-services",
    "standardization of telecommunications": "standardization-of-telecommunications",
    "business models": "business-models",
    "digital divide": "digital-divide",
    "digital transformation": "digital-transformation",
    "sustainable development": "sustainable-development",
    "inclusive society and economy": "inclusive-society-and-economy",
    "climate and environmental crisis": "climate-and-environmental-crisis",
    "advancement of science": "advancement-of-science",
    "exploration of Earth and space": "exploration-of-earth-and-space",
    "information society": "information-society",
}
ABBREVIATIONS = {
    "LDCs": "least-developed-countries",
    "LLDCs": "landlocked-developing-countries",
    "SIDS": "small-island-developing-states",
    "SMEs": "small-and-medium-sized-enterprises",
    "PwDs": "persons-with-disabilities",
}


@pytest.mark.parametrize(
    ("label", "concept"),
    [(label, GROUPS[name]) for label, name in (SEED_GROUPS | ABBREVIATIONS).items()]
    + [(label, THEMES[name]) for label, name in SEED_THEMES.items()],
)
def test_label_names_concept(label: str, concept: URIRef) -> None:
    assert Literal(label, lang="en") in set(labels(concept))


def test_words_that_name_a_group_only_in_context_are_hidden_labels() -> None:
    everyone = set(vocabularies().objects(GROUPS["everyone"], SKOS.hiddenLabel))
    assert Literal("for all", lang="en") in everyone
    assert (None, None, Literal("all", lang="en")) not in vocabularies()


def test_women_and_girls_are_one_group_with_two_narrower_ones() -> None:
    narrower = set(vocabularies().subjects(SKOS.broader, GROUPS["women-and-girls"]))
    assert narrower == {GROUPS["women"], GROUPS["girls"]}


@pytest.mark.parametrize("language", ["ar", "es", "fr", "it", "ru", "zh"])
@pytest.mark.parametrize("scheme", ["target-group", "theme"])
def test_common_concepts_have_names_in_other_languages(scheme: str, language: str) -> None:
    named = [
        concept
        for concept in concepts(scheme)
        if any(label.language == language for label in vocabularies().objects(concept, SKOS.prefLabel))  # type: ignore[attr-defined]
    ]
    assert len(named) >= 80


# --------------------------------------------------------------------------------------------------
# Mappings and sources


def verified(name: str) -> set[str]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert all(row["iri"] and row["label"] and row["source"] for row in rows)
    iris = [row["iri"] for row in rows]
    assert iris == sorted(set(iris))
    return set(iris)


def mapped() -> set[str]:
    return {str(value) for mapping in MAPPINGS for value in vocabularies().objects(None, mapping)}


def test_mappings_lead_to_iris_that_were_looked_up_and_to_all_of_these() -> None:
    others, unesco = verified("verified-iris.tsv"), verified("verified-iris-unesco.tsv")
    assert mapped() == others | unesco
    assert {iri for iri in mapped() if iri.startswith(UNESCO)} == unesco


def test_sdg_links_are_goals_and_targets_and_lead_to_all_goals() -> None:
    goal_or_target = re.compile(re.escape(SDG) + r"\d{1,2}(\.[0-9a-d]{1,2})?")
    links = [
        (concept, mapping, str(value))
        for mapping in MAPPINGS
        for concept, value in vocabularies().subject_objects(mapping)
        if str(value).startswith(SDG)
    ]
    assert links
    for concept, mapping, value in links:
        assert mapping in (SKOS.relatedMatch, SKOS.broadMatch)
        assert goal_or_target.fullmatch(value), concept
    goals = {value.removeprefix(SDG).partition(".")[0] for _, _, value in links}
    assert goals == {str(number) for number in range(1, 18)}


@pytest.mark.shared
@pytest.mark.skipif(not MAPPING_LABELS.is_file(), reason="the shared documents are not beside the checkout")
def test_every_mapping_that_was_verified_by_hand_is_there() -> None:
    with MAPPING_LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            triple = (URIRef(CONCEPT_BASE + row["local"]), SKOS[row["relation"]], URIRef(row["external"]))
            assert triple in vocabularies()


@pytest.mark.parametrize("path", LABEL_FILES, ids=lambda path: path.name)
def test_label_file_says_where_its_labels_are_from(path: Path) -> None:
    graph = Graph().parse(path)
    unverified = "unverified" in path.name
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        if unverified:
            notes = [str(note) for note in graph.objects(concept, SKOS.editorialNote)]
            assert len(notes) == 1
            assert "unverified" in notes[0]
        else:
            source = graph.value(concept, DCTERMS.source)
            assert any((concept, mapping, source) in vocabularies() for mapping in MAPPINGS)
    languages = {label.language for kind in LABELS for label in graph.objects(None, kind)}  # type: ignore[attr-defined]
    assert languages == ({"ar", "de", "es", "fr", "it", "pt", "ru", "zh"} if unverified else {"es", "fr"})


def test_unesco_labels_stand_under_their_own_licence() -> None:
    for path in FOLDER.glob("*-unesco.ttl"):
        text = path.read_text("utf-8")
        assert "http://creativecommons.org/licenses/by-sa/3.0/igo/" in text
        assert "The UNESCO Thesaurus which is made available by UNESCO" in text


# --------------------------------------------------------------------------------------------------
# The shapes: each finds the fault it is for, and no other

GOOD = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/> .
@prefix sg: <https://w3id.org/strategraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/strategraph/concept/> .

<target-group> a skos:ConceptScheme ; dcterms:title "Groups"@en ; dcterms:license ex:licence .
<theme> a skos:ConceptScheme ; dcterms:title "Themes"@en ; dcterms:license ex:licence .
ex:people a skos:Concept, sg:TargetGroup ; skos:inScheme <target-group> ; skos:topConceptOf <target-group> ;
    skos:prefLabel "people"@en ; skos:definition "All."@en .
ex:farmers a skos:Concept, sg:TargetGroup ; skos:inScheme <target-group> ; skos:broader ex:people ;
    skos:prefLabel "farmers"@en ; skos:altLabel "growers"@en ; skos:hiddenLabel "farmer"@en ;
    skos:definition "Those who farm."@en ; skos:exactMatch ex:f ; skos:closeMatch ex:g .
ex:trade a skos:Concept, sg:Theme ; skos:inScheme <theme> ; skos:topConceptOf <theme> ;
    skos:prefLabel "trade"@en ; skos:definition "Exchange."@en .
"""

# shape that must fail: what is put for what in the good vocabulary
FAULTS = {
    "scheme-has-title": ('dcterms:title "Themes"@en ; ', ""),
    "scheme-has-licence": ('"Themes"@en ; dcterms:license ex:licence', '"Themes"@en'),
    "scheme-has-top-concept": ("skos:topConceptOf <theme>", "skos:topConceptOf ex:nowhere"),
    "concept-has-english-name": ('skos:prefLabel "trade"@en', 'skos:prefLabel "commerce"@fr'),
    "concept-has-one-name-per-language": ('"trade"@en', '"trade"@en, "commerce"@en'),
    "name-is-no-alternative": ('skos:altLabel "growers"@en', 'skos:altLabel "farmers"@en'),
    "name-is-not-hidden": ('skos:hiddenLabel "farmer"@en', 'skos:hiddenLabel "farmers"@en'),
    "alternative-is-not-hidden": ('skos:hiddenLabel "farmer"@en', 'skos:hiddenLabel "growers"@en'),
    "preferred-label-is-tagged": ('skos:prefLabel "trade"@en', 'skos:prefLabel "trade"@en, "commerce"'),
    "alternative-label-is-tagged": ('"growers"@en', '"growers"'),
    "hidden-label-is-tagged": ('"farmer"@en', '"farmer"'),
    "concept-has-definition": ('skos:definition "Exchange."@en', 'skos:definition "Échange."@fr'),
    "concept-has-one-definition-per-language": ('"Exchange."@en', '"Exchange."@en, "Barter."@en'),
    "concept-is-in-scheme": (
        "ex:trade a skos:Concept",
        "ex:lost a skos:Concept, sg:Theme ; skos:topConceptOf <theme> ; skos:prefLabel 'lost'@en ;"
        " skos:definition 'Lost.'@en ; skos:inScheme <theme>, ex:nowhere .\nex:trade a skos:Concept",
    ),
    "concept-is-in-one-scheme": (
        "skos:inScheme <theme>",
        "skos:inScheme <theme>, ex:third .\nex:third a skos:ConceptScheme ; dcterms:title 'T'@en ;"
        " dcterms:license ex:licence . ex:trade skos:topConceptOf ex:third",
    ),
    "broader-is-concept": ("skos:broader ex:people", "skos:broader ex:people, ex:nobody"),
    "exact-match-is-no-broad-match": ("skos:closeMatch ex:g", "skos:broadMatch ex:f"),
    "exact-match-is-no-narrow-match": ("skos:closeMatch ex:g", "skos:narrowMatch ex:f"),
    "exact-match-is-no-related-match": ("skos:closeMatch ex:g", "skos:relatedMatch ex:f"),
    "mapping-leads-elsewhere": ("skos:closeMatch ex:g", "skos:closeMatch <theme/trade>"),
    "concept-is-typed": ("a skos:Concept, sg:Theme", "a skos:Concept, sg:TargetGroup"),
    "concept-has-place": ("skos:broader ex:people", "skos:related ex:trade"),
    "broader-is-acyclic": (
        "skos:topConceptOf <target-group>",
        "skos:broader ex:farmers .\nex:all a skos:Concept, sg:TargetGroup ; skos:inScheme <target-group> ;"
        " skos:topConceptOf <target-group> ; skos:prefLabel 'all'@en ; skos:definition 'All.'@en .\n"
        "ex:people skos:broader ex:farmers",
    ),
    "broader-stays-in-scheme": ("skos:broader ex:people", "skos:broader ex:trade"),
    "related-is-not-above": ("skos:broader ex:people", "skos:broader ex:people ; skos:related ex:people"),
    "label-is-unambiguous": ('"growers"@en', '"people"@en'),
}


def test_good_vocabulary_meets_the_shapes() -> None:
    assert failures(Graph().parse(data=GOOD, format="turtle")) == set()


@pytest.mark.parametrize("shape", FAULTS)
def test_shape_finds_its_fault(shape: str) -> None:
    good, bad = FAULTS[shape]
    assert good in GOOD
    # A concept in an unknown scheme is in two schemes as well: the good one keeps its other facts right.
    beside = {"concept-is-in-scheme": {"concept-is-in-one-scheme"}}.get(shape, set())
    assert failures(Graph().parse(data=GOOD.replace(good, bad), format="turtle")) == {shape} | beside


def test_every_shape_has_a_fault_that_it_finds_and_a_text_that_explains_it() -> None:
    constraints = set(shapes().subjects(SH.name))
    assert {str(shape).removeprefix(SGSH) for shape in constraints} == set(FAULTS)
    for shape in constraints:
        assert (shape, SH.description, None) in shapes()
        assert (shape, SH.severity, SH.Violation) in shapes()
        assert (shape, SH.message, None) in shapes() or (shape, SH.sparql / SH.message, None) in shapes()
    listed = set(shapes().objects(None, SH.property))
    declared = set(shapes().subjects(RDF.type, SH.PropertyShape))
    assert declared <= listed


COLLECTIVE = {"academia", "all humanity", "civil society", "everyone", "faculty", "general public"}
COLLECTIVE |= {"military personnel", "private sector", "research community", "Roma", "rural youth"}
COLLECTIVE |= {"unemployed youth", "youth"}
PLURAL = {"en": r"s\b|\bpeople\b|men\b|\bchildren\b", "es": r"s\b", "fr": r"[sx]\b", "pt": r"s\b"}


def test_a_group_is_named_in_the_plural() -> None:
    collective = {GROUPS[slug(name)] for name in COLLECTIVE}
    singular = [
        label
        for concept, label in vocabularies().subject_objects(SKOS.prefLabel)
        if isinstance(label, Literal) and str(concept) in GROUPS and concept not in collective
        if not re.search(PLURAL.get(label.language or "", ""), label)
    ]
    assert singular == []
