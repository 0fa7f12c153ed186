"""What a model answers, read with suspicion, kept, and made one readings file.

It is JSON, perhaps with prose around it, cut off, or of another form. Nothing is taken over that is not of
the schema's form; every part that is left out is told. Whether the words are the plan's is not asked here
(``curation.placing``). Replies that were paid for once are kept by source, prompt and model, so that a run
that broke off goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
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
    Reader,
    Readings,
)
from strategraph.curation.proposing import VERSION, Prompt, prompt_sha256
from strategraph.model import Document
from strategraph.system.files import write_files

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


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's answer about one piece as it came, and how many tokens it counted (0: it did not say)."""

    text: str
    prompt_tokens: int = 0
    answer_tokens: int = 0


def collect(document: Document, replies: Sequence[Reply], model: str) -> tuple[Readings, tuple[str, ...]]:
    """Return the readings that a model's replies amount to, and what of them could not be used.

    ``replies`` are those to all pieces, in order. Of the plan's fields, the first piece that says one has it;
    one that no piece says is said to be unknown.
    """
    answers = _renamed([read_answer(reply.text) for reply in replies])
    faults = tuple(
        f"piece {number}: {fault}"
        for number, answer in enumerate(answers, start=1)
        for fault in answer.faults
    )
    readings = Readings(
        elements=tuple(element for answer in answers for element in answer.elements),
        groups=tuple(group for answer in answers for group in answer.groups),
        instruments=tuple(instrument for answer in answers for instrument in answer.instruments),
        fields=tuple(_fields_agreed(answers)),
        reader=Reader(
            model,
            VERSION,
            prompt_sha256(),
            sum(reply.prompt_tokens for reply in replies),
            sum(reply.answer_tokens for reply in replies),
        ),
        source=document.source.name,
        sha256=document.source.sha256,
    )
    return readings, faults


def _renamed(answers: Sequence[ModelAnswer]) -> list[ModelAnswer]:
    """Return answers in which no two pieces call different elements by one name."""
    taken: set[str] = set()
    found = []
    for piece, answer in enumerate(answers, start=1):
        own = {element.id for element in answer.elements if element.id is not None}
        names = {name: f"{name}@{piece}" for name in own & taken}
        taken |= own

        def new(name: str | None, names: dict[str, str] = names) -> str | None:
            return names.get(name, name) if name is not None else None

        elements = (replace(one, id=new(one.id), parent=new(one.parent)) for one in answer.elements)
        groups = (replace(one, element=new(one.element)) for one in answer.groups)
        found.append(replace(answer, elements=tuple(elements), groups=tuple(groups)))
    return found


def _fields_agreed(answers: Sequence[ModelAnswer]) -> list[FieldEntry]:
    found: dict[str, FieldEntry] = {}
    for answer in answers:
        for field in answer.fields:
            if field.name not in found or (found[field.name].kind == NOTHING and field.kind != NOTHING):
                found[field.name] = field
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder with one file for each reply; without a folder, nothing is kept."""

    folder: Path | None

    def get(self, source: str, prompt: Prompt, model: str) -> Reply | None:
        """Return the reply that was kept; None if there is none, or its file is damaged."""
        path = self._path(source, prompt, model)
        if path is None or not path.is_file():
            return None
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return Reply(str(data["text"]), int(data["prompt_tokens"]), int(data["answer_tokens"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def put(self, source: str, prompt: Prompt, model: str, reply: Reply) -> None:
        """Keep a reply."""
        path = self._path(source, prompt, model)
        if path is not None:
            content = json.dumps({"model": model, "prompt": prompt.sha256, "source": source, **asdict(reply)})
            write_files({path: content.encode()})

    def _path(self, source: str, prompt: Prompt, model: str) -> Path | None:
        if self.folder is None:
            return None
        key = hashlib.sha256(json.dumps([source, prompt.sha256, model]).encode()).hexdigest()
        return self.folder / f"{key[:32]}.json"


def default_folder(environ: Mapping[str, str]) -> Path:
    """Return where a user's replies are kept: in the cache folder that the system has for programs."""
    base = environ.get("XDG_CACHE_HOME")
    return (
        (Path(base) if base and os.path.isabs(base) else Path.home() / ".cache") / "strategraph" / "replies"
    )
