"""A table of TOML or JSON as a frozen dataclass: its fields say which keys there are, and of which kind.

A field without a default must have its key. ``Annotated`` says what else there is to know of one::

    nouns: Annotated[tuple[str, ...], At("plan.nouns")]      # where it stands, if not under its own name
    owners: Annotated[frozenset[str], From(tuple[str, ...], folded)]   # what is made of what stands there
    periods: Annotated[tuple[Rule, ...], Flags(re.IGNORECASE)]         # how the patterns in it are compiled

Whatever is wrong is one line with the file, the place in it, and what should be there.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Mapping as AnyMapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from strategraph.errors import UnusableInputError

T = TypeVar("T")
_NOTHING = object()
_KINDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class At:
    """Where a value stands in the table: the keys that lead to it, with points between them."""

    keys: str


@dataclass(frozen=True, slots=True)
class From:
    """What is made of a value: it is read as ``kind``, then given to ``make``."""

    kind: Any
    make: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The keys of the table (as in :class:`At`) whose values make one mapping, each with its name in it."""

    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Flags:
    """How the patterns in a value are compiled."""

    flags: re.RegexFlag


FILLED = "filled"  # says of a pattern that is kept as text that its fragments are filled in


def folded(words: Iterable[str]) -> frozenset[str]:
    """Return words without regard to case."""
    return frozenset(word.casefold() for word in words)


Folded = Annotated[frozenset[str], From(tuple[str, ...], folded)]
Words = tuple[str, ...]


def load_content(path: Path) -> Mapping[str, Any]:
    """Return what is in a TOML file, or in a JSON one by its suffix.

    Raises :class:`UnusableInputError` for a file that cannot be read, or is neither.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UnusableInputError(f"{path}: is no {path.suffix[1:].upper()}: {error}") from error
    if not isinstance(content, AnyMapping):
        raise UnusableInputError(f"{path}: must hold a table")
    return content


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
    value: T = _Place(place, fragments or {}, whole).value(kind, content)
    return value


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file a value stands, and how patterns there are made."""

    file: str
    fragments: Mapping[str, str]
    whole: bool
    keys: str = ""
    flags: int = 0

    def below(self, key: str | int) -> _Place:
        if isinstance(key, int):
            return replace(self, keys=f"{self.keys}[{key}]")
        return replace(self, keys=f"{self.keys}.{key}" if self.keys else key)

    def fault(self, what: str) -> UnusableInputError:
        return UnusableInputError(
            f"{self.file}: {self.keys}: {what}" if self.keys else f"{self.file}: {what}"
        )

    def value(self, kind: Any, content: object) -> Any:
        """Return a value as one of a kind."""
        if is_dataclass(kind):
            return self._table(kind, content)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._annotated(arguments[0], arguments[1:], content)
        if origin in (Union, UnionType):
            return self._either(arguments, content)
        if origin in (tuple, frozenset):
            return origin(self._each(arguments[0], content))
        if origin is AnyMapping:
            table = self._of(dict, "a table", content)
            return {key: self.below(key).value(arguments[1], one) for key, one in table.items()}
        if origin is re.Pattern:
            return self._made(re.compile, self._filled(content), self.flags)
        if origin is Literal:
            if content not in arguments:
                raise self.fault(f"must be one of {', '.join(arguments)}")
            return content
        return content if kind in (Any, object) else self._scalar(kind, content)

    def _scalar(self, kind: type, content: object) -> Any:
        whole = isinstance(content, int) and not isinstance(content, bool)
        if kind is float and whole:
            return content
        return self._of(kind if kind is not int or whole else NoneType, _KINDS[kind], content)

    def _of(self, kind: type, name: str, content: object) -> Any:
        if not isinstance(content, kind):
            raise self.fault(f"must be {name}")
        return content

    def _either(self, kinds: tuple[Any, ...], content: object) -> Any:
        if NoneType in kinds and content is None:
            return None
        (kind,) = (kind for kind in kinds if kind is not NoneType)
        return self.value(kind, content)

    def _each(self, kind: Any, content: object) -> list[Any]:
        entries = self._of(list, "a list", content)
        return [self.below(number).value(kind, entry) for number, entry in enumerate(entries)]

    def _annotated(self, kind: Any, notes: tuple[Any, ...], content: object) -> Any:
        here = self
        for note in notes:
            if isinstance(note, From):
                return here._made(note.make, here.value(note.kind, content))
            if isinstance(note, Flags):
                here = replace(here, flags=here.flags | note.flags)
            if note is FILLED:
                return here._filled(content)
        return here.value(kind, content)

    def _made(self, make: Callable[..., Any], *values: Any) -> Any:
        try:
            return make(*values)
        except re.error as error:
            raise self.fault(f"is no pattern: {error}") from error
        except (ValueError, ArithmeticError) as error:
            raise self.fault(str(error)) from error

    def _filled(self, content: object) -> str:
        pattern: str = self._of(str, "a pattern", content)
        for name, part in self.fragments.items():
            pattern = pattern.replace(name, f"(?:{part})")
        return pattern

    def _table(self, kind: Any, content: object) -> Any:
        table = self._of(dict, "a table", content)
        known = _fields(kind)
        if self.whole:
            self._refuse_unknown(table, frozenset(keys for one in known for keys in one.read))
        given = {}
        for one in known:
            value = one.within(table)
            if value is not _NOTHING:
                given[one.name] = self.below(".".join(one.keys)).value(one.kind, value)
            elif one.needed:
                holder = self.below(".".join(one.keys[:-1])) if one.keys[:-1] else self
                raise holder.fault(f'the key "{one.keys[-1]}" is missing')
        return kind(**given)

    def _refuse_unknown(
        self, table: Mapping[str, Any], known: frozenset[tuple[str, ...]], above: tuple[str, ...] = ()
    ) -> None:
        for key, value in table.items():
            keys = (*above, key)
            if keys in known:
                continue
            beside = {one[len(above)] for one in known if one[: len(above)] == above}
            if key not in beside or not isinstance(value, dict):
                close = get_close_matches(key, beside, n=1)
                meant = f"; did you mean {close[0]}?" if close else ""
                raise (self.below(".".join(above)) if above else self).fault(f'unknown key "{key}"{meant}')
            self._refuse_unknown(value, known, keys)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that a table gives: the keys that lead to it, or those that are gathered into it."""

    name: str
    kind: Any
    keys: tuple[str, ...]
    gathered: Mapping[str, str]
    needed: bool

    @property
    def read(self) -> Iterable[tuple[str, ...]]:
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
