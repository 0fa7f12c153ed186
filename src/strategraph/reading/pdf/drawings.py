"""What is drawn on a page: lines, frames, pictures, and small marks, some of which are the bullets of lists.

Browsers and layout programs draw the bullets of lists as shapes, so the text of the page has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from strategraph.knowledge.writing import is_rtl
from strategraph.reading.pdf.page import Box, Word, around

if TYPE_CHECKING:
    from pypdfium2 import PdfMatrix, PdfPage


_THICKEST = 3.0  # points: what is thicker is an area
_SHORTEST = 8.0  # points: what is shorter is a tick, a bullet or part of a letter
_MOST_OBJECTS = 20_000  # a map can have more; no table has
_MOST_SEGMENTS = 400
_DEEPEST = 8
_SMALLEST_IMAGE = 40.0  # points: smaller ones are icons and bullets
_LARGEST_MARK = 14.0  # points, on either side
_SMALLEST_MARK = 1.0
_ROUNDEST = 1.8  # times as long as high, or as high as long: what a disc or a square at most is
_MARGIN = 0.15  # of a picture's side: the bullet in it does not reach its edges


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page: thin boxes (edges of frames and areas among them), small marks, pictures."""

    rules: tuple[Box, ...] = ()
    marks: tuple[Box, ...] = ()
    images: int = 0


def drawn_on(page: PdfPage, place: Callable[[float, float, float, float], Box]) -> Drawn:
    """Return what is drawn on a page.

    ``place`` turns PDF's coordinates (left, bottom, right, top) into a box on the page as it is seen.
    """
    from pypdfium2 import PdfMatrix, raw

    rules: list[Box] = []
    marks: list[Box] = []
    images = 0
    for number, (kind, target, matrix) in enumerate(_objects(raw, page.raw, PdfMatrix())):
        if number > _MOST_OBJECTS:
            break
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = place(*_bounds(raw, target, matrix))
            images += box.width >= _SMALLEST_IMAGE and box.height >= _SMALLEST_IMAGE
            marks += [_within(box)] * _is_mark(box)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            whole = place(*_bounds(raw, target, matrix))
            if _is_mark(whole):
                marks.append(whole)
            if min(whole.width, whole.height) <= _THICKEST:
                found = [whole]
            else:
                found = [place(*edge) for edge in _edges(raw, target, matrix)]
            rules += [rule for rule in found if max(rule.width, rule.height) >= _SHORTEST]
    return Drawn(tuple(rules), tuple(marks), images)


def _is_mark(box: Box) -> bool:
    """Whether a shape is as small and as round or square as a bullet."""
    low, high = sorted((box.width, box.height))
    return low >= _SMALLEST_MARK and high <= min(_LARGEST_MARK, _ROUNDEST * low)


def _within(picture: Box) -> Box:
    """Return where the bullet is in its picture, which may be higher than the line and touch its words."""
    across, down = _MARGIN * picture.width, _MARGIN * picture.height
    return Box(picture.x0 + across, picture.top + down, picture.x1 - across, picture.bottom - down)


def _objects(
    raw: Any, container: Any, matrix: PdfMatrix, depth: int = 0
) -> Iterator[tuple[int, Any, PdfMatrix]]:
    """Yield the paths and images of a page, those within forms too, each with the matrix of its place."""
    if depth:
        count, get = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
    else:
        count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
    for index in range(min(max(0, count(container)), _MOST_OBJECTS)):
        target = get(container, index)
        if not target:
            continue
        kind = raw.FPDFPageObj_GetType(target)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _objects(raw, target, _matrix(raw, target).multiply(matrix), depth + 1)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, target, matrix


def _bounds(raw: Any, target: Any, matrix: PdfMatrix) -> tuple[float, float, float, float]:
    """Return an object's left, bottom, right and top."""
    from ctypes import c_float

    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    raw.FPDFPageObj_GetBounds(target, left, bottom, right, top)
    (ax, ay), (bx, by) = matrix.on_point(left.value, bottom.value), matrix.on_point(right.value, top.value)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _edges(raw: Any, target: Any, matrix: PdfMatrix) -> Iterator[tuple[float, float, float, float]]:
    """Yield the upright and level strokes of a path."""
    from ctypes import c_float

    count = raw.FPDFPath_CountSegments(target)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    own = _matrix(raw, target).multiply(matrix)
    points: list[tuple[bool, float, float]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(target, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        x, y = c_float(), c_float()
        if kind == raw.FPDF_SEGMENT_BEZIERTO or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return  # round shapes part nothing
        points.append((kind == raw.FPDF_SEGMENT_MOVETO, *own.on_point(x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment):
            start = next((p for p in reversed(points) if p[0]), points[0])
            points.append((False, start[1], start[2]))
    for (_, ax, ay), (moves, bx, by) in pairwise(points):
        if not moves and min(abs(ax - bx), abs(ay - by)) <= _THICKEST / 2:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _matrix(raw: Any, target: Any) -> PdfMatrix:
    from pypdfium2 import PdfMatrix

    matrix = raw.FS_MATRIX()
    return PdfMatrix.from_raw(matrix) if raw.FPDFPageObj_GetMatrix(target, matrix) else PdfMatrix()


_BULLET = "•"
_LARGEST = 0.95  # of the size of type: a mark's height
_SMALLEST = 0.15
_FARTHEST = 2.6  # of the size: from a mark to the words behind it
_CLEAR = 0.6  # of the size: nothing stands so near on the mark's other side
_MOST = 300  # marks: a chart has more; no page of lists has
_MOST_WORDS = 5_000  # on a page


def with_bullets(words: Sequence[Word], marks: Sequence[Box]) -> tuple[Word, ...]:
    """Return the words of a page with a bullet for each small shape that stands before a line.

    ``marks`` are the small shapes that are drawn on the page. A bullet comes right before its line's first
    word and looks like it.
    """
    if len(marks) > _MOST or len(words) > _MOST_WORDS:
        return tuple(words)
    bullets: dict[int, Word] = {}
    for mark in marks:
        first = _first_behind(mark, words)
        if first is not None:
            word = words[first]
            place = around([mark, bullets[first].box]) if first in bullets else mark
            bullets[first] = replace(word, text=_BULLET, box=place, glued=False)
    result: list[Word] = []
    for index, word in enumerate(words):
        if index in bullets:
            result.append(bullets[index])
            result.append(replace(word, glued=False))
        else:
            result.append(word)
    return tuple(result)


def _first_behind(mark: Box, words: Sequence[Word]) -> int | None:
    """Return the word that a mark stands before, None if it stands before none or among words."""
    nearest: tuple[float, int] | None = None
    y = mark.middle[1]
    for index, word in enumerate(words):
        if not word.base - word.size < y < word.base + 0.1 * word.size:
            continue
        if mark.holds(word.box.middle) or word.box.holds(mark.middle):
            return None
        rtl = is_rtl(word.text)
        behind = (mark.x0 - word.box.x1 if rtl else word.box.x0 - mark.x1) / word.size
        before = (word.box.x0 - mark.x1 if rtl else mark.x0 - word.box.x1) / word.size
        if -0.1 <= before <= _CLEAR:
            return None
        fits = _SMALLEST <= mark.height / word.size <= _LARGEST
        if fits and 0 <= behind <= _FARTHEST and (nearest is None or behind < nearest[0]):
            nearest = behind, index
    return nearest[1] if nearest else None
