"""Reading and writing the file of a curator's decisions, or of a model's proposals (``docs/corrections.md``).

A person's mistake is an error that names the line; a model's entry that is not of the form is left out and
told, since no one can ask the model back.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from strategraph.curation.entries import (
    COMPARATORS,
    ELEMENT_KINDS,
    FIELDS,
    INSTRUMENT_KINDS,
    MODEL,
    NOTHING,
    RELATIONS,
    ROLES,
    ElementEntry,
    Entry,
    EntryFault,
    FieldEntry,
    GroupEntry,
    InstrumentEntry,
    MeasureEntry,
    Reader,
    Readings,
)
from strategraph.errors import UnusableInputError
from strategraph.model import CURATOR
from strategraph.system.files import read_given_text

_KEYS = {"kind": "is", "element": "in"}  # attributes whose keys have other names
_NUMBERS = frozenset({"block", "line", "statement_block", "revision_year", "year", "baseline_year"})
_DECIMALS = frozenset({"value", "baseline"})
_LONGEST_NUMBER = 30  # digits before or after the point
_FLAGS = frozenset({"budget"})
_CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "element": {"is": (*ELEMENT_KINDS, NOTHING)},
    "group": {"is": (NOTHING,), "role": ROLES},
    "instrument": {"is": (*INSTRUMENT_KINDS, NOTHING), "relation": RELATIONS},
    "measure": {"is": (NOTHING,), "comparator": COMPARATORS},
    "field": {"is": (NOTHING,), "name": FIELDS},
}
_CLASSES: Mapping[str, type[Entry]] = {
    "element": ElementEntry,
    "group": GroupEntry,
    "instrument": InstrumentEntry,
    "measure": MeasureEntry,
    "field": FieldEntry,
}
_TABLES = ("source", "reader")
_FIRST = ("name", "id", "kind", "number", "text", "title")
_LAST = ("reason", "by", "at")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_E = TypeVar("_E", bound=Entry)


def load_readings(path: Path) -> Readings:
    """Return what a file says.

    Raises :class:`UnusableInputError` for a file that is missing or no TOML, and for an entry of a person
    that is not of the form. Those of a model are told in ``faults``.
    """
    try:
        text = read_given_text(path)
        data = tomllib.loads(text, parse_float=_decimal)
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot read the corrections: {error.strerror}") from error
    except RecursionError as error:
        raise UnusableInputError(f"{path}: the corrections are nested deeper than can be followed") from error
    except ValueError as error:  # no TOML, no UTF-8, or a number longer than the interpreter reads
        raise UnusableInputError(f"{path}: the corrections are not TOML: {error}") from error
    unknown = sorted(set(data) - {*_CLASSES, *_TABLES})
    if unknown:
        raise UnusableInputError(
            f"{path}: holds {unknown[0]!r}; known are {', '.join((*_CLASSES, *_TABLES))}"
        )
    readings = _ReadingsFile(path, text, data).readings()
    if readings.reader is None and not readings.entries and not readings.sha256:
        raise UnusableInputError(f"{path}: holds no decision, such as [[element]]")
    return readings


def find_readings(given: Path, source: str, name: str, suffix: str) -> Path | None:
    """Return the file for a source: ``given`` itself or, in a folder, that of the source's name or stem.

    ``name`` is what the source's outputs are called, ``suffix`` such as ".readings.toml". None where the
    folder has none for it.
    """
    if not given.is_dir():
        return given
    for stem in dict.fromkeys((Path(source).name, name, Path(source).stem)):
        if os.path.isfile(path := given / f"{stem}{suffix}"):
            return path
    return None


class _ReadingsFile:
    """One file while its entries are read."""

    def __init__(self, path: Path, text: str, data: Mapping[str, Any]) -> None:
        self._path = path
        self._text = text
        self._data = data
        self._faults: list[EntryFault] = []
        self._reader = self._read_reader()

    def readings(self) -> Readings:
        source = self._table("source")
        return Readings(
            elements=tuple(self._entries("element", ElementEntry)),
            groups=tuple(self._entries("group", GroupEntry)),
            instruments=tuple(self._entries("instrument", InstrumentEntry)),
            fields=tuple(self._entries("field", FieldEntry)),
            measures=tuple(self._entries("measure", MeasureEntry)),
            reader=self._reader,
            source=str(source.get("name", "")),
            sha256=str(source.get("sha256", "")),
            faults=tuple(self._faults),
            file=str(self._path),
        )

    def _table(self, name: str) -> Mapping[str, Any]:
        table = self._data.get(name, {})
        if not isinstance(table, dict):
            raise UnusableInputError(f"{self._path}: [{name}] is to be a table")
        return table

    def _read_reader(self) -> Reader | None:
        table = self._table("reader")
        if not table:
            return None
        model = table.get("model")
        if not isinstance(model, str) or not model.strip():
            raise UnusableInputError(f"{self._path}: [reader] names no model")
        known = {field.name: field.type for field in fields(Reader)}
        given = {key: value for key, value in table.items() if key in known}
        for key, value in given.items():
            if isinstance(value, bool) or not isinstance(value, int if known[key] == "int" else str):
                raise UnusableInputError(f"{self._path}: [reader] has a {key} that is none")
        return Reader(**given)

    def _entries(self, table: str, class_: type[_E]) -> Iterator[_E]:
        entries = self._data.get(table, [])
        if not isinstance(entries, list):
            raise UnusableInputError(f"{self._path}: write [[{table}]], in two brackets")
        lines = _lines_of(table, self._text)
        if len(lines) != len(entries):
            lines = [0] * len(entries)
        for number, (line, entry) in enumerate(zip(lines, entries, strict=True), start=1):
            by = entry.get("by", MODEL if self._reader else CURATOR) if isinstance(entry, dict) else CURATOR
            try:
                yield _entry(table, class_, entry, line, by)
            except UnusableInputError as error:
                place = f"line {line}: {table} {number}" if line else f"{table} {number}"
                if self._reader is None or by == CURATOR:
                    raise UnusableInputError(f"{self._path}: {place}: {error}") from error
                self._faults.append(EntryFault(line, f"{table} {number}: {error}"))


def _entry(table: str, class_: type[_E], given: object, line: int, by: object) -> _E:
    """Return one entry; raise :class:`UnusableInputError` for one that is not of the form."""
    if not isinstance(given, dict):
        raise UnusableInputError("is to be a table with keys")
    names = {_KEYS.get(field.name, field.name): field.name for field in fields(class_) if field.name != "at"}
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise UnusableInputError(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(names))}")
    given = _with_decimals(given)
    for key, value in given.items():
        if wanted := _wanted(key, value):
            raise UnusableInputError(f"{key} is to be {wanted}")
        choices = (CURATOR, MODEL) if key == "by" else _CHOICES[table].get(key, ())
        if choices and value not in choices:
            raise UnusableInputError(f"{key} = {value!r}; known are {', '.join(choices)}")
    needed = {"name"} if class_ is FieldEntry else set()
    if class_ is InstrumentEntry or by == MODEL:
        needed |= {"is"} if class_ in (ElementEntry, InstrumentEntry) else set()
    if class_ is not ElementEntry and not (class_ is FieldEntry and given.get("is") == NOTHING):
        needed |= {"text"}
    if class_ is MeasureEntry and given.get("is") != NOTHING:
        needed |= {"value"}
    missing = sorted(needed - set(given))
    if missing:
        raise UnusableInputError(f"has no {missing[0]}")
    if by == MODEL and given.get("is") == NOTHING and class_ is not FieldEntry:
        raise UnusableInputError("only a person says that something is nothing")
    entry = class_(**{names[key]: value for key, value in given.items()} | {"at": line, "by": by})
    if isinstance(entry, ElementEntry) and not entry.words:
        raise UnusableInputError("has no text; quote the words of the source it is about")
    return entry


def _decimal(written: str) -> Decimal:
    """Return a number of TOML; no number for one of more digits than can be."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal("NaN")


