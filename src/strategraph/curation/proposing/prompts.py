"""The prompt: what a model is told of its task, and a piece of the document, fenced.

The wording is data (``data/proposals/``). Its version is the hash of all of it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategraph.curation.proposing.pieces import BUDGET, pieces, tokens
from strategraph.knowledge import resources
from strategraph.model import Document

VERSION = "2"


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
