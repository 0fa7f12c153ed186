"""What belongs to the printed page, not to the text: headers, footers, contents lists, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from strategraph.knowledge.writing import any_of
from strategraph.reading.content import TextLine
from strategraph.reading.layout.furniture import NUMERAL, contents, shape
from strategraph.reading.pdf.columns import Column
from strategraph.reading.pdf.lines import Line, rows_of
from strategraph.reading.pdf.page import Page, around, runs

_EDGE = 0.13  # of the height: how far from the page's top and bottom headers and footers reach
_OUTER_EDGE = 0.1
_SAME_PLACE = 4.0  # points
_FEWEST = 3  # pages that a running header is on; on a document of few pages, 2
_LONGEST = 160
_LONE_NUMERAL = re.compile(
    rf"(?:{any_of('page')}\s+)?[-–—|\[ ]*(?:\d{{1,4}}|[ivxlc]{{1,7}}|[IVXLC]{{1,7}})"
    rf"(?:\s*(?:/|{any_of('page_of')})\s*\d{{1,4}})?[-–—|\] ]*",
    re.IGNORECASE,
)
# "12 | Strategic Plan 2024-2027", "Strategic Plan | 12": at a page's outer edge, also on a single page
_BESIDE_WORDS = re.compile(r"\d{1,4}\s?[|│]\s?\S.*|\S.*\s[|│]\s?\d{1,4}")
# What documents of the United Nations have below their text: "24-12345 (E) 050524", "GE.24-12345 (E)"
_JOB = re.compile(
    rf"""
      (?:GE\.)? \d{{2}}-\d{{5,6}} \s* (?:\([A-Z]\)|[A-Z]\b)? (?:\s+\d{{6}}){{0,2}}   # 24-12345 (E) 050524
      (?:\s* (?:{any_of("imprint")}.{{0,3}} | \d{{1,4}}/\d{{1,4}}))?
    | \d{{1,4}}/\d{{1,4}} \s+ \d{{2}}-\d{{5}}                                       # 2/14   24-12345
    | \*\d{{6,9}}\* | {any_of("imprint")}.{{0,3}}
    """,
    re.VERBOSE,
)
# … and above it from the second page on: "A/78/6 (Sect. 12)", "E/ICEF/2025/12"
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:/[A-Z0-9][\w.-]*(?:\(\w+\))?){1,6}(?: \([A-Z][\w. ]+\))?(?: \d{1,4})?")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NAMING = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff]{2}")  # what has words
_HEADS = 6
_BETWEEN = " |│-–—"
_TAGGED = 0.8  # share of a page's words that are tagged where tags tell text from furniture


def without_furniture(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of each page without running headers, footers and page numbers."""
    edges = [_edges(page, own) for page, own in zip(pages, lines, strict=True)]
    dropped = _recurring(pages, edges)
    result: list[list[Line]] = []
    for page, own, edge in zip(pages, lines, edges, strict=True):
        out = {
            id(line)
            for line in edge
            if id(line) in dropped or _is_artifact(line, page) or _is_imprint(line, page)
        }
        out |= {id(line) for line in _lone_numerals(page, own, out)}
        result.append([line for line in own if id(line) not in out and not _is_figure(line, page)])
    return result