def _with_decimals(given: dict[str, Any]) -> dict[str, Any]:
    """Return an entry's values, those that are decimals as such where they are written without a point."""
    return {
        key: Decimal(value)
        if key in _DECIMALS and isinstance(value, int) and not isinstance(value, bool)
        else value
        for key, value in given.items()
    }


def _wanted(key: str, value: object) -> str | None:
    """Return what a value is to be, if it is not."""
    if key in _FLAGS:
        return None if isinstance(value, bool) else "true or false"
    if key in _DECIMALS:
        return None if isinstance(value, Decimal) and _is_short(value) else "a number"
    kind = int if key in _NUMBERS else str
    sound = isinstance(value, kind) and not isinstance(value, bool) and value != ""
    return None if sound else "a number" if kind is int else "words"


def _is_short(value: Decimal) -> bool:
    digits = value.as_tuple()
    return (
        value.is_finite()
        and len(digits.digits) <= _LONGEST_NUMBER
        and abs(value.adjusted()) < _LONGEST_NUMBER
    )


def _lines_of(table: str, text: str) -> list[int]:
    """Return the lines on which the entries of a table begin; TOML's reader does not tell them."""
    head = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), start=1) if head.match(line)]


# --------------------------------------------------------------------------------------------------
# Writing


def write_readings(readings: Readings) -> str:
    """Return the file that says these readings, as :func:`load_readings` reads them."""
    parts: list[str] = []
    if readings.sha256:
        parts.append(_table("[source]", {"name": readings.source, "sha256": readings.sha256}))
    if readings.reader is not None:
        parts.append(_table("[reader]", _values(readings.reader)))
    default = MODEL if readings.reader else CURATOR
    parts += [entry_text(entry, default=default) for entry in readings.entries]
    return "\n".join(parts)


