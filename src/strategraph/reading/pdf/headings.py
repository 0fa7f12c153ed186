"""Which paragraphs are headings, and of which level: by tags and bookmarks, else by their type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from strategraph.reading.pdf.extraction import Bookmark
from strategraph.reading.pdf.flow import Paragraph
from strategraph.reading.pdf.page import Page

_LARGER = 1.09  # times the body's type
_CLEAR = 1.2  # times the body's type: in bold, a heading even if it is a whole sentence
_LONGEST = 220
_MOST_LINES = 5
_ENDS_OPEN = re.compile(r"[.,;]$")
_DEEPEST = 6

_Style = tuple[float, bool]


def heading_levels(
    paragraphs: Sequence[Paragraph], body: float, pages: Mapping[int, Page], bookmarks: Sequence[Bookmark]
) -> dict[int, int]:
    """Return the level of each paragraph that is a heading, by its position.

    A heading is tagged or bookmarked as one, or is a short text in larger type than the body. Type gives
    the level by size: the largest is the first. Where tags or bookmarks tell the level of some headings of
    a style, all of that style have it.
    """
    told: dict[int, int] = {}
    candidates: list[int] = []
    marked = {(bookmark.page, _plain(bookmark.title)): bookmark.level for bookmark in bookmarks}
    for index, paragraph in enumerate(paragraphs):
        level = _tagged_level(paragraph, pages)
        if level is None and _may_be_heading(paragraph):
            level = marked.get((paragraph.first.page, _plain(paragraph.text)))
        if level is not None:
            told[index] = level
            candidates.append(index)
        elif _is_large(paragraph, body) and _may_be_heading(paragraph) and not _is_sentence(paragraph, body):
            candidates.append(index)
    ranks = _ranks([(_style(paragraphs[index]), told.get(index)) for index in candidates])
    return {index: min(ranks[_style(paragraphs[index])], _DEEPEST) for index in candidates}


def _style(paragraph: Paragraph) -> _Style:
    return round(paragraph.size * 2) / 2, paragraph.bold


def _ranks(seen: Sequence[tuple[_Style, int | None]]) -> dict[_Style, int]:
    """Return the level of each style; where levels are told, the commonest of those."""
    told: dict[_Style, Counter[int]] = {}
    for style, level in seen:
        counter = told.setdefault(style, Counter())
        if level is not None:
            counter[level] += 1
    ranks: dict[_Style, int] = {}
    above = 0
    for style in sorted(told, key=lambda style: (-style[0], not style[1])):
        levels = told[style]
        above = (
            max(above + 1, max(levels, key=lambda level: (levels[level], -level))) if levels else above + 1
        )
        ranks[style] = above
    return ranks


def _tagged_level(paragraph: Paragraph, pages: Mapping[int, Page]) -> int | None:
    """Return the level that tags give to most of a paragraph, None where they say it is no heading."""
    levels: Counter[int] = Counter()
    for line in paragraph.lines:
        for word in line.words:
            tag = pages[line.page].tags.get(word.tag)
            levels[tag.heading if tag else 0] += max(1, word.letters)
    level = levels.most_common(1)[0][0]
    return level or None


def _is_large(paragraph: Paragraph, body: float) -> bool:
    return paragraph.size >= _LARGER * body


def _may_be_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST or len(paragraph.lines) > _MOST_LINES:
        return False
    if not any(character.isalpha() for character in text):
        return False
    bullet = paragraph.marker is not None and paragraph.marker.style.startswith("bullet")
    return not bullet


def _is_sentence(paragraph: Paragraph, body: float) -> bool:
    """Whether a text in larger type is an introduction or a quotation rather than a heading."""
    clear = paragraph.bold and paragraph.size >= _CLEAR * body
    return bool(_ENDS_OPEN.search(paragraph.text)) and len(paragraph.text.split()) > (25 if clear else 4)


def _plain(text: str) -> str:
    """Return letters and digits only: bookmarks and print differ in spaces and punctuation."""
    return "".join(character for character in text.casefold() if character.isalnum())
