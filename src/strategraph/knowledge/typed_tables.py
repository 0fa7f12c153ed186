"""A table of TOML or JSON as a frozen dataclass: its fields say which keys there are, and of which kind.

A field without a default must have its key. ``Annotated`` says what else there is to know of one::

    nouns: Annotated[tuple[str, ...], At("plan.nouns")]      # where it stands, if not under its own name
    owners: Annotated[frozenset[str], From(tuple[str, ...], folded)]   # what is made of what stands there
    periods: Annotated[tuple[Rule, ...], Flags(re.IGNORECASE)]         # how the patterns in it are compiled

Whatever is wrong is one line with the file, the place in it, and what should be there. Of the weights of a
learnt model a text asks for few: each is taken apart when asked for.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from collections.abc import Mapping as AnyMapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache, partial
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from strategraph.errors import UnusableInputError
from strategraph.system.files import read_given_text

T = TypeVar("T")
_NOTHING = object()
_KINDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
FILLED = "filled"  # says of a pattern that is kept as text that its fragments are filled in
Words = tuple[str, ...]
Row = TypeVar("Row")
Weight = TypeVar("Weight")


@dataclass(frozen=True, slots=True)
class At:
    """Where a value stands in the table: the keys that lead to it, with points between them."""

    keys: str


@dataclass(frozen=True, slots=True)
class From:
    """What is made of a value: it is read as ``kind``, then given to ``make``."""

    kind: Any
    make: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)  # is a key of what is kept
class Gathered:
    """The keys of the table (as in :class:`At`) whose values make one mapping, each with its name in it."""

    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Flags:
    """How the patterns in a value are compiled."""

    flags: re.RegexFlag


def folded(words: Iterable[str]) -> frozenset[str]:
    """Return words without regard to case."""
    return frozenset(word.casefold() for word in words)


Folded = Annotated[frozenset[str], From(tuple[str, ...], folded)]


def load_content(path: Path) -> Mapping[str, Any]:
    """Return what is in a TOML file, or in a JSON one by its suffix.

    Raises :class:`UnusableInputError` for a file that cannot be read, or is neither.
    """
    content = loaded(path, json.loads if path.suffix == ".json" else tomllib.loads)
    if not isinstance(content, AnyMapping):
        raise UnusableInputError(f"{path}: must hold a table")
    return content


def load_rows(path: Path) -> Mapping[str, Words]:
    """Return what a TSV file says: by what stands before the tab, the words behind it that spaces part.

    What a name has on several lines is one. Lines that begin with # are comments. Raises
    :class:`UnusableInputError` for a file that cannot be read, or has a line without a tab.
    """
    return loaded(path, _rows)


def _rows(text: str) -> Mapping[str, Words]:
    found: dict[str, Words] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, tab, words = line.partition("\t")
        if line.startswith("#") or not line.strip():
            continue
        if not tab:
            raise ValueError(f"line {number} has no tab")
        found[name] = (*found.get(name, ()), *words.split(" "))
    return found


def loaded(path: Path, read: Callable[[str], T]) -> T:
    """Return what ``read`` makes of the text of a file.

    Raises :class:`UnusableInputError` for a file that cannot be read, or of which it raises a ValueError.
    """
    try:
        return read(read_given_text(path))
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UnusableInputError(f"{path}: is no {path.suffix[1:].upper()}: {error}") from error


def read_table(kind: type[T], path: Path, fragments: Mapping[str, str] | None = None) -> T:
    """Return the table in a file as the dataclass ``kind``; see :func:`as_value`."""
    return as_value(kind, load_content(path), str(path), fragments)


def as_value(
    kind: type[T],
    content: object,
    place: str,
    fragments: Mapping[str, str] | None = None,
    *,
    whole: bool = True,
) -> T:
    """Return what TOML or JSON holds as a value of ``kind``, a dataclass or ``tuple[…]`` of such.

    ``place`` is the file, for messages; ``fragments`` are patterns by the names ("{noun}") that stand for
    them in others; ``whole`` is whether there are no keys but those of ``kind``. Raises
    :class:`UnusableInputError` for a key that is missing or unknown, a value of another kind, and a pattern
    that is none.
    """
    try:
        value: T = _reader(cast("Hashable", kind))(content, _Making(fragments or {}, whole))
    except _WrongValueError as wrong:
        raise UnusableInputError(f"{place}: {wrong}") from wrong
    return value


@dataclass(frozen=True, slots=True)
class _Making:
    """How values are made: patterns by name, whether all keys must be known, how patterns are compiled."""

    fragments: Mapping[str, str]
    whole: bool
    flags: int = 0

    def filled(self, content: object) -> str:
        pattern: str = _of(str, "a pattern", content)
        for name, part in self.fragments.items():
            pattern = pattern.replace(name, f"(?:{part})")
        return pattern


class _WrongValueError(Exception):
    """What is wrong with a value; the keys that lead to it are added on the way out."""

    def __init__(self, what: str, keys: str = "") -> None:
        super().__init__(f"{keys}: {what}" if keys else what)
        self.what, self.keys = what, keys

    def below(self, key: str | int) -> _WrongValueError:
        before = f"[{key}]" if isinstance(key, int) else key
        joint = "." if self.keys and not self.keys.startswith("[") else ""
        return _WrongValueError(self.what, f"{before}{joint}{self.keys}")


Read = Callable[[Any, _Making], Any]


@cache
def _reader(kind: Any) -> Read:
    """Return what reads values of a kind."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return partial(_table, kind)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        (other,) = (one for one in arguments if one is not NoneType)
        return lambda content, making: None if content is None else _reader(other)(content, making)
    if origin in (tuple, frozenset):
        return partial(_list, origin, _reader(arguments[0]))
    if origin is AnyMapping:
        return partial(_mapping, _reader(arguments[1]))
    if origin is re.Pattern:
        return lambda content, making: _made(re.compile, making.filled(content), making.flags)
    if origin is Literal:
        return partial(_choice, arguments)
    return (lambda content, _: content) if kind in (Any, object) else partial(_scalar, kind)


