"""HTML: the main content of a page as text, one block to a line, and its blocks.

The source's text is made here, so the offsets are into that text. Left out: navigation, headers and footers
of the site, forms, scripts, hidden parts, links that only lead around the page, struck-out text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from strategraph.knowledge.writing import matching
from strategraph.model import Block, Passage
from strategraph.reading.content import PARAGRAPH, BlockDraft, Content, counted
from strategraph.reading.markup.html_tree import (
    AROUND,
    flattened,
    holders,
    is_hidden,
    is_number,
    is_panel,
    leads_around,
    metadata_of,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Tags and roles, as patterns that must match in full.
_NEVER_SHOWN = re.compile(
    "script|style|noscript|template|head|svg|math|iframe|object|embed|audio|video|canvas|img|form|button|select"
    "|textarea|input|label|del|s|strike|rp|rt"
)
_OF_THE_SITE = re.compile("nav|footer|aside|menu|dialog")
_ROLE_OF_THE_SITE = re.compile(
    "navigation|banner|contentinfo|search|complementary|dialog|alertdialog|alert|menu|menubar|toolbar"
)
# Words in a class or id that name what is not the page's own content. What has a sidebar is none itself.
_CLASS_OF_THE_SITE = re.compile(
    r"(?:^|[\s_-])(?<!has[_-])(?<!with[_-])(?<!no[_-])"
    r"(?:breadcrumbs?|consent|cookie\w*|skip(?:link|nav|-link|-to)?|nav(?:bar|igation)?|menu|share"
    r"|sharing|social|sidebar|footer|pagination|pager|toc|newsletter|related|sr-only|visually-?hidden"
    r"|screen-reader-text|noprint|mw-editsection|headerlink"
    r"|gdpr[_-]?(?:banner|bar|modal|notice|popup)|onetrust|cybot\w*|didomi|usercentrics|privacy-?(?:banner|notice))"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# Those of what pages had before there was a tag for it; the class "header" alone is often that of a card.
_CLASS_OF_A_HEADER = re.compile(r"(?:^|\s)(?:masthead|(?:global|site|top)[_-]?header)(?:$|\s)", re.IGNORECASE)
_ID_OF_A_HEADER = re.compile(r"(?:page[_-]?)?header", re.IGNORECASE)
# Blocks that only invite to click.
_CALL_TO_CLICK = re.compile(rf"[+»›>\s]*{matching('click')}[\s»›>….:+]*", re.IGNORECASE)
_BLOCKS = re.compile(
    "address|article|blockquote|body|caption|center|d[dlt]|details|div|fieldset|fig(?:caption|ure)|h[1-6r]|hgroup"
    "|html|header|li|main|ol|p|pre|section|summary|t(?:able|body|d|foot|h|head|r)|ul"
)
_PICTURES = ("image", "embedded part")
_BOLD = frozenset({"b", "strong", "i", "em"})
_HEADING = re.compile(r"h[1-6]")
# A component of a page (Vue, Svelte) is a template from its start; elsewhere a template is shown to nobody.
_COMPONENT = re.compile(r"\A\s*<template(?=[\s>])", re.IGNORECASE)
# What a template engine (Blade, Jinja, ERB, ASP, PHP) puts in the place of text: shown to nobody.
_CODE = re.compile(
    r"\{\{--.*?--\}\}|\{#[^\n]*?#\}|\{%.*?%\}|\{\{(?!-*\s*['\"])[^\n]*?\}\}|\{!!.*?!!\}|<%.*?%>|<\?.*?\?>"
    r"|^[ \t]*@[a-z]+\b[ \t]*(?:\((?:[^()\n]|\([^()\n]*\))*\))?;?(?=\s*(?:$|@|<))",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_MAIN = ("main", "[role=main]", "#main-content", "#content", "article")
_FEWEST_CHARACTERS = 200  # a smaller "main" is an empty frame unless most of the page is in it


@dataclass(slots=True)
class _HtmlBlock(BlockDraft):
    """A block to be, with its words as they stand in the page."""

    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join("".join(self.pieces).split())


@dataclass(slots=True)
class _HtmlList:
    """An open list: what the next item's number is, or None if its items have bullets."""

    following: int | None
    style: str


@dataclass(slots=True)
class _Table:
    """An open table, and the place of the cell that is being read."""

    number: int
    row: int = -1
    column: int = -1


def is_call_to_click(text: str) -> bool:
    """Whether a text only invites to click: "Read more »"."""
    return _CALL_TO_CLICK.fullmatch(text) is not None


