"""Gold files: what a careful human reader says a document states, as frozen values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from strategraph.errors import UnusableInputError

SUFFIX = ".gold.json"

# The types that annotators tell apart, in the order in which plans and reports show them.
ELEMENT_TYPES = (
    "Vision",
    "Mission",
    "Value",
    "Goal",
    "Priority",
    "Objective",
    "Outcome",
    "Output",
    "Target",
    "Indicator",
    "Action",
)
INSTRUMENT_TYPES = (
    "Resolution",
    "Decision",
    "Recommendation",
    "Opinion",
    "Treaty",
    "Legislation",
    "Order",
    "Policy",
)
RELATIONS = ("cites", "adoptedBy")


@dataclass(frozen=True, slots=True)
class GoldPlan:
    """What the document says of the plan as a whole; None: it does not say."""

    title: str | None = None
    owner: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class GoldElement:
    """An element the document states; ``parent`` is the id of the enclosing one, None at the top."""

    id: str
    type: str
    number: str | None = None
    title: str | None = None
    statement: str | None = None
    parent: str | None = None

    @property
    def text(self) -> str:
        """Return the title and the statement, as far as there are any."""
        return " ".join(part for part in (self.title, self.statement) if part)


@dataclass(frozen=True, slots=True)
class GoldGroup:
    """The words ``surface`` with which the element of this id names a target group."""

    surface: str
    element: str


@dataclass(frozen=True, slots=True)
class GoldInstrument:
    """An instrument the document cites; ``element`` is the id of the citing element, if it is in one."""

    surface: str
    type: str
    number: str | None = None
    revision_place: str | None = None
    revision_year: int | None = None
    relation: str = "cites"
    element: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file.

    ``optional`` are ids of elements that a reader may or may not count; ``not_annotated`` the types
    the annotator left out.
    """

    document: str
    language: str | None = None
    plan: GoldPlan = GoldPlan()
    elements: tuple[GoldElement, ...] = ()
    groups: tuple[GoldGroup, ...] = ()
    instruments: tuple[GoldInstrument, ...] = ()
    optional: frozenset[str] = frozenset()
    not_annotated: frozenset[str] = frozenset()


def find_gold(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the gold files among ``paths``: the files, and those that folders directly hold.

    Each file comes once, in the order given and, within a folder, in name order. Raises
    :class:`UnusableInputError` for a path that is not there and for a folder without gold.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob(f"*{SUFFIX}"))
            if not inside:
                raise UnusableInputError(f"{path}: no *{SUFFIX} in this folder; name one that has gold files")
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise UnusableInputError(f"{path}: no such gold file or folder; check the path")
    return tuple(found)


