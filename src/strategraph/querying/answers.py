"""Answers as people and programs want them, a table, the W3C's result formats or RDF, and why there is none.

The rows of a SELECT and the yes or no of an ASK have other formats than the triples of a CONSTRUCT or
DESCRIBE; :data:`FORMATS` says which is for which. A question has no answer where nothing has the name that is
asked for, or what it asks about is not there at all.

What a question is about, its file says: ``# names: group — sg:TargetGroup`` that a parameter names
instances of a class, ``# needs: sg:Provision — provisions of resolutions`` what must be there for any
answer, ``# none: no instrument is cited by two plans here`` what no answer means if all that is there.
"""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from operator import gt
from types import MappingProxyType
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import Dataset, known_prefixes
from strategraph.querying.engine import failures_in_one_line, run
from strategraph.rdf.terms import short_iri
from strategraph.system.terminal_text import columns, in_order, spelled_out

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, Triple

    from strategraph.querying.engine import Answer

TABLE = "table"
_GAP = "  "
_NARROWEST = 8  # columns are not made narrower, whatever the terminal
_NUMERIC = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float", "gYear")
)
_RUNS = re.compile(r"[\s\x00-\x1f\u200b-\u200f\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]|[\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?")
_ALIKE = 0.6  # how alike a name must be to be offered, from 0 to 1
_SHOWN = 3
_NAMES = """
SELECT DISTINCT ?name ?node ?label WHERE {
  ?node a <%s> ; rdfs:label ?label ; rdfs:label|skos:prefLabel|skos:altLabel|dcterms:title ?name
}
"""


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


def rows_as_table(rows: QuerySolutions, dataset: Dataset, *, width: int | None = None) -> str:
    """Return the rows as a table with a head; numbers are set right, and each line ends without spaces.

    Words are cut only where ``width`` leaves no other way; IRIs, which have no words, are cut before.
    """
    from pyoxigraph import NamedNode

    names = [variable.value for variable in rows.variables]
    found = [[row[name] for name in names] for row in rows]
    numeric = [
        any(values) and all(value is None or _is_number(value) for value in values)
        for values in zip(*found, strict=True)
    ] or [False] * len(names)
    cells = [[as_cell(value, dataset) for value in row] for row in found]
    named = [any(isinstance(value, NamedNode) for value in values) for values in zip(*found, strict=True)]
    widths = _widths([names, *cells], named or [False] * len(names), width)
    lines = [
        *_lines(names, widths, numeric),
        _GAP.join("─" * size for size in widths),
        *(line for row in cells for line in _lines(row, widths, numeric)),
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def as_cell(term: object, dataset: Dataset) -> str:
    """Return a term for people: safe to show, a literal on one line, an IRI by prefix or without base."""
    from pyoxigraph import Literal, NamedNode

    if term is None:
        return ""
    if isinstance(term, Literal):
        return spelled_out(" ".join(term.value.split()))
    if isinstance(term, NamedNode):
        return spelled_out(short_iri(term.value, dataset.prefixes, dataset.base))
    return spelled_out(str(term))


def _is_number(term: object) -> bool:
    from pyoxigraph import Literal

    return isinstance(term, Literal) and term.datatype.value in _NUMERIC


def _widths(rows: Sequence[Sequence[str]], named: Sequence[bool], limit: int | None) -> list[int]:
    """Return the columns' widths: what the cells need, the widest cut down until the table fits.

    A column is not made narrower than its longest word, if it holds words and the others can give way.
    """
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    if limit is None:
        return widths
    room = limit - len(_GAP) * (len(widths) - 1)
    words = [
        _NARROWEST if is_named else max(columns(word) for cell in column for word in cell.split() or [""])
        for column, is_named in zip(zip(*rows, strict=True), named, strict=True)
    ]
    for least in (words, [0] * len(widths)):
        floors = [max(_NARROWEST, each) for each in least]
        while sum(widths) > room and any(map(gt, widths, floors)):
            widest = max(range(len(widths)), key=lambda at: (widths[at] > floors[at], widths[at]))
            widths[widest] -= 1
    return widths


def _lines(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    """Return a row as lines: one, or as many as its longest cell needs."""
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped), default=1)
    padded = [
        [_pad(line, width, right=right) for line in [*lines, *[""] * (height - len(lines))]]
        for lines, width, right in zip(wrapped, widths, numeric, strict=True)
    ]
    return [_GAP.join(parts) for parts in zip(*padded, strict=True)]


