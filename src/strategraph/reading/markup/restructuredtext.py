"""reStructuredText, read by docutils; every word is traced back to its place.

docutils keeps the raw text of each block and inline element, and a null character where a backslash was, so
that a block's words can be found in its lines exactly. No file is included and nothing is run. Left out:
comments, directives without text (figures keep their captions), link targets, footnote marks, code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING, Any

from strategraph.model import Block
from strategraph.reading.content import BlockDraft, BlockWords, Content, Overlay, TextLine, lines_of

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.parsers.rst import states

# docutils ends a line at each of these, and puts a space for some: they are no line ends here.
_OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_INNER_TAB = re.compile(r"(?<=[^\t ])\t")  # docutils would put as many spaces as reach the next stop
_UNSEEN = frozenset(
    (
        "comment", "decoration", "docinfo", "doctest_block", "generated", "image", "label", "literal_block",
        "math_block", "meta", "option_list", "pending", "raw", "substitution_definition", "target",
    )
)  # fmt: skip
_UNSEEN_INLINE = frozenset(
    {"image", "target", "footnote_reference", "citation_reference", "substitution_reference", "raw"}
)
_EMPHASIS = frozenset({"strong", "emphasis", "title_reference"})
_LINES = frozenset({"paragraph", "term", "caption", "attribution", "line", "rubric", "subtitle"})
_ROLE = re.compile(r":[\w.+:-]+:`(?P<text>[^`<]*)")
_OPENING = re.compile(r"(?::[\w.+:-]+:)?[`*|]{0,2}")
_ADORNMENT = re.compile(r"\s*([^\w\s])\1{2,}\s*$")
_METADATA = {"authors": "author", "lang": "language"}  # fields with two names
# How many lines a block may stand behind the one before it, comments and directives between them.
_REACH = 400

_AT_ONCE = 3_000  # characters in which docutils looks for marks: its time grows with their square
_PIECE = re.compile(rf"(?:.{{1,{_AT_ONCE}}}(?:(?<=\s)|\Z)|.{{1,{_AT_ONCE}}})", re.DOTALL)

# Where a row stands in a line, or -1.
_Column = Callable[[str, str], int]


def parse(text: str) -> Content:
    """Return the blocks of a reStructuredText document, its title and the fields at its top."""
    tracer = _Tracer(text)
    blocks = Overlay(text).blocks(tracer.drafts())
    metadata = tracer.metadata
    titles = [block for block in blocks if block.kind == "heading" and block.level == 1]
    if len(titles) == 1 and titles[0] is blocks[0]:
        metadata.setdefault("title", titles[0].passage.text)
    return Content(text, blocks, tuple(metadata.items()))


def _document(text: str) -> nodes.document:
    """Return docutils' tree of a text; it reports nothing and opens no file."""
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser
    from docutils.utils import new_document

    settings = get_default_settings(Parser)
    settings.report_level = settings.halt_level = 5
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.warning_stream = ""
    settings.line_length_limit = len(text) + 1  # else one line that is longer has docutils read none at all
    document = new_document("source", settings)
    Parser(inliner=_inliner()).parse(_INNER_TAB.sub(" ", _OTHER_LINE_ENDS.sub(" ", text)), document)
    return document


