"""Events and organisations by name."""

from __future__ import annotations

import pytest

from strategraph.extraction.names import find_events, find_organizations, known_events
from strategraph.model import Passage, passage


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
