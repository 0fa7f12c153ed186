"""ODT: what styles say of paragraphs and words, and the numbers of lists and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from strategraph.reading.office import numeral, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE, TEXT, TABLE = f"{{{_URN}style:1.0}}", f"{{{_URN}text:1.0}}", f"{{{_URN}table:1.0}}"
OFFICE, DRAW = f"{{{_URN}office:1.0}}", f"{{{_URN}drawing:1.0}}"
_FO = f"{{{_URN}xsl-fo-compatible:1.0}}"
_DEEPEST = 20  # styles that a style may be based on
_HEADING = re.compile(r"Heading_20_(\d)")
_POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)pt")
_USUAL_SIZE = 12.0  # points: what a document has that says nothing
_BOLD = re.compile(r"bold|[6-9]00")


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style says, what it is based on included; None where it says nothing."""

    names: tuple[str, ...] = ()
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    list: str | None = None
    heading: int = 0
    size: float = 0.0  # of its type, in points; 0 where nothing is said

    @property
    def emphasis(self) -> bool | None:
        """Return whether it makes words bold or slanted; None where it does not say."""
        said = [value for value in (self.bold, self.italic) if value is not None]
        return any(said) if said else None


class OdtStyles:
    """The styles of a document by their family and name."""

    def __init__(self, roots: list[Element]) -> None:
        self._nodes: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], OdtStyle] = {}
        self.size = _USUAL_SIZE
        for root in roots:
            for node in root.iter(f"{STYLE}default-style"):
                if node.get(f"{STYLE}family") == "paragraph":
                    self.size = size_of(node.find(f"{STYLE}text-properties"), _USUAL_SIZE)
            for node in root.iter(f"{STYLE}style"):
                key = (node.get(f"{STYLE}family", ""), node.get(f"{STYLE}name", ""))
                self._nodes.setdefault(key, node)

    def of(self, family: str, name: str | None, depth: int = 0) -> OdtStyle:
        """Return the style of a family ("paragraph", "text", "section") with a name."""
        key = (family, name or "")
        if key in self._known:
            return self._known[key]
        node = self._nodes.get(key)
        if node is None or depth > _DEEPEST:
            return OdtStyle((key[1],))
        parent = node.get(f"{STYLE}parent-style-name")
        base = self.of(family, parent, depth + 1) if parent else OdtStyle()
        looks = node.find(f"{STYLE}text-properties")
        level = node.get(f"{STYLE}default-outline-level", "")
        names = (key[1], *base.names)
        style = OdtStyle(
            names,
            _said(looks, f"{_FO}font-weight", _BOLD, base.bold),
            _said(looks, f"{_FO}font-style", re.compile("italic|oblique"), base.italic),
            _hides(looks, base.hidden),
            node.get(f"{STYLE}list-style-name", base.list),
            int(level[:9]) if level.isdecimal() else _named_level(key[1]) or base.heading,
            size_of(looks, base.size),
        )
        self._known[key] = style
        return style


def _named_level(name: str) -> int:
    """Return the level of a heading's style by its name, as LibreOffice leaves out the level at times."""
    match = _HEADING.fullmatch(name)
    return int(match[1]) if match else int(name == "Title")


def size_of(looks: Element | None, base: float) -> float:
    """Return the size of type that text properties name, in points; ``base`` if they name none."""
    match = _POINTS.fullmatch(looks.get(f"{_FO}font-size", "")) if looks is not None else None
    return float(match[1]) if match else base


def _said(looks: Element | None, name: str, pattern: re.Pattern[str], base: bool | None) -> bool | None:
    value = looks.get(name) if looks is not None else None
    return base if value is None else pattern.fullmatch(value) is not None


def _hides(looks: Element | None, base: bool | None) -> bool | None:
    """Return whether words are hidden or struck out."""
    if looks is None:
        return base
    display, struck = looks.get(f"{TEXT}display"), looks.get(f"{STYLE}text-line-through-style")
    if display is None and struck is None:
        return base
    return display == "none" or struck not in (None, "none")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list numbers its items; ``format`` is "" for no number, "•" for a bullet."""

    format: str
    before: str = ""
    after: str = ""
    shown: int = 1  # how many levels are printed: 2 for "1.2"
    start: int = 1


class ListStyles:
    """The list styles of a document by name, and the numbering of its headings."""

    def __init__(self, roots: list[Element]) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self.headings: dict[int, Level] = {}
        for root in roots:
            for node in root.iter(f"{TEXT}list-style"):
                self._levels.setdefault(node.get(f"{STYLE}name", ""), dict(_levels(node)))
            for node in root.iter(f"{TEXT}outline-style"):
                self.headings = dict(_levels(node))

    def level(self, name: str | None, depth: int) -> Level:
        """Return the level of a list style, 1 for the outermost; a bullet where nothing is said."""
        return self._levels.get(name or "", {}).get(depth, Level("•"))


def _levels(node: Element) -> Iterator[tuple[int, Level]]:
    for child in node:
        depth = whole(child.get(f"{TEXT}level"), 0)
        if child.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"):
            yield depth, Level("•")
        elif child.tag in (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
            yield (
                depth,
                Level(
                    child.get(f"{STYLE}num-format", ""),
                    child.get(f"{STYLE}num-prefix", ""),
                    child.get(f"{STYLE}num-suffix", ""),
                    whole(child.get(f"{TEXT}display-levels"), 1),
                    whole(child.get(f"{TEXT}start-value"), 1),
                ),
            )


def marker(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    """Return what is printed before the item at ``depth`` after so many at each level."""
    level = levels.get(depth, Level("•"))
    if level.format in ("", "•"):
        return level.format
    first = max(1, depth - level.shown + 1)
    numbers = [
        numeral(counts.get(d, 1), levels.get(d, level).format or "1")
        for d in range(first, depth + 1)
        if d == depth or levels.get(d, level).format not in ("", "•")
    ]
    return " ".join(f"{level.before}{'.'.join(numbers)}{level.after}".split())
