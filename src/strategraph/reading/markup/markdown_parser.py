"""A Markdown parser whose inline tokens know their place.

markdown-it gives blocks their lines, but inline tokens no place at all. Its inline rules are wrapped here, so
that each token has in ``meta`` where in the block's content it begins (``"at"``) and ends (``"to"``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


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
