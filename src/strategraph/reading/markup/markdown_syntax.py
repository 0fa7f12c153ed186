"""The dialects of Markdown: what in a file is no text, and a parser whose inline tokens know their place.

What no reader sees is blanked out for the parser, character for character. markdown-it gives blocks their
lines, but inline tokens no place at all. Its inline rules are wrapped here, so that each token has in
``meta`` where in the block's content it begins (``"at"``) and ends (``"to"``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from strategraph.knowledge.writing import COLONS, STOPS
from strategraph.model import Block, passage

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


_FILE_COMMENT = r"\.\.[ ]+[^\n]*\n"  # ".. FILE: pages/plan.md", between files that were put together
_FRONT_MATTER = re.compile(
    rf"(?:\A|^{_FILE_COMMENT})(?:[ \t]*\n|{_FILE_COMMENT}){{0,9}}"
    r"---[ \t]*\n(?P<body>(?:(?!---|\.\.\.)[^\n]*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
# A key and its value, with the lines by which it goes on.
_ENTRY = re.compile(
    r"^(?P<key>[^\W\d_][\w-]*)[ \t]*:[ \t]+(?P<value>\S.*(?:\n[ \t]+(?![-#\s]|[\w-]+:)\S.*)*)", re.MULTILINE
)
_SCALAR = re.compile(r"[|>][+-]?[ \t]*\n")  # opens text of several lines
_TITLE_WITHIN = re.compile(
    r"^[^\W\d_][\w-]*:[ \t]*\n(?:[ \t]+[\w-]+:.*\n)*?[ \t]+title:[ \t]+(?P<value>[^\s|>\[{&*!#].*)",
    re.MULTILINE,
)
_LANGUAGE_KEYS = ("lang", "language", "locale")


def front_matters(text: str) -> list[tuple[int, int, tuple[tuple[str, str], ...]]]:
    """Return each front matter: its range, and its entries that are one line of plain text.

    A front matter opens the text or one of the files it was put together from.

    >>> front_matters("---\\ntitle: 'A Plan'\\nlang: en\\n---\\n# One")[0][2]
    (('title', 'A Plan'), ('language', 'en'))
    """
    return [(m.start(), m.end(), _entries(m["body"])) for m in _FRONT_MATTER.finditer(text)]


def _entries(body: str) -> tuple[tuple[str, str], ...]:
    """Return the entries of a front matter in their order, the keys in lower case."""
    entries: dict[str, str] = {}
    for match in _ENTRY.finditer(body):
        key, value = match["key"].lower(), " ".join(_SCALAR.sub("", match["value"], count=1).split())
        if value[0] in "|>[{&*!#":
            continue  # YAML's structures say nothing that is needed here
        value = _unquoted(value)
        key = "language" if key in _LANGUAGE_KEYS else key
        if value:
            entries.setdefault(key, value)
    within = _TITLE_WITHIN.search(body) if "title" not in entries else None
    if within is not None:
        entries["title"] = _unquoted(within["value"].strip())
    return tuple(entries.items())


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    return value[1:-1] if quoted else value


_FIELD = re.compile(
    r"(?P<indent>[ ]*)(?:-[ ]+)?(?:(?P<key>[A-Za-z_][\w-]*):(?:[ ]+|$))?"
    r"(?P<mark>[*+-][ ]+)?(?P<value>.*?)[ \t]*$"
)
_NAMES = ("title", "label", "name", "heading")  # fields that name what the others beside them say
_FEWEST = 2  # words of a value that is text and no setting


def blocks_within(text: str, start: int, end: int) -> Iterator[Block]:
    """Yield the texts that the front matter between two offsets holds, where a page has no other.

    Site generators keep a page's sections there: a field that names is a heading of the depth of its
    indentation, a line with a list mark an item, other text a paragraph.
    """
    offset = start
    for line in text[start:end].split("\n"):
        match = _FIELD.match(line)
        assert match is not None
        value, at = match["value"], offset + match.start("value")
        offset += len(line) + 1
        quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
        first, last = (at + 1, at + len(value) - 1) if quoted else (at, at + len(value))
        names = match["key"] in _NAMES
        if not value or value[0] in "|>[{&!#" or value.startswith(("---", "...")):
            continue
        if not names and len(value.split()) < _FEWEST:
            continue
        words = passage(text, [(first, last)])
        if not words:
            continue
        depth = len(match["indent"]) // 2 + 1
        if names:
            yield Block("heading", words, level=depth)
        elif match["mark"] or (match["key"] is None and line.lstrip().startswith("- ")):
            yield Block("item", words, level=1, marker="•")
        else:
            yield Block("paragraph", words)


_COMMENT = re.compile(
    r"<!--(?P<html>.*?)(?:-->|\Z)|\{::comment\}(?P<kramdown>.*?)(?:\{:/(?:comment)?\}|\Z)", re.DOTALL
)
# No-break spaces, form feeds and the like: white space to people, but words to Markdown.
_OTHER_SPACE = re.compile(r"[^\S \t\n]")
# Whole lines that say nothing: file comments, attribute lists, places for a contents list or an inclusion.
_UNSEEN_LINES = re.compile(
    r"""
      ^\.\.[ ]\S.*$
    | ^[ \t>]*\{:[^}\n]*\}[ \t]*$
    | ^[*+-][ ].*\n\{:toc\}[ \t]*$
    | ^\[TOC\][ \t]*$
    | ^\{[^{}\n]*\}[ \t]*$
    """,
    re.MULTILINE | re.VERBOSE,
)
# A box of MkDocs and its title: `!!! note "Our mission"`.
_BOX = re.compile(r"^(?:!!!|\?\?\?\+?)[ ]+[a-z][\w -]*?(?:[ ]+\"(?P<title>[^\"\n]*)\")?[ ]*$", re.MULTILINE)
_BOX_HEAD = "###### "
_UNSEEN_ELEMENTS = re.compile(r"<(script|style|svg|form)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_UNSEEN_WORDS = re.compile(
    r"""
      \{:[^{}\n]*\}                       # an attribute list
    | \{\{[^{}\n]*\}\} | \{%[^{%\n]*%\}   # Liquid
    | (?<=[*+-][ ])\[[ xX]\](?=[ ])       # a box to tick
    | (?:(?<=[*+-][ ])|(?<=[#|][ ])|(?<=\d[.)][ ]))(?::[a-z][a-z0-9_+-]+:[ ]+)+(?=\S)  # names of emoji
    | (?<=[^\s#|*+-])[ ]+:[a-z][a-z0-9_+-]+:[ ]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
_NUMBERED = re.compile(r"^(?P<indent>[ ]*)(?P<number>\d{1,3})(?P<mark>[.)])(?=[ ]+\S)")
_BULLET = re.compile(r"^[ ]*[*+-][ ]")


@dataclass(frozen=True, slots=True)
class Masked:
    """The text for the parser, as long as the source, and which of its characters are only filling."""

    text: str
    filling: frozenset[int]


def mask(text: str) -> Masked:
    """Return ``text`` with what people do not see blanked out.

    A page that was commented out as a whole still is what there is to read: its comments stay.
    """
    masked = _mask(text, comments=True)
    return masked if masked.text.strip() else _mask(text, comments=False)


def _mask(text: str, *, comments: bool) -> Masked:
    characters = list(_OTHER_SPACE.sub(" ", text))
    filling: set[int] = set()

    def blank(start: int, end: int) -> None:
        characters[start:end] = ["\n" if text[n] == "\n" else " " for n in range(start, end)]

    for start, end, _ in front_matters(text):
        blank(start, end)
    for match in _COMMENT.finditer(text):
        inside = match.span(match.lastgroup or 0)
        if comments:
            blank(*match.span())
        else:
            blank(match.start(), inside[0])
            blank(inside[1], match.end())
    for match in _BOX.finditer("".join(characters)):
        blank(*match.span())
        if match["title"]:
            characters[match.start() : match.start() + len(_BOX_HEAD)] = _BOX_HEAD
            characters[slice(*match.span("title"))] = match["title"]
    for pattern in (_UNSEEN_ELEMENTS, _UNSEEN_LINES):
        for match in pattern.finditer("".join(characters)):
            blank(*match.span())
    for match in _UNSEEN_WORDS.finditer("".join(characters)):
        # Full stops keep a link's target together and do not hinder emphasis beside them.
        characters[match.start() : match.end()] = "." * (match.end() - match.start())
        filling.update(range(*match.span()))
    return Masked(_with_numbers_in_line("".join(characters)), frozenset(filling))


def _with_numbers_in_line(text: str) -> str:
    """Return the text with each number that goes on with a list above brought to that list's indentation.

    To CommonMark, "  3. Third" right below the bullets of "2. Second" is more text of the last bullet,
    because only a 1 may interrupt a paragraph. The parser gets "1." at the list's own indentation; the
    printed number is read from the source.
    """
    lines = text.split("\n")
    last: dict[int, int] = {}  # indentation -> the last number of the list that is open there
    for number, line in enumerate(lines):
        match = _NUMBERED.match(line)
        if match:
            indent, count = len(match["indent"]), int(match["number"])
            here = indent
            if last.get(indent) != count - 1 and count > 1:
                outwards = range(indent - 1, indent - 4, -1)
                here = next((i for i in outwards if last.get(i) == count - 1), indent)
            last = {i: n for i, n in last.items() if i < here} | {here: count}
            if count > 1 and number and lines[number - 1].strip():
                lead = " " * here + "1" + match["mark"]
                lines[number] = lead.ljust(match.end()) + line[match.end() :]
        elif line.strip() and not line.startswith(" ") and not _BULLET.match(line):
            last = {}
    return "\n".join(lines)


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables, footnotes, definition lists and struck-out text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True).use(deflist_plugin)
    # Tags are left to the inline rules, indented text is no code, and tokens stay as they were found.
    markdown.disable(["html_block", "code", "text_join", "fragments_join"])
    markdown.block.ruler.before(
        "heading", "lenient_heading", _lenient_heading, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    inline = markdown.inline.ruler
    for name, rule in zip(inline.get_active_rules(), inline.getRules(""), strict=True):
        inline.at(name, _placed(rule))
    inline.at("text", _placed(_text))
    inline.push("single", _placed(_single))
    return markdown


_InlineRule = Callable[["StateInline", bool], bool]
_PLAIN = re.compile(r"[^\n!#$%&*+\-:<=>@\[\\\]^_`{}~]+")  # no inline rule begins with any of these
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
        _note_places(state.tokens[first:], start, state.pos)
        return True

    return run


def _note_places(tokens: Sequence[Token], start: int, end: int) -> None:
    """Note the places of the tokens that a rule made of the characters from ``start`` to ``end``."""
    at = start
    for token in tokens:
        if "at" in token.meta:
            continue  # within a link: its own rule has noted it
        token.meta.update(at=at, to=end)
        if token.markup == "autolink":
            at = start + 1
        elif token.type == "text" and at > start and tokens[0].markup == "autolink":
            token.meta["to"] = end - 1
        elif token.type == "text":
            at += len(token.content)  # a run of asterisks becomes one token each
            token.meta["to"] = at


def _text(state: StateInline, silent: bool) -> bool:
    """Read up to the next character that may mean something, as a token of its own."""
    plain = _PLAIN.match(state.src, state.pos, state.posMax)
    if not plain:
        return False
    if not silent:
        state.push("text", "", 0).content = plain[0]
    state.pos = plain.end()
    return True


def _single(state: StateInline, silent: bool) -> bool:
    """Read a character that might have meant something and does not."""
    if not silent:
        state.push("text", "", 0).content = state.src[state.pos]
    state.pos += 1
    return True


_FEWEST_LINES = 3
_SENTENCE_END = re.compile(r"[.!?。！？؟]\s+[^\W\d_a-z]")
_MARKS = " *_`"
_NAMED_LINE = re.compile(r"[^\W\d_][^\n.:：–—]{0,60}?(?:\s[–—-]\s|[:：])\s*\S")


def listed_lines(content: str, *, announced: bool) -> range:
    """Return which lines of a paragraph list something, though no marks say so; an empty range if none.

    They were broken on purpose: the next word had room on the line. All begin with a name and a colon or
    dash, or something announces them (a colon before, ``announced``, or on the first line) and none but the
    last ends a sentence. Lines behind that end are none of them.

    >>> listed_lines("We will:\\nplant trees\\nmend roads and paths\\nrest", announced=False)
    range(1, 4)
    """
    lines = [line.strip() for line in content.split("\n")]
    first = int(not announced and lines[0].rstrip(_MARKS).endswith(COLONS))
    if "<" in content or not all(lines):
        return range(0)
    named = _until(lines, first, lambda line: not _NAMED_LINE.match(line.lstrip(_MARKS)))
    ended = _until(lines, first, lambda line: line.rstrip(_MARKS).endswith(STOPS), with_it=True)
    if first or announced:
        whole = not any(_SENTENCE_END.search(lines[row]) for row in ended)
        if whole and _broken_on_purpose(lines, ended):
            return ended
    return named if _broken_on_purpose(lines, named) else range(0)


def _until(lines: Sequence[str], first: int, ends: Callable[[str], bool], *, with_it: bool = False) -> range:
    """Return the lines from ``first`` to the first one that ends them, or to the last."""
    end = next((row + with_it for row in range(first, len(lines)) if ends(lines[row])), len(lines))
    return range(first, end)


def _broken_on_purpose(lines: Sequence[str], rows: range) -> bool:
    """Whether there are enough lines, and the next word had room on most of them."""
    if len(rows) < _FEWEST_LINES:
        return False
    width = max(len(line) for line in lines)
    told = (row for row in rows[:-1] if len(lines[row]) < width)  # behind the longest nothing shows
    roomy = [len(lines[row]) + 1 + len(lines[row + 1].split()[0]) <= width for row in told]
    return 3 * sum(roomy) >= 2 * len(roomy)
