"""Puts a SPARQL query to a dataset: queries only, and no call to another host unless it is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import Dataset

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    Answer = QuerySolutions | QueryBoolean | QueryTriples

_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_SERVICE_CLAUSE = re.compile(r"service(?:\s+silent\b)?", re.IGNORECASE | re.ASCII)
_UPDATE = re.compile(
    r"""
    \A (?: \s++ | \#[^\n]*+ | (?: BASE | PREFIX \s++ [^\s<]*+ ) \s*+ <[^>]*+> )*+
    (?P<verb> INSERT | DELETE | LOAD | CLEAR | DROP | CREATE | ADD | MOVE | COPY | WITH ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PADDING = " " * 32  # longer than any keyword, so that the parser tells a wrong word from the query's end
_ERROR = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?:expected )?(?P<expected>.*)", re.DOTALL)
_KEYWORD = re.compile(r"\b[A-Z_]{2,}\b")
_REASON = re.compile(r"\b[A-Z][A-Za-z]*(?: [A-Za-z]+){2,}")  # a reason among the characters expected


def run(dataset: Dataset, query: str, *, allow_service: bool = False) -> Answer:
    """Return the engine's answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    The usual prefixes need no declaration. Raises :class:`UnusableInputError`, with the place, for what is
    no query (an update is none), and for one with SERVICE unless ``allow_service``: nothing was called then.
    """
    query += _PADDING
    if not allow_service:
        _refuse_service(query, dataset.prefixes)
    try:
        with failures_in_one_line():
            return dataset.store.query(query, prefixes=dict(dataset.prefixes))
    except SyntaxError as error:
        raise UnusableInputError(_complaint(query, error)) from error


@contextmanager
def failures_in_one_line() -> Iterator[None]:
    """Turn what the engine raises while it answers, which may be as late as an answer is read, into ours."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise UnusableInputError(f"the query failed: {' '.join(str(error).split())}") from error


def _refuse_service(query: str, prefixes: Mapping[str, str]) -> None:
    """Refuse a query with the keyword SERVICE, by asking the engine's own parser whether it has one.

    Every "service" is replaced by a word of the same length that means nothing. In a string, comment, name or
    IRI this changes nothing for the parser; where the word was the keyword, the query does not parse any
    more. What is parsed has no SERVICE in it, so nothing can be called.
    """
    if not _SERVICE.search(query):
        return
    error = _syntax_error(_SERVICE.sub(_word_not_in(query), query), prefixes)
    if error is None:
        return
    # GRAPH stands where SERVICE may: with it the query parses, unless something else is wrong, too.
    if _syntax_error(_SERVICE_CLAUSE.sub("GRAPH ", query), prefixes) is None:
        raise UnusableInputError(
            "SERVICE sends parts of the query to another host: allow it with --allow-service"
        )
    raise UnusableInputError(_complaint(query, error)) from error


def _syntax_error(query: str, prefixes: Mapping[str, str]) -> SyntaxError | None:
    """Return what the engine's parser says against a query, put to an empty store."""
    from pyoxigraph import Store

    try:
        with failures_in_one_line():
            Store().query(query, prefixes=dict(prefixes))
    except SyntaxError as error:
        return error
    return None


def _word_not_in(query: str) -> str:
    text = query.lower()
    words = ("".join(letters) * 2 + "xxx" for letters in product(ascii_lowercase, repeat=2))
    return next(word for word in words if word not in text)


def _complaint(query: str, error: SyntaxError) -> str:
    """Return in one line, with the place, what is wrong with a query that does not parse."""
    update = _UPDATE.match(query)
    if update:
        return f"{update['verb'].upper()} is an update; only queries are answered, the graph stays as it is"
    found = _ERROR.match(str(error.msg))
    if found is None:
        return f"the query does not parse: {' '.join(str(error.msg).split())}"
    position = _offset(query, int(found["line"]), int(found["column"]))
    reason = _REASON.search(found["expected"])
    if reason:
        return f"the query does not parse: {_place(query, position)}: {reason[0]}"
    if position < len(query):
        # To find that a keyword is not there, the parser has read on as far as it is long.
        position -= max(map(len, _KEYWORD.findall(found["expected"])), default=0)
    unexpected = query[position:].split(maxsplit=1)
    what = f"unexpected {unexpected[0][:30]!r}" if unexpected else "the query is not finished"
    return f"the query does not parse: {_place(query.rstrip(), position)}: {what}"


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return sum(len(line) + 1 for line in before) + column - 1


def _place(text: str, offset: int) -> str:
    before = text[:offset].split("\n")
    return f"line {len(before)}, column {len(before[-1]) + 1}"
