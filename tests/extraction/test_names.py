"""Acronyms with their long forms.

Events and organisations by name.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.names import (
    find_acronyms,
    find_events,
    find_organizations,
    known_events,
    long_form,
)
from strategraph.model import Passage, passage


def found(text: str) -> list[tuple[str, str | None]]:
    return [(mention.name, mention.other) for mention in find_acronyms([Passage(text, ((0, 0),))])]


@pytest.mark.parametrize(
    ("text", "acronym", "long"),
    [
        ("in least developed countries (LDCs)", "LDCs", "least developed countries"),
        ("where telecommunication/information and communication technologies (ICTs) are", "ICTs", "information and communication technologies"),
        ("the Data Governance Body (DGB)", "DGB", "Data Governance Body"),
        ("persons with disabilities (“PwDs”)", "PwDs", "persons with disabilities"),
        ("small island developing States (SIDS)", "SIDS", "small island developing States"),
        ("The FAO (Food and Agriculture Organization) grows", "FAO", "Food and Agriculture Organization"),
        ("micro, small and medium-sized enterprises (MSMEs)", "MSMEs", "micro, small and medium-sized enterprises"),
        ("key leaders, such as Evaluation Officers (EOs)", "EOs", "Evaluation Officers"),
        ("the International Code of Signals (ICS)", "ICS", "International Code of Signals"),
    ],
)  # fmt: skip
def test_acronyms(text: str, acronym: str, long: str) -> None:
    assert found(text) == [(acronym, long)]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 71 (Rev. Bucharest, 2022)",
        "women (see below)",
        "an agency (2020)",
        "We met. They (LDCs) grew.",
        "the FAO (FAO)",
        "our partners (WHO)",
        "the IT (a system of our own)",
        "(LDCs)",
        "Unido (UN)",
    ],
)
def test_no_acronyms(text: str) -> None:
    assert found(text) == []


def test_the_support_is_the_long_form_with_the_bracket() -> None:
    source = "**the least\ndeveloped countries** (LDCs) grow"
    text = passage(source, [(2, 29), (31, len(source))])
    (mention,) = find_acronyms([text])
    assert (
        source[mention.support.span.start : mention.support.span.end] == "least\ndeveloped countries** (LDCs)"
    )


def test_a_plural_s_is_no_letter_of_the_acronym() -> None:
    assert long_form("developing countries", "DCs") == 0
    assert long_form("developing countries", "DS") == 0
    assert long_form("a developing country", "DC") == 2


def test_letters_whose_lower_case_is_longer_are_let_be() -> None:
    assert long_form("İstanbul Bilim Kurulu", "IBK") is None


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for mention in find_acronyms([Passage(f"some {text} long form (SLF)", ((0, 0),))]):
        assert mention.other


def of(text: str) -> Passage:
    return passage(text, [(0, len(text))])


@pytest.mark.parametrize("event", known_events(), ids=lambda event: event.acronym)
def test_the_table_both_ways(event: object) -> None:
    for example in event.examples:  # type: ignore[attr-defined]
        assert any(m.support.rule == "event:table" for m in find_events([of(example)])), example
    for example in event.counter_examples:  # type: ignore[attr-defined]
        assert not any(m.support.rule == "event:table" for m in find_events([of(example)])), example


def test_an_acronym_and_a_year_alone_on_a_line() -> None:
    (mention,) = find_events([of("ABCD 2031")])
    assert (mention.name, mention.support.confidence) == ("ABCD 2031", 0.7)
    assert find_events([of("FY 2031"), of("See ABCD 2031 for more")]) == ()


def test_full_names_of_editions() -> None:
    (mention,) = find_events([of("as agreed at WTDC-22")])
    assert mention.other == "World Telecommunication Development Conference 2022"


def test_known_organisations() -> None:
    found = find_organizations([of("The International Telecommunication Union and WHO; who knows?")])
    assert [mention.name for mention in found] == ["International Telecommunication Union", "WHO"]
