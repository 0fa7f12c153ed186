"""Markdown: CommonMark with tables, footnotes, struck-out text and what kramdown and Jekyll add to it.

Lenient where authors are: ``##Heading`` without a space is a heading; HTML tags are markup around Markdown;
indented text is text and not code. Left out: comments, front matter (it becomes metadata), attribute lists
(``{:.no_toc}``), Liquid tags, images, footnote marks, link targets, struck-out text (it has been replaced).

Offsets: markdown-it gives each block its lines. The inline rules are wrapped so that each token also keeps
where in the block's content it begins, and the content's lines are the tails of the source's lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from strategraph.model import Block
from strategraph.reading.content import Content, Line, lines_of
from strategraph.reading.front_matter import front_matters
from strategraph.reading.overlay import Overlay, ranges_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# --------------------------------------------------------------------------------------------------
# What is no text

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)|\{::comment\}(.*?)(?:\{:/(?:comment)?\}|\Z)", re.DOTALL)
# Whole lines that say nothing: file comments, attribute lists, kramdown's place for a contents list.
_UNSEEN_LINES = re.compile(
    r"^\.\.[ ]\S.*$|^[ \t>]*\{:[^}\n]*\}[ \t]*$|^[*+-][ ].*\n\{:toc\}[ \t]*$|^\[TOC\][ \t]*$", re.MULTILINE
)
_UNSEEN_ELEMENTS = re.compile(r"<(script|style|svg|form)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_UNSEEN_WORDS = re.compile(r"\{:[^}\n]*\}|\{\{[^}\n]*\}\}|\{%[^%\n]*%\}|(?<=[*+-][ ])\[[ xX]\](?=[ ])")


@dataclass(slots=True)
class _Masked:
    """The text for the parser, as long as the source, and which of its characters are only filling."""

    text: str
    filling: frozenset[int]


def _mask(text: str, *, comments: bool) -> _Masked:
    """Return ``text`` with what people do not see blanked out, HTML comments among it if so wished."""
    characters = list(text)
    filling: set[int] = set()

    def blank(start: int, end: int) -> None:
        characters[start:end] = ["\n" if text[n] == "\n" else " " for n in range(start, end)]

    for start, end, _ in front_matters(text):
        blank(start, end)
    for match in _COMMENT.finditer(text):
        if comments:
            blank(*match.span())
        else:
            group = 1 if match[1] is not None else 2
            blank(match.start(), match.start(group))
            blank(match.end(group), match.end())
    for pattern in (_UNSEEN_ELEMENTS, _UNSEEN_LINES):
        for match in pattern.finditer("".join(characters)):
            blank(*match.span())
    for match in _UNSEEN_WORDS.finditer("".join(characters)):
        # Full stops keep a link's target together and do not hinder emphasis beside them.
        characters[match.start() : match.end()] = "." * (match.end() - match.start())
        filling.update(range(*match.span()))
    return _Masked("".join(characters), frozenset(filling))


# --------------------------------------------------------------------------------------------------
# The parser


@cache
def _parser() -> MarkdownIt:
    """Return a Markdown parser whose inline tokens know their place (``meta["at"]`` to ``meta["to"]``)."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    # Tags are left to the inline rules, indented text is no code, and tokens stay as they were found.
    parser.disable(["html_block", "code", "text_join", "fragments_join"])
    alternatives = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.before("heading", "lenient_heading", _lenient_heading, alternatives)
    inline = parser.inline.ruler
    for name, rule in zip(inline.get_active_rules(), inline.getRules(""), strict=True):
        inline.at(name, _placed(rule))
    inline.at("text", _placed(_text))
    inline.push("single", _placed(_single))
    return parser


_InlineRule = Callable[["StateInline", bool], bool]
_LENIENT_HEADING = re.compile(r"(?P<hashes>#{2,6})(?=[^\W_])|(?P<hash>#)(?=[^\W\d_])")


