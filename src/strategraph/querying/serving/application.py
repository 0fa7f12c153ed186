"""From a request to a response: the addresses that there are, and what each answers (a WSGI application)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.util import application_uri

from strategraph.querying.answers import find_format, render_triples
from strategraph.querying.serving import ServedStore, Settings
from strategraph.querying.serving.pages import (
    PLAN,
    PlanPages,
    catalogue_response,
    file,
    page,
    question_response,
)
from strategraph.querying.serving.protocol import (
    CUT,
    HTML,
    ROWS,
    SD,
    SECURITY,
    TRIPLES,
    Environment,
    ProtocolQuery,
    RequestError,
    Response,
    best,
    check_host,
    cors_headers,
    describe_service,
    read_query,
)
from strategraph.querying.serving.workers import QueryAnswer, QueryRefusal, Task

ENDPOINT = "/sparql"
CATALOGUE = "/catalogue"
STATIC = "/static/"
ASK = "/ask"

Ask = Callable[[Task], QueryAnswer | QueryRefusal]

_LOOKING = ("GET", "HEAD", "OPTIONS")
_RETRY = (("Retry-After", "5"),)


class Application:
    """Answers requests to the endpoint, for the pages, and for the catalogue of questions."""

    def __init__(self, source: ServedStore, settings: Settings, ask: Ask) -> None:
        """Serve ``source``; ``ask`` puts a query to it and returns the answer or why there is none."""
        self._source = source
        self._settings = settings
        self._ask = ask
        self._plans = PlanPages(source)

    def __call__(self, environment: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, as WSGI (PEP 3333) has it."""
        cors: tuple[tuple[str, str], ...] = ()
        try:
            check_host(environment, self._settings.host)
            cors = cors_headers(environment, self._settings.cors)
            response = self._respond(environment)
        except RequestError as error:
            response = error.response()
        text = response.media_type.startswith("text/")
        own = {name for name, _ in response.headers}
        headers = [
            ("Content-Type", f"{response.media_type}; charset=utf-8" if text else response.media_type),
            ("Content-Length", str(len(response.body))),
            *((name, value) for name, value in SECURITY.items() if name not in own),
            *cors,
            *response.headers,
        ]
        if response.status == HTTPStatus.NO_CONTENT:
            headers = headers[2:]  # what is not there has no type and no length
        start(f"{response.status.value} {response.status.phrase}", headers)
        return [] if environment["REQUEST_METHOD"] == "HEAD" else [response.body]

    def _respond(self, environment: Environment) -> Response:
        path = environment.get("PATH_INFO", "/")
        if path == ENDPOINT:
            return self._endpoint(environment)
        if path == "/":
            return _allowed(environment, _LOOKING) or self._plans.first()
        if path == PLAN:
            return _allowed(environment, _LOOKING) or self._plans.plan(_values(environment).get("iri", ""))
        if path == ASK:
            return _allowed(environment, _LOOKING) or page()
        if path == CATALOGUE:
            return _allowed(environment, _LOOKING) or catalogue_response(self._source, self._settings)
        if path.startswith(f"{CATALOGUE}/"):
            name = _text(path.removeprefix(f"{CATALOGUE}/"))
            return _allowed(environment, _LOOKING) or question_response(name, _values(environment))
        if path.startswith(STATIC):
            return _allowed(environment, _LOOKING) or file(_text(path.removeprefix(STATIC)))
        raise RequestError(
            HTTPStatus.NOT_FOUND,
            f"nothing is here; the endpoint is {ENDPOINT}, the page to ask from is {ASK}",
        )

    def _endpoint(self, environment: Environment) -> Response:
        response = _allowed(environment, (*_LOOKING, "POST"))
        if response:
            return response
        asked = read_query(environment)
        if asked is None:
            return self._look(environment)
        return self._answer(asked, environment.get("HTTP_ACCEPT", ""))

    def _answer(self, asked: ProtocolQuery, accept: str) -> Response:
        rows, triples = best(accept, tuple(ROWS)), best(accept, tuple(TRIPLES))
        if rows is None and triples is None:
            raise _not_acceptable(f"none of {accept[:80]!r} can be written")
        reply = self._ask(
            Task(asked.query, asked.scope, ROWS.get(rows or "", ""), TRIPLES.get(triples or "", ""))
        )
        if isinstance(reply, QueryRefusal):
            if reply.status == HTTPStatus.NOT_ACCEPTABLE:
                raise _not_acceptable(reply.message)
            busy = reply.status == HTTPStatus.SERVICE_UNAVAILABLE
            raise RequestError(reply.status, reply.message, *(_RETRY if busy else ()))
        media_type = triples if reply.is_triples else rows
        assert media_type is not None
        cut = ((CUT, str(self._settings.limit)),) if reply.cut else ()
        return Response(reply.body, media_type, headers=(("Vary", "Accept"), *cut))

    def _look(self, environment: Environment) -> Response:
        """Return what is at the endpoint when nothing is asked: the page for people, RDF for programs."""
        offers = (*TRIPLES, HTML)
        chosen = best(environment.get("HTTP_ACCEPT", ""), offers)
        if chosen is None:
            raise _not_acceptable("there is a page and a description of the service", offers)
        if chosen == HTML:
            return page()
        endpoint = application_uri(dict(environment)).rstrip("/") + ENDPOINT
        triples = describe_service(endpoint, self._source.graphs)
        prefixes = {**self._source.prefixes, "sd": SD}
        body = render_triples(triples, find_format(TRIPLES[chosen]), prefixes)
        return Response(body, chosen, headers=(("Vary", "Accept"),))


def _allowed(environment: Environment, methods: tuple[str, ...]) -> Response | None:
    """Return the response to OPTIONS; None for the other methods there are; else raise."""
    allow = ("Allow", ", ".join(methods))
    method = environment["REQUEST_METHOD"]
    if method == "OPTIONS":
        return Response(b"", "", HTTPStatus.NO_CONTENT, (allow,))
    if method not in methods:
        raise RequestError(HTTPStatus.METHOD_NOT_ALLOWED, f"no {method[:20]} here, only {allow[1]}", allow)
    return None


def _not_acceptable(reason: str, offers: Iterable[str] = ()) -> RequestError:
    known = ", ".join(dict.fromkeys(offers or (*ROWS, *TRIPLES)))
    return RequestError(HTTPStatus.NOT_ACCEPTABLE, f"{reason}; there are {known}", ("Vary", "Accept"))


def _values(environment: Environment) -> dict[str, str]:
    try:
        fields = parse_qsl(environment.get("QUERY_STRING", ""), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, "the address is not UTF-8") from error
    return dict(fields)


def _text(path: str) -> str:
    """Return the path as text: WSGI gives bytes as if they were Latin-1."""
    return path.encode("latin-1").decode("utf-8", errors="replace")
