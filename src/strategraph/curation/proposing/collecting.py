"""The answers about all pieces of a document, made one readings file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategraph.curation.entries import NOTHING, FieldEntry, Reader, Readings
from strategraph.curation.proposing.answers import ModelAnswer, read_answer
from strategraph.curation.proposing.prompts import VERSION, prompt_sha256
from strategraph.model import Document


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
        fields=tuple(_fields(answers)),
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


def _fields(answers: Sequence[ModelAnswer]) -> list[FieldEntry]:
    found: dict[str, FieldEntry] = {}
    for answer in answers:
        for field in answer.fields:
            if field.name not in found or (found[field.name].kind == NOTHING and field.kind != NOTHING):
                found[field.name] = field
    return list(found.values())
