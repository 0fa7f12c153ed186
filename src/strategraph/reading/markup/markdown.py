"""Markdown: CommonMark with tables, footnotes, struck-out text and what kramdown and Jekyll add to it.

Lenient where authors are: ``##Heading`` without a space is a heading; HTML tags are markup around Markdown;
indented text is text and not code. Left out: comments, front matter (it becomes metadata), attribute lists
(``{:.no_toc}``), Liquid tags, images, footnote marks, link targets, struck-out text (it has been replaced).

Offsets: the parser says where in a block's content each token is, and the content's lines are the tails of
the source's lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from strategraph.knowledge.writing import COLONS
from strategraph.model import Block
from strategraph.reading.content import BlockDraft, Content, Overlay, TextLine, lines_of
from strategraph.reading.markup.markdown_syntax import (
    blocks_within,
    front_matters,
    listed_lines,
    mask,
    parser,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)")
_STRUCK = frozenset({"s", "del", "strike"})
_BOLD = frozenset({"b", "strong", "i", "em"})
_PARTING = re.compile(
    "address|article|aside|blockquote|d[dlt]|details|div|fieldset|fig(?:caption|ure)|footer|h[1-6r]|header|li|main"
    "|nav|ol|p|pre|section|summary|t(?:able|body|d|foot|h|head|r)|ul"
)
_ITEM_NUMBER = re.compile(r"\d{1,9}[.)]")
# What stands before a table's row in a quotation or a list item.
_ROW_LEAD = re.compile(r"(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\|))?")


def parse(text: str) -> Content:
    """Return the blocks of a Markdown text, and its front matter."""
    overlay = Overlay(text)
    drafts = list(_MarkdownWalker(text, overlay).drafts())
    found = front_matters(text)
    blocks = overlay.blocks(drafts)
    if not blocks:
        blocks = tuple(block for start, end, _ in found for block in blocks_within(text, start, end))
    return Content(text, blocks, found[0][2] if found else ())


@dataclass(slots=True)
class _Style:
    """How many constructs of each kind are open within a run of inline tokens."""

    struck: int = 0
    bold: int = 0
    around: int = 0  # links to places of the same document


class _MarkdownWalker:
    """Walks the parser's tokens and keeps where it is: in which lists, table and row."""

    def __init__(self, text: str, overlay: Overlay) -> None:
        self._masked = mask(text)
        self._overlay = overlay
        self._lines = lines_of(self._masked.text)
        self._printed = lines_of(text)
        self._heading = 0  # the level of the heading that is open
        self._term = False  # in a term that a definition list defines
        self._depth = 0  # of lists
        self._lifted: list[int] = []  # for each open list, by how much its own depth was raised
        self._marker: str | None = None  # of the item whose first words are still to come
        self._last_numbered = (-1, -1)  # (depth, line after) of the last ordered list
        self._announced = False  # whether the words before end with a colon
        self._tables = 0
        self._row = self._column = -1
        self._cell: str | None = None  # "th" or "td"

    def drafts(self) -> Iterator[BlockDraft]:
        """Yield the drafts of all blocks, in order."""
        for token in parser().parse(self._masked.text):
            match token.type:
                case "inline":
                    yield from self._inline(token)
                case "heading_open" | "heading_close":
                    self._heading = int(token.tag[1]) if token.nesting > 0 else 0
                case "dt_open" | "dt_close":
                    self._term = token.nesting > 0
                case "list_item_open":
                    self._marker = self._printed_marker(token)
                case "list_item_close":
                    self._marker = None  # an empty item leaves no marker to the block behind it
                case "bullet_list_open" | "ordered_list_open":
                    self._open_list(token)
                case "bullet_list_close" | "ordered_list_close":
                    self._depth -= 1 + self._lifted.pop()
                case _:
                    self._in_table(token)

    def _printed_marker(self, token: Token) -> str:
        """Return an item's marker; its number is the source's, for the parser may have got another."""
        number = _ITEM_NUMBER.search(self._printed[token.map[0]].text) if token.info and token.map else None
        return number[0] if number else token.markup

    def _open_list(self, token: Token) -> None:
        """Go one list deeper; two for bullets right below a numbered item at its own indentation.

        To CommonMark they are lists side by side, but their authors mean the bullets to belong to the item.
        """
        first, last = token.map or (0, 0)
        numbered = token.type == "ordered_list_open"
        below = (
            not numbered and self._last_numbered == (self._depth, first) and not self._lines[first - 1].blank
        )
        if numbered:
            self._last_numbered = (self._depth, last)
        self._lifted.append(int(below))
        self._depth += 1 + below

    def _in_table(self, token: Token) -> None:
        """Keep table, row and column."""
        match token.type:
            case "table_open":
                self._tables += 1
                self._row = -1
            case "tr_open":
                self._row += 1
                self._column = -1
            case "th_open" | "td_open":
                self._column += 1
                self._cell = token.tag
            case "th_close" | "td_close":
                self._cell = None

    def _draft(self) -> BlockDraft:
        """Return an empty draft for the words at this place."""
        if self._cell:
            table, head = self._tables - 1, self._cell == "th"
            return BlockDraft(Block("cell", table=table, row=self._row, column=self._column, header=head))
        if self._heading:
            return BlockDraft(Block("heading", level=self._heading))
        if self._marker is not None:
            marker, self._marker = self._marker, None
            return BlockDraft(Block("item", level=self._depth, marker=marker))
        return BlockDraft()

    def _line(self) -> BlockDraft:
        """Return an empty draft for a line that lists something without a mark."""
        return BlockDraft(Block("item", level=self._depth + 1))

    def _inline(self, token: Token) -> Iterator[BlockDraft]:
        """Yield the drafts of a run of inline tokens: one, unless HTML's block tags part it."""
        places = self._places(token)
        style = _Style(bold=int(self._term))
        listed = range(0)
        if not (self._cell or self._heading or self._marker):
            listed = listed_lines(token.content, announced=self._announced)
        self._announced = token.content.rstrip(" *_").endswith(COLONS)
        draft = self._draft() if 0 not in listed else self._line()
        row = 0
        for child in token.children or ():
            if child.type == "html_inline":
                following = self._tag(child, places, style, draft)
                if following is not None:
                    yield draft
                    draft = following
            elif child.type in ("softbreak", "hardbreak"):
                row += 1
                if row in listed or row == listed.stop:
                    yield draft
                    draft = self._line() if row in listed else BlockDraft()
                    continue
                draft.words.offsets.append(places[child.meta["at"]])
            elif child.nesting:
                _restyle(child, style)
            elif not style.struck:
                offsets = self._visible(child, places)
                shown = (
                    (self._masked.text[n] for n in offsets) if child.type != "text_special" else child.content
                )
                letters = sum(character.isalnum() for character in shown)
                draft.words.add(offsets, letters, bold=style.bold > 0, around=style.around > 0)
        yield draft

    def _tag(self, token: Token, places: list[int], style: _Style, draft: BlockDraft) -> BlockDraft | None:
        """Take note of an HTML tag; return the draft for the words behind it if it begins a new block."""
        tag = _TAG.match(token.content)
        if not tag:
            return None
        name, step = tag["name"].lower(), -1 if tag["close"] else 1
        if name in _STRUCK:
            style.struck = max(0, style.struck + step)
        elif name in _BOLD:
            style.bold = max(0, style.bold + step)
        elif name == "br":
            at = places[token.meta["at"]]
            self._overlay.replace(at, at + 1, " ")
            draft.words.offsets.append(at)
        elif _PARTING.fullmatch(name) and not self._cell:
            if step > 0 and re.fullmatch("h[1-6]", name):
                return BlockDraft(Block("heading", level=int(name[1])))
            if step > 0 and name == "li":
                return BlockDraft(Block("item", level=self._depth + 1))
            if draft.words.offsets:
                return BlockDraft(Block("heading", level=self._heading)) if self._heading else BlockDraft()
        return None

    def _visible(self, token: Token, places: list[int]) -> list[int]:
        """Return the offsets of the characters that a token shows."""
        start, end = token.meta["at"], token.meta["to"]
        match token.type:
            case "text" if token.content:  # an asterisk that became emphasis is left without
                return [n for n in places[start:end] if n not in self._masked.filling]
            case "text_special":
                first, last = places[start], places[end - 1] + 1
                self._overlay.replace(first, last, token.content)
                return list(range(first, last))
            case "code_inline":
                return places[start + len(token.markup) : end - len(token.markup)]
            case _:
                return []

    def _places(self, token: Token) -> list[int]:
        """Return for each character of a token's content its offset in the source."""
        first = (token.map or (0, 0))[0]
        if self._cell:
            return _cell_places(self._lines[first], self._column, len(token.content))
        places: list[int] = []
        for number, row in enumerate(token.content.split("\n"), first):
            places += _row_places(row, self._lines[number])
            places.append(self._lines[number].end)
        return places


