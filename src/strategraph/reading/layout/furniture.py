"""Lines that belong to the printed page, not to the text: running headers, page numbers, contents lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategraph.knowledge.writing import any_of
from strategraph.reading.content import TextLine

_PAGE_NUMBER = re.compile(
    rf"""
    \s* (?:
        {any_of("page")}\s*\d{{1,4}} (?:\s*(?:/|{any_of("page_of")})\s*\d{{1,4}})?
      | \d{{1,4}}\s*(?:/|{any_of("page_of")})\s*\d{{1,4}}
      | [-–—|]\s*\d{{1,4}}\s*[-–—|]
      | (?P<bare>\d{{1,3}})
    ) \s* $
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A lone roman numeral in small letters; those of one letter count only beside longer ones.
_ROMAN = re.compile(r"\s*(?=[ivxl])(?:x{0,3}|xl|l)(?:ix|iv|v?i{0,3})\s*$")
# "HARROW BAY CITY COUNCIL  |  4", "456            Res. 71": a page's number far from the words beside it
_NUMBER = rf"(?:{any_of('page')}\s*)?(?:\d{{1,4}}(?:/\d{{1,4}})?|[ivxl]{{1,6}})"
_HEADER = re.compile(
    rf"\s*(?:(?P<before>{_NUMBER})(?:\s{{3,}}|\t|\s*\|\s*)(?P<words>\S.*?)"
    rf"|(?P<words2>\S.*?)(?:\s{{3,}}|\t|\s*\|\s*)(?P<behind>{_NUMBER}))\s*$",
    re.IGNORECASE,
)
_RULER = re.compile(r"\s*[-_=─━]{3,}\s*$")
# A lone figure or roman numeral counts only where a page ends or begins.
_LONE_NUMERAL = re.compile(r"\s*(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})\s*$")
# "Goal 1: Growth ........ 5", "Goal 1 . . . . 5", "Goal 1 ______ 5"
_LEADERS = re.compile(r"\S\s*(?:\.{4,}|…{2,}|(?:\.\s){3,}\.?|_{4,}|·{4,})\s*(?:\d{1,4}|[ivxlc]{1,6})?\s*$")
_CONTENTS_HEADING = re.compile(rf"\s*{any_of('contents')}(?:\s{{2,}}{any_of('page')})?\s*$", re.IGNORECASE)
_CONTENTS_ENTRY = re.compile(r"\s*\S.*?(?:\s{2,}|\t)\s*(?:\d{1,4}|[ivxl]{1,6})\s*$")
# A document's symbol on a line of its own: A/75/123, DP/2021/28, C20/48-E, A 33/Res.1173
_SYMBOL = re.compile(r"\s*[A-Z][A-Z0-9]*(?: \d{1,3}(?=/))?(?:[/.-][\w().-]+){1,5}\s*$")
NUMERAL = re.compile(r"\d+|\b[ivxlc]{1,7}\b")  # of a text in small letters
_GAP = re.compile(r"\s{2,}")
_LONGEST_HEADER = 120  # characters of words
_LONGEST_LINE = 200  # characters, with the gap before the page's number
_FEWEST_REPEATS = 3


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: its number from 1 (None if the text has no page breaks), its first line, and that behind it."""

    number: int | None
    first: int
    last: int


def pages_of(text: str) -> tuple[PrintedPage, ...]:
    """Return the pages of a text, which form feeds part; a form feed counts as a line's end, too."""
    parts = text.split("\f")
    pages: list[PrintedPage] = []
    first = 0
    for number, part in enumerate(parts, 1):
        last = first + part.count("\n") + 1
        pages.append(PrintedPage(number if len(parts) > 1 else None, first, last))
        first = last
    return tuple(pages)


def furniture(lines: Sequence[TextLine], pages: Sequence[PrintedPage]) -> frozenset[int]:
    """Return the numbers of the lines that are no part of the text.

    Page numbers; the headers and footers that recur at the edges of pages, or beside page numbers where page
    breaks are lost (the first stays: it may be the title); and the entries of contents lists.
    """
    found = {n for n in range(len(lines)) if _is_page_number(lines, n)} | _roman_numbers(lines)
    found |= _numbered_headers(lines, found)
    found |= _running_headers(lines, pages, found)
    return frozenset(found | contents(lines))


def _is_page_number(lines: Sequence[TextLine], number: int) -> bool:
    """Whether a line is a page's number: "Page 3", "3/12", or a bare figure that is not one of a column."""
    match = _PAGE_NUMBER.match(lines[number].text)
    if not match:
        return False
    return not match["bare"] or not any(
        0 <= n < len(lines) and _LONE_NUMERAL.match(lines[n].text) for n in (number - 1, number + 1)
    )


def _roman_numbers(lines: Sequence[TextLine]) -> set[int]:
    """Return the lines that only have a page's number in roman numerals."""
    lone = [
        n
        for n, line in enumerate(lines)
        if not line.blank and _ROMAN.match(line.text) and (n == 0 or lines[n - 1].blank)
    ]
    return set(lone) if any(len(lines[n].text.strip()) > 1 for n in lone) else set()


