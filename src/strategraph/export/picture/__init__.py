"""A picture for a slide: the network as an SVG, with a title and a legend, and as a PNG made from it.

It needs no library and no font of its own; text stays text, so it can be searched, edited and read aloud.
Places are those of the layout, so the same graph gives the same picture.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO
from xml.sax.saxutils import escape

from rdflib import Graph, URIRef

from strategraph.errors import UnusableInputError
from strategraph.export import NetworkOptions
from strategraph.export.appearance import colors, local_name, one_line
from strategraph.export.network import Network
from strategraph.export.network.layout import text_width
from strategraph.export.picture.sides import PlacedBox, course, pages, place_network
from strategraph.rdf.namespace import SG

_FONTS = "'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', 'Noto Sans', sans-serif"
_INK = "#1a1a1a"
_PALE_INK = "#555555"
MARGIN = 40.0
_LETTERS = 34  # of a line of a label
_LINE = 1.3  # from line to line, in font sizes
_PADDING = 22.0  # left and right of a label, together
_CAPITAL = 0.3  # of a letter's width, by which a capital is wider
_MIN_WIDTH, _MAX_WIDTH = 1.5, 6.0  # of an edge
_MANY = 100  # lines that need not be seen through
_MAP = "full"  # the view that is drawn as files of networks have it, not in columns
ROWS = 60  # of a page: more cannot be read on a screen or a sheet
_LONGEST, _PIXELS = 16_000.0, 60e6  # of a PNG: what viewers open
_SIZE = re.compile(r'(?:width|height)="(\d+)"')
# --------------------------------------------------------------------------------------------------
# The legend

_ROW = 26.0
_Entry = tuple[str, str]  # a colour, or "" for a mere remark, and a text


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How a class of nodes is written."""

    size: float = 15.0
    bold: bool = False


