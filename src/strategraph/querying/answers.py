"""Answers as people and programs want them: a table, the W3C's result formats, or RDF.

The rows of a SELECT and the yes or no of an ASK have other formats than the triples of a CONSTRUCT or
DESCRIBE; :data:`FORMATS` says which is for which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import Dataset
from strategraph.querying.engine import failures_in_one_line

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, Triple

    from strategraph.querying.engine import Answer

TABLE = "table"


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """A format: its name, and what pyoxigraph calls it for rows and for triples ("": not for them)."""

    name: str
    rows: str = ""
    triples: str = ""


FORMATS: Mapping[str, AnswerFormat] = MappingProxyType(
    {
        format_.name: format_
        for format_ in (
            AnswerFormat(TABLE),
            AnswerFormat("csv", rows="CSV"),
            AnswerFormat("tsv", rows="TSV"),
            AnswerFormat("json", rows="JSON"),
            AnswerFormat("xml", rows="XML", triples="RDF_XML"),
            AnswerFormat("turtle", triples="TURTLE"),
            AnswerFormat("ntriples", triples="N_TRIPLES"),
            AnswerFormat("jsonld", triples="JSON_LD"),
        )
    }
)
"""Every format of answers, by name. A table of triples is their Turtle."""


def find_format(name: str) -> AnswerFormat:
    """Return the format of that name; raise :class:`UnusableInputError` with the likeliest if none is.

    >>> find_format("jsno")
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: unknown format 'jsno': did you mean json? known are table, csv, ...
    """
    found = FORMATS.get(name.lower())
    if found is None:
        close = get_close_matches(name.lower(), FORMATS, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise UnusableInputError(f"unknown format {name!r}: {hint}known are {', '.join(FORMATS)}")
    return found


def render(answer: Answer, format_: AnswerFormat, dataset: Dataset, *, width: int | None = None) -> bytes:
    """Return the answer in the format, as UTF-8.

    A table wraps its cells where it would be wider than ``width`` columns. Raises :class:`UnusableInputError`
    for a format that is not for such an answer, and for what goes wrong while the engine answers.
    """
    import pyoxigraph

    with failures_in_one_line():
        if isinstance(answer, pyoxigraph.QueryTriples):
            return render_triples(answer, format_, dataset.prefixes)
        if isinstance(answer, pyoxigraph.QuerySolutions) and format_.name == TABLE:
            from strategraph.querying.table import rows_as_table

            return rows_as_table(answer, dataset, width=width).encode("utf-8")
        return _rows(answer, format_)


def _rows(answer: QuerySolutions | QueryBoolean, format_: AnswerFormat) -> bytes:
    from pyoxigraph import QueryBoolean, QueryResultsFormat

    if format_.name == TABLE:
        return b"yes\n" if answer else b"no\n"
    if not format_.rows:
        kind = "yes or no" if isinstance(answer, QueryBoolean) else "rows"
        raise UnusableInputError(f"the answer is {kind}, not triples: no {format_.name}; {_names('rows')}")
    content = answer.serialize(format=getattr(QueryResultsFormat, format_.rows))
    assert content is not None
    return content if content.endswith(b"\n") else content + b"\n"


def render_triples(answer: Iterable[Triple], format_: AnswerFormat, prefixes: Mapping[str, str]) -> bytes:
    """Return triples in the format, as UTF-8, each once and in an order of their own.

    Of the prefixes those are declared that are used. Raises :class:`UnusableInputError` for a format that is
    not for triples.
    """
    from pyoxigraph import RdfFormat, serialize

    name = "TURTLE" if format_.name == TABLE else format_.triples
    if not name:
        raise UnusableInputError(f"the answer is triples, not rows: no {format_.name}; {_names('triples')}")
    triples = sorted(set(answer), key=str)
    used = {prefix: iri for prefix, iri in prefixes.items() if any(f"<{iri}" in str(t) for t in triples)}
    content = serialize(triples, format=getattr(RdfFormat, name), prefixes=used)
    assert content is not None
    return content if content.endswith(b"\n") else content + b"\n"


def _names(kind: str) -> str:
    return f"choose {', '.join(f.name for f in FORMATS.values() if f.name == TABLE or getattr(f, kind))}"
