"""AsciiDoc: the blocks that documents use, read line by line, and the markup within them.

No permissively licensed Python parser of AsciiDoc is past its alpha versions, so this small one is the
project's own. It knows headings (also underlined), block titles, lists, tables, delimited blocks, attributes
and comments. No text is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from strategraph.model import Block
from strategraph.reading.content import (
    BlockDraft,
    BlockWords,
    Content,
    Overlay,
    TextLine,
    lines_of,
    ranges_of,
)

# No construct is longer, so that unpaired marks cost no more than a look ahead: emphasised text, the text of
# a link, and what names something.
_REACH, _TEXT, _NAME = 1500, 300, 150

_REFERENCES = {
    "nbsp": "\u00a0",
    "sp": " ",
    "empty": "",
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "apos": "'",
    "quot": '"',
    "plus": "+",
    "asterisk": "*",
    "ndash": "–",
    "mdash": "—",
    "vbar": "|",
    "startsb": "[",
    "endsb": "]",
}
_INLINE = re.compile(
    rf"""
      (?P<escape> \\(?=[*_`\#^~\[<{{|&:]) )
    | (?P<unseen>
          \[\[[^\[\]\n]{{0,{_NAME}}}\]\] | anchor:[^\s\[]{{0,{_NAME}}}\[[^\]]{{0,{_TEXT}}}\]
        | indexterm:\[[^\]]{{0,{_TEXT}}}\] | \(\(\((?!\()[^()]{{0,{_TEXT}}}\)\)\)
        | image:[^\s\[]{{1,{_TEXT}}}\[[^\]]{{0,{_TEXT}}}\] | <<[^<>,\n]{{0,{_NAME}}}>>
        | xref:[^\s\[]{{1,{_NAME}}}\[\]
        | kbd:\[[^\]]{{0,{_NAME}}}\]
        | \[\#[\w-]+\](?=\#|\*|_) )
    | footnote(?:ref)?:[\w-]{{0,{_NAME}}}\[
          (?P<footnote> (?:[^\[\]]|\[[^\]]{{0,{_TEXT}}}\]){{0,{_REACH}}}? ) \]
    | <<[^<>,\n]{{0,{_NAME}}},\s*(?P<xref>[^<>]{{0,{_TEXT}}})>>
    | (?:link:|mailto:|xref:)[^\s\[]{{1,{_REACH}}}\[ (?P<link> [^\]]{{1,{_TEXT}}} ) \]
    | (?:https?|ftp)://[^\s\[\]<>]{{1,{_REACH}}}\[ (?P<url> [^\]]{{1,{_TEXT}}} ) \]
    | \(\((?P<term>[^()]{{0,{_TEXT}}})\)\)
    | (?P<struck> \[(?:\.?line-through|\.strike|\.del)\]
          (?:\#\#[^\n]{{1,{_REACH}}}?\#\# | \#[^\#\n]{{1,{_REACH}}}\#) )
    | (?: \[[\w.\#%\ -]{{0,60}}\] (?=[*_\#`]) )?
      (?: \*\*(?P<bold2>\S.{{0,{_REACH}}}?)\*\*
        | __(?P<italic2>\S.{{0,{_REACH}}}?)__
        | ``(?P<mono2>\S.{{0,{_REACH}}}?)``
        | \#\#(?P<mark2>\S.{{0,{_REACH}}}?)\#\#
        | (?<![\w*\\]) \* (?P<bold> (?![\s*]) [^*]{{1,{_REACH}}} (?<!\s) ) \* (?![\w*])
        | (?<![\w_\\]) _ (?P<italic> (?![\s_]) [^_]{{1,{_REACH}}} (?<!\s) ) _ (?![\w_])
        | (?<![\w`\\]) ` (?P<mono> (?![\s`]) [^`]{{1,{_REACH}}} (?<!\s) ) ` (?![\w`])
        | (?<![\w\#\\&]) \# (?P<mark> (?![\s\#]) [^\#]{{1,{_REACH}}} (?<!\s) ) \# (?![\w\#])
        | \^(?P<super>[^\s^]{{1,40}})\^
        | ~(?P<sub>[^\s~]{{1,40}})~ )
    | (?P<entity> &\#?\w{{1,31}}; )
    | (?P<reference> \{{ (?:{"|".join(_REFERENCES)}) \}} )
    | (?P<linebreak> (?<=\s)\+[ \t]*(?=\n|$) )
    """,
    re.VERBOSE | re.DOTALL,
)
_EMPHASIS = frozenset({"bold", "bold2", "italic", "italic2"})
_DEEPEST = 8


@dataclass(slots=True)
class Inline:
    """The words that people see in a range, and the footnotes in it."""

    words: BlockWords = field(default_factory=BlockWords)
    footnotes: list[BlockWords] = field(default_factory=list)


def read_inline(text: str, start: int, end: int, overlay: Overlay) -> Inline:
    """Return what is to be seen of a range; entities are replaced in ``overlay``."""
    inline = Inline()
    _read(text, start, end, overlay, inline, emphasised=False, depth=0)
    return inline


def _read(
    text: str, start: int, end: int, overlay: Overlay, inline: Inline, *, emphasised: bool, depth: int
) -> None:
    at = start
    for match in _INLINE.finditer(text, start, end):
        _show(text, at, match.start(), inline, emphasised)
        at = match.end()
        kind = match.lastgroup or ""
        begin, stop = match.span(kind)
        if kind in ("entity", "reference"):
            shown = html.unescape(match[kind]) if kind == "entity" else _REFERENCES[match[kind][1:-1]]
            if kind == "reference" or shown != match[kind]:
                overlay.replace(begin, stop, shown)
            letters = sum(character.isalnum() for character in shown)
            inline.words.add(range(begin, stop), letters, bold=emphasised)
        elif kind == "footnote":
            note = Inline()
            _read(text, begin, stop, overlay, note, emphasised=False, depth=depth + 1)
            inline.footnotes.append(note.words)
        elif kind in ("escape", "unseen", "struck", "linebreak"):
            continue
        elif depth >= _DEEPEST:
            _show(text, begin, stop, inline, emphasised)
        else:
            bold = emphasised or kind in _EMPHASIS
            if kind in ("url", "link") and text[stop - 1] == "^":
                stop -= 1  # "opens in a new window"
            _read(text, begin, stop, overlay, inline, emphasised=bold, depth=depth + 1)
    _show(text, at, end, inline, emphasised)


def _show(text: str, start: int, end: int, inline: Inline, emphasised: bool) -> None:
    """Add the characters of a range to what is seen."""
    letters = sum(character.isalnum() for character in text[start:end])
    inline.words.add(range(start, end), letters, bold=emphasised)


_HEADING = re.compile(r"(?P<marks>={1,6}|#{1,6})[ \t]+(?P<title>\S.*?)(?:[ \t]+(?P=marks))?[ \t]*$")
_UNDERLINE = re.compile(r"([=~^+-])\1{3,}[ \t]*$")
_UNDERLINE_LEVELS = {"=": 1, "-": 2, "~": 3, "^": 4, "+": 5}
_BLOCK_TITLE = re.compile(r"\.(?=[^\s.])")
_ATTRIBUTE = re.compile(r":(?P<key>\w[\w-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_UNSEEN = re.compile(
    r"//(?!/).*$|\[\[.*\]\][ \t]*$|\[[^\]\n]*\][ \t]*$|\[.*\][ \t]*$|'{3,}[ \t]*$|<{3,}[ \t]*$|\+[ \t]*$"
    r"|\w+::[^\s\[]*\[.*\][ \t]*$|-{3}[ \t]*$|\*{3}[ \t]*$"
)
_SKIPPED_BLOCK = re.compile(r"(?:/{4,}|-{4,}|\.{4,}|\+{4,}|`{3}\w*)[ \t]*$")
_CONTAINER = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--)[ \t]*$")
_TABLE = re.compile(r"[|!,:]={3,}[ \t]*$")
_LIST_ITEM = re.compile(
    r"[ \t]*(?P<marker>\*{1,5}|-|\.{1,5}|\d{1,3}\.|[a-zA-Z]\.|<(?:\d{1,3}|\.)>)[ \t]+"
    r"(?:\[[ xX*]\][ \t]+)?(?=\S)"
)
_DESCRIPTION = re.compile(r"[ \t]*(?P<term>\S.*?)(?P<mark>:{2,4}|;;)(?:[ \t]+|$)")
_AUTHOR = re.compile(r"(?P<name>[^\W\d_][\w.' -]*?)(?:[ \t]*<[^>]*>)?[ \t]*$")
_COLUMNS = re.compile(r"""cols\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^,\]\s]+))""")
_CELL = re.compile(
    r"(?:(?<=[ \t])|^)(?P<spec>(?:\d*(?:\.\d+)?[+*])?[<^>]?(?:\.[<^>])?[adehlmsv]?)\|", re.MULTILINE
)


def parse(text: str) -> Content:
    """Return the blocks of an AsciiDoc text, and what its header says."""
    reader = _AsciidocReader(text)
    blocks = reader.overlay.blocks(list(reader.drafts()))
    if reader.title:
        reader.metadata["title"] = reader.overlay.passage(ranges_of(reader.title.offsets)).text
    return Content(text, blocks, tuple(reader.metadata.items()))


@dataclass(slots=True)
class _AsciidocReader:
    """Reads the lines in order and keeps the section's level and the open lists."""

    text: str
    overlay: Overlay = field(init=False)
    metadata: dict[str, str] = field(default_factory=dict)
    title: BlockWords | None = None
    _lines: tuple[TextLine, ...] = field(init=False)
    _at: int = 0
    _section: int = 0
    _lists: list[str] = field(default_factory=list)  # the markers of the open lists, outermost first
    _tables: int = 0
    _attributes: str = ""  # the attribute list above the block

    def __post_init__(self) -> None:
        self.overlay = Overlay(self.text)
        self._lines = lines_of(self.text)

    def drafts(self) -> Iterator[BlockDraft]:
        """Yield the drafts of all blocks."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.blank:
                self._at += 1
            elif _SKIPPED_BLOCK.match(line.text):
                self._skip_block(line.text.rstrip())
            elif _TABLE.match(line.text):
                yield from self._table()
            elif _CONTAINER.match(line.text):
                self._lists.clear()
                self._at += 1
            elif heading := self._heading(line):
                yield heading
            elif attribute := _ATTRIBUTE.match(line.text):
                self._set(attribute["key"], attribute["value"] or "")
                self._at += 1
            elif _UNSEEN.match(line.text):
                self._attributes = line.text if line.text.startswith("[") else ""
                self._at += 1
                continue
            elif _BLOCK_TITLE.match(line.text):
                self._at += 1
                # A block's title heads what stands in the block, below the section it is in.
                words = self._inline(line.start + 1, line.end).words
                yield BlockDraft(Block("heading", level=self._section + 1), words)
                continue
            else:
                yield from self._paragraph_or_list(line)
            self._attributes = ""

    def _inline(self, start: int, end: int) -> Inline:
        return read_inline(self.text, start, end, self.overlay)

    def _set(self, key: str, value: str) -> None:
        """Keep an attribute that describes the document."""
        key = {"lang": "language"}.get(key.lower(), key.lower())
        if value:
            self.metadata.setdefault(key, value)

    def _skip_block(self, delimiter: str) -> None:
        """Go past a block that is a comment, code or raw output; an unclosed one ends with its line."""
        closing = delimiter[:3] if delimiter.startswith("```") else delimiter
        for number in range(self._at + 1, len(self._lines)):
            if self._lines[number].text.rstrip() == closing:
                self._at = number + 1
                return
        self._at += 1

    def _heading(self, line: TextLine) -> BlockDraft | None:
        """Return the heading at this line, if it is one."""
        match = _HEADING.match(line.text)
        if match:
            level, title = len(match["marks"]), match.span("title")
            self._at += 1
        else:
            below = self._lines[self._at + 1].text if self._at + 1 < len(self._lines) else ""
            underline = _UNDERLINE.match(below)
            if not underline or abs(len(below.rstrip()) - len(line.text.rstrip())) > 2:
                return None
            if _LIST_ITEM.match(line.text) or _BLOCK_TITLE.match(line.text):
                return None
            level, title = _UNDERLINE_LEVELS[underline[1]], (0, len(line.text))
            self._at += 2
        self._lists.clear()
        words = self._inline(line.start + title[0], line.start + title[1]).words
        if level == 1 and self._section == 0 and self.title is None:
            self.title = words
            self._document_header()
        self._section = level
        return BlockDraft(Block("heading", level=level), words)

    def _document_header(self) -> None:
        """Read the author and revision lines below the document's title."""
        names = 0
        while self._at < len(self._lines):
            line = self._lines[self._at]
            attribute = _ATTRIBUTE.match(line.text)
            if attribute:
                self._set(attribute["key"], attribute["value"] or "")
            elif line.blank or names == 2 or _LIST_ITEM.match(line.text) or _BLOCK_TITLE.match(line.text):
                return
            elif not line.text.startswith("//"):
                author = _AUTHOR.match(line.text)
                if names == 0 and author and len(line.text.split()) <= 6:
                    self.metadata.setdefault("author", author["name"])
                elif names == 0 or not re.match(r"v?\d", line.text):
                    return
                names += 1
            self._at += 1

    def _paragraph_or_list(self, line: TextLine) -> Iterator[BlockDraft]:
        item = _LIST_ITEM.match(line.text)
        term = None if item else _DESCRIPTION.match(line.text)
        self._at += 1
        if term:
            begin, end = term.span("term")
            words = self._inline(line.start + begin, line.start + end).words
            yield BlockDraft(words=words.standing_out())
            begin = line.start + term.end()
            if begin < line.end:
                yield from self._with_footnotes(BlockDraft(), self._inline(begin, self._block_end(line)))
            return
        if item:
            marker = item["marker"]
            kind = re.sub(r"\d+|[a-zA-Z](?=\.)", "#", marker)
            if kind in self._lists:
                del self._lists[self._lists.index(kind) + 1 :]
            else:
                self._lists.append(kind)
            inline = self._inline(line.start + item.end(), self._block_end(line))
            draft = BlockDraft(Block("item", level=len(self._lists), marker=marker))
        else:
            above = self._lines[self._at - 2].text.strip() if self._at > 1 else ""
            if above != "+":  # a paragraph that a plus ties to the item above leaves the list open
                self._lists.clear()
            inline = self._inline(line.start, self._block_end(line))
            draft = BlockDraft()
        yield from self._with_footnotes(draft, inline)

    def _block_end(self, line: TextLine) -> int:
        """Go past the lines that continue the block and return its end."""
        end = line.end
        while self._at < len(self._lines):
            following = self._lines[self._at]
            if following.blank or self._begins_block(following):
                break
            end = following.end
            self._at += 1
        return end

    def _begins_block(self, line: TextLine) -> bool:
        """Whether a line ends the paragraph above it."""
        text = line.text
        return any(
            pattern.match(text)
            for pattern in (_SKIPPED_BLOCK, _TABLE, _CONTAINER, _UNSEEN, _HEADING, _LIST_ITEM, _DESCRIPTION)
        )

    @staticmethod
    def _with_footnotes(draft: BlockDraft, inline: Inline) -> Iterator[BlockDraft]:
        """Yield the draft with its words and, as paragraphs after it, the footnotes in them."""
        draft.words = inline.words
        yield draft
        for note in inline.footnotes:
            yield BlockDraft(words=note)

    def _table(self) -> Iterator[BlockDraft]:
        """Yield the cells of the table that begins here."""
        delimiter = self._lines[self._at].text.rstrip()
        first = self._at + 1
        last = first
        while last < len(self._lines) and self._lines[last].text.rstrip() != delimiter:
            last += 1
        self._at = last + 1
        self._lists.clear()
        while first < last and self._lines[first].blank:
            first += 1
        if first >= last or delimiter[0] != "|":
            return
        begin, end = self._lines[first].start, self._lines[last - 1].end
        cells = self._cells(begin, end)
        in_first_row = sum(start <= self._lines[first].end for start, _ in cells)
        columns = self._column_count() or max(1, in_first_row)
        one_line_head = first + 1 < last and self._lines[first + 1].blank and in_first_row == columns
        headed = one_line_head or re.search(r"%header|options=\"?header", self._attributes) is not None
        number, self._tables = self._tables, self._tables + 1
        for position, (start, stop) in enumerate(cells):
            row, column = divmod(position, columns)
            words = self._inline(start, stop).words
            cell = Block("cell", table=number, row=row, column=column, header=headed and row == 0)
            yield BlockDraft(cell, words)

    def _cells(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Return the ranges of the cells between two offsets; ``3*|`` is three cells, ``\\|`` is none."""
        cells: list[tuple[int, int]] = []
        open_at: int | None = None
        for match in _CELL.finditer(self.text, begin, end):
            if open_at is not None:
                cells.append((open_at, match.start()))
            open_at = match.end()
        if open_at is not None:
            cells.append((open_at, end))
        return cells

    def _column_count(self) -> int:
        """Return how many columns the attributes above the table give it, 0 if they do not say."""
        match = _COLUMNS.search(self._attributes)
        if not match:
            return 0
        count = 0
        for spec in re.split(r"[,;]", match["quoted"] or match["plain"] or ""):
            repeat = re.match(r"\s*(\d{1,2})\*", spec)
            count += int(repeat[1]) if repeat else 1
        return count
