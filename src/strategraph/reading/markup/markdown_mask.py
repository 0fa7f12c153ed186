"""What in a Markdown file is no text: blanked out for the parser, character for character."""

from __future__ import annotations

import re
from dataclasses import dataclass

from strategraph.reading.markup.front_matter import front_matters

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
_UNSEEN_ELEMENTS = re.compile(r"<(script|style|svg|form)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_UNSEEN_WORDS = re.compile(
    r"""
      \{:[^{}\n]*\}                       # an attribute list
    | \{\{[^{}\n]*\}\} | \{%[^{%\n]*%\}   # Liquid
    | (?<=[*+-][ ])\[[ xX]\](?=[ ])       # a box to tick
    """,
    re.VERBOSE,
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
