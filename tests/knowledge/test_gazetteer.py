"""Terms in text: normal form, offsets back, boundaries, case."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.knowledge.gazetteer import _IRREGULAR, Gazetteer, _irregular, is_abbreviation, normalise

TERMS = (
    "women",
    "women and girls",
    "girls",
    "small and medium-sized enterprises",
    "decision-makers",
    "people",
    "LDCs",
    "IT",
    "indigenous people's councils",
    "telecommunications/ICTs",
    "女性",
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer[str]:
    return Gazetteer((term, term) for term in TERMS)


def found(gazetteer: Gazetteer[str], text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.value) for hit in gazetteer.find(text)]


def test_the_longest_of_the_leftmost_wins(gazetteer: Gazetteer[str]) -> None:
    assert found(gazetteer, "women and girls, women and men") == [
        ("women and girls", "women and girls"),
        ("women", "women"),
    ]


def test_a_longer_term_that_ends_within_a_word_does_not_hide_a_shorter_one(
    gazetteer: Gazetteer[str],
) -> None:
    assert found(gazetteer, "women and girlsome") == [("women", "women")]


@pytest.mark.parametrize(
    "text",
    [
        "Small and Medium-Sized Enterprises",
        "small and medium sized enterprises",
        "small- and medium-sized enterprises",
        "small  and\u00a0medium\u2011sized enterprises",
        "small and medium-\nsized enterprises",
        "sm\u00adall and medium\u2013sized enterprises",
        "ｓｍａｌｌ and medium-sized enterprises",
    ],
)
def test_variants_of_writing_are_equal_and_quoted_as_they_stand(gazetteer: Gazetteer[str], text: str) -> None:
    assert found(gazetteer, f"for {text}, too") == [(text, "small and medium-sized enterprises")]


def test_apostrophes_are_equal(gazetteer: Gazetteer[str]) -> None:
    assert found(gazetteer, "Indigenous people’s councils") == [
        ("Indigenous people’s councils", "indigenous people's councils")
    ]


def test_spaces_around_a_slash_do_not_count(gazetteer: Gazetteer[str]) -> None:
    assert found(gazetteer, "telecommunications/ ICTs") == [
        ("telecommunications/ ICTs", "telecommunications/ICTs")
    ]


@pytest.mark.parametrize("text", ["people-centred", "non-people", "peoples", "_people", "townspeople"])
def test_parts_of_words_do_not_count(gazetteer: Gazetteer[str], text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize(
    "text", ["people.", "(people)", "people’s", "people/women", "people – women", "-people"]
)
def test_marks_bound_words(gazetteer: Gazetteer[str], text: str) -> None:
    assert found(gazetteer, text)[0] == ("people", "people")


def test_a_dash_between_spaces_is_no_hyphen(gazetteer: Gazetteer[str]) -> None:
    assert found(gazetteer, "decision – makers") == []


def test_scripts_without_spaces_have_no_word_ends(gazetteer: Gazetteer[str]) -> None:
    assert found(gazetteer, "支持女性参与") == [("女性", "女性")]


def test_abbreviations_keep_their_case(gazetteer: Gazetteer[str]) -> None:
    assert found(gazetteer, "it is IT for LDCs, not ldcs") == [("IT", "IT"), ("LDCs", "LDCs")]


def test_an_abbreviation_and_a_word_of_the_same_letters() -> None:
    gazetteer = Gazetteer([("AIDS", 1), ("aids", 2), ("AIDS", 3)])
    assert len(gazetteer) == 2
    assert [hit.value for hit in gazetteer.find("AIDS and aids")] == [1, 2]


def test_of_equal_terms_the_first_wins() -> None:
    gazetteer = Gazetteer([("older persons", "ours"), ("Older  Persons", "theirs")])
    assert [hit.value for hit in gazetteer.find("older persons")] == ["ours"]
    assert gazetteer.get("OLDER PERSONS") == "ours"
    assert gazetteer.get("persons") is None


def test_abbreviations_are_looked_up_in_their_case(gazetteer: Gazetteer[str]) -> None:
    assert gazetteer.get("LDCs") == "LDCs"
    assert gazetteer.get("ldcs") is None


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert list(Gazetteer[str]([("", "x"), ("  ", "y")]).find("anything")) == []


def test_a_hit_never_cuts_a_character() -> None:
    gazetteer = Gazetteer([("of", 1), ("f", 2)])
    assert found(gazetteer, "oﬀ") == []  # type: ignore[arg-type]  # ff is one character
    assert [(h.start, h.end) for h in Gazetteer([("off", 1)]).find("an oﬀ")] == [(3, 5)]


def test_marks_belong_to_their_letters() -> None:
    text = unicodedata.normalize("NFD", "les étudiants")
    assert [text[h.start : h.end] for h in Gazetteer([("étudiants", 1)]).find(text)] == [text[4:]]


def test_what_is_an_abbreviation() -> None:
    assert [
        term
        for term in ("SIDS", "PwDs", "R&D", "UN", "Deaf", "I", "UN Women", "iOS")
        if is_abbreviation(term)
    ] == [
        "SIDS",
        "PwDs",
        "R&D",
        "UN",
        "iOS",
    ]


@given(st.text(st.sampled_from("aB1 \t\n-/\u2011\u2013\u0301\u00ad.,'’éﬁ女 and or"), max_size=60))
def test_the_fast_scan_misses_nothing(text: str) -> None:
    everywhere = [match.span() for match in _IRREGULAR.finditer(text)]
    assert [match.span() for match in _irregular(text)] == everywhere


@given(st.text(max_size=80))
def test_the_way_back_is_monotonous_and_ends_at_the_end(text: str) -> None:
    normal = normalise(text)
    if normal.origin is None:
        assert len(normal.text) == len(text)
    else:
        assert len(normal.origin) == len(normal.text) + 1
        assert list(normal.origin) == sorted(normal.origin)
        assert normal.origin[-1] == len(text)


@given(st.text(max_size=40), st.sampled_from(TERMS), st.text(max_size=40))
def test_hits_are_in_order_and_their_words_are_the_term(before: str, term: str, after: str) -> None:
    gazetteer = Gazetteer((name, name) for name in TERMS)
    text = f"{before} {term} {after}"
    end = 0
    for hit in gazetteer.find(text):
        assert end <= hit.start < hit.end
        assert normalise(text[hit.start : hit.end]).text == normalise(hit.value).text
        end = hit.end