def _annotated(kind: Any, notes: tuple[Any, ...]) -> Read:
    made = next((note for note in notes if isinstance(note, From)), None)
    flags = next((note.flags for note in notes if isinstance(note, Flags)), 0)
    if FILLED in notes:
        return lambda content, making: making.filled(content)
    read = _reader(kind if made is None else made.kind)
    if made is not None:
        return lambda content, making: _made(made.make, read(content, making))
    return lambda content, making: read(content, replace(making, flags=making.flags | flags))


def _made(make: Callable[..., Any], *values: Any) -> Any:
    try:
        return make(*values)
    except re.error as error:
        raise _WrongValueError(f"is no pattern: {error}") from error
    except KeyError as error:
        raise _WrongValueError(f'the key "{error.args[0]}" is missing') from error
    except (ValueError, ArithmeticError) as error:
        raise _WrongValueError(str(error)) from error


def _of(kind: type, name: str, content: object) -> Any:
    if not isinstance(content, kind):
        raise _WrongValueError(f"must be {name}")
    return content


def _scalar(kind: type, content: object, _: _Making) -> Any:
    if type(content) is kind or (kind is float and type(content) is int):
        return content
    raise _WrongValueError(f"must be {_KINDS[kind]}")


def _choice(choices: tuple[str, ...], content: object, _: _Making) -> Any:
    if content not in choices:
        raise _WrongValueError(f"must be one of {', '.join(choices)}")
    return content


def _list(kind: Callable[[Iterable[Any]], Any], read: Read, content: object, making: _Making) -> Any:
    found: list[Any] = []
    try:
        for entry in _of(list, "a list", content):
            found.append(read(entry, making))
    except _WrongValueError as wrong:
        raise (wrong.below(len(found)) if isinstance(content, list) else wrong) from None
    return kind(found)


def _mapping(read: Read, content: object, making: _Making) -> Any:
    return {key: _below(key, read, one, making) for key, one in _of(dict, "a table", content).items()}


def _below(key: str, read: Read, content: object, making: _Making) -> Any:
    try:
        return read(content, making)
    except _WrongValueError as wrong:
        raise wrong.below(key) from None


def _table(kind: Any, content: object, making: _Making) -> Any:
    table, known = _of(dict, "a table", content), _fields(kind)
    if making.whole:
        _refuse_unknown(table, _paths(kind))
    given = {}
    for one in known:
        value = one.within(table)
        if value is not _NOTHING:
            given[one.name] = _below(".".join(one.keys), _reader(one.kind), value, making)
        elif one.needed:
            raise _WrongValueError(f'the key "{one.keys[-1]}" is missing', ".".join(one.keys[:-1]))
    return kind(**given)


def _refuse_unknown(
    table: Mapping[str, Any], known: frozenset[tuple[str, ...]], above: tuple[str, ...] = ()
) -> None:
    for key, value in table.items():
        keys = (*above, key)
        if keys in known:
            continue
        beside = {one[len(above)] for one in known if one[: len(above)] == above}
        if key not in beside or not isinstance(value, dict):
            close = get_close_matches(key, beside, n=1)
            meant = f"; did you mean {close[0]}?" if close else ""
            raise _WrongValueError(f'unknown key "{key}"{meant}', ".".join(above))
        _refuse_unknown(value, known, keys)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that a table gives: the keys that lead to it, or those that are gathered into it."""

    name: str
    kind: Any
    keys: tuple[str, ...]
    gathered: Mapping[str, str]
    needed: bool

    @property
    def paths(self) -> Iterable[tuple[str, ...]]:
        return [tuple(key.split(".")) for key in self.gathered] if self.gathered else [self.keys]

    def within(self, table: Any) -> Any:
        """Return the value that a table has for the field, or nothing."""
        if self.gathered:
            found = {name: _at(table, tuple(key.split("."))) for key, name in self.gathered.items()}
            return {name: value for name, value in found.items() if value is not _NOTHING}
        return _at(table, self.keys)


def _at(table: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if not isinstance(table, dict) or key not in table:
            return _NOTHING
        table = table[key]
    return table


@cache
def _fields(kind: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        _Field(
            one.name,
            hints[one.name],
            next((tuple(note.keys.split(".")) for note in notes if isinstance(note, At)), (one.name,)),
            next((note.names for note in notes if isinstance(note, Gathered)), {}),
            one.default is MISSING and one.default_factory is MISSING,
        )
        for one in fields(kind)
        if one.init
        for notes in [getattr(hints[one.name], "__metadata__", ())]
    )


@cache
def _paths(kind: Any) -> frozenset[tuple[str, ...]]:
    """Return the keys that lead to what a dataclass has fields for."""
    return frozenset(keys for one in _fields(kind) for keys in one.paths)


class LearntWeights(Mapping[str, Weight], Generic[Row, Weight]):
    """What a model's file says of each name, and how a row of it is read.

    >>> weights = LearntWeights({"w=goal": "3,4"}, lambda row: tuple(map(int, row.split(","))))
    >>> weights["w=goal"], "w=plan" in weights
    ((3, 4), False)
    """

    def __init__(self, rows: Mapping[str, Row], read: Callable[[Row], Weight]) -> None:
        self._rows, self._read = rows, read

    def __getitem__(self, name: str) -> Weight:
        return self._read(self._rows[name])

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