def entry_text(entry: Entry, *, default: str = CURATOR, notes: Sequence[str] = ()) -> str:
    """Return one entry as it stands in a file, with ``notes`` as comments above it.

    ``default`` is who is taken to speak where the entry does not say.
    """
    table = next(name for name, class_ in _CLASSES.items() if isinstance(entry, class_))
    values = {_KEYS.get(key, key): value for key, value in _values(entry).items() if key != "at"}
    if entry.by == default:
        del values["by"]
    comments = "".join(f"# {' '.join(note.split())}\n" for note in notes)
    return comments + _table(f"[[{table}]]", values)


def _values(value: Entry | Reader) -> dict[str, str | int | Decimal]:
    """Return the attributes that say something, in their order but for what identifies an entry, first."""
    given = {field.name: getattr(value, field.name) for field in fields(value)}
    order = [key for key in _FIRST if key in given] + [key for key in given if key not in (*_FIRST, *_LAST)]
    order += [key for key in _LAST if key in given]
    unsaid = {field.name: field.default for field in fields(value)}
    return {key: given[key] for key in order if key == "by" or given[key] != unsaid[key]}


def _table(head: str, values: Mapping[str, str | int | Decimal]) -> str:
    return "\n".join([head, *(f"{key} = {_written(value)}" for key, value in values.items()), ""])


def _written(value: str | int | Decimal) -> str:
    """Return a value as TOML writes it.

    >>> _written(True), _written(Decimal("1E+3")), _written(7)
    ('true', '1000', '7')
    """
    if isinstance(value, str):
        return _quoted(value)
    return (
        str(value).lower()
        if isinstance(value, bool)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )


def _quoted(text: str) -> str:
    r"""Return a text as a TOML string on one line.

    >>> print(_quoted('say "a"'))
    "say \"a\""
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'
