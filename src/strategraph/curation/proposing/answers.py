"""What a model answers, read with suspicion: JSON, perhaps with prose around it, cut off, or of another form.

Nothing is taken over that is not of the schema's form; every part that is left out is told. Whether the words
are the plan's is not asked here (``readings.placing``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

from strategraph.curation.entries import (
    ELEMENT_KINDS,
    FIELDS,
    INSTRUMENT_KINDS,
    MODEL,
    NOTHING,
    RELATIONS,
    ROLES,
    ElementEntry,
    FieldEntry,
    GroupEntry,
    InstrumentEntry,
)

LONGEST = 2_000_000  # characters of an answer that are looked at; a plan's are far fewer
_LONGEST_TEXT = 20_000
_KEYS = frozenset({"plan", "elements", "groups", "instruments"})
_ATTEMPTS = 200  # braces in the prose around an answer that may begin it
_MENDINGS = 5  # of them, those that may begin one that is cut off
_T = TypeVar("_T")
_CUT_OFF = "the answer is cut off and its last entry left out; try a smaller --piece-tokens"
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What one answer says, and in ``faults`` what of it could not be used.

    ``usable`` says that it holds an object of ours, ``whole`` that it was not cut off.
    """

    elements: tuple[ElementEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    instruments: tuple[InstrumentEntry, ...] = ()
    fields: tuple[FieldEntry, ...] = ()
    faults: tuple[str, ...] = ()
    usable: bool = True
    whole: bool = True


class _FormError(Exception):
    """A part of an answer that is not of the schema's form."""


def read_answer(text: str) -> ModelAnswer:
    """Return what a model's answer says; one that holds no JSON object of ours is not ``usable``."""
    faults: list[str] = []
    data = _object(text[:LONGEST], faults)
    if data is None:
        return ModelAnswer(faults=(*faults, "the answer holds no JSON object of the schema"), usable=False)
    plan = data.get("plan")
    if plan is not None and not isinstance(plan, dict):
        faults.append("plan is no object")
    return ModelAnswer(
        tuple(_each(data, "elements", _element, faults)),
        tuple(_each(data, "groups", _group, faults)),
        tuple(_each(data, "instruments", _instrument, faults)),
        tuple(_fields(plan if isinstance(plan, dict) else {}, faults)),
        tuple(faults),
        whole=_CUT_OFF not in faults,
    )


# --------------------------------------------------------------------------------------------------
# JSON in an answer


def _object(text: str, faults: list[str]) -> Mapping[str, Any] | None:
    """Return the answer's JSON object: the first that has a list of ours, whatever stands around it."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    for attempt in range(_ATTEMPTS):
        if at < 0:
            break
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            mended = _mended(text[at:]) if attempt < _MENDINGS else None
            if mended is not None and _is_ours(mended):
                faults.append(_CUT_OFF)
                return mended
            at = text.find("{", at + 1)
            continue
        if _is_ours(value):
            return value
        at = text.find("{", end)
    return None


def _is_ours(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and any(
        key in value for key in ("elements", "groups", "instruments", "plan")
    )


def _mended(text: str) -> Any:
    """Return the object of a text that breaks off, without its last entry; None for other faults."""
    closing: list[str] = []
    whole: tuple[int, str] | None = None  # after the last entry that is whole, and what closes it there
    in_text = escaped = False
    for position, character in enumerate(text):
        if in_text:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_text = False
        elif character == '"':
            in_text = True
        elif character in "{[":
            closing.append("}" if character == "{" else "]")
        elif character in "}]":
            if not closing or closing.pop() != character:
                return None
            if len(closing) <= 2:
                whole = position + 1, "".join(reversed(closing))
    if whole is None or not closing:
        return None
    try:
        return json.loads(text[: whole[0]] + whole[1])
    except (ValueError, RecursionError):
        return None


# --------------------------------------------------------------------------------------------------
# Entries


def _each(
    data: Mapping[str, Any], key: str, read: Callable[[_AnswerPart], _T], faults: list[str]
) -> Iterator[_T]:
    entries = data.get(key, [])
    if not isinstance(entries, list):
        faults.append(f"{key} is no list")
        return
    for number, entry in enumerate(entries, start=1):
        try:
            yield read(_AnswerPart(entry))
        except _FormError as error:
            faults.append(f"{key} {number}: {error}")


class _AnswerPart:
    """A JSON object of an answer, asked for values of known types."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise _FormError("is no object")
        self._value = value

    def text(self, key: str) -> str:
        found = self.optional_text(key)
        if found is None:
            raise _FormError(f"has no {key}")
        return found

    def optional_text(self, key: str) -> str | None:
        found = self._value.get(key)
        if isinstance(found, int | float) and not isinstance(found, bool):
            found = str(found)  # "number": 1
        if found is None or (isinstance(found, str) and not found.strip()):
            return None
        if not isinstance(found, str) or len(found) > _LONGEST_TEXT:
            raise _FormError(f"{key} is no text")
        return " ".join(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", found).split())

    def number(self, key: str) -> int | None:
        found = self._value.get(key)
        if isinstance(found, str) and re.fullmatch(r"[0-9]{1,9}", found.strip()):
            found = int(found)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < 10**9:
            raise _FormError(f"{key} is no number")
        return found

    def choice(self, key: str, choices: Sequence[str]) -> str:
        found = self.text(key)
        if found not in choices:
            raise _FormError(f"{key} {found[:40]!r} is not known")
        return found


def _element(part: _AnswerPart) -> ElementEntry:
    title, statement = part.optional_text("title"), part.optional_text("statement")
    if title is None and statement is None:
        raise _FormError("has neither title nor statement")
    return ElementEntry(
        id=part.optional_text("id"),
        kind=part.choice("type", ELEMENT_KINDS),
        number=part.optional_text("number"),
        title=title,
        statement=statement,
        block=part.number("block"),
        statement_block=part.number("statement_block"),
        parent=part.optional_text("parent"),
        by=MODEL,
    )


def _group(part: _AnswerPart) -> GroupEntry:
    return GroupEntry(
        text=part.text("text"), element=part.text("in"), role=part.choice("role", ROLES), by=MODEL
    )


def _instrument(part: _AnswerPart) -> InstrumentEntry:
    return InstrumentEntry(
        text=part.text("text"),
        block=part.number("block"),
        kind=part.choice("type", INSTRUMENT_KINDS),
        number=part.optional_text("number"),
        revision_place=part.optional_text("revision_place"),
        revision_year=part.number("revision_year"),
        relation=part.choice("relation", RELATIONS),
        by=MODEL,
    )


def _fields(plan: Mapping[str, Any], faults: list[str]) -> Iterator[FieldEntry]:
    for name in FIELDS:
        if name not in plan:
            continue
        if plan[name] is None:
            yield FieldEntry(name=name, kind=NOTHING, by=MODEL)
            continue
        try:
            part = _AnswerPart(plan[name])
            year = part.number("year") if name in ("start", "end") else None
            yield FieldEntry(
                name=name, text=part.text("text"), block=part.number("block"), year=year, by=MODEL
            )
        except _FormError as error:
            faults.append(f"plan, {name}: {error}")
