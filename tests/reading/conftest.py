"""A short way to see what a reader made of a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from strategraph.model import Block
from strategraph.reading.content import Content

Outline = Callable[[Content], list[str]]


def _line(block: Block) -> str:
    place = f"{block.row}.{block.column}{'h' if block.header else ''}" if block.kind == "cell" else ""
    level = str(block.level) if block.level else ""
    emphasis = "*" if block.emphasised else ""
    marker = f"[{block.marker}] " if block.marker else ""
    return f"{block.kind}{level}{place}{emphasis}: {marker}{block.passage.text}"


@pytest.fixture
def outline() -> Outline:
    """Return the function that puts each block of a content on a line: "item2: [-] words"."""
    return lambda content: [_line(block) for block in content.blocks]
