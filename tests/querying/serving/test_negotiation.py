"""Accept headers: as RFC 9110 has them, as browsers send them, and as nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.querying.serving.negotiation import HTML, ROWS, TRIPLES, MediaRange, best, parse_accept

OFFERS = tuple(ROWS)
CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "application/sparql-results+xml, application/rdf+xml"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("  ", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv; q=0.5 , text/tab-separated-values ;q=0.4", "text/csv"),
        ("text/csv;Q=0.1, application/json;q=0.2", "application/json"),
        ("text/csv, */*", "text/csv"),
        ("*/*, text/csv;q=0", "application/sparql-results+json"),
        ("text/*, text/csv;q=0", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ('text/csv;header="a,b;q=0";q=0.4, text/xml;q=0.3', "text/csv"),
        (RDFLIB, "application/sparql-results+xml"),
        (CHROMIUM, "application/xml"),
        ("nonsense, text/csv", "text/csv"),
        ("text/csv;q=2", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("*/*;q=0.000", None),
        ("*/csv", None),
        ("text/csv/x", None),
        (",;,", None),
        ('"text/csv"', None),
    ],
)
def test_what_a_client_gets(accept: str, chosen: str | None) -> None:
    assert best(accept, OFFERS) == chosen


def test_browsers_get_the_page_and_programs_the_description() -> None:
    offers = (*TRIPLES, HTML)
    assert best(CHROMIUM, offers) == HTML
    assert best("*/*", offers) == "text/turtle"


@given(st.text(max_size=80) | st.text('*/;q=0.1, "\\atext', max_size=80))
def test_no_header_is_too_strange(header: str) -> None:
    for range_ in parse_accept(header):
        assert 0 <= range_.quality <= 1
    assert best(header, OFFERS) in (*OFFERS, None)


QUALITIES = st.integers(0, 1000)
RANGES = st.sampled_from([*OFFERS, "text/*", "application/*", "*/*", "image/png"])


@given(st.lists(st.tuples(RANGES, QUALITIES), min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_none_is_liked_better_than_the_chosen(wishes: list[tuple[str, int]]) -> None:
    header = ", ".join(f"{name};q={quality / 1000:.3f}" for name, quality in wishes)
    liking = dict(wishes)

    def liked(offer: str) -> int:
        kind = offer.partition("/")[0]
        return next((liking[name] for name in (offer, f"{kind}/*", "*/*") if name in liking), 0)

    chosen = best(header, OFFERS)
    if chosen is None:
        assert all(liked(offer) == 0 for offer in OFFERS)
    else:
        assert liked(chosen) == max(map(liked, OFFERS)) > 0


def test_ranges() -> None:
    assert MediaRange("*", "*", 1).covers("text/csv")
    assert MediaRange("text", "*", 1).covers("text/csv")
    assert not MediaRange("text", "csv", 1).covers("text/xml")
    assert [MediaRange(kind, subtype, 1).precision for kind, subtype in ("**", "t*", "ts")] == [0, 1, 2]
