"""Puts a SPARQL query to a dataset: queries only, and no call to another host unless it is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import Dataset
from strategraph.querying.nesting import refuse_deep

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

    Answer = QuerySolutions | QueryBoolean | QueryTriples

_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_SERVICE_CLAUSE = re.compile(r"service(?:\s+silent\b)?", re.IGNORECASE | re.ASCII)
_FROM = re.compile("from", re.IGNORECASE | re.ASCII)
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


class UpdateRefusedError(UnusableInputError):
    """An update where a query was expected: graphs are not changed by asking."""


class ServiceRefusedError(UnusableInputError):
    """A query that would send a part of itself to another host."""


class QueryFailedError(UnusableInputError):
    """A query that is one, but came to no answer."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The graphs that a query sees, whatever its FROM says, by IRI.

    ``default`` are merged into the default graph, ``named`` are those that GRAPH finds. One that the dataset
    does not have is empty; nothing is fetched.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def run(dataset: Dataset, query: str, *, allow_service: bool = False, scope: Scope | None = None) -> Answer:
    """Return the engine's answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    The usual prefixes need no declaration. Without a ``scope`` the query sees the whole dataset, or what its
    FROM clauses name of it. Raises :class:`UnusableInputError`, with the place, for what is no query (an
    update is none), and for one with SERVICE unless ``allow_service``: nothing was called then.
    """
    refuse_deep(query)
    query += _PADDING
    if not allow_service:
        _refuse_service(query, dataset.prefixes)
    graphs: dict[str, Any] = {}
    if scope is not None:
        graphs = {"default_graph": _nodes(scope.default), "named_graphs": _nodes(scope.named)}
    try:
        with failures_in_one_line():
            return dataset.store.query(query, prefixes=dict(dataset.prefixes), **graphs)
    except SyntaxError as error:
        raise _complaint(query, error) from error


def check(query: str, prefixes: Mapping[str, str], *, allow_service: bool = False) -> type[Answer]:
    """Return what kind of answer a query has, without putting it to anything but an empty store.

    Raises what :func:`run` raises for what is no query, or calls another host.
    """
    refuse_deep(query)
    query += _PADDING
    if not allow_service:
        _refuse_service(query, prefixes)
    answer = _answer_of_nothing(_calling_nobody(query, prefixes), prefixes)
    if isinstance(answer, SyntaxError):
        raise _complaint(query, answer) from answer
    return type(answer)


def has_from(query: str, prefixes: Mapping[str, str]) -> bool:
    """Return whether a query that parses names its graphs itself, with FROM; told as for SERVICE."""
    query = _calling_nobody(query, prefixes)
    return _syntax_error(_FROM.sub(_word_not_in(query), query), prefixes) is not None


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """Return a query that parses with these prefixes as one that does without: itself, if it can be."""
    if _syntax_error(_calling_nobody(query, prefixes), {}) is None:
        return query
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items()) + query


def _nodes(iris: tuple[str, ...]) -> list[NamedNode]:
    from pyoxigraph import NamedNode

    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise UnusableInputError(f"{', '.join(iris)}: not an absolute IRI of a graph") from error


@contextmanager
def failures_in_one_line() -> Iterator[None]:
    """Turn what the engine raises while it answers, which may be as late as an answer is read, into ours."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryFailedError(f"the query failed: {' '.join(str(error).split())}") from error


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
        raise ServiceRefusedError(
            "SERVICE sends parts of the query to another host: allow it with --allow-service"
        )
    raise _complaint(query, error) from error


def _calling_nobody(query: str, prefixes: Mapping[str, str]) -> str:
    """Return the query for the parser alone: even over an empty store, the engine would call other hosts."""
    if _SERVICE.search(query) and _syntax_error(_SERVICE.sub(_word_not_in(query), query), prefixes):
        return _SERVICE_CLAUSE.sub("GRAPH ", query)
    return query


def _syntax_error(query: str, prefixes: Mapping[str, str]) -> SyntaxError | None:
    """Return what the engine's parser says against a query, put to an empty store."""
    answer = _answer_of_nothing(query, prefixes)
    return answer if isinstance(answer, SyntaxError) else None


def _answer_of_nothing(query: str, prefixes: Mapping[str, str]) -> Answer | SyntaxError:
    from pyoxigraph import Store

    try:
        with failures_in_one_line():
            return Store().query(query, prefixes=dict(prefixes))
    except SyntaxError as error:
        return error


def _word_not_in(query: str) -> str:
    text = query.lower()
    words = ("".join(letters) * 2 + "xxx" for letters in product(ascii_lowercase, repeat=2))
    return next(word for word in words if word not in text)


def _complaint(query: str, error: SyntaxError) -> UnusableInputError:
    """Return an error that says in one line, with the place, what is wrong with a query."""
    update = _UPDATE.match(query)
    if update:
        return UpdateRefusedError(
            f"{update['verb'].upper()} is an update; only queries are answered, the graph stays as it is"
        )
    return UnusableInputError(f"the query does not parse: {_fault(query, error)}")


def _fault(query: str, error: SyntaxError) -> str:
    """Return what the engine's parser stumbled over, and where."""
    found = _ERROR.match(str(error.msg))
    if found is None:
        return " ".join(str(error.msg).split())
    position = _offset(query, int(found["line"]), int(found["column"]))
    reason = _REASON.search(found["expected"])
    if reason:
        return f"{_place(query, position)}: {reason[0]}"
    if position < len(query):
        # To find that a keyword is not there, the parser has read on as far as it is long.
        position -= max(map(len, _KEYWORD.findall(found["expected"])), default=0)
    unexpected = query[position:].split(maxsplit=1)
    what = f"unexpected {unexpected[0][:30]!r}" if unexpected else "the query is not finished"
    return f"{_place(query.rstrip(), position)}: {what}"


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return sum(len(line) + 1 for line in before) + column - 1


def _place(text: str, offset: int) -> str:
    before = text[:offset].split("\n")
    return f"line {len(before)}, column {len(before[-1]) + 1}"