def _restyle(token: Token, style: _Style) -> None:
    """Take note of markup that opens or closes."""
    match token.type:
        case "s_open" | "s_close":
            style.struck += token.nesting
        case "strong_open" | "strong_close" | "em_open" | "em_close":
            style.bold += token.nesting
        case "link_open":
            style.around = int(str(token.attrs.get("href", "")).startswith("#"))
        case "link_close":
            style.around = 0


def _row_places(row: str, line: TextLine) -> list[int]:
    """Return the offset of each character of a line of content, which is the tail of the source's line.

    White space that leads it may have been a tab: it counts as the character before the words. Only the
    hashes that close a heading may stand behind the words.
    """
    words = row.strip()
    source = line.text.rstrip()
    column = len(source) - len(words) if source.endswith(words) else max(0, source.rfind(words))
    begin = line.start + column
    behind = begin + len(words)
    lead = len(row) - len(row.lstrip())
    tail = len(row) - lead - len(words)
    return [max(line.start, begin - 1)] * lead + [*range(begin, behind)] + [*range(behind, behind + tail)]


def _cell_places(line: TextLine, column: int, length: int) -> list[int]:
    """Return the offset of each character of a table's cell; a backslash before a pipe is left out."""
    if not length:
        return []
    lead = _ROW_LEAD.match(line.text)
    first = lead.end() if lead else 0
    pipes = [n for n, c in enumerate(line.text) if c == "|" and (n == 0 or line.text[n - 1] != "\\")]
    if not pipes or pipes[0] != first:
        pipes.insert(0, first - 1)
    begin, end = list(pairwise([*pipes, len(line.text)]))[column]
    begin += 1
    while begin < end and line.text[begin] in " \t":
        begin += 1
    kept = [n for n in range(begin, end) if line.text[n : n + 2] != "\\|"]
    return [line.start + n for n in kept[:length]]
