"""The markers of list items: bullets, numbers, letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from strategraph.reading.content import Line

# Bullets as typed, as Word's symbol fonts leave them in extracted text (\uf0b7 …), and dashes.
BULLETS = "\\-–—•*·▪▫■□●○◦‣⁃◆◇➢➤►▶✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"

_MARKER = re.compile(
    rf"""
    \s*
    (?P<text>
        (?P<bullet> [{BULLETS}] | o(?=\s{{2,}}|\t) )
      | (?P<roman>  \(? (?: i{{1,3}} | iv | vi{{0,3}} | ix | xi{{0,3}} ) \) )   # (iv)  iv)
      | (?P<letter> \(? [a-z] \) )                                              # (a)  a)
      | (?P<capital> [A-Z] [.)] )                                               # A.
      | (?P<number> \(? \d{{1,3}} \) | \d{{1,3}} \. )                           # 1.  1)  (1)
    )
    (?: [ \t\xa0]+ )
    (?=\S)
    """,
    re.VERBOSE,
)

# The kinds of markers, outer before inner, as most outlines nest them.
RANKS = ("capital", "number", "letter", "roman", "bullet")

# A line that opens with a label and a number, then a colon or dash, or has nothing else on it:
# "Target 2.10: By 2023", "Strategic Goal 1 – Growth", "Objective 1.1"; in many languages.
_LABEL = re.compile(
    r"""
    (?:[^\W\d_][\w’'-]*\s+){1,3}        # one to three words
    (?:[A-Z]{1,3}[.-])?                 # a letter before the number: R.1-a
    \d{1,3} (?:[.-]\w{1,3})*            # the number
    \s* (?: [:–—] | -\s | [.)]\s | $ )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as printed, its style ("bullet -", "letter )" …), and the offset behind it."""

    text: str
    style: str
    end: int


def find_marker(line: Line) -> Marker | None:
    """Return the marker that ``line`` starts with, if it has one.

    >>> find_marker(Line(10, "  (a) one"))
    Marker(text='(a)', style='letter )', end=16)
    >>> find_marker(Line(0, "1.4 Strategic goals")) is None
    True
    >>> find_marker(Line(0, "high-quality")) is None
    True
    """
    match = _MARKER.match(line.text)
    if not match:
        return None
    kind = next(kind for kind in RANKS if match[kind])
    style = f"{kind} {match['text'] if kind == 'bullet' else match['text'][-1]}"
    return Marker(match["text"], style, line.start + match.end())


def opens_with_label(text: str) -> bool:
    """Whether a line opens with a label and its number, and does not just go on with a sentence.

    >>> opens_with_label("Target 2.10: By 2023"), opens_with_label("Goal 1 is to grow")
    (True, False)
    """
    return _LABEL.match(text) is not None


def is_bare_label(text: str) -> bool:
    """Whether there is nothing but a label and its number: ``Objective 1.1``."""
    return _LABEL.fullmatch(text) is not None