def parse(text: str) -> Content:
    """Return the main content of a page as text with blocks, and its title, author and language."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(flattened(_COMPONENT.sub("<main", _CODE.sub(" ", text))))
    walker = _HtmlWalker(holders(tree, "h1"), holders(tree, "a"))
    root = _main(tree)
    if root is not None:
        walker.walk(root)
    lines: list[str] = []
    blocks: list[Block] = []
    offset = 0
    for draft in walker.drafts:
        text = draft.text
        block = draft.block(Passage(text, ((0, offset),)) if text else Passage("", ()))
        if block is None or is_call_to_click(text):
            continue
        blocks.append(block)
        lines.append(text)
        offset += len(text) + 1
    metadata = metadata_of(tree)
    body = "\n".join(lines)
    # what stands around the content is no block, but what is read from it must be in the text
    around = [value for key, value in metadata if key in AROUND and value not in body]
    return Content("\n".join([body, *dict.fromkeys(around)]), tuple(blocks), metadata, walker.left_out)


def _kind_of_picture(node: LexborNode, tag: str) -> str:
    """Return what kind of thing without text an element is, or "" for one that only adorns the page."""
    attributes = node.attributes
    if tag == "img":
        small = {attributes.get("width"), attributes.get("height")} & {"0", "1"}  # counts visitors
        return (
            ""
            if attributes.get("alt") == "" or attributes.get("role") == "presentation" or small
            else "image"
        )
    if tag in ("svg", "canvas"):
        return "image" if attributes.get("role") == "img" else ""
    return "embedded part" if tag in ("iframe", "object", "embed", "video", "audio") else ""


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element with the page's own content."""
    body = tree.body
    if body is None:
        return tree.root
    whole = len(body.text())
    for selector in _MAIN:
        found = tree.css(selector)
        if not found or (selector == "article" and len(found) > 1):
            continue
        length = len(found[0].text())
        if length >= _FEWEST_CHARACTERS or length * 2 >= whole:
            return found[0]
    return body