_STYLES: Mapping[URIRef, LabelStyle] = {
    SG.StrategicPlan: LabelStyle(20.0, bold=True),
    SG.Vision: LabelStyle(16.0, bold=True),
    SG.Mission: LabelStyle(16.0, bold=True),
    SG.Goal: LabelStyle(16.0, bold=True),
    SG.Priority: LabelStyle(16.0, bold=True),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A node as it is drawn: a rounded box around the lines of its label. y goes down."""

    type: str
    lines: tuple[str, ...]
    style: LabelStyle
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0


def write(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the picture as SVG, on one page."""
    file.write(_drawing(options.network(graph), options.view).encode())


def write_png(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the picture as PNG, on one page, twice as fine as the SVG where that is not too large.

    Raises :class:`UnusableInputError` if the extra ``picture`` is missing.
    """
    file.write(pixels(_drawing(options.network(graph), options.view)))


def drawn(graph: Graph, name: str, options: NetworkOptions) -> list[bytes]:
    """Return the pages of a picture as "svg" or "png": several, where one would be too high to be read."""
    network = options.network(graph)
    if not network.nodes:
        raise UnusableInputError(f"the graph has nothing of the view {options.view!r} (docs/views.md)")
    parts: list[frozenset[int] | None] = [None]
    if options.view != _MAP:
        parts = [*pages(network, ROWS)]
    drawings = [_drawing(network, options.view, part) for part in parts]
    return [pixels(drawing) if name == "png" else drawing.encode() for drawing in drawings]


def pixels(drawing: str) -> bytes:
    """Return an SVG as a PNG, twice as fine where that is not too large.

    Raises :class:`UnusableInputError` if the extra ``picture`` is missing.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise UnusableInputError(
            "a PNG needs one more package: pip install 'strategraph[picture]'"
        ) from error
    blank, letter = (
        resvg_py.svg_to_bytes(svg_string=document(20, 20, [f'<text y="15">{text}</text>'])) for text in " x"
    )
    if blank == letter:
        raise UnusableInputError("a PNG needs a font, and this machine has none; write an SVG instead")
    size = [float(value) for value in _SIZE.findall(drawing)[:2]]
    zoom = min(2.0, *(_LONGEST / side for side in size), math.sqrt(_PIXELS / math.prod(size)))
    content: bytes = resvg_py.svg_to_bytes(svg_string=drawing, zoom=zoom)
    return content


# --------------------------------------------------------------------------------------------------
# The drawing


def _drawing(network: Network, view: str, only: frozenset[int] | None = None) -> str:
    columns = view != _MAP
    shapes = _placed(network, columns=columns, only=only)
    title = _title(network)
    legend = _legend(network, shapes)
    bend = 2 * MARGIN if columns else 0.0  # lines that pass boxes at the left
    left = min((shape.x - shape.width / 2 for shape in shapes.values()), default=0.0) - MARGIN - bend
    right = max((shape.x + shape.width / 2 for shape in shapes.values()), default=0.0) + MARGIN
    top = min((shape.y - shape.height / 2 for shape in shapes.values()), default=0.0)
    bottom = max((shape.y + shape.height / 2 for shape in shapes.values()), default=0.0)
    width = max(right - left, _written(title) * 28 / 14 * 1.15 + 2 * MARGIN, 480.0)
    shift_x, shift_y = (width - right - left) / 2, 2.4 * MARGIN - top
    rows = list(_rows(legend, width - 2 * MARGIN))
    below = bottom + shift_y + 1.2 * MARGIN
    height = below + _ROW * len(rows) + MARGIN / 2
    return document(
        width,
        height,
        [
            f"<title>{escape(title)}</title>",
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
            f'<text x="{MARGIN:g}" y="{1.2 * MARGIN:g}" font-size="28" font-weight="bold">'
            f"{escape(title)}</text>",
            f'<g transform="translate({shift_x:.1f} {shift_y:.1f})">',
            *_lines(network, shapes, columns=columns),
            *(_box(shape, network.statement(rank)) for rank, shape in shapes.items()),
            "</g>",
            *legend_rows(rows, below),
        ],
    )


def document(width: float, height: float, content: Sequence[str]) -> str:
    """Return an SVG of a size, with some content."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" font-family="{_FONTS}" fill="{_INK}">',
        *content,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _title(network: Network) -> str:
    plans = list(network.plans.values())
    return plans[0].label if len(plans) == 1 else f"{len(plans)} plans"


def _placed(network: Network, *, columns: bool, only: frozenset[int] | None) -> dict[int, Shape]:
    """Return the shape of each node, in its place: as in files of networks, or in columns."""
    shapes = [shape(_label(network, rank), class_) for rank, class_ in enumerate(network.classes)]
    sizes = [(made.width, made.height) for made in shapes]
    if columns:
        boxes = place_network(network, sizes, only)
        return {rank: replace(shapes[rank], **boxes[rank]._asdict()) for rank in sorted(boxes)}
    xs, ys = network.places(sizes.__getitem__)
    return {rank: replace(shape, x=xs[rank], y=-ys[rank]) for rank, shape in enumerate(shapes)}


def _label(network: Network, rank: int) -> str:
    """Return a node's label, with its deadline if it has one."""
    due = one_line(network.due(rank))
    return f"{network.label(rank)} (due: {due[:60]})" if due else network.label(rank)


def shape(label: str, class_: URIRef, letters: int = _LETTERS) -> Shape:
    """Return the box of a node, around the lines of its label; it stands nowhere yet.

    ``letters`` are about as many as a line has.
    """
    style = _STYLES.get(class_, LabelStyle())
    lines = _wrapped(label, letters)
    # The layout's letters are half as wide as a line of 14 is high; bold ones are wider.
    scale = style.size / 14 * (1.2 if style.bold else 1.04)
    return Shape(
        local_name(class_),
        lines,
        style,
        width=max(map(_written, lines)) * scale + _PADDING,
        height=(len(lines) * _LINE + 0.6) * style.size,
    )


def _written(text: str) -> float:
    """Return how wide a text is as it is drawn: capitals are wider than what the layout reckons with."""
    return text_width(text) + _CAPITAL * text_width("x") * sum(map(str.isupper, text))


def _wrapped(label: str, letters: int) -> tuple[str, ...]:
    """Return a label in lines of about the same length; one of wide letters in more of them."""
    wide = text_width(label) / text_width("x") / (len(label) or 1)
    count = math.ceil(len(label) * wide / letters) or 1
    most = max(int(letters / (wide or 1)), 8)
    longest = max(map(len, label.split()), default=1)
    # The narrowest lines that are no more than need be, and cut no word that has room.
    widths = range(max(len(label) // count, min(longest, most), 8), most + 1)
    wrapped = (textwrap.wrap(label, width) for width in widths)
    lines = next((lines for lines in wrapped if len(lines) <= count), None) or textwrap.wrap(label, most)
    return tuple(lines) or ("",)


def _lines(network: Network, shapes: Mapping[int, Shape], *, columns: bool) -> Iterator[str]:
    """Yield a curve between each two nodes that are linked, in the colour of what it leads to."""
    weights: dict[tuple[int, int], float] = {}
    kinds: dict[tuple[int, int], list[str]] = {}
    for rank in shapes:
        for link in network.links(rank):
            if link.target not in shapes:
                continue
            pair = (link.target, rank) if (link.target, rank) in weights else (rank, link.target)
            weights[pair] = max(weights.get(pair, 0), link.weight)
            kinds.setdefault(pair, []).append(local_name(link.predicate))
    opacity = 1.0 if len(weights) <= _MANY else 0.5  # so that lines can be told apart where they cross
    for (source, target), weight in weights.items():
        if source != target:
            start, end = shapes[source], shapes[target]
            width = min(_MIN_WIDTH + 0.75 * (weight - 1), _MAX_WIDTH)
            path, color = _curve(start, end, columns=columns), colors()[end.type]
            names = escape(", ".join(kinds[source, target]))
            yield (
                f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width:g}" '
                f'stroke-opacity="{opacity:g}"><title>{names}</title></path>'
            )


def _curve(start: Shape, end: Shape, *, columns: bool) -> str:
    """Return a path from the edge of one box to that of another."""
    one, other = (PlacedBox(shape.x, shape.y, shape.width, shape.height) for shape in (start, end))
    points = course(one, other, columns=columns)
    pairs = zip(points[::2], points[1::2], strict=True)
    a, b, c, d, e, f = (f"{x:.1f} {y:.1f}" for x, y in pairs)
    return f"M{a} L{b} C{c} {d} {e} L{f}"


def _box(shape: Shape, statement: str) -> str:
    x, y = shape.x - shape.width / 2, shape.y - shape.height / 2
    size = shape.style.size
    first = shape.y - (len(shape.lines) - 1) * _LINE * size / 2 + 0.35 * size
    weight = ' font-weight="bold"' if shape.style.bold else ""
    spans = "".join(
        f'<tspan x="{shape.x:.1f}" y="{first + number * _LINE * size:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(shape.lines)
    )
    return (
        f"<g><title>{escape(statement or ' '.join(shape.lines))}</title>"
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}" rx="13" '
        f'fill="{colors()[shape.type]}" stroke="#ffffff" stroke-width="2"/>'
        f'<text font-size="{size:g}"{weight} text-anchor="middle">{spans}</text></g>'
    )


def _legend(network: Network, shapes: Iterable[int]) -> list[_Entry]:
    """Return the classes in the picture, with how many nodes each has."""
    counts = Counter(local_name(network.classes[rank]) for rank in shapes)
    entries = [
        (color, f"{_words(type_)} ({counts[type_]})") for type_, color in colors().items() if counts[type_]
    ]
    return [*entries, ("", "A line has the colour of what it leads to; the thicker, the more quotations.")]


def _words(type_: str) -> str:
    """Return a class's name in words: "TargetGroup" is "Target group"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type_).capitalize()


def _entry_width(entry: _Entry) -> float:
    return text_width(entry[1]) * 1.04 + 48.0


def _rows(legend: Sequence[_Entry], width: float) -> Iterator[list[_Entry]]:
    """Yield the entries in rows that fit a width."""
    row: list[_Entry] = []
    for entry in legend:
        if row and sum(map(_entry_width, [*row, entry])) > width:
            yield row
            row = []
        row.append(entry)
    yield row


def legend_rows(rows: Sequence[Sequence[_Entry]], top: float) -> Iterator[str]:
    """Yield the rows of a legend: a colour, or "" for a mere remark, and a text, each."""
    for number, row in enumerate(rows):
        x, y = MARGIN, top + _ROW * number
        for color, text in row:
            if color:
                yield f'<rect x="{x:.1f}" y="{y:.1f}" width="18" height="14" rx="7" fill="{color}"/>'
            start, ink = (x + 25, _INK) if color else (x, _PALE_INK)
            yield f'<text x="{start:.1f}" y="{y + 12:.1f}" font-size="14" fill="{ink}">{escape(text)}</text>'
            x += _entry_width((color, text))