def _lenient_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read ``##Heading``, which CommonMark takes for text.

    A single hash opens a heading only before a capital, and not within a paragraph: "#hashtag".
    """
    begin = state.bMarks[start] + state.tShift[start]
    stop = state.eMarks[start]
    match = _LENIENT_HEADING.match(state.src, begin, stop)
    if not match:
        return False
    if match["hash"]:
        above = state.getLines(start - 1, start, 0, False).strip() if start else ""
        within_paragraph = silent and not above.startswith("<")
        if within_paragraph or not state.src[match.end()].isupper():
            return False
    if silent:
        return True
    state.line = start + 1
    tag = f"h{match.end() - begin}"
    opening = state.push("heading_open", tag, 1)
    opening.map = [start, state.line]
    opening.markup = state.src[begin : match.end()]
    inline = state.push("inline", "", 0)
    inline.content = state.src[match.end() : stop].rstrip().rstrip("#").rstrip()
    inline.map = [start, state.line]
    inline.children = []
    state.push("heading_close", tag, -1).markup = opening.markup
    return True


def _placed(rule: _InlineRule) -> _InlineRule:
    """Return the rule made to note on each token it adds where the token begins and ends."""

    def run(state: StateInline, silent: bool) -> bool:
        first, start = len(state.tokens), state.pos
        if not rule(state, silent):
            return False
        if silent:
            return True
        if state.pending:  # backticks that nothing closes
            content, state.pending = state.pending, ""
            state.push("text", "", 0).content = content
        at = start
        for token in state.tokens[first:]:
            if "at" in token.meta:
                continue  # within a link: its own rule has placed it
            token.meta.update(at=at, to=state.pos)
            if token.type == "text":
                at += len(token.content)  # a run of asterisks becomes one token each
        return True

    return run


def _text(state: StateInline, silent: bool) -> bool:
    """Read up to the next character that may mean something, as a token of its own."""
    stop = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    end = stop.start() if stop else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.push("text", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _single(state: StateInline, silent: bool) -> bool:
    """Read a character that might have meant something and does not."""
    if not silent:
        state.push("text", "", 0).content = state.src[state.pos]
    state.pos += 1
    return True


# --------------------------------------------------------------------------------------------------
# From tokens to blocks

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)")
_STRUCK = frozenset({"s", "del", "strike"})
_BOLD = frozenset({"b", "strong", "i", "em"})
_BLOCK_TAGS = frozenset(
    "address article aside blockquote dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


@dataclass(slots=True)
class _Draft:
    """A block to be: its layout, and the offsets of the characters to show."""

    kind: str = "paragraph"
    level: int = 0
    marker: str = ""
    table: int | None = None
    row: int = 0
    column: int = 0
    header: bool = False
    offsets: list[int] = field(default_factory=list)
    emphasised: int = 0  # how many letters and digits are in bold or italics
    plain: int = 0  # and how many are not


def parse(text: str) -> Content:
    """Return the blocks of a Markdown text, and its front matter."""
    masked = _mask(text, comments=True)
    if not masked.text.strip():
        # A page that was commented out as a whole still is what there is to read.
        masked = _mask(text, comments=False)
    overlay = Overlay(text)
    drafts = list(_Walker(masked, overlay).drafts())
    blocks = tuple(block for draft in drafts if (block := _block(draft, overlay)))
    found = front_matters(text)
    return Content(text, blocks, found[0][2] if found else ())


def _block(draft: _Draft, overlay: Overlay) -> Block | None:
    passage = overlay.passage(ranges_of(draft.offsets))
    if not passage and draft.kind != "cell":
        return None
    if not passage:
        return None
    return Block(
        draft.kind,
        passage,
        level=draft.level,
        marker=draft.marker,
        emphasised=draft.kind == "paragraph" and draft.emphasised > 0 and draft.plain == 0,
        table=draft.table,
        row=draft.row,
        column=draft.column,
        header=draft.header,
    )


class _Walker:
    """Walks the parser's tokens and keeps where it is: in which lists, table and row."""

    def __init__(self, masked: _Masked, overlay: Overlay) -> None:
        self._masked = masked
        self._overlay = overlay
        self._lines = lines_of(masked.text)
        self._depth = 0  # of lists
        self._lifted: list[int] = []  # for each open list, by how much its own depth was raised
        self._marker: str | None = None  # of the item whose first words are still to come
        self._last_numbered = (-1, -1)  # (depth, line after) of the last ordered list
        self._tables = 0
        self._row = self._column = -1
        self._header = False
        self._in_cell = False

    def drafts(self) -> Iterator[_Draft]:
        """Yield the drafts of all blocks, in order."""
        heading = 0
        for token in _parser().parse(self._masked.text):
            match token.type:
                case "heading_open":
                    heading = int(token.tag[1])
                case "heading_close":
                    heading = 0
                case "inline":
                    yield from self._inline(token, heading)
                case "list_item_open":
                    self._marker = token.info + token.markup
                case "bullet_list_open" | "ordered_list_open":
                    self._open_list(token)
                case "bullet_list_close" | "ordered_list_close":
                    self._depth -= 1 + self._lifted.pop()
                case _:
                    self._in_table(token.type)

    def _open_list(self, token: Token) -> None:
        """Go one list deeper; two for bullets right below a numbered item at its own indentation.

        To CommonMark they are lists side by side, but their authors mean the bullets to belong to the item.
        """
        first, last = token.map or (0, 0)
        below = token.type == "bullet_list_open" and self._last_numbered == (self._depth, first)
        self._lifted.append(int(below))
        if token.type == "ordered_list_open":
            self._last_numbered = (self._depth, last)
        self._depth += 1 + below

    def _in_table(self, kind: str) -> None:
        """Keep table, row and column."""
        match kind:
            case "table_open":
                self._tables += 1
                self._row = -1
            case "tr_open":
                self._row += 1
                self._column = -1
            case "th_open" | "td_open":
                self._column += 1
                self._header = kind == "th_open"
                self._in_cell = True
            case "th_close" | "td_close":
                self._in_cell = False

    def _draft(self, heading: int) -> _Draft:
        """Return an empty draft for words at this place."""
        if self._in_cell:
            return _Draft(
                "cell", table=self._tables - 1, row=self._row, column=self._column, header=self._header
            )
        if heading:
            return _Draft("heading", level=heading)
        if self._marker is not None:
            marker, self._marker = self._marker, None
            return _Draft("item", level=self._depth, marker=marker)
        return _Draft()

    def _inline(self, token: Token, heading: int) -> Iterator[_Draft]:
        """Yield the drafts of one run of inline tokens; HTML's block tags part it."""
        places = self._places(token, heading)
        draft = self._draft(heading)
        struck = bold = 0
        for child in token.children or ():
            start, end = child.meta.get("at", 0), child.meta.get("to", 0)
            match child.type:
                case "s_open" | "s_close":
                    struck += child.nesting
                case "strong_open" | "strong_close" | "em_open" | "em_close":
                    bold += child.nesting
                case "html_inline" if tag := _TAG.match(child.content):
                    name, step = tag["name"].lower(), -1 if tag["close"] else 1
                    if name in _STRUCK:
                        struck = max(0, struck + step)
                    elif name in _BOLD:
                        bold = max(0, bold + step)
                    elif name == "br":
                        self._overlay.replace(places[start], places[start] + 1, " ")
                        draft.offsets.append(places[start])
                    elif name in _BLOCK_TAGS and not self._in_cell:
                        if draft.offsets:
                            yield draft
                        draft = self._tagged(name, step, heading) if draft.offsets or step > 0 else draft
                case "softbreak" | "hardbreak":
                    draft.offsets.append(places[start])
                case "text" | "text_special" | "code_inline" if not struck:
                    offsets = self._visible(child, start, end, places)
                    draft.offsets += offsets
                    letters = sum(self._masked.text[n].isalnum() for n in offsets)
                    if bold:
                        draft.emphasised += letters
                    else:
                        draft.plain += letters
        yield draft

    def _tagged(self, name: str, step: int, heading: int) -> _Draft:
        """Return an empty draft for the words after a tag."""
        if step > 0 and re.fullmatch("h[1-6]", name):
            return _Draft("heading", level=int(name[1]))
        if step > 0 and name == "li":
            return _Draft("item", level=self._depth + 1)
        return _Draft("heading", level=heading) if heading else _Draft()

    def _visible(self, token: Token, start: int, end: int, places: list[int]) -> list[int]:
        """Return the offsets of the characters that a token shows."""
        if token.type == "text_special":
            self._overlay.replace(places[start], places[end - 1] + 1, token.content)
            return list(range(places[start], places[end - 1] + 1))
        if token.type == "code_inline":
            start, end = start + len(token.markup), end - len(token.markup)
        elif end - start > len(token.content):
            end = start + len(token.content)
        return [n for n in places[start:end] if n not in self._masked.filling]

    def _places(self, token: Token, heading: int) -> list[int]:
        """Return for each character of a token's content its offset in the source."""
        first = (token.map or (0, 0))[0]
        if self._in_cell:
            return _cell_places(self._lines[first], self._column, len(token.content))
        places: list[int] = []
        for number, row in enumerate(token.content.split("\n")):
            places += _row_places(row, self._lines[first + number], bool(heading))
            places.append(self._lines[first + number].end)
        return places


