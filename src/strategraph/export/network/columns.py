"""The columns of nodes and edges, the same in every format of networks.

A value that Gephi would take for another is marked with an invisible letter: ``docs/graphml.md`` says where.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class NetworkColumn(NamedTuple):
    """A column: its name, its type ("string", "double" or "int"), and the field that it shows."""

    name: str
    type: str
    field: str


NODE_COLUMNS = (
    NetworkColumn("label", "string", "label"),
    NetworkColumn("type", "string", "type"),
    NetworkColumn("uri", "string", "uri"),
    NetworkColumn("plan", "string", "plan"),
    NetworkColumn("number", "string", "number"),
    NetworkColumn("statement", "string", "statement"),
    NetworkColumn("sameAs", "string", "same_as"),
    NetworkColumn("color", "string", "color"),
    NetworkColumn("size", "double", "size"),
    NetworkColumn("x", "double", "x"),
    NetworkColumn("y", "double", "y"),
)
MEASURE_COLUMNS = (
    NetworkColumn("ties", "int", "ties"),
    NetworkColumn("partners", "int", "partners"),
    NetworkColumn("betweenness", "double", "betweenness"),
    NetworkColumn("community", "int", "community"),
)
"""Further columns of nodes, for those who ask for measures."""
EDGE_COLUMNS = (
    NetworkColumn("label", "string", "label"),
    NetworkColumn("predicate", "string", "predicate"),
    NetworkColumn("weight", "double", "weight"),
    NetworkColumn("count", "int", "quotations"),
    NetworkColumn("evidence", "string", "evidence"),
)

WORD_JOINER = "\u2060"

# Gephi takes "INF" for infinity even within a word ("INFORMATION"), and "null" for no value, in columns of
# text as well, but not in labels. A word joiner after the first letter keeps the words, to the eye, as they
# are.
_MISREAD = re.compile(r"(?<=I)(?=NF)|(?i:(?<=^N)(?=ULL$))")


def marked(text: str) -> str:
    """Return a text as Gephi reads it right in a column.

    >>> marked("INF").encode("ascii", "backslashreplace")
    b'I\\\\u2060NF'
    """
    # Most texts have nothing to mark, and looking for it so is quicker.
    return _MISREAD.sub(WORD_JOINER, text) if "INF" in text or len(text) == len("null") else text


def unmarked(text: str) -> str:
    """Return a text as it was before :func:`marked`."""
    return text.replace(WORD_JOINER, "")
