"""Asking a language model what a plan states. What it says is a proposal, and no more.

The prompt is what a model is told of its task, and a piece of the document that it can take, fenced.

A piece is numbered blocks, cut where nothing is torn apart. The wording is data (``data/proposals/``). Its
version is the hash of all of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategraph.knowledge import resources
from strategraph.model import Block, Document

BUDGET = 6000  # tokens of a piece: what small models still read with care
_HEAD = frozenset({"title", "subtitle", "author", "description", "publisher", "date"})
_BYTES_PER_TOKEN = 3.6  # of UTF-8, over nine languages; vendors' tokenisers differ by a third
VERSION = "2"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some blocks of a document in a row, as (number, block), and ``context``: what they stand under.

    ``head`` is what the file says of itself, as (key, value) pairs; the first piece alone has it.
    """

    blocks: tuple[tuple[int, Block], ...]
    context: tuple[tuple[int, Block], ...] = ()
    head: tuple[tuple[str, str], ...] = ()

    def lines(self) -> str:
        """Return the blocks as they are shown to a model, each on one line with its number."""
        return "\n".join(
            [
                *(f"[head] {key}: {' '.join(value.split())}" for key, value in self.head),
                *(_line(number, block, " (context)") for number, block in self.context),
                *(_line(number, block) for number, block in self.blocks),
            ]
        )


def tokens(text: str) -> int:
    """Return about how many tokens a text is; no two models count alike."""
    return round(len(text.encode("utf-8", "replace")) / _BYTES_PER_TOKEN)


def pieces(document: Document, budget: int = BUDGET) -> tuple[Piece, ...]:
    """Return a document's blocks in pieces of about ``budget`` tokens at most.

    A piece ends before a heading where it can, never within a list or table, nor between a heading or lead-in
    and what follows it: what cannot be parted makes a longer piece. Every block with words is in one piece.
    """
    blocks = [(number, block) for number, block in enumerate(document.blocks) if block.passage]
    found: list[Piece] = []
    start = 0
    while start < len(blocks):
        end = _end(blocks, start, budget)
        head = () if start else _head(document)
        found.append(Piece(tuple(blocks[start:end]), tuple(_context(blocks, start)), head))
        start = end
    return tuple(found)


def _head(document: Document) -> tuple[tuple[str, str], ...]:
    """Return what a file says of itself in words that its text has: others cannot be quoted."""
    text = " ".join(document.source.text.split())
    return tuple(
        (key, value) for key, value in document.metadata if key in _HEAD and " ".join(value.split()) in text
    )


def _end(blocks: Sequence[tuple[int, Block]], start: int, budget: int) -> int:
    """Return where the piece that begins at ``start`` ends."""
    spent = 0
    best: tuple[int, int] | None = None  # the last place of the best kind to cut at, and its kind
    for index in range(start, len(blocks)):
        if index > start and (kind := _cut(blocks[index - 1][1], blocks[index][1])):
            if spent > budget and best is None:
                return index
            if 2 * spent < budget:
                kind = 1  # a heading near the beginning would make a short piece
            if best is None or kind >= best[1]:
                best = index, kind
        spent += tokens(_line(*blocks[index]))
        if spent > budget and best is not None:
            return best[0]
    return len(blocks)


def _cut(before: Block, after: Block) -> int:
    """Return how good it is to cut between two blocks: 0 not at all, 1 well, 2 better."""
    if before.kind == "heading" or before.passage.text.endswith((":", "：")):
        return 0
    if after.kind == "heading":
        return 2
    if before.kind == after.kind == "item" or (before.table is not None and before.table == after.table):
        return 0
    return 1


def _context(blocks: Sequence[tuple[int, Block]], start: int) -> Iterator[tuple[int, Block]]:
    """Yield the headings that a block stands under, and the paragraph right before it."""
    first = blocks[start][1]
    level = first.level if first.kind == "heading" else 99
    above: list[tuple[int, Block]] = []
    for number, block in reversed(blocks[:start]):
        if block.kind == "heading" and block.level < level:
            above.append((number, block))
            level = block.level
    if start and first.kind != "heading" and blocks[start - 1] not in above:
        above.insert(0, blocks[start - 1])
    yield from reversed(above)


def _line(number: int, block: Block, remark: str = "") -> str:
    text = " ".join(block.passage.text.split())
    return f"[{number}]{remark} {_kind(block)}: {text}"


def _kind(block: Block) -> str:
    if block.kind == "heading":
        return f"h{block.level}"
    if block.kind == "item":
        mark = " ".join(block.marker.split())
        return f"li{block.level}" + (f" ({mark})" if mark else "")
    if block.kind == "cell":
        return f"{'th' if block.header else 'td'} {block.row},{block.column}"
    return "b" if block.emphasised else "p"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked of a model about one piece; ``number`` counts from 1.

    ``characters`` is how many of the plan's are in it.
    """

    number: int
    system: str
    user: str
    characters: int = 0

    @property
    def sha256(self) -> str:
        """Return the checksum of all that is asked."""
        return hashlib.sha256(json.dumps([self.system, self.user]).encode()).hexdigest()

    @property
    def tokens(self) -> int:
        """Return about how many tokens it is."""
        return tokens(self.system) + tokens(self.user)

    def text(self) -> str:
        """Return the prompt as one text, for a chat that has no system message."""
        return f"{self.system}\n\n# The schema of the answer\n\n{json.dumps(schema())}\n\n{self.user}"


def prompts(document: Document, budget: int = BUDGET) -> tuple[Prompt, ...]:
    """Return what to ask about a document, piece by piece; the same for the same document."""
    parts = pieces(document, budget)
    fence = _fence(document)
    return tuple(
        Prompt(
            number,
            _resource("prompt.md").strip(),
            _resource("piece.md")
            .strip()
            .format(
                piece=number,
                pieces=len(parts),
                name=" ".join(document.source.name.split()),
                language=document.language,
                fence=fence,
                blocks=part.lines(),
            ),
            sum(len(block.passage.text) for _, block in part.blocks),
        )
        for number, part in enumerate(parts, start=1)
    )


def prompt_sha256() -> str:
    """Return the checksum of the prompt's wording and of the answer's schema."""
    texts = [_resource(name) for name in ("prompt.md", "piece.md", "answer.schema.json")]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


@cache
def schema() -> Any:
    """Return the JSON schema of an answer."""
    return json.loads(_resource("answer.schema.json"))


def _fence(document: Document) -> str:
    """Return a mark that the document does not have."""
    text = document.source.text
    number = 0
    while (fence := _digest(f"{number} {document.source.sha256}")) in text:
        number += 1
    return fence


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _resource(name: str) -> str:
    return resources.path("data", "proposals", name).read_text(encoding="utf-8")