def _row_places(row: str, line: Line, heading: bool) -> list[int]:
    """Return the offset of each character of a line of content, which is the tail of the source's line.

    White space that leads it may have been a tab: it counts as the character before the words.
    """
    words = row.strip()
    source = line.text.rstrip()
    column = len(source) - len(words)
    if not source.endswith(words) and heading:
        # closing hashes stand behind a heading's words
        column = source.rindex(words)
    lead = len(row) - len(row.lstrip())
    tail = len(row) - lead - len(words)
    begin = line.start + column
    behind = begin + len(words)
    return (
        [max(line.start, begin - 1)] * lead + list(range(begin, behind)) + list(range(behind, behind + tail))
    )


def _cell_places(line: Line, column: int, length: int) -> list[int]:
    """Return the offset of each character of a table's cell; a backslash before a pipe is left out."""
    pipes = [n for n, c in enumerate(line.text) if c == "|" and (n == 0 or line.text[n - 1] != "\\")]
    indent = len(line.text) - len(line.text.lstrip())
    edges = [-1, *pipes, len(line.text)]
    cells = [(a + 1, b) for a, b in zip(edges, edges[1:], strict=False)]
    if not line.text[: cells[0][1]].strip() and cells[0][1] >= indent:
        cells = cells[1:]
    begin, end = cells[column]
    while begin < end and line.text[begin].isspace():
        begin += 1
    kept = [
        line.start + n
        for n in range(begin, end)
        if not (line.text[n] == "\\" and line.text[n + 1 : n + 2] == "|")
    ]
    return kept[:length]
