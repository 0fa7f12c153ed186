"""Gold files: what a careful human reader says a document states, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from strategraph.errors import UnusableInputError
from strategraph.knowledge.typed_tables import At, From, as_value, load_content

SUFFIX = ".gold.json"

# The types that annotators tell apart, in the order in which plans and reports show them.
_ElementType = Literal[
    "Vision", "Mission", "Value", "Goal", "Priority", "Objective", "Outcome", "Output", "Target", "Indicator",
    "Action",
]  # fmt: skip
_InstrumentType = Literal[
    "Resolution", "Decision", "Recommendation", "Opinion", "Treaty", "Legislation", "Order", "Policy"
]
_Relation = Literal["cites", "adoptedBy"]
ELEMENT_TYPES: tuple[str, ...] = get_args(_ElementType)
INSTRUMENT_TYPES: tuple[str, ...] = get_args(_InstrumentType)
RELATIONS: tuple[str, ...] = get_args(_Relation)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must be a text that is not empty")
    return text


_Text = Annotated[str, From(str, _not_blank)]


@dataclass(frozen=True, slots=True)
class GoldPlan:
    """What the document says of the plan as a whole; None: it does not say."""

    title: _Text | None = None
    owner: _Text | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class GoldElement:
    """An element the document states; ``parent`` is the id of the enclosing one, None at the top."""

    id: _Text
    type: Annotated[str, From(_ElementType, str)]
    number: _Text | None = None
    title: _Text | None = None
    statement: _Text | None = None
    parent: _Text | None = None

    @property
    def text(self) -> str:
        """Return the title and the statement, as far as there are any."""
        return " ".join(part for part in (self.title, self.statement) if part)


@dataclass(frozen=True, slots=True)
class GoldGroup:
    """The words ``surface`` with which the element of this id names a target group."""

    surface: _Text
    element: Annotated[_Text, At("in")]


@dataclass(frozen=True, slots=True)
class GoldInstrument:
    """An instrument the document cites; ``element`` is the id of the citing element, if it is in one."""

    surface: _Text
    type: Annotated[str, From(_InstrumentType, str)]
    number: _Text | None = None
    revision_place: _Text | None = None
    revision_year: int | None = None
    relation: Annotated[str, From(_Relation, str)] = "cites"
    element: Annotated[_Text | None, At("in")] = None
    body: _Text | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file.

    ``optional`` are ids of elements that a reader may or may not count; ``not_annotated`` the types
    the annotator left out.
    """

    document: _Text
    language: _Text | None = None
    plan: GoldPlan = GoldPlan()
    elements: tuple[GoldElement, ...] = ()
    groups: Annotated[tuple[GoldGroup, ...], At("target_groups")] = ()
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
    gold = as_value(Gold, load_content(path), str(path), whole=False)
    _check_references(gold, path)
    return gold


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
