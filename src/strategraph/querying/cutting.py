"""Takes no more of an answer than is wanted: the engine works out the first rows or triples, and stops."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from strategraph.querying.engine import failures_in_one_line

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer
    from pyoxigraph import QuerySolutions, QueryTriples, Triple


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
