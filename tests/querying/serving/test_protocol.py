"""Queries read out of requests: what a request says, and what is refused with which status."""

from __future__ import annotations

import socket
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.querying.engine import Scope
from strategraph.querying.serving.protocol import (
    FORM,
    HTML,
    QUERY,
    ROWS,
    TRIPLES,
    UPDATE,
    MediaRange,
    ProtocolQuery,
    RequestError,
    best,
    check_host,
    cors_headers,
    is_loopback,
    parse_accept,
    read_query,
)


def get(address: str) -> dict[str, Any]:
    return {"REQUEST_METHOD": "GET", "QUERY_STRING": address}


def post(body: bytes, kind: str, address: str = "", **more: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "QUERY_STRING": address,
        "CONTENT_TYPE": kind,
        "wsgi.input": BytesIO(body),
        **more,
    }


# What may stand in a query: any text that UTF-8 has.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
IRIS = st.lists(TEXTS, max_size=3)


@given(TEXTS, IRIS, IRIS)
def test_all_ways_to_ask_say_the_same(query: str, default: list[str], named: list[str]) -> None:
    graphs = {"default-graph-uri": default, "named-graph-uri": named}
    address, whole = urlencode(graphs, doseq=True), urlencode({"query": query, **graphs}, doseq=True)
    scope = Scope(tuple(default), tuple(named)) if default or named else None
    expected = ProtocolQuery(query, scope)
    assert read_query(get(whole)) == expected
    assert read_query(post(whole.encode(), FORM)) == expected
    assert read_query(post(urlencode({"query": query}).encode(), FORM, address)) == expected
    if not query.startswith("\ufeff"):  # which, at the start of a body, is a mark and no text
        assert read_query(post(query.encode(), f"{QUERY}; charset=UTF-8", address)) == expected


@given(
    st.binary(max_size=60),
    st.text(max_size=20),
    st.sampled_from(["", FORM, QUERY, UPDATE, f"{FORM};charset=x"]),
)
def test_no_request_is_too_strange(body: bytes, address: str, kind: str) -> None:
    assert isinstance(outcome(post(body, kind, address)), ProtocolQuery | RequestError)


def outcome(request: dict[str, Any]) -> ProtocolQuery | RequestError | None:
    try:
        return read_query(request)
    except RequestError as error:
        return error


def test_who_only_looks() -> None:
    assert read_query(get("")) is None


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        (get("x=1"), HTTPStatus.BAD_REQUEST, "there are 0 queries"),
        (get("query=a&query=b"), HTTPStatus.BAD_REQUEST, "there are 2 queries"),
        (get("query=%ff"), HTTPStatus.BAD_REQUEST, "the address is not UTF-8"),
        (get("&".join(["query=a"] * 1001)), HTTPStatus.BAD_REQUEST, "too many fields"),
        (get("update=DROP+ALL"), HTTPStatus.FORBIDDEN, "no updates"),
        (post(b"update=DROP+ALL", FORM), HTTPStatus.FORBIDDEN, "no updates"),
        (post(b"DROP ALL", UPDATE), HTTPStatus.FORBIDDEN, "no updates"),
        (post(b"query=%ff", FORM), HTTPStatus.BAD_REQUEST, "the form is not UTF-8"),
        (post(b"\xff", QUERY), HTTPStatus.BAD_REQUEST, "the query is not UTF-8"),
        (post(b"ASK {}", QUERY, "query=a"), HTTPStatus.BAD_REQUEST, "one in the body"),
        (post(b"ASK {}", ""), HTTPStatus.UNSUPPORTED_MEDIA_TYPE, QUERY),
        (post(b"ASK {}", "text/plain"), HTTPStatus.UNSUPPORTED_MEDIA_TYPE, QUERY),
        (post(b"ASK {}", f"{QUERY}; charset=latin-1"), HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "UTF-8"),
        (
            post(b"ASK {}", QUERY, HTTP_CONTENT_ENCODING="gzip"),
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not compressed",
        ),
    ],
)
def test_what_is_refused(request_: dict[str, Any], status: HTTPStatus, words: str) -> None:
    with pytest.raises(RequestError, match=words) as caught:
        read_query(request_)
    assert caught.value.status == status


@pytest.mark.parametrize(
    "kind", [QUERY.upper(), f'{QUERY};charset="utf-8"', f"{QUERY} ; x=y; CHARSET=US-ASCII"]
)
def test_media_types_as_people_write_them(kind: str) -> None:
    assert read_query(post(b"ASK {}", kind)) == ProtocolQuery("ASK {}", None)


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


ANY = ("0.0.0.0", "::")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LocalHost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "localhost.example", "", "127.0.0.1.example"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "listening"),
    [
        ("localhost", "127.0.0.1"),
        ("127.0.0.1:7979", "127.0.0.1"),
        ("[::1]:7979", "::1"),
        ("plans.example:80", "plans.example"),
        ("PLANS.example", "plans.example"),
        ("192.0.2.1:1", "0.0.0.0"),
        ("[2001:db8::1]", "::"),
        (socket.gethostname(), "0.0.0.0"),
    ],
)
def test_names_that_are_ours(host: str, listening: str) -> None:
    check_host({"HTTP_HOST": host}, listening)


@pytest.mark.parametrize(
    ("host", "listening", "status"),
    [
        ("evil.example", "127.0.0.1", 421),
        ("192.0.2.1", "127.0.0.1", 421),
        ("evil.example", "0.0.0.0", 421),
        ("localhost.evil.example", "127.0.0.1", 421),
        ("", "127.0.0.1", 400),
        ("localhost@evil.example", "127.0.0.1", 400),
        ("localhost:99999999", "127.0.0.1", 400),
        ("local host", "127.0.0.1", 400),
        ("[::1", "::1", 400),
    ],
)
def test_names_that_are_not(host: str, listening: str, status: int) -> None:
    with pytest.raises(RequestError) as caught:
        check_host({"HTTP_HOST": host}, listening)
    assert caught.value.status == status


def headers(origin: str, allowed: str, method: str = "GET") -> dict[str, str]:
    environment = {"HTTP_ORIGIN": origin, "HTTP_HOST": "localhost:7979", "REQUEST_METHOD": method}
    return dict(cors_headers(environment, allowed))


def test_our_own_page_needs_no_permission() -> None:
    assert headers("", "") == headers("http://localhost:7979", "") == headers("", "*") == {}
    assert headers("http://localhost:7979", "https://a.example") == {"Vary": "Origin"}


def test_pages_that_are_let_in() -> None:
    assert headers("https://a.example", "*")["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in headers("https://a.example", "*")
    let_in = headers("https://a.example", "https://a.example", "OPTIONS")
    assert let_in["Access-Control-Allow-Origin"] == "https://a.example"
    assert let_in["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert let_in["Vary"] == "Origin"


@pytest.mark.parametrize("allowed", ["", "https://b.example", "https://a.example:8080", "a.example"])
def test_pages_that_are_not(allowed: str) -> None:
    with pytest.raises(RequestError, match="--cors ORIGIN allows it") as caught:
        headers("https://a.example", allowed)
    assert caught.value.status == 403