def _inliner() -> states.Inliner:
    """Return what finds marks in a text, piece by piece: a mark that nothing closes has the rest searched."""
    from docutils.parsers.rst.states import Inliner

    inliner = Inliner()
    at_once = inliner.parse

    def in_pieces(
        text: str, lineno: int, memo: Any, parent: nodes.Element
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found: list[nodes.Node] = []
        complaints: list[nodes.system_message] = []
        for piece in _PIECE.findall(text):
            parts, more = at_once(piece, lineno, memo, parent)
            found += parts
            complaints += more
        return found, complaints

    # No subclass: docutils makes its patterns from what is in the very class.
    inliner.parse = in_pieces  # type: ignore[method-assign]
    return inliner


@dataclass(slots=True)
class _Place:
    """Where the walk is."""

    section: int = 0
    depth: int = 0  # of lists
    item: bool = False  # the next paragraph is a list item's first


class _Tracer:
    """Walks docutils' tree and finds each block's words in the source."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = lines_of(text)
        self._line = 0  # blocks that are still to come stand at or behind this line
        self._tables = 0
        self._top: nodes.Element | None = None  # the fields that describe the document
        self.metadata: dict[str, str] = {}

    def drafts(self) -> Iterator[BlockDraft]:
        """Yield the drafts of all blocks."""
        document = _document(self._text)
        self._top_fields(document)
        yield from self._walk(document, _Place())

    def _top_fields(self, document: nodes.document) -> None:
        """Keep what the fields at the document's top say of it."""
        from docutils import nodes

        self._top = document.next_node(nodes.field_list)
        if self._top is None or self._top.parent.index(self._top) > 1:
            self._top = None  # something stands before it: it is part of the text
            return
        for name, body in ((part.astext() for part in entry.children[:2]) for entry in self._top.children):
            key = name.strip().lower()
            self.metadata.setdefault(_METADATA.get(key, key), " ".join(body.split()))

    def _walk(self, parent: nodes.Element, place: _Place) -> Iterator[BlockDraft]:
        """Yield the drafts of an element's blocks."""
        from docutils import nodes

        for node in parent.children:
            name = type(node).__name__
            if name in _UNSEEN or node is self._top or not isinstance(node, nodes.Element):
                continue
            if name == "system_message":
                yield from self._refused_heading(node, place)
            elif name == "section":
                yield from self._walk(node, _Place(section=place.section + 1))
            elif name == "title":
                level = place.section if type(parent).__name__ == "section" else place.section + 1
                yield self._heading(node, level)
            elif name in _LINES:
                yield from self._paragraph(node, place)
            elif name in ("bullet_list", "enumerated_list"):
                for item in node.children:
                    if isinstance(item, nodes.Element):
                        yield from self._walk(item, _Place(place.section, place.depth + 1, item=True))
            elif name == "table":
                yield from self._table(node, place)
            elif name in ("field_name", "classifier"):
                continue
            else:
                yield from self._walk(node, place)

    def _heading(self, node: nodes.Element, level: int) -> BlockDraft:
        words, _ = self._trace(node)
        return BlockDraft(Block("heading", level=max(1, level)), words)

    def _refused_heading(self, node: nodes.Element, place: _Place) -> Iterator[BlockDraft]:
        """Yield the heading that docutils refused because of the order of its adornments."""
        for child in node.children:
            rows = child.astext().split("\n") if type(child).__name__ == "literal_block" else []
            titles = [row for row in rows if row.strip() and not _ADORNMENT.match(row)]
            if len(titles) == 1 and 2 <= len(rows) <= 3 and _ADORNMENT.match(rows[-1]):
                found = self._find([titles[0].strip()], child.line)
                if found:
                    start = found[0][0]
                    offsets = list(range(start, start + len(titles[0].strip())))
                    yield BlockDraft(Block("heading", level=place.section + 1), BlockWords(offsets))

    def _paragraph(self, node: nodes.Element, place: _Place) -> Iterator[BlockDraft]:
        words, lead = self._trace(node)
        if place.item:
            place.item = False
            marker = lead.split()[-1] if lead.split() else ""
            yield BlockDraft(Block("item", level=place.depth, marker=marker), words)
        elif type(node).__name__ == "term":
            yield BlockDraft(words=words.standing_out())
        else:
            yield BlockDraft(words=words)

    def _table(self, node: nodes.Element, place: _Place) -> Iterator[BlockDraft]:
        """Yield a table's cells; those of a row share its lines, so they are told apart by column."""
        from docutils import nodes

        for title in node.findall(nodes.title):
            yield self._heading(title, place.section + 1)
        number, self._tables = self._tables, self._tables + 1
        for row_number, row in enumerate(node.findall(nodes.row)):
            header = type(row.parent).__name__ == "thead"
            first = last = self._line
            edge = 0
            for column, entry in enumerate(row.children):
                self._line = first
                offsets: list[int] = []
                for paragraph in entry.findall(nodes.paragraph):
                    found, _ = self._trace(paragraph, edge)
                    if offsets and found.offsets:
                        offsets.append(found.offsets[0] - 1)  # the white space between two paragraphs
                    offsets += found.offsets
                if offsets:
                    edge = max(offsets) - self._start_of_line(max(offsets))
                    cell = Block("cell", table=number, row=row_number, column=column, header=header)
                    yield BlockDraft(cell, BlockWords(offsets))
                last = max(last, self._line)
            self._line = last

    def _start_of_line(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _trace(self, node: nodes.Element, edge: int | None = None) -> tuple[BlockWords, str]:
        """Return a block's visible words, and what stands before them on their line.

        ``edge`` is, in a table, the column behind which the words stand.
        """
        rows = node.rawsource.split("\n") if node.rawsource else []
        found = self._find([row.strip() for row in rows], node.line, edge)
        words = BlockWords()
        if found is None:
            return words, ""
        places: list[int] = []
        for row, (start, line) in zip(rows, found, strict=True):
            indent = len(row) - len(row.lstrip())
            places += [max(line.start, start - 1)] * indent
            places += range(start, start + len(row) - indent)
            places.append(min(line.end, len(self._text) - 1))
        self._inline(node, node.rawsource, places, 0, words, emphasised=False)
        start, line = found[0]
        return words, line.text[: start - line.start]

    def _find(
        self, rows: list[str], hint: int | None, edge: int | None = None
    ) -> list[tuple[int, TextLine]] | None:
        """Return where each row of a block stands, and its line; None if they stand nowhere."""
        if not rows or not rows[0]:
            return None
        guesses = [hint - 1 - back for back in range(3)] if hint else []
        reach = range(self._line, min(len(self._lines), self._line + _REACH))
        numbers = [n for n in guesses if n >= self._line], reach
        tries: Iterator[tuple[int, _Column]]
        if edge is None:
            # A block's rows are the ends of its lines, but for a term's that a classifier follows.
            tries = ((n, column_of) for column_of in (_ending, _from(0)) for n in chain(*numbers))
        else:
            # Each cell of a table that is written as a list stands on its own line.
            further = product(reach[1:] if edge else (), (_from(0),))
            tries = chain(product(chain(*numbers), (_from(edge),)), further)
        for first, column_of in tries:
            if first + len(rows) > len(self._lines):
                continue
            found: list[tuple[int, TextLine]] = []
            for row, line in zip(rows, self._lines[first : first + len(rows)], strict=True):
                column = column_of(_OTHER_LINE_ENDS.sub(" ", line.text).expandtabs(1), row)
                if column < 0:
                    break
                found.append((line.start + column, line))
            if len(found) == len(rows):
                self._line = first + len(rows)
                return found
        return None

    def _inline(
        self,
        node: nodes.Element,
        raw: str,
        places: list[int],
        cursor: int,
        words: BlockWords,
        *,
        emphasised: bool,
    ) -> None:
        """Add what is visible of an element whose raw text is ``raw``, from ``cursor`` on."""
        from docutils import nodes

        for child in node.children:
            if isinstance(child, nodes.Text):
                written = str(child).replace("\x00", "\\")
                at = raw.find(written, cursor)
                if at >= 0:
                    self._show(written, at, places, words, emphasised, escapes="\x00" in str(child))
                    cursor = at + len(written)
                continue
            if not isinstance(child, nodes.Element):
                continue
            name = type(child).__name__
            source = child.rawsource
            at = raw.find(source, cursor) if source else -1
            if at < 0:
                continue  # an embedded target: it has no words of its own
            if name == "problematic" and (role := _ROLE.match(source)):
                begin = at + role.start("text")
                self._show(role["text"], begin, places, words, emphasised, escapes=False)
            elif name not in _UNSEEN_INLINE and name != "problematic":
                opening = _OPENING.match(source)
                begin = at + (opening.end() if opening else 0)
                bold = emphasised or name in _EMPHASIS
                self._inline(child, raw, places, begin, words, emphasised=bold)
            elif name == "problematic":
                self._show(source, at, places, words, emphasised, escapes=False)
            cursor = at + len(source)

    def _show(
        self, written: str, at: int, places: list[int], words: BlockWords, emphasised: bool, *, escapes: bool
    ) -> None:
        """Add a run of characters; a backslash is left out, and white space with it."""
        offsets: list[int] = []
        letters = 0
        escaped = False
        for number, character in enumerate(written):
            if escapes and character == "\\" and not escaped:
                escaped = True
                continue
            if not (escaped and character.isspace()):
                offsets.append(places[at + number])
                letters += character.isalnum()
            escaped = False
        words.add(offsets, letters, bold=emphasised)


def _ending(line: str, row: str) -> int:
    """Return where ``row`` stands if the line ends with it, else -1."""
    line = line.rstrip()
    return len(line) - len(row) if line.endswith(row) else -1


def _from(edge: int) -> _Column:
    """Return the function that finds a row at or behind the column ``edge``."""
    return lambda line, row: line.find(row, edge)