def _wrap(text: str, width: int) -> list[str]:
    if columns(text) <= width:
        return [text]
    # Wide characters take two columns each: half as many of them fit.
    characters = width if columns(text) == len(text) else max(width // 2, 1)
    return textwrap.wrap(text, characters, break_on_hyphens=False) or [""]


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - columns(text))
    return space + text if right else in_order(text) + space


def safe_cell(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("-12.5"), safe_cell("Goal 1")
    ("'=HYPERLINK(1)", '-12.5', 'Goal 1')
    """
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def safe_csv(content: bytes) -> bytes:
    """Return a CSV file with each cell made safe, else as it was: columns, rows and order."""
    made = io.StringIO(newline="")
    rows = csv.writer(made, lineterminator="\r\n")
    csv.field_size_limit(max(csv.field_size_limit(), len(content)))
    for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")):
        rows.writerow([safe_cell(cell) for cell in row])
    return made.getvalue().encode("utf-8")


@dataclass(frozen=True, slots=True)
class Expectations:
    """What must be so for a question to have an answer.

    ``names`` are the values that were given for parameters which name things, each with the class of these;
    ``needs`` classes or properties of which one must occur, with what they are called and, behind a
    semicolon, what to ask instead; ``none`` is what it means to have no answer all the same.
    """

    names: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[tuple[str, ...], str], ...] = ()
    none: str = ""


def reasons(dataset: Dataset, expected: Expectations) -> Iterator[str]:
    """Yield in a line each why there is no answer; one line in any case."""
    found = [*_unknown(dataset, expected), *_missing(dataset, expected)]
    yield from found or [expected.none or "nothing in the graph answers this"]


def _unknown(dataset: Dataset, expected: Expectations) -> Iterator[str]:
    for value, class_ in expected.names:
        names = list(_names_here(dataset, class_))
        wanted = value.casefold()
        if not names or any(
            name.casefold() == wanted or node.casefold().endswith(f"/{wanted}") for name, node, _ in names
        ):
            continue
        shown = list(_closest(wanted, names))
        hint = f"; did you mean {' or '.join(f'“{one}”' for one in shown)}?" if shown else ""
        yield f"nothing here is called “{value}”{hint}"


def _closest(wanted: str, names: Iterable[tuple[str, str, bool]]) -> Iterator[str]:
    """Yield the names most likely meant, as a whole or in one of their words, one for each thing."""
    scored = sorted(
        (-_likeness(wanted, name.casefold()), not first, name.casefold(), name, node)
        for name, node, first in names
    )
    seen: set[str] = set()
    for score, _, _, name, node in scored:
        if -score < _ALIKE or len(seen) == _SHOWN:
            return
        if node not in seen:
            seen.add(node)
            yield name


def _likeness(wanted: str, name: str) -> float:
    whole = SequenceMatcher(None, wanted, name).ratio()
    words = max((SequenceMatcher(None, wanted, word).ratio() for word in name.split()), default=0.0)
    return max(whole, words)


def _names_here(dataset: Dataset, class_: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the names of the instances of a class, with the IRI, and whether the name is the label."""
    for row in run(dataset, _NAMES % class_):  # type: ignore[union-attr]  # a SELECT
        yield row["name"].value, row["node"].value, row["label"] == row["name"]


def _missing(dataset: Dataset, expected: Expectations) -> Iterator[str]:
    for terms, words in expected.needs:
        places = " UNION ".join(f"{{ ?s a <{term}> }} UNION {{ ?s <{term}> ?o }}" for term in terms)
        if not run(dataset, f"ASK {{ {places} }}"):
            missing, instead, hint = words.partition("; ")
            yield f"there are no {missing} in the graph{instead}{hint}"
            return


def absolute(name: str) -> str:
    """Return the IRI of a term with a known prefix."""
    prefix, _, local = name.partition(":")
    return f"{known_prefixes()[prefix]}{local}"
