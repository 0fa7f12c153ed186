"""Puts a SPARQL query to a dataset: queries only, none too deep, and no call to another host unless allowed.

No more of an answer is taken than is wanted: the engine works out the first rows or triples, and stops.
Queries that it would follow deeper than its stack reaches are refused before it sees them.

The engine's parser, its optimiser and its evaluation call themselves once for each bracket, operator and
clause that stands within or behind another; where the stack ends, the process does, without a word. On 8 MB
of stack, the least of such constructs (``IF`` within ``IF``, ``EXISTS`` within ``EXISTS``) ends it between
300 and 1,000 deep, brackets and chains (``+``, ``&&``, ``BIND``) between 1,000 and 10,000. The bounds here
are below all of them; the longest question of the catalogue has 24 operators and clauses, 7 deep.

Counting is by tokens, so that strings, comments, names and the data of VALUES, however long, cost nothing.
Where a token could be read in two ways (``<`` begins an IRI, and compares) it is bounded in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import Dataset

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

    Answer = QuerySolutions | QueryBoolean | QueryTriples
    from _typeshed import ReadableBuffer as Buffer
    from pyoxigraph import QuerySolutions, QueryTriples, Triple


LONGEST = 1_000_000
"""Characters that a query may have."""
DEEPEST = 100
"""Brackets that may be open at once."""
MOST = 500
"""Operators and clauses that a query may have."""

_CLAUSES = "AS|BIND|EXISTS|FILTER|GRAPH|IF|LATERAL|MINUS|OPTIONAL|SELECT|SERVICE|UNION"
_OPERATORS = r"&&|\|\||[!+*/|^-]"
_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_TOKEN = re.compile(
    rf"""
      (?P<data> (?<![\w?$:@-]) VALUES \s* (?: [?$]\w+ | \([^(){{}}]*\) ) \s* \{{ )
    | (?P<name> {_IRI} | [^\W\d][\w.-]{{0,100}}:[\w:.%-]* | :[\w:.%-]+ )
    | '''(?:[^'\\]|\\.|'(?!''))*+''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"
    | '(?:[^'\\\n\r]|\\.)*+' | "(?:[^"\\\n\r]|\\.)*+"
    | \\. | \#[^\n\r]* | [?$]\w* | @[\w-]*
    | (?P<open> << | [({{\[] ) | (?P<close> >> | [)}}\]] )
    | (?P<step> {_OPERATORS} | \b(?:{_CLAUSES})\b )
    | \w+
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_STEP = re.compile(_OPERATORS)
_OPENING = re.compile(r"<<|[({\[]")
_APOSTROPHE_IN_IRI = re.compile(_IRI.replace("]*", "']*'", 1)[:-1] + _IRI[1:])
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


def refuse_deep(query: str) -> None:
    """Raise :class:`UnusableInputError` for a query that is too long, nested too deep, or has too many steps.

    >>> refuse_deep("SELECT * WHERE " + "{" * 5000 + "}" * 5000)
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: the query is nested more than 100 deep, the limit: ...
    """
    if len(query) > LONGEST:
        raise UnusableInputError(f"the query has more than {LONGEST:,} characters, the limit")
    if len(_OPENING.findall(query)) <= DEEPEST and len(_STEP.findall(query)) <= DEEPEST:
        return  # whatever is in strings and names
    depth = steps = 0
    in_data = False
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind == "data":
            in_data = True
        elif in_data:
            in_data = match[0] != "}"
        elif kind == "open":
            depth += 1
            steps += match[0] == "{"
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "step":
            steps += 1
        elif kind == "name":
            _refuse(depth + len(_OPENING.findall(match[0])), steps=len(_STEP.findall(match[0])))
        _refuse(depth, steps)
    if _APOSTROPHE_IN_IRI.search(query):
        raise UnusableInputError(
            "the query is long and has an IRI with an apostrophe, which cannot be told from a string there:"
            " write it as %27"
        )


def _refuse(depth: int, steps: int) -> None:
    if depth > DEEPEST:
        raise UnusableInputError(
            f"the query is nested more than {DEEPEST} deep, the limit: the engine's stack would end"
        )
    if steps > MOST:
        raise UnusableInputError(
            f"the query has more than {MOST} operators and clauses, the limit: the engine's stack would end;"
            " lists of values (IN, VALUES) may be of any length"
        )


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


def first_rows(rows: QuerySolutions, limit: int) -> tuple[QuerySolutions, bool]:
    """Return the first ``limit`` rows, and whether there are more.

    The engine writes an answer only as a whole, but it works while it writes. So it writes TSV, which loses
    nothing and has a row on each line, until there are lines enough; from these the rows are read back.
    """
    from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

    sink = _Sink(lines=limit + 2)  # the head, and the row that tells that there are more
    try:
        with failures_in_one_line():
            rows.serialize(sink, format=QueryResultsFormat.TSV)
    except _Full:
        pass
    head_and_rows = sink.getvalue().split(b"\n")[:-1]
    kept = b"".join(line + b"\n" for line in head_and_rows[: limit + 1])
    solutions = parse_query_results(kept, format=QueryResultsFormat.TSV)
    assert isinstance(solutions, QuerySolutions)
    return solutions, len(head_and_rows) > limit + 1


def first_triples(triples: QueryTriples, limit: int) -> tuple[set[Triple], bool]:
    """Return the first ``limit`` different triples, and whether there are more."""
    found: set[Triple] = set()
    with failures_in_one_line():
        for triple in triples:
            if len(found) == limit and triple not in found:
                return found, True
            found.add(triple)
    return found, False


class _Full(Exception):  # noqa: N818 (the way out of the engine, no error)
    """There are lines enough."""


class _Sink(BytesIO):
    """What the engine writes to, until it has so many lines."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._missing = lines

    def write(self, data: Buffer) -> int:
        written = super().write(data)
        self._missing -= bytes(data).count(b"\n")
        if self._missing <= 0:
            raise _Full
        return written
