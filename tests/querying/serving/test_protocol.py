"""Queries read out of requests: what a request says, and what is refused with which status."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.querying.engine import Scope
from strategraph.querying.serving.messages import RequestError
from strategraph.querying.serving.protocol import FORM, QUERY, UPDATE, ProtocolQuery, read_query


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
