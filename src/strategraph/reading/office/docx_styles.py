"""DOCX: what styles say of paragraphs and runs, and the numbers of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from strategraph.reading.office import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc(?: \d| heading)|table of figures|contents \d", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_NUMERALS = {"upperLetter": "A", "lowerLetter": "a", "upperRoman": "I", "lowerRoman": "i"}
_BODY_LEVEL = 9  # the outline level that says "body text"
_USUAL_SIZE = 10.0  # points: what Word takes where a document says nothing
_DEEPEST = 20  # styles that a style may be based on


@dataclass(frozen=True, slots=True)
class Numbering:
    """The list that a paragraph is in, and how deep: 0 is the outermost."""

    list: str
    level: int


@dataclass(frozen=True, slots=True)
class DocxStyle:
    """What a style says, what it is based on included; None where it says nothing."""

    heading: int = 0
    contents: bool = False
    numbering: Numbering | None = None
    emphasis: bool | None = None
    hidden: bool | None = None
    size: float = 0.0  # of its type, in points; 0 where nothing is said


def indent_of(properties: Element | None) -> float:
    """Return how far in a paragraph's first line begins by its own properties, in points."""
    node = properties.find(f"{W}ind") if properties is not None else None
    if node is None:
        return 0.0

    def said(*names: str) -> int:
        values = (node.get(f"{W}{name}", "") for name in names)
        return next((int(value) for value in values if re.fullmatch(r"-?\d{1,6}", value)), 0)

    return (said("left", "start") + said("firstLine") - said("hanging")) / 20  # from twentieths of a point


class DocxStyles:
    """The styles of a document by their identifiers."""

    def __init__(self, root: Element | None) -> None:
        self._nodes: dict[str, Element] = {}
        self._default = ""
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self.size = size_of(defaults) or _USUAL_SIZE
        self._known: dict[str, DocxStyle] = {}
        for node in root.iter(f"{W}style") if root is not None else ():
            identifier = node.get(f"{W}styleId", "")
            self._nodes.setdefault(identifier, node)
            if node.get(f"{W}type") == "paragraph" and is_on(node.get(f"{W}default", "0")):
                self._default = identifier

    def of(self, node: Element | None, kind: str) -> DocxStyle:
        """Return the style that a paragraph's ("pStyle") or run's ("rStyle") properties name."""
        return self._style(value_of(node, kind) or (self._default if kind == "pStyle" else ""))

    def _style(self, identifier: str, depth: int = 0) -> DocxStyle:
        if identifier in self._known:
            return self._known[identifier]
        node = self._nodes.get(identifier)
        if node is None or depth > _DEEPEST:
            return DocxStyle()
        base = self._style(value_of(node, "basedOn"), depth + 1)
        name = value_of(node, "name")
        properties, run = node.find(f"{W}pPr"), node.find(f"{W}rPr")
        emphasis = emphasis_of(run)
        hidden = flag(run, "vanish")
        style = DocxStyle(
            heading_of(properties, name, base.heading),
            base.contents or _CONTENTS.fullmatch(name) is not None,
            numbering_of(properties, base.numbering),
            base.emphasis if emphasis is None else emphasis,
            base.hidden if hidden is None else hidden,
            size_of(run) or base.size,
        )
        self._known[identifier] = style
        return style


def value_of(node: Element | None, name: str, *, absent: str = "") -> str:
    """Return the value of a property among others, "" if it has none, ``absent`` if it is not there."""
    found = node.find(f"{W}{name}") if node is not None else None
    return absent if found is None else found.get(f"{W}val", "")


def is_on(value: str) -> bool:
    """Whether an attribute's value means yes."""
    return value.lower() not in _OFF


def size_of(properties: Element | None) -> float:
    """Return the size of type that a run's properties name, in points; 0 if they name none."""
    value = value_of(properties, "sz")
    return int(value) / 2 if re.fullmatch(r"\d{1,4}", value) else 0.0


def flag(properties: Element | None, *names: str) -> bool | None:
    """Return whether any of some properties is on; None if none is said."""
    if properties is None:
        return None
    found = [node for name in names if (node := properties.find(f"{W}{name}")) is not None]
    return any(is_on(node.get(f"{W}val", "1")) for node in found) if found else None


def emphasis_of(properties: Element | None) -> bool | None:
    """Return whether a run is bold or in italics; None if its properties do not say."""
    return flag(properties, "b", "i")


def heading_of(properties: Element | None, name: str, base: int) -> int:
    """Return the level of the heading that a paragraph or style is, 0 if it is none."""
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    if level is not None:
        value = _number(level.get(f"{W}val"), _BODY_LEVEL)
        return 0 if value >= _BODY_LEVEL else value + 1
    named = _HEADING.fullmatch(name)
    if named:
        return int(named[1])
    return 1 if name.lower() == "title" else base


def numbering_of(properties: Element | None, base: Numbering | None) -> Numbering | None:
    """Return the list that a paragraph or style is in."""
    node = properties.find(f"{W}numPr") if properties is not None else None
    if node is None:
        return base
    number, level = node.find(f"{W}numId"), node.find(f"{W}ilvl")
    identifier = number.get(f"{W}val", "0") if number is not None else base.list if base else "0"
    if identifier == "0":
        return None  # taken out of the list
    depth = _number(level.get(f"{W}val"), 0) if level is not None else base.level if base else 0
    return Numbering(identifier, min(max(depth, 0), 8))


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list numbers its items; ``text`` is such as "%1.%2."."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class _DocxList:
    """A list's levels, and which abstract list counts for it."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts the items of a document's lists as Word does: lists of one kind go on counting."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _DocxList] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract: dict[str, dict[int, _Level]] = {}
        for node in root.iter(f"{W}abstractNum"):
            abstract[node.get(f"{W}abstractNumId", "")] = dict(map(_level, node.iter(f"{W}lvl")))
        for node in root.iter(f"{W}num"):
            name = value_of(node, "abstractNumId")
            made = _DocxList(name, dict(abstract.get(name, {})))
            for override in node.iter(f"{W}lvlOverride"):
                depth = _number(override.get(f"{W}ilvl"), 0)
                own, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
                if own is not None:
                    made.levels[depth] = _level(own)[1]
                if start is not None:
                    made.restarts[depth] = _number(start.get(f"{W}val"), 1)
            self._lists[node.get(f"{W}numId", "")] = made

    def marker(self, numbering: Numbering) -> str:
        """Return the next item's marker as Word prints it; "" where the list prints none."""
        own = self._lists.get(numbering.list)
        level = own.levels.get(numbering.level) if own else None
        if own is None or level is None:
            return "•"
        counts = self._counts.setdefault(own.abstract, {})
        depth = numbering.level
        if depth in own.restarts:
            counts[depth] = own.restarts.pop(depth)
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.format == "none":
            return ""
        if level.format == "bullet":
            return "•"

        def printed(match: re.Match[str]) -> str:
            shown = int(match[1]) - 1
            other = own.levels.get(shown, level)
            return numeral(counts.get(shown, other.start), _NUMERALS.get(other.format, "1"))

        return " ".join(re.sub(r"%([1-9])", printed, level.text).split())


def _level(node: Element) -> tuple[int, _Level]:
    format = value_of(node, "numFmt") or "decimal"
    level = _Level(format, value_of(node, "lvlText"), _number(value_of(node, "start"), 1))
    return _number(node.get(f"{W}ilvl"), 0), level


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else otherwise