def running_heads(lines: Sequence[Sequence[Line]], kept: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """Return what heads or foots at least two pages, in words, without their numbers, the first six.

    ``lines`` are those of each page, ``kept`` those of them that are no furniture.
    """
    groups: dict[str, list[Line]] = defaultdict(list)
    for all_lines, own in zip(lines, kept, strict=True):
        body = {id(line) for line in own}
        for line in all_lines:
            if id(line) not in body and not _LONE_NUMERAL.fullmatch(line.text):
                groups[shape(line.text)].append(line)
    heads = (_unnumbered(group[0].text, group[1].text) for group in groups.values() if len(group) > 1)
    return tuple(dict.fromkeys(head for head in heads if _NAMING.search(head)))[:_HEADS]


def _unnumbered(text: str, other: str) -> str:
    """Return the words of a head without what at its edges is another on another page."""
    words, others = text.split(), other.split()
    for end in (0, -1):
        while words and others and words[end] != others[end]:
            words.pop(end)
            others.pop(end)
    return " ".join(words).strip(_BETWEEN)


def _edges(page: Page, lines: Sequence[Line]) -> list[Line]:
    """Return the lines near a page's top and bottom."""
    return [line for line in lines if any(page.at_edge(line.box, _EDGE)) and len(line.text) <= _LONGEST]


def _recurring(pages: Sequence[Page], edges: Sequence[Sequence[Line]]) -> set[int]:
    """Return the identities of lines that recur at one place on several pages, page numbers apart."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for edge in edges:
        for line in edge:
            groups[shape(line.text)].append(line)
    fewest = _FEWEST if len(pages) > 4 else 2
    found: set[int] = set()
    for group in groups.values():
        in_order = sorted(group, key=lambda line: line.base)
        for place in runs(in_order, lambda before, line: line.base - before.base <= _SAME_PLACE):
            if len({line.page for line in place}) >= fewest:
                found |= {id(line) for line in _counting(place)}
    return found


def _counting(lines: Sequence[Line]) -> list[Line]:
    """Return the lines whose numbers stay the same or count the pages; "Goal 1", "Goal 2" do not."""
    numbers = [[_value(match[0]) for match in NUMERAL.finditer(line.text.casefold())] for line in lines]
    if not numbers[0]:
        return list(lines)
    good: list[bool] = [True] * len(lines)
    for position in range(len(numbers[0])):
        same = Counter(values[position] for values in numbers)
        counting = Counter(values[position] - line.page for values, line in zip(numbers, lines, strict=True))
        for index, (values, line) in enumerate(zip(numbers, lines, strict=True)):
            if same[values[position]] < 2 and counting[values[position] - line.page] < 2:
                good[index] = False
    return [line for line, keep in zip(lines, good, strict=True) if keep]


def _value(numeral: str) -> int:
    """Return the value of an arabic or roman numeral."""
    if numeral.isdecimal():
        return int(numeral)
    total = 0
    for here, after in zip(numeral, f"{numeral[1:]} ", strict=True):
        value = _ROMAN[here]
        total += -value if _ROMAN.get(after, 0) > value else value
    return total


def _lone_numerals(page: Page, lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """Return the page's number where it stands alone at the outer edge, first or last on the page."""
    left = [line for line in lines if id(line) not in dropped]
    outer = (line for line in left[:1] + left[-1:] if any(page.at_edge(line.box, _OUTER_EDGE)))
    return [line for line in outer if _LONE_NUMERAL.fullmatch(line.text)]


def _is_imprint(line: Line, page: Page) -> bool:
    """Whether a line at a page's edge is known by its words: a page's number beside a title, a job number,
    the document's symbol above a later page."""
    above, below = page.at_edge(line.box, _OUTER_EDGE)
    if below and _JOB.fullmatch(line.text):
        return True
    if above and page.number > 1 and _SYMBOL.fullmatch(line.text):
        return True
    return (above or below) and _BESIDE_WORDS.fullmatch(line.text) is not None


def _is_artifact(line: Line, page: Page) -> bool:
    """Whether a line at the edge is not tagged where nearly all other text is."""
    if any(word.tag in page.tags for word in line.words):
        return False
    tagged = sum(word.tag in page.tags for word in page.words)
    return tagged >= _TAGGED * len(page.words)


def _is_figure(line: Line, page: Page) -> bool:
    """Whether a line is tagged as part of a picture."""
    return all(page.tag(word).figure for word in line.words)


_WIDE = 1.5  # of the size: the space between an entry and its page


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page without those of contents lists."""
    rows = rows_of(lines)
    out = contents([TextLine(0, _spelled(row)) for row in rows])
    return [line for number, row in enumerate(rows) if number not in out for line in row]


def _spelled(row: Sequence[Line]) -> str:
    """Return the text of lines on one baseline, with wide gaps as several spaces."""
    words = [word for line in row for word in line.words]
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.box.x0 - before.box.x1
        text += f"{'' if word.glued else ' ' if gap < _WIDE * word.size else '    '}{word.text}"
    return text


_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|\[\d{1,3}\])[.)]?(?:\s|(?=[A-Z])|$)")
_FARTHEST = 2.0  # of the size: a note's next line is no further down
_SMALL = 0.93  # of the size of the body


def without_notes(
    columns: Sequence[Column], page: Page, body: float
) -> tuple[list[Column], list[list[Line]]]:
    """Return the columns of a page without footnotes, and the lines of each footnote."""
    kept: list[Column] = []
    notes: list[list[Line]] = []
    for column in columns:
        start = _first_note(column, page, body)
        if start is None:
            kept.append(column)
            continue
        for item in column.items[start:]:
            if isinstance(item, Line):
                last = notes[-1][-1] if notes and item is not column.items[start] else None
                if last is None or _MARK.match(item.text) or item.base - last.base > _FARTHEST * item.size:
                    notes.append([item])
                else:
                    notes[-1].append(item)
        if start:
            rest = column.items[:start]
            kept.append(Column(rest, around([item.box for item in rest])))
    return kept, notes


def _first_note(column: Column, page: Page, body: float) -> int | None:
    """Return where the footnotes of a column begin, or None if it has none."""
    start = len(column.items)
    while start and _may_be_note(column.items[start - 1], page, body):
        start -= 1
    for index in range(start, len(column.items)):
        item = column.items[index]
        if isinstance(item, Line) and (_MARK.match(item.text) or _is_tagged(item, page)):
            return index
    return None


def _may_be_note(item: object, page: Page, body: float) -> bool:
    if not isinstance(item, Line) or item.box.middle[1] < page.height * 0.3:
        return False
    return item.size <= _SMALL * body or _is_tagged(item, page)


def _is_tagged(line: Line, page: Page) -> bool:
    return any(page.tag(word).note for word in line.words)
