"""Senses of words, against their own examples.

Target groups and themes in passages.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.concepts import Sense, find_concepts, is_theme, senses
from strategraph.extraction.groups import ADDRESSED, INVOLVED
from strategraph.knowledge.vocabulary import TARGET_GROUP, THEME, load
from strategraph.model import ConceptMention, NameMention, Passage, Span, Support, passage


def place(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize("sense", senses(), ids=lambda sense: f"{sense.theme}-{sense.language}")
def test_examples_and_counter_examples(sense: Sense) -> None:
    for marked in sense.examples:
        assert sense.denies(*place(marked)), marked
    for marked in sense.counter_examples:
        assert not sense.denies(*place(marked)), marked


@pytest.mark.parametrize("sense", senses(), ids=lambda sense: f"{sense.theme}-{sense.language}")
def test_themes_exist(sense: Sense) -> None:
    assert f"https://w3id.org/strategraph/concept/theme/{sense.theme}" in load().by_iri


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "the Ministry of [Health]"),
        ("en", "the Department for Digital and [Culture]"),
        ("en", "a [Health] Equity Institute"),
        ("it", "il Ministero per la [trasformazione digitale]"),
        ("fr", "le ministère de la [santé]"),
        ("es", "el Ministerio de [Salud]"),
    ],
)
def test_a_theme_in_the_name_of_a_body_is_that_name(language: str, marked: str) -> None:
    assert not is_theme(*place(marked), "any", language)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "better [health] for all"),
        ("en", "the ministry improves [health]"),
        ("it", "la [trasformazione digitale]"),
    ],
)
def test_a_theme_elsewhere_is_one(language: str, marked: str) -> None:
    assert is_theme(*place(marked), "any", language)


FIXTURE = Path(__file__).parents[1] / "vocabulary.ttl"
VOCABULARY = load([FIXTURE])
GROUP = "https://example.org/target-group/"


def of(text: str) -> Passage:
    return Passage(text, ((0, 0),))


def mentions(*texts: str, language: str = "en") -> list[ConceptMention]:
    return list(find_concepts([of(text) for text in texts], VOCABULARY, language))


def groups(*texts: str) -> list[str]:
    return [mention.surface for mention in mentions(*texts) if mention.scheme == TARGET_GROUP]


def themes(*texts: str) -> list[str]:
    return [mention.surface for mention in mentions(*texts) if mention.scheme == THEME]


def group(text: str) -> ConceptMention:
    (found,) = [mention for mention in mentions(text) if mention.scheme == TARGET_GROUP]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Serve women and girls.", ["women and girls"]),
        (
            "Support women, youth and persons with disabilities.",
            ["women", "youth", "persons with disabilities"],
        ),
        ("for all humanity", ["all humanity"]),
        ("We teach every first-year student.", ["every first-year student"]),
        ("Support for small- and medium-sized enterprises", ["small- and medium-sized enterprises"]),
    ],
)
def test_groups_that_an_element_is_for(text: str, expected: list[str]) -> None:
    found = [one.surface for one in mentions(text) if one.role == ADDRESSED]
    assert found == expected


@pytest.mark.parametrize(
    "text", ["a people-centred approach", "our country offices", "The river rises in May."]
)
def test_no_groups(text: str) -> None:
    assert groups(text) == []


def test_a_name_of_the_vocabulary() -> None:
    found = group("Serve older people.")
    assert (found.label, found.concept, found.broader) == ("older persons", f"{GROUP}older-persons", None)
    assert found.support.rule == "group tagger"


def test_a_narrower_group_is_a_candidate_under_its_head() -> None:
    found = group("Support for rural women")
    assert (found.label, found.concept, found.broader) == ("rural women", None, f"{GROUP}women")


def test_a_quantifier_is_part_of_the_words_and_not_of_the_name() -> None:
    found = group("a better life for all citizens")
    assert (found.surface, found.label, found.concept) == ("all citizens", "citizens", f"{GROUP}citizens")


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "Lessons are given through a network of student volunteers.", INVOLVED),
        ("en", "In partnership with farmers we plant trees.", INVOLVED),
        ("en", "Train farmers.", ADDRESSED),
        ("fr", "Un service mené en partenariat avec les agriculteurs.", INVOLVED),
        ("en", "We work with farmers, teachers and students.", INVOLVED),
        ("en", "Working with teachers, for students.", ADDRESSED),
    ],
)
def test_roles(language: str, text: str, role: str) -> None:
    *_, found = [one for one in find_concepts([of(text)], load(), language) if one.scheme == TARGET_GROUP]
    assert found.role == role


def test_an_acronym_that_the_text_defines_for_a_group() -> None:
    first, second = mentions("Support nomadic herding families (NHFs).", "Teach NHFs.")
    assert (first.surface, second.surface) == ("nomadic herding families", "NHFs")
    assert second.label == first.label
    assert second.support.rule == "acronym"


def test_an_acronym_that_another_passage_defines() -> None:
    definition = NameMention("PWSNs", Support(Span(1000, 1060), "acronym"), "persons with specific needs")
    (found,) = find_concepts([of("Teach PWSNs.")], VOCABULARY, "en", [definition])
    assert (found.surface, found.concept) == ("PWSNs", f"{GROUP}persons-with-specific-needs")


def test_an_acronym_of_something_else_names_no_group() -> None:
    assert mentions("Old Boats Records (OBRs) and more OBRs") == []


def test_themes() -> None:
    assert themes("digital transformation by telecommunications/ICTs; digital divide") == [
        "digital transformation",
        "telecommunications/ICTs",
        "digital divide",
    ]


def test_words_of_a_group_or_a_name_are_no_theme() -> None:
    assert themes("the World Health Organization, the Ministry of Digital Transformation") == []


def test_part_of_an_address_is_no_theme() -> None:
    assert themes("See education.example.org and health.example.org/page for education.") == ["education"]


def test_a_user_s_vocabulary_wins(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix sg: <https://w3id.org/strategraph/ns#> ."
        ' <https://example.org/f> a sg:Theme ; skos:prefLabel "women"@en .'
        ' <https://example.org/b> a sg:TargetGroup ; skos:prefLabel "itinerant beekeepers"@en .',
        encoding="utf-8",
    )
    vocabulary = load([FIXTURE], [path])
    found = find_concepts([of("Support itinerant beekeepers.")], vocabulary, "en")
    assert [mention.concept for mention in found] == ["https://example.org/b"]


def test_spans_are_the_source_s() -> None:
    source = "**Goal**:\n serve   older\npersons."
    (found,) = find_concepts([passage(source, [(2, 6), (8, len(source))])], VOCABULARY, "en")
    assert source[found.support.span.start : found.support.span.end] == "older\npersons"
    assert found.surface == "older persons"


WORDS = st.sampled_from(
    [
        "women",
        "girls",
        "and",
        ",",
        "all",
        "the",
        "for",
        "by",
        "people",
        "who",
        "youth",
        "(",
        ")",
        "LDCs",
        "of",
        "in",
        "rural",
        "areas",
        "including",
        "every",
        "child",
        "affected",
        "conflict",
        "with",
        "disabilities",
        ".",
        "community",
        "society",
        "digital",
        "divide",
        "’s",
        "more",
        "most",
        "poor",
        "beekeepers",
        "will",
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_any_order_of_words_gives_sound_mentions(words: list[str]) -> None:
    text = " ".join(words)
    found = find_concepts([of(text)], VOCABULARY, "en") if text else ()
    for mention in found:
        span = mention.support.span
        assert text[span.start : span.end] == mention.surface
        assert mention.label
    for scheme in (TARGET_GROUP, THEME):
        spans = [mention.support.span for mention in found if mention.scheme == scheme]
        assert all(not a.overlaps(b) for a, b in pairwise(spans))


def test_an_acronym_in_a_longer_name_names_no_group() -> None:
    definition = NameMention("PWSN", Support(Span(1000, 1060), "acronym"), "persons with specific needs")
    found = find_concepts([of("The PWSN Council meets. Serve PWSN now.")], VOCABULARY, "en", [definition])
    assert [(mention.surface, mention.support.span.start) for mention in found] == [("PWSN", 30)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Serve women, but not children.", ["women"]),
        ("en", "Services for women, except the children.", ["women"]),
        ("en", "Serve not only women but also children.", ["women", "children"]),
        ("fr", "Servir les femmes, mais pas les enfants.", ["femmes"]),
        ("fr", "Servir les femmes, à l’exception des enfants.", ["femmes"]),
        ("es", "Atender a las mujeres, excepto los niños.", ["mujeres"]),
        ("it", "Servire le donne, tranne i bambini.", ["donne"]),
        ("ru", "Услуги для женщин, кроме детей.", ["женщин"]),
    ],
)
def test_groups_that_the_words_before_them_leave_out(language: str, text: str, expected: list[str]) -> None:
    found = find_concepts([of(text)], load(), language)
    addressed = [mention.surface for mention in found if mention.role == ADDRESSED]
    assert addressed == expected


def test_a_text_too_short_to_tell_its_language_is_read_as_english() -> None:
    found = find_concepts([of("Serve youth.")], load(), "und")
    assert [mention.surface for mention in found] == ["youth"]
