"""Marked plans: invented documents whose elements stand marked in the text, ``{{Goal|Clean water for all}}``.

What is not marked teaches as much as what is: every element is marked, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from strategraph.errors import StrategraphError
from strategraph.evaluation.training.examples import SAME, Example, words
from strategraph.reading import read
from strategraph.understanding.features import view
from strategraph.understanding.units import Unit, units
from strategraph.understanding.words import OUTCOMES

FOLDER = "marked"
_MARK = re.compile(r"\{\{(\w+)\|(.*?)\}\}", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>|[*_#`|]")
_SENTENCE = 0.005  # what a paragraph is preferred to a sentence by


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that states an element of a class, without markup."""

    kind: str
    text: str


def marked_examples(folder: Path) -> list[Example]:
    """Return the examples of all marked plans in a folder, by name; none where there is no such folder.

    Raises StrategraphError for a mark of an unknown class, with the file and the class.
    """
    with TemporaryDirectory() as made:
        return [_example(path, Path(made)) for path in sorted(folder.glob("*.*.*"))]


def marks(text: str) -> list[Mark]:
    """Return the marks of a text in their order."""
    return [Mark(match[1], _MARKUP.sub(" ", match[2])) for match in _MARK.finditer(text)]


def unmarked(text: str) -> str:
    """Return a text as it stands without its marks."""
    return _MARK.sub(lambda match: match[2], text)


def _example(path: Path, folder: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    found = marks(text)
    unknown = sorted({mark.kind for mark in found} - set(OUTCOMES[1:]))
    if unknown:
        raise StrategraphError(
            f"{path}: {unknown[0]} is no class of elements; known: {', '.join(OUTCOMES[1:])}"
        )
    plain = folder / path.name
    plain.write_text(unmarked(text), encoding="utf-8")
    document = read(plain)
    parts = units(document)
    outcomes, counts = place_marks(found, parts)
    language = path.name.split(".")[-2]
    seen = view(document, parts)
    return Example(
        path.name, path.name, language, document, seen, tuple(outcomes), tuple(counts), {}, {}, path
    )


def place_marks(found: Sequence[Mark], parts: Sequence[Unit]) -> tuple[list[int], list[bool]]:
    """Return each unit's outcome, and whether it counts.

    A mark is the unit's that says it best. Others that say it do not count, nor do those that hold a mark
    which no unit says by itself.
    """
    said = [Counter(words(_MARKUP.sub(" ", unit.text))) for unit in parts]
    wanted = [Counter(words(mark.text)) for mark in found]
    ranked = sorted(
        (-alike - _SENTENCE * (parts[index].kind != "sentence"), number, index)
        for number, mark in enumerate(wanted)
        for index, unit in enumerate(said)
        if mark and unit and (alike := 2 * (mark & unit).total() / (mark.total() + unit.total())) >= SAME
    )
    outcomes, counts = [0] * len(parts), [True] * len(parts)
    placed: set[int] = set()
    for _, number, index in ranked:
        if number not in placed and not outcomes[index]:
            placed.add(number)
            outcomes[index] = OUTCOMES.index(found[number].kind)
    for _, number, index in ranked:
        if not outcomes[index]:
            outcomes[index], counts[index] = OUTCOMES.index(found[number].kind), False
    for mark in (mark for number, mark in enumerate(wanted) if number not in placed and mark):
        for index, unit in enumerate(said):
            if not outcomes[index] and (mark & unit).total() >= SAME * mark.total():
                counts[index] = False
    return outcomes, counts