def load_gold(path: Path) -> Gold:
    """Return the gold that the file ``path`` holds.

    Raises :class:`UnusableInputError`, naming file and entry, for what is not gold: other JSON, unknown
    types, an id that is given twice or refers to nothing, an element that is its own ancestor.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{path}: is not UTF-8; save the gold file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnusableInputError(
            f"{path}:{error.lineno}: is not JSON ({error.msg}); correct the file"
        ) from error
    except (RecursionError, ValueError) as error:
        raise UnusableInputError(
            f"{path}: has something nested too deep, or a number that is too long, for gold"
        ) from error
    gold = _gold(_Entry(content, str(path)))
    _check_references(gold, path)
    return gold


# --------------------------------------------------------------------------------------------------
# Reading JSON


class _Entry:
    """A JSON object that knows its place in the file, so that a fault can be named."""

    def __init__(self, content: object, place: str) -> None:
        if not isinstance(content, dict):
            raise UnusableInputError(f"{place}: must be an object in braces")
        self.content: dict[str, object] = content
        self.place = place

    def fault(self, key: str, needed: str) -> UnusableInputError:
        """Return the error that says what ``key`` should have been."""
        return UnusableInputError(f'{self.place}: "{key}" must be {needed}')

    def text(self, key: str) -> str:
        """Return the text under ``key``, which must be there."""
        value = self.optional_text(key)
        if value is None:
            raise self.fault(key, "a text that is not empty")
        return value

    def optional_text(self, key: str) -> str | None:
        """Return the text under ``key``; None where it is null or missing."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "a text that is not empty, or null")
        return value

    def year(self, key: str) -> int | None:
        """Return the whole number under ``key``; None where it is null or missing."""
        value = self.content.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.fault(key, "a year such as 2024, or null")
        return value

    def choice(self, key: str, choices: tuple[str, ...], *, default: str | None = None) -> str:
        """Return the text under ``key``, one of ``choices``."""
        value = self.content.get(key, default)
        if value not in choices:
            raise self.fault(key, "one of " + ", ".join(choices))
        return str(value)

    def entries(self, key: str) -> list[_Entry]:
        """Return the objects of the list under ``key``; none where it is missing."""
        return [_Entry(value, f"{self.place}: {key}[{i}]") for i, value in enumerate(self._list(key))]

    def names(self, key: str) -> frozenset[str]:
        """Return the texts of the list under ``key``; none where it is missing."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise self.fault(key, "a list of texts")
        return frozenset(str(value) for value in values)

    def _list(self, key: str) -> list[object]:
        values = self.content.get(key, [])
        if not isinstance(values, list):
            raise self.fault(key, "a list")
        return values


def _gold(entry: _Entry) -> Gold:
    plan = _Entry(entry.content.get("plan", {}), f"{entry.place}: plan")
    return Gold(
        document=entry.text("document"),
        language=entry.optional_text("language"),
        plan=GoldPlan(
            title=plan.optional_text("title"),
            owner=plan.optional_text("owner"),
            start=plan.year("start"),
            end=plan.year("end"),
        ),
        elements=tuple(_element(e) for e in entry.entries("elements")),
        groups=tuple(GoldGroup(e.text("surface"), e.text("in")) for e in entry.entries("target_groups")),
        instruments=tuple(_instrument(e) for e in entry.entries("instruments")),
        optional=entry.names("optional"),
        not_annotated=entry.names("not_annotated"),
    )


def _element(entry: _Entry) -> GoldElement:
    return GoldElement(
        id=entry.text("id"),
        type=entry.choice("type", ELEMENT_TYPES),
        number=entry.optional_text("number"),
        title=entry.optional_text("title"),
        statement=entry.optional_text("statement"),
        parent=entry.optional_text("parent"),
    )


def _instrument(entry: _Entry) -> GoldInstrument:
    return GoldInstrument(
        surface=entry.text("surface"),
        type=entry.choice("type", INSTRUMENT_TYPES),
        number=entry.optional_text("number"),
        revision_place=entry.optional_text("revision_place"),
        revision_year=entry.year("revision_year"),
        relation=entry.choice("relation", RELATIONS, default="cites"),
        element=entry.optional_text("in"),
        body=entry.optional_text("body"),
    )


def _check_references(gold: Gold, path: Path) -> None:
    parents: dict[str, str | None] = {}
    for element in gold.elements:
        if element.id in parents:
            raise UnusableInputError(f'{path}: two elements have the id "{element.id}"; ids must differ')
        parents[element.id] = element.parent
    referring: list[tuple[str, str | None]] = [
        *((f'element "{e.id}"', e.parent) for e in gold.elements),
        *((f'target group "{g.surface}"', g.element) for g in gold.groups),
        *((f'instrument "{i.surface}"', i.element) for i in gold.instruments),
        *(("optional", name) for name in sorted(gold.optional)),
    ]
    for what, name in referring:
        if name is not None and name not in parents:
            raise UnusableInputError(f'{path}: {what} refers to "{name}", which is no element of the file')
    for element in gold.elements:
        above, seen = element.parent, {element.id}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents[above]
        if above is not None:
            raise UnusableInputError(f'{path}: element "{element.id}" is among its own parents')