class _HtmlWalker:
    """Walks a tree without recursion (pages nest deeply) and gathers the blocks."""

    def __init__(self, around_titles: frozenset[int], around_links: frozenset[int]) -> None:
        """Begin to walk; the ids of the elements around titles and links are known beforehand.

        To look into each element for them would look at what is within all of them once for each.
        """
        self.drafts: list[_HtmlBlock] = []
        self._around_titles = around_titles
        self._around_links = around_links
        self._current = _HtmlBlock()
        self._lists: list[_HtmlList] = []
        self._tables: list[_Table | None] = []  # None for a table that only lays out the page
        self._table_count = 0
        self._bold = 0
        self._leading = 0
        self._cell = 0
        self._break = False  # the last thing was a line break
        self._left_out: Counter[str] = Counter()  # by kind; "" for what says nothing

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return what of the content is no text, in a few words each."""
        return counted({kind: self._left_out[kind] for kind in _PICTURES})

    def walk(self, root: LexborNode) -> None:
        """Gather the blocks within ``root``."""
        top = root.mem_id  # to compare nodes themselves would compare their whole content
        node: LexborNode | None = root.child
        while node is not None:
            shown = self._enter(node)
            if shown and node.child is not None:
                node = node.child
                continue
            if shown:
                self._leave(node)
            while node is not None and node.next is None:
                node = node.parent
                if node is not None and node.mem_id == top:
                    node = None
                if node is not None:
                    self._leave(node)
            if node is not None:
                node = node.next
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        """Take note of a node's beginning; return whether to look into it."""
        tag = node.tag or ""
        if tag == "-text":
            self._words(node.text_content or "")
            return False
        if not tag or tag[0] in "-_!" or not self._is_shown(node, tag):
            self._left_out[_kind_of_picture(node, tag)] += 1
            return False
        if tag == "br":
            if self._break and not self._cell:
                self._flush()
            else:
                self._current.pieces.append(" ")
            self._break = True
            return False
        if tag in _BOLD:
            self._bold += 1
        elif tag == "a" and leads_around(node):
            self._leading += 1
        elif _BLOCKS.fullmatch(tag):
            self._open(node, tag)
        return True

    def _is_shown(self, node: LexborNode, tag: str) -> bool:
        """Whether people see a node and it belongs to the page's own content."""
        if _NEVER_SHOWN.fullmatch(tag):
            return False
        attributes = node.attributes
        if is_hidden(node) and not is_panel(node):
            return False
        if tag == "sup":
            # the mark of a footnote
            return node.mem_id not in self._around_links and not is_number(node)
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        header = tag == "header" or (
            tag == "div"
            and bool(
                _CLASS_OF_A_HEADER.search(names) or _ID_OF_A_HEADER.fullmatch(attributes.get("id") or "")
            )
        )
        of_the_site = (
            header
            or _OF_THE_SITE.fullmatch(tag)
            or _ROLE_OF_THE_SITE.fullmatch(attributes.get("role") or "")
            or (tag not in ("body", "main", "article") and _CLASS_OF_THE_SITE.search(names))
        )
        # A header may hold the page's title.
        return not of_the_site or (header and node.mem_id in self._around_titles)

    def _leave(self, node: LexborNode) -> None:
        """Take note of a node's end."""
        tag = node.tag or ""
        if tag in _BOLD:
            self._bold -= 1
        elif tag == "a" and leads_around(node):
            self._leading -= 1
        elif tag in ("td", "th") and self._table is not None:
            self._cell -= 1
            self._flush()
        elif tag in ("ul", "ol") and not self._cell:
            self._flush()
            self._lists.pop()
        elif tag == "table":
            self._tables.pop()
            if not self._cell:
                self._flush()
        elif _BLOCKS.fullmatch(tag):
            self._part()

    @property
    def _table(self) -> _Table | None:
        return self._tables[-1] if self._tables else None

    def _open(self, node: LexborNode, tag: str) -> None:
        """Begin the block that a tag begins."""
        table = self._table
        if tag == "table":
            if not self._cell:
                self._flush()
            self._tables.append(None if self._cell or _lays_out(node) else self._new_table())
        elif tag == "tr" and table is not None:
            table.row, table.column = table.row + 1, -1
        elif tag in ("td", "th") and table is not None:
            table.column += 1
            head = tag == "th" and table.row == 0
            self._flush(Block("cell", table=table.number, row=table.row, column=table.column, header=head))
            self._cell += 1
        elif self._cell:
            self._current.pieces.append(" ")
        elif _HEADING.fullmatch(tag):
            self._flush(Block("heading", level=int(tag[1])))
        elif tag in ("ul", "ol"):
            self._flush()
            self._lists.append(
                _HtmlList(_number(node.attributes.get("start"), 1) if tag == "ol" else None, _style(node))
            )
        elif tag == "li":
            self._flush(Block("item", level=max(1, len(self._lists)), marker=self._marker(node)))
        elif tag == "p" and not self._current.text and self._current.shape.kind == "item":
            pass  # the item's first paragraph is the item
        else:
            self._part()

    def _part(self) -> None:
        """End the block that is being read, unless nothing of it has been read yet."""
        if self._cell:
            self._current.pieces.append(" ")
        elif self._current.text or self._current.shape.kind == "heading":
            self._flush()

    def _new_table(self) -> _Table:
        self._table_count += 1
        return _Table(self._table_count - 1)

    def _marker(self, node: LexborNode) -> str:
        """Return an item's marker as a browser prints it."""
        if not self._lists or self._lists[-1].following is None:
            return "•"
        open_list = self._lists[-1]
        number = _number(node.attributes.get("value"), open_list.following or 0)
        open_list.following = number + 1
        if open_list.style in ("a", "A") and 1 <= number <= 26:
            return f"{chr(ord(open_list.style) + number - 1)}."
        return f"{number}."

    def _words(self, words: str) -> None:
        """Add words to the block that is being read."""
        if not words:
            return
        self._current.pieces.append(words)
        letters = sum(character.isalnum() for character in words)
        if letters:
            self._break = False
        self._current.words.add((), letters, bold=self._bold > 0, around=self._leading > 0)

    def _flush(self, following: Block = PARAGRAPH) -> None:
        """End the block that is being read and begin the one that follows."""
        self.drafts.append(self._current)
        self._current = _HtmlBlock(following)
        self._break = False


def _lays_out(node: LexborNode) -> bool:
    """Whether a table only arranges the page: it holds headings, tables or a single column."""
    if node.attributes.get("role") in ("presentation", "none"):
        return True
    if node.css_first("h1, h2, h3, h4, h5, h6, table table") is not None:
        return True
    first = node.css_first("tr")
    return first is None or len(first.css("td, th")) < 2


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else otherwise


def _style(node: LexborNode) -> str:
    return node.attributes.get("type") or "1"
