"""Reads the query out of an HTTP request, by the SPARQL 1.1 Protocol, section 2.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from strategraph.querying.engine import Scope
from strategraph.querying.serving.messages import RequestError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_FIELDS = 1000

Environment = Mapping[str, Any]
"""What a WSGI server says of a request (PEP 3333)."""


@dataclass(frozen=True, slots=True)
class ProtocolQuery:
    """The text of a query, and the graphs that the request itself names for it, if it does."""

    query: str
    scope: Scope | None


def read_query(environment: Environment) -> ProtocolQuery | None:
    """Return the query of a GET, HEAD or POST request; None for one that only looks, without any parameter.

    Raises :class:`RequestError` for what is no query, and for an update.
    """
    fields = _fields(environment.get("QUERY_STRING", ""), "the address")
    if environment["REQUEST_METHOD"] != "POST":
        return _asked(fields) if fields else None
    kind, _, parameters = environment.get("CONTENT_TYPE", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise _no_update()
    if kind not in (FORM, QUERY) or environment.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise RequestError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"send a query as {QUERY} or in a form as {FORM}, not compressed",
            ("Accept-Post", f"{QUERY}, {FORM}"),
        )
    text = _decoded(environment["wsgi.input"].read(), parameters)
    if kind == FORM:
        return _asked(_merged(fields, _fields(text, "the form")))
    if "query" in fields:
        raise RequestError(HTTPStatus.BAD_REQUEST, "there is a query in the address and one in the body")
    return _asked(_merged(fields, {"query": [text]}))


def _asked(fields: Mapping[str, Sequence[str]]) -> ProtocolQuery:
    if "update" in fields:
        raise _no_update()
    queries = fields.get("query", ())
    if len(queries) != 1:
        raise RequestError(HTTPStatus.BAD_REQUEST, f"there are {len(queries)} queries; send one, as 'query'")
    default, named = fields.get("default-graph-uri", ()), fields.get("named-graph-uri", ())
    scope = Scope(tuple(default), tuple(named)) if default or named else None
    return ProtocolQuery(queries[0], scope)


def _no_update() -> RequestError:
    return RequestError(HTTPStatus.FORBIDDEN, "this server only answers queries; it does no updates")


def _decoded(body: bytes, parameters: str) -> str:
    charset = parameters.lower().replace(" ", "").replace('"', "").partition("charset=")[2].partition(";")[0]
    if charset not in ("", "utf-8", "us-ascii"):
        raise RequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send the query as UTF-8")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, "the query is not UTF-8 text") from error


def _fields(text: str, where: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, f"{where} is not UTF-8, or has too many fields") from error


def _merged(*many: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    names = dict.fromkeys(name for fields in many for name in fields)
    return {name: [value for fields in many for value in fields.get(name, ())] for name in names}
