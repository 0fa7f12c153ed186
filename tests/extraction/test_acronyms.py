"""Acronyms with their long forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.acronyms import find_acronyms, long_form
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
