"""StratML (ISO 17469-1, Parts 1 to 3), the standard of strategic plans, as people publish it.

bytes ─xml→ tree ─tree→ nodes by their names ─stating→ the source's text with what it states of the plan

Published files seldom validate: elements stand in any order and namespace, under near names, or hold text
where others should stand. All of it is read, and what was mended or is empty is told.
"""

from __future__ import annotations

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.request import Request
from strategraph.reading.stratml.stating import state
from strategraph.reading.stratml.tree import names, tree_of
from strategraph.reading.stratml.xml import local_name, parsed, root_name

__all__ = ["is_stratml", "parse", "root_name"]


def is_stratml(data: bytes) -> bool:
    """Whether the first element of some bytes has the name of a root of StratML, in any namespace."""
    return (root_name(data) or "") in names().roots


def parse(data: bytes, request: Request) -> Content:
    """Return the text of a StratML file with its blocks, and what it states of the plan.

    With ``request.recover`` what can be read of a broken file is read, and what was lost is told. Raises
    :class:`UnusableInputError` with line and column if it is broken, has a document type, or is no StratML.
    """
    root, lost = parsed(data, request)
    if local_name(root) not in names().roots:
        raise UnusableInputError(f"{request.name}: is no StratML: its root is <{local_name(root)}>")
    tree, mended = tree_of(root)
    return state(tree, (*lost, *mended))
