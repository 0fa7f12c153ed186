"""Sections as entries of a file, ready to be edited: what a review shows to a person."""

from __future__ import annotations

from collections.abc import Sequence

from strategraph.curation.entries import ElementEntry
from strategraph.curation.readings_file import entry_text
from strategraph.model import CURATOR, Document, Passage, Section
from strategraph.model.span_index import SpanIndex


def entries_of(
    sections: Sequence[Section], document: Document, *, by: str = CURATOR
) -> tuple[ElementEntry, ...]:
    """Return an entry for each section, in their order; building with them changes nothing but who says so.

    An entry's ``id`` is the block in which it begins, "12.2" for the second of two.
    """
    blocks = SpanIndex((block.span, number) for number, block in enumerate(document.blocks) if block.passage)
    taken: dict[int | None, int] = {}
    ids: list[str] = []
    for section in sections:
        block = _block(section.passages[0], blocks)
        taken[block] = taken.get(block, 0) + 1
        ids.append(f"{block}.{taken[block]}" if taken[block] > 1 else f"{block}")
    return tuple(
        ElementEntry(
            id=name,
            kind=section.kind,
            number=section.number,
            title=_words(section.title),
            statement=_words(section.statement),
            block=_block(section.passages[0], blocks),
            statement_block=_block(section.statement, blocks)
            if section.title and section.statement
            else None,
            parent=None if section.parent is None else ids[section.parent],
            by=by,
        )
        for name, section in zip(ids, sections, strict=True)
    )


def element_text(
    entry: ElementEntry, alternatives: Sequence[tuple[str, float]] = (), notes: Sequence[str] = ()
) -> str:
    """Return an entry as it stands in a file, under comments: notes, then what else it may be.

    ``alternatives`` are classes, or "nothing", with their probabilities.
    """
    likely = sorted(alternatives, key=lambda one: (-one[1], one[0]))
    return entry_text(entry, notes=[*notes, *(f"{chance:.2f} {kind}" for kind, chance in likely)])


def _block(passage: Passage | None, blocks: SpanIndex[int]) -> int | None:
    if not passage:
        return None
    found = blocks.containing(passage.span(0, 1))
    return found[0] if found else None


def _words(passage: Passage | None) -> str | None:
    return " ".join(passage.text.split()) if passage else None
