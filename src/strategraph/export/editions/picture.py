"""A comparison as a picture: the old edition at the left, the new one at the right, lines between.

What stands in both editions in one order stands in one row, so that only what was moved has a slanting line.
What came or went has none; between two such rows, the one stands beside the other.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from unicodedata import bidirectional
from xml.sax.saxutils import escape

from strategraph.export.appearance import one_line
from strategraph.export.editions import (
    ADDED,
    DIFFERS,
    DROPPED,
    KEPT,
    MOVED,
    REWORDED,
    STATES,
    Comparison,
    PartChange,
)
from strategraph.export.editions.edition import Part
from strategraph.export.editions.text import ACTS, MARKS, is_told_with_its_parent
from strategraph.export.network.layout import text_width
from strategraph.export.picture import MARGIN, ROWS, document, legend_rows, pixels

_COLORS = {
    KEPT: "#8a94a0", REWORDED: "#0072b2", MOVED: "#a8548a", DIFFERS: "#0072b2", DROPPED: "#d55e00",
    ADDED: "#007a5a",
}  # fmt: skip
_COLUMN, _BETWEEN, _INDENT, _DEEPEST = 440.0, 150.0, 22.0, 6
_SIZE, _SMALL, _LINE, _PADDING, _GAP = 14.0, 12.0, 18.0, 14.0, 8.0
_LETTERS = 56  # of a line of a label
_MOST_NAMED = 3  # of what a part names anew or no longer

Row = tuple[PartChange | None, PartChange | None]


def drawn(comparison: Comparison, name: str, rows: int = ROWS) -> list[bytes]:
    """Return the pages of the picture as "svg" or "png", each of so many rows at most."""
    found = list(_rows(comparison))
    parts = [found[start : start + rows] for start in range(0, len(found), rows)] or [[]]
    drawings = [_drawing(comparison, part) for part in parts]
    return [pixels(drawing) if name == "png" else drawing.encode() for drawing in drawings]


def write(comparison: Comparison) -> bytes:
    """Return the picture as SVG, on one page."""
    return _drawing(comparison, list(_rows(comparison))).encode()


def write_png(comparison: Comparison) -> bytes:
    """Return the picture as PNG, on one page."""
    return pixels(_drawing(comparison, list(_rows(comparison))))


def _rows(comparison: Comparison) -> Iterator[Row]:
    """Yield what stands side by side: parts that kept their order; between these, what else each side has."""
    shown = [
        change
        for change in comparison.parts
        if (change.changed or change.part.kind not in ACTS)
        and not is_told_with_its_parent(comparison, change)
    ]
    old = {id(part): place for place, part in enumerate(comparison.old.parts)}
    left = sorted((change for change in shown if change.old), key=lambda change: old[id(change.old)])
    right = [change for change in shown if change.new]
    places = {id(change): place for place, change in enumerate(left)}
    ordered = _in_order([places.get(id(change), -1) for change in right])
    done = 0, 0
    for there in (*ordered, len(right)):
        here = places[id(right[there])] if there < len(right) else len(left)
        yield from zip_longest(left[done[0] : here], right[done[1] : there])
        if there < len(right):
            yield right[there], right[there]
        done = here + 1, there + 1


def _in_order(places: Sequence[int]) -> list[int]:
    """Return the most positions whose places, but for -1, ascend.

    >>> _in_order([0, 3, -1, 1, 2])
    [0, 3, 4]
    """
    ends: list[int] = []  # for each length, the position at which the row with the lowest end does
    before: dict[int, int] = {}
    for position, place in enumerate(places):
        if place < 0:
            continue
        length = bisect_left([places[end] for end in ends], place)
        if length:
            before[position] = ends[length - 1]
        ends[length : length + 1] = [position]
    found: list[int] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        found.append(position)
        position = before.get(position, -1)
    return found[::-1]


def _drawing(comparison: Comparison, rows: Sequence[Row]) -> str:
    width = 2 * (MARGIN + _COLUMN) + _BETWEEN
    right = MARGIN + _COLUMN + _BETWEEN
    title = " → ".join(comparison.titles)
    y = 2.4 * MARGIN
    heads = []
    for x, edition in ((MARGIN, comparison.old), (right, comparison.new)):
        lines = _wrapped(f"{one_line(edition.label)} ({'new' if x == right else 'old'})", 40)
        heads += [
            _text(x, 1.1 * MARGIN + 22 * number, line, 18, bold=True) for number, line in enumerate(lines)
        ]
        y = max(y, 1.1 * MARGIN + 22 * len(lines) + _GAP)
    boxes: list[str] = []
    edges: dict[tuple[str, int], tuple[float, float]] = {}
    for row in rows:
        height = max(_height(change, side) for side, change in enumerate(row) if change is not None)
        for side, (x, change) in enumerate(zip((MARGIN, right), row, strict=True)):
            if change is not None:
                part = change.new if side else change.old
                assert part is not None
                start = x + _INDENT * min(part.depth, _DEEPEST)
                own = height if row[0] is row[1] else _height(change, side)
                boxes += _box(change, part, side, start, x + _COLUMN, y, own)
                edges["new" if side else "old", id(change)] = (start if side else x + _COLUMN, y + own / 2)
        y += height + _GAP
    changes = list({id(change): change for row in rows for change in row if change is not None}.values())
    counts = Counter(state for change in changes for state in change.states)
    legend = [
        (_COLORS[state], f"{MARKS[state]} {state} ({counts[state]})") for state in STATES if counts[state]
    ]
    return document(
        width,
        y + 2 * MARGIN,
        [
            f"<title>{escape(one_line(title))}</title>",
            f'<rect width="{width:.0f}" height="{y + 2 * MARGIN:.0f}" fill="#ffffff"/>',
            *heads,
            *_lines(changes, edges),
            *boxes,
            *legend_rows([legend], y + MARGIN / 2),
        ],
    )


def _state(change: PartChange) -> str:
    """Return the state that says most of a part."""
    return next(state for state in (ADDED, DROPPED, MOVED, DIFFERS, REWORDED, KEPT) if state in change.states)


def _lines(
    changes: Sequence[PartChange], edges: Mapping[tuple[str, int], tuple[float, float]]
) -> Iterator[str]:
    for change in changes:
        start, end = edges.get(("old", id(change))), edges.get(("new", id(change)))
        if start and end:
            (x0, y0), (x1, y1), state = start, end, _state(change)
            bend = (x1 - x0) / 2
            yield (
                f'<path d="M{x0:.1f} {y0:.1f} C{x0 + bend:.1f} {y0:.1f} {x1 - bend:.1f} {y1:.1f} '
                f'{x1:.1f} {y1:.1f}" '
                f'fill="none" stroke="{_COLORS[state]}" stroke-width="{1.2 if state == KEPT else 2.2}">'
                f"<title>{', '.join(change.states)}</title></path>"
            )


def _told(change: PartChange, part: Part) -> list[str]:
    """Return the lines of a box: what the part is called."""
    narrower = int(2.6 * min(part.depth, _DEEPEST))
    label = one_line(part.label)
    return _wrapped(
        label if change.states == (KEPT,) else f"{MARKS[_state(change)]} {label}", _LETTERS - narrower
    )


def _wrapped(text: str, letters: int) -> list[str]:
    """Return a text in lines of so many letters at most, of wide letters in more of them."""
    wide = text_width(text) / text_width("x") / (len(text) or 1)
    return textwrap.wrap(text, max(int(letters / (wide or 1)), 8)) or [""]


def _named(change: PartChange, side: int) -> list[tuple[str, str]]:
    """Return what a part names anew (at the new side) or no longer (at the old one), with its colour."""
    state = ADDED if side else DROPPED
    if change.old is None or change.new is None:
        return []
    labels = list(
        dict.fromkeys(each.link.label for each in change.links if each.state == state and each.link.family)
    )
    more = [f"… {len(labels) - _MOST_NAMED}"] if len(labels) > _MOST_NAMED else []
    return [(_COLORS[state], f"{MARKS[state]} {one_line(label)[:60]}") for label in labels[:_MOST_NAMED]] + [
        (_COLORS[state], each) for each in more
    ]


def _height(change: PartChange, side: int) -> float:
    part = change.new if side else change.old
    assert part is not None
    return _LINE * (len(_told(change, part)) + len(_named(change, side))) + _PADDING


def _box(
    change: PartChange, part: Part, side: int, left: float, right: float, top: float, height: float
) -> Iterator[str]:
    color = _COLORS[_state(change)]
    faint = change.states == (KEPT,)
    yield f"<g><title>{escape(one_line(part.text))}</title>"
    yield (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{height:.1f}" rx="8" '
        f'fill="{color}" fill-opacity="{0.05 if faint else 0.13}" stroke="{color}" '
        f'stroke-width="{1 if faint else 1.6}"/>'
    )
    rtl = next((kind for each in part.label if (kind := bidirectional(each)) in ("L", "R", "AL")), "L") != "L"
    y = top + _PADDING / 2 + 0.75 * _LINE
    for line in _told(change, part):
        yield _text(right - 10 if rtl else left + 10, y, line, _SIZE, rtl=rtl)
        y += _LINE
    for ink, line in _named(change, side):
        yield _text(left + 10, y, line, _SMALL, ink=ink)
        y += _LINE
    yield "</g>"


def _text(
    x: float, y: float, text: str, size: float, *, bold: bool = False, rtl: bool = False, ink: str = ""
) -> str:
    look = (' font-weight="bold"' if bold else "") + (' direction="rtl"' if rtl else "")
    look += f' fill="{ink}"' if ink else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{look}>{escape(text)}</text>'
