"""What a text alone cites and says, as ``annotate`` prints it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.resolution.annotation.citations import citations_in, provisions_in


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Recalling its resolution 70/1,", ["A/RES/70/1"]),
        ("Recalling resolutions 1325 (2000) and 1820 (2008),", ["S/RES/1325 (2000)", "S/RES/1820 (2008)"]),
        ("resolution 44/5 of 16 July 2020", ["A/HRC/RES/44/5"]),
        ("resolution 3263 (XXIX)", ["A/RES/3263 (XXIX)"]),
        ("resolution 45/58 P of 4 December 1990", ["A/RES/45/58"]),
        ("the report (A/75/982)", ["A/75/982"]),
        ("Economic and Social Council resolution 1984/50", ["E/RES/1984/50"]),
        ("ITU Council Resolution 1299 (2008)", [None]),
        ("Council resolution 16/21", [None]),
    ],
)
def test_symbols(text: str, symbols: list[str | None]) -> None:
    assert [one.symbol for one in citations_in(text)] == symbols


def test_what_nothing_tells_is_presumed_with_less_confidence() -> None:
    (told,) = citations_in("resolution 70/1 of 25 September 2015")
    (presumed,) = citations_in("resolution 70/1")
    assert (told.iri, told.body) == (presumed.iri, presumed.body)
    assert presumed.confidence < told.confidence
    assert (told.year, told.date) == (2015, "2015-09-25")


def test_whose_it_is_must_be_certain_for_an_iri() -> None:
    (one,) = citations_in("Resolution 2/1 of the board")
    assert (one.iri, one.body, one.symbol) == (None, None, None)


def test_documents_are_told_from_instruments() -> None:
    kinds = [(one.kind, one.type) for one in citations_in("resolution 70/1 and document A/75/982")]
    assert kinds == [("instrument", "Resolution"), ("document", "CitedDocument")]


def test_an_act_that_is_amended_and_repealed_is_said_once_for_each() -> None:
    text = "Regulation (EU) 2018/1863 amending and repealing Council Decision 2007/534/JHA"
    first, *others = citations_in(text)
    assert first.relation == "cites"
    assert [(one.relation, one.of, one.of_text) for one in others] == [
        ("amends", first.iri, first.text),
        ("repeals", first.iri, first.text),
    ]


def test_paragraphs_are_parted_by_blank_lines() -> None:
    text = "The General Assembly,\n\nRecalling its resolution\n60/66,\n\n1. Decides to meet;"
    assert [(one.part, one.verb) for one in provisions_in(text)] == [
        ("preambular", "recalling"),
        ("operative", "decide"),
    ]
    (one,) = citations_in(text)
    assert (one.text, one.symbol) == ("resolution\n60/66", "A/RES/60/66")


def test_a_plans_words_are_no_provisions() -> None:
    assert provisions_in("We grow meadows with farmers and schools.") == ()


@given(st.text(max_size=300))
def test_spans_are_those_of_the_text(text: str) -> None:
    for cited in citations_in(text):
        assert text[cited.start : cited.end] == cited.text
    for provision in provisions_in(text):
        assert text[provision.start : provision.end] == provision.text
