"""AsciiDoc's inline markup: which characters of a range people see."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from strategraph.reading.drafts import BlockWords
from strategraph.reading.markup.overlay import Overlay

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
