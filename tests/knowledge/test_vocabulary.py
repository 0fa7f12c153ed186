"""Loading SKOS vocabularies, ours and a user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.knowledge.vocabulary import TARGET_GROUP, THEME, ConceptName, built_in, load

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sg: <https://w3id.org/strategraph/ns#> .
@prefix : <https://example.org/> .
"""


def write(path: Path, turtle: str) -> Path:
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(
        tmp_path / "base.ttl",
        """
        :scheme/target-group a skos:ConceptScheme .
        :people a skos:Concept ; skos:inScheme <https://example.org/target-group> ; skos:prefLabel "people"@en .
        :women a skos:Concept ; skos:prefLabel "women"@en, "femmes"@fr ; skos:altLabel "adult  women"@en-GB ;
            skos:hiddenLabel "woman"@en ; skos:broader :people ; skos:definition "Adult female people."@en ;
            skos:closeMatch <http://eurovoc.europa.eu/5280> .
        :water a sg:Theme ; skos:prefLabel "water" .
        """.replace(":scheme/target-group", "<https://example.org/target-group>"),
    )


def test_the_built_in_vocabularies_load() -> None:
    vocabulary = load()
    assert vocabulary.scheme(TARGET_GROUP)
    assert vocabulary.scheme(THEME)
    assert len(vocabulary.entries) == len(vocabulary.by_iri)
    assert all(path.suffix == ".ttl" for path in built_in())


def test_what_a_concept_has(base: Path) -> None:
    women = load([base]).by_iri["https://example.org/women"]
    assert women.scheme == TARGET_GROUP
    assert women.labels == (
        ConceptName("women", "en", "preferred"),
        ConceptName("femmes", "fr", "preferred"),
        ConceptName("adult women", "en-gb", "alternative"),
        ConceptName("woman", "en", "hidden"),
    )
    assert women.broader == ("https://example.org/people",)
    assert women.matches == (("closeMatch", "http://eurovoc.europa.eu/5280"),)
    assert women.definition == "Adult female people."


def test_names_by_language(base: Path) -> None:
    vocabulary = load([base])
    women, water = (
        vocabulary.by_iri["https://example.org/women"],
        vocabulary.by_iri["https://example.org/water"],
    )
    assert (women.name(), women.name("fr-CA"), women.name("de")) == ("women", "femmes", "women")
    assert [label.text for label in women.names("fr")] == ["femmes"]
    assert [label.text for label in women.names("en-US")] == ["women", "adult women", "woman"]
    assert [label.text for label in water.names("fr")] == ["water"]  # no language: any text
    assert water.name("fr") == "water"


def test_a_concept_s_scheme_by_class_by_scheme_or_by_what_is_above_it(base: Path) -> None:
    schemes = {entry.iri.rpartition("/")[2]: entry.scheme for entry in load([base]).entries}
    assert schemes == {"people": TARGET_GROUP, "women": TARGET_GROUP, "water": THEME}


def test_the_concepts_above_one(base: Path, tmp_path: Path) -> None:
    own = write(
        tmp_path / "own.ttl",
        ':mothers skos:prefLabel "mothers" ; a skos:Concept ; skos:broader :women, :elsewhere . '
        ":people skos:broader :women .",  # a circle is no reason to hang
    )
    above = [entry.name() for entry in load([base], [own]).broader("https://example.org/mothers")]
    assert above == ["women", "people"]


def test_a_user_s_own_concepts_come_first(base: Path, tmp_path: Path) -> None:
    own = write(
        tmp_path / "own.ttl",
        ':beekeepers a sg:TargetGroup ; skos:prefLabel "beekeepers"@en . '
        ':women skos:prefLabel "women and gender minorities"@en ; skos:altLabel "ladies"@en .',
    )
    vocabulary = load([base], [own])
    assert next(iter(vocabulary.entries)).name() == "beekeepers"
    women = vocabulary.by_iri["https://example.org/women"]
    assert women.name() == "women and gender minorities"
    assert {label.text for label in women.labels if label.kind == "alternative"} == {
        "adult women",
        "ladies",
        "women",
    }


def test_other_rdf_formats_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "own.nt"
    path.write_text(
        '<https://example.org/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "x" .\n'
        "<https://example.org/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://w3id.org/strategraph/ns#Theme> .\n"
    )
    assert [entry.scheme for entry in load([path]).entries] == [THEME]


def test_the_same_files_are_read_once_and_changed_files_again(base: Path) -> None:
    first = load([base])
    assert load([base]) is first
    write(base, ':sea a sg:Theme ; skos:prefLabel "sea"@en .')
    assert [entry.name() for entry in load([base]).entries] == ["sea"]


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("nonsense", "not a SKOS vocabulary that parses"),
        (":a :b :c .", "no skos:Concept in it"),
        (":a a skos:Concept, sg:Theme .", "has no skos:prefLabel"),
        (':a a skos:Concept ; skos:prefLabel "a" .', "is neither target group nor theme"),
        (':a a skos:Concept ; skos:prefLabel "a" ; skos:broader :a .', "is neither target group nor theme"),
    ],
)
def test_unusable_files(tmp_path: Path, turtle: str, message: str) -> None:
    path = write(tmp_path / "own.ttl", turtle)
    with pytest.raises(UnusableInputError, match=message) as caught:
        load(extra=[path])
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot read the vocabulary"):
        load(extra=[tmp_path / "none.ttl"])


def test_a_folder_is_no_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot read the vocabulary"):
        load(extra=[tmp_path])
