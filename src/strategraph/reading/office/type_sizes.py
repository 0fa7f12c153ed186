"""Headings of office documents that are only set in larger type, as in texts written without styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from strategraph.reading.content import Composed

_LARGER = 1.15  # times the body's type, in bold
_CLEAR = 1.3  # times the body's type, whatever else
_LONGEST = 220  # characters
_ENDS_OPEN = re.compile(r"[.,;:]$")
_MOST_WORDS = 12  # of a heading that ends as a sentence does
_DEEPEST = 6


def with_headings(drafts: Sequence[Composed], sizes: Sequence[float]) -> list[Composed]:
    """Return the blocks, paragraphs in larger type than the body's as headings.

    ``sizes`` are those of the blocks' type, 0 where none is known. The larger, the higher the level. A
    document whose headings have styles is left as it is.
    """
    if any(draft.block.kind == "heading" for draft in drafts):
        return list(drafts)
    letters: Counter[float] = Counter()
    for draft, size in zip(drafts, sizes, strict=True):
        letters[size] += len(draft.words) if size else 0
    body = max(letters.items(), key=lambda entry: (entry[1], -entry[0]), default=(0.0, 0))[0]
    found = {n: sizes[n] for n, draft in enumerate(drafts) if body and _is_heading(draft, sizes[n] / body)}
    ranks = {size: rank for rank, size in enumerate(sorted(set(found.values()), reverse=True), 1)}
    return [
        replace(
            draft,
            block=replace(
                draft.block, kind="heading", level=min(ranks[found[n]], _DEEPEST), emphasised=False, lead=0
            ),
        )
        if n in found
        else draft
        for n, draft in enumerate(drafts)
    ]


def _is_heading(draft: Composed, share: float) -> bool:
    """Whether a block is a short paragraph in type so many times as large as the body's."""
    if draft.block.kind != "paragraph" or not 0 < len(draft.words) <= _LONGEST:
        return False
    if _ENDS_OPEN.search(draft.words) and len(draft.words.split()) > _MOST_WORDS:
        return False
    return share >= _CLEAR or (share >= _LARGER and draft.block.emphasised)
