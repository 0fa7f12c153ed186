"""Answers one query, in the worker's process: from the text of a query to the bytes of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from strategraph.errors import UnusableInputError
from strategraph.querying.answers import find_format, render, render_triples
from strategraph.querying.cutting import first_rows, first_triples
from strategraph.querying.dataset import Dataset
from strategraph.querying.engine import (
    QueryFailedError,
    Scope,
    ServiceRefusedError,
    UpdateRefusedError,
    run,
)


@dataclass(frozen=True, slots=True)
class Task:
    """A query, the graphs it is put to, and what the client reads.

    ``rows`` and ``triples`` name the format for an answer of that kind; "" where the client takes none.
    """

    query: str
    scope: Scope | None
    rows: str
    triples: str


@dataclass(frozen=True, slots=True)
class AnswerBounds:
    """How many rows or triples (0: any number), and how many bytes, an answer may have."""

    limit: int
    size: int


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The bytes of an answer; whether they are triples; whether there would have been more."""

    body: bytes
    is_triples: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class QueryRefusal:
    """Why there is no answer: an HTTP status, and a line for people."""

    status: HTTPStatus
    message: str


def answer(dataset: Dataset, task: Task, bounds: AnswerBounds) -> QueryAnswer | QueryRefusal:
    """Return the answer to a query, or why there is none."""
    try:
        found = _answer(dataset, task, bounds.limit)
    except UpdateRefusedError as error:
        return QueryRefusal(HTTPStatus.FORBIDDEN, str(error))
    except ServiceRefusedError:
        return QueryRefusal(
            HTTPStatus.FORBIDDEN, "SERVICE would call another host, which this server never does"
        )
    except QueryFailedError as error:
        return QueryRefusal(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
    except UnusableInputError as error:
        return QueryRefusal(HTTPStatus.BAD_REQUEST, str(error))
    if isinstance(found, QueryAnswer) and len(found.body) > bounds.size:
        return QueryRefusal(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            f"the answer has {len(found.body):,} bytes, more than the {bounds.size:,} that are sent; "
            "ask for less, or use LIMIT",
        )
    return found


def _answer(dataset: Dataset, task: Task, limit: int) -> QueryAnswer | QueryRefusal:
    from pyoxigraph import QuerySolutions, QueryTriples

    found = run(dataset, task.query, scope=task.scope)
    if isinstance(found, QueryTriples):
        if not task.triples:
            return _not_acceptable("triples")
        triples, cut = first_triples(found, limit) if limit else (found, False)
        return QueryAnswer(render_triples(triples, find_format(task.triples), dataset.prefixes), True, cut)
    if not task.rows:
        return _not_acceptable("rows, or yes or no")
    cut = False
    if isinstance(found, QuerySolutions) and limit:
        found, cut = first_rows(found, limit)
    return QueryAnswer(render(found, find_format(task.rows), dataset), False, cut)


def _not_acceptable(kind: str) -> QueryRefusal:
    return QueryRefusal(
        HTTPStatus.NOT_ACCEPTABLE, f"the answer is {kind}, in none of the formats that Accept asks for"
    )
