"""The page to ask from, its files, and the catalogue of questions that it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any

from strategraph.errors import UnusableInputError
from strategraph.querying.catalogue import Question, catalogue, find_question
from strategraph.querying.serving.protocol import HTML, RequestError, Response
from strategraph.querying.serving.settings import Settings
from strategraph.querying.serving.source import ServedStore

_FOLDER = Path(__file__).parent / "static"
_TYPES: Mapping[str, str] = MappingProxyType(
    {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
)


def page() -> Response:
    """Return the page itself."""
    return Response((_FOLDER / "index.html").read_bytes(), HTML)


def file(name: str) -> Response:
    """Return a file of the page; raise :class:`RequestError` if it has none of that name."""
    path = _files().get(name)
    if path is None:
        raise RequestError(HTTPStatus.NOT_FOUND, f"no file {name[:60]!r} here")
    return Response(path.read_bytes(), _TYPES[path.suffix])


def catalogue_response(source: ServedStore, settings: Settings) -> Response:
    """Return what the page needs to know: all questions, the plans' graphs, prefixes, bounds of a query."""
    return _json(
        {
            "questions": [_as_json(question, question.text) for question in catalogue()],
            "graphs": list(source.graphs),
            "prefixes": dict(source.prefixes),
            "base": source.base,
            "limit": settings.limit,
            "timeout": settings.timeout,
        }
    )


def question_response(name: str, values: Mapping[str, str]) -> Response:
    """Return one question, its SPARQL with these values for its parameters.

    Raises :class:`RequestError` if there is no such question or it has no such parameter.
    """
    try:
        question = find_question(name)
    except UnusableInputError as error:
        raise RequestError(HTTPStatus.NOT_FOUND, str(error)) from error
    try:
        return _json(_as_json(question, question.bind(values)))
    except UnusableInputError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, str(error)) from error


@cache
def _files() -> Mapping[str, Path]:
    """Return the files that there are, by their names in addresses: no other path is ever looked at."""
    return {
        path.relative_to(_FOLDER).as_posix(): path for path in _FOLDER.rglob("*") if path.suffix in _TYPES
    }


def _as_json(question: Question, query: str) -> dict[str, Any]:
    return {
        "name": question.name,
        "description": question.description,
        "parameters": [
            {"name": parameter.name, "description": parameter.description, "default": parameter.default}
            for parameter in question.parameters
        ],
        "query": query,
    }


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False).encode("utf-8"), "application/json")