def _numbered_headers(lines: Sequence[TextLine], numbers: set[int]) -> set[int]:
    """Return the lines that have a page's number beside words that recur with higher numbers.

    Beside a document's symbol one such line is enough.
    """
    seen: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(lines):
        match = _HEADER.match(line.text) if len(line.text) <= _LONGEST_LINE else None
        if match and _stands_apart(lines, number, numbers):
            words = " ".join((match["words"] or match["words2"]).casefold().split())
            seen.setdefault(words, []).append((number, match["before"] or match["behind"]))
    found: set[int] = set()
    for places in seen.values():
        printed = [int(figure[0]) for _, text in places if (figure := re.search(r"\d+", text))]
        rising = len(printed) > 1 and all(a < b for a, b in pairwise(printed))
        first = _GAP.split(lines[places[0][0]].text.strip())
        if rising or any(_SYMBOL.match(piece) for piece in first):
            found |= {number for number, _ in places}
    return found


def _stands_apart(lines: Sequence[TextLine], number: int, numbers: set[int]) -> bool:
    """Whether a line has nothing of the text right above or below it."""
    above, below = number - 1, number + 1
    return (above < 0 or lines[above].blank or above in numbers) and (
        below == len(lines)
        or lines[below].blank
        or below in numbers
        or _RULER.match(lines[below].text) is not None
        or _SYMBOL.match(lines[below].text) is not None
    )


def _running_headers(lines: Sequence[TextLine], pages: Sequence[PrintedPage], numbers: set[int]) -> set[int]:
    """Return the lines that recur where pages meet, and the bare figures there of pages without a number."""
    found: set[int] = set()
    edges: list[int] = []
    paged = len(pages) > 1
    if paged:
        for page in pages:
            written = [n for n in range(page.first, page.last) if not lines[n].blank]
            if numbers.isdisjoint(written):
                found |= {n for n in written[:1] + written[-1:] if _LONE_NUMERAL.match(lines[n].text)}
            written = [n for n in written if n not in numbers and n not in found]
            edges += written[:2] + written[-2:]
    else:
        for number in numbers:
            edges += _nearest(lines, number, -1) + _nearest(lines, number, 1)
        edges += [n for n, line in enumerate(lines) if _SYMBOL.match(line.text)]
    edges = [n for n in sorted(set(edges)) if len(lines[n].text) <= _LONGEST_HEADER]
    # Without page breaks, a label with its number beside a page's number would look like a header.
    shape_of = [shape(line.text) if paged else " ".join(line.text.casefold().split()) for line in lines]
    counts = Counter(shape_of[n] for n in edges)
    everywhere = Counter(shape_of)
    beside = {piece for line in lines if "/" in line.text for piece in _GAP.split(line.text.strip())[1:]}
    first_page = pages[0].last if paged else min(numbers, default=None)
    seen: set[str] = set()
    for number in edges:
        words = shape_of[number]
        symbol = _SYMBOL.match(lines[number].text) is not None
        repeats = 2 if symbol else _FEWEST_REPEATS
        # What stands on the first page, or first of all, may be the title itself.
        stays = number < first_page if first_page is not None else words not in seen
        # But a symbol that the letterhead has, too, is only the head of a page.
        stays = stays and not (symbol and lines[number].text.strip() in beside)
        # What recurs as often within the pages is a heading.
        at_edges = counts[words] * 4 >= everywhere[words] * 3
        if counts[words] >= repeats and at_edges and not stays:
            found.add(number)
        seen.add(words)
    return found


def _nearest(lines: Sequence[TextLine], number: int, step: int) -> list[int]:
    """Return the lines with something on them, in one direction, at most three lines away; two at most."""
    near = (number + step * away for away in (1, 2, 3))
    return [n for n in near if 0 <= n < len(lines) and not lines[n].blank][:2]


def shape(text: str) -> str:
    """Return what a header has in common from page to page: its words, whatever its numbers."""
    return NUMERAL.sub("#", " ".join(text.casefold().split()))


def contents(lines: Sequence[TextLine]) -> set[int]:
    """Return the numbers of the lines of contents lists.

    Those with leaders and what stands between two of them, and those below a contents heading that end with a
    page's number after a wide gap.
    """
    entries = [n for n, line in enumerate(lines) if _LEADERS.search(line.text)]
    found = set(entries)
    for before, after in pairwise(entries):
        # An entry may be wrapped: its first line has no leaders.
        if after - before <= 3:
            found.update(range(before, after))
    for number, line in enumerate(lines):
        if _CONTENTS_HEADING.match(line.text):
            found |= _entries_below(lines, number, found)
    return found


def _entries_below(lines: Sequence[TextLine], heading: int, entries: set[int]) -> set[int]:
    """Return a contents heading with the entries below it, if there are any."""
    found: set[int] = set()
    number = heading + 1
    while number < len(lines):
        entry = number in entries or _CONTENTS_ENTRY.match(lines[number].text) is not None
        if not entry and not lines[number].blank:
            # the first line of an entry that is wrapped
            entry = number + 1 in entries
        if entry:
            found.add(number)
        elif not lines[number].blank:
            break
        number += 1
    return found | {heading} if found else found
