"""Examples: the units of a document, each with the class that gold, or a mark in the text, gives.

Marked plans: invented documents whose elements stand marked in the text, ``{{Goal|Clean water for all}}``.

What is not marked teaches as much as what is: every element is marked, and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from strategraph.errors import StrategraphError
from strategraph.model import Document
from strategraph.reading import read
from strategraph.understanding.units import Unit, units
from strategraph.understanding.view import View, view
from strategraph.understanding.wording import OUTCOMES

SAME = 0.8  # share of common words from which two texts are one element's, as `evaluate` counts
_PUBLISHER = re.compile(r"([\w.-]+)/[\w.-]+?[@ ]")


@dataclass(frozen=True, slots=True)
class Example:
    """A document with its units, their outcomes (positions in OUTCOMES), and which of them count.

    ``publisher`` is whose document it is: what is learnt from one is not tried on another of the same.
    """

    name: str
    publisher: str
    language: str
    document: Document
    seen: View
    outcomes: tuple[int, ...]
    counts: tuple[bool, ...]
    elements: dict[int, str]  # the gold's id of each unit that states an element
    gold: dict[str, Any]
    file: Path  # of the gold


def examples(folder: Path, *, limit: int | None = None) -> list[Example]:
    """Return the examples of all gold files below a folder, by name; what cannot be read is left out."""
    files = sorted(path for path in folder.rglob("*.gold.json"))
    documents = {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}
    publishers = dict(_publishers(folder))
    found = []
    for path in files[:limit]:
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = documents.get(gold["document"])
        if source is None:
            continue
        try:
            document = read(source)
        except StrategraphError:
            continue
        found.append(example(document, gold, publishers.get(source.name, source.name.split("-")[0]), path))
    return found


def example(document: Document, gold: dict[str, Any], publisher: str, file: Path) -> Example:
    """Return the example that a document and its gold make."""
    parts = units(document)
    outcomes, counts, homes = place(gold, parts)
    language = (gold.get("language") or "und")[:2]
    name = str(gold["document"])
    return Example(
        name,
        publisher,
        language,
        document,
        view(document, parts),
        tuple(outcomes),
        tuple(counts),
        homes,
        gold,
        file,
    )


def _publishers(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the publisher of each document that a SOURCES.md names."""
    for path in sorted(folder.rglob("SOURCES.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip().strip("`") for cell in line.split("|")[1:-1]]
            match = _PUBLISHER.search(" ".join(cells[1:])) if len(cells) > 1 else None
            if match is not None:
                yield cells[0], match[1].lower()


def place(gold: dict[str, Any], parts: Sequence[Unit]) -> tuple[list[int], list[bool], dict[int, str]]:
    """Return each unit's outcome, whether it counts, and the id of the element that it states.

    Each gold element is given to the unit that says it best. Other units that say it, and those that say
    an optional element, do not count; a paragraph that only goes on with the title before it states none.
    """
    variants = [_variants(parts, index) for index in range(len(parts))]
    found: list[tuple[float, int, int]] = []
    for number, element in enumerate(gold["elements"]):
        title = words(element["title"])
        wanted = Counter(title + words(element["statement"]))
        for index, (name, texts) in enumerate(variants):
            score = max((_alike(wanted, text) for text in texts), default=0.0)
            if title and title == name:
                score = max(score, 0.85 + 0.01 * ((element["number"] or None) == parts[index].number))
            if score >= SAME:
                found.append((-score - 0.005 * (parts[index].kind != "sentence"), number, index))
    found.sort()
    outcomes, counts = [0] * len(parts), [True] * len(parts)
    homes: dict[int, int] = {}
    optional = set(gold.get("optional", ()))
    for _, number, index in found:
        if number not in homes and not outcomes[index]:
            homes[number] = index
            outcomes[index] = OUTCOMES.index(gold["elements"][number]["type"])
            counts[index] = gold["elements"][number]["id"] not in optional
    said: dict[int, str] = {}
    for _, number, index in found:
        if not outcomes[index]:
            follows = parts[index].kind == "paragraph" and homes.get(number) == index - 1
            if not follows:
                outcomes[index] = OUTCOMES.index(gold["elements"][number]["type"])
                counts[index] = False
                said[index] = gold["elements"][number]["id"]
    said.update({index: gold["elements"][number]["id"] for number, index in homes.items()})
    return outcomes, counts, said


def _variants(parts: Sequence[Unit], index: int) -> tuple[list[str], list[Counter[str]]]:
    unit = parts[index]
    name = words(unit.title.text) if unit.title else []
    said = words(unit.statement.text) if unit.statement else []
    texts = [Counter(name + said)]
    if (
        unit.statement is None
        and index + 1 < len(parts)
        and parts[index + 1].kind in ("paragraph", "part", "item", "cell")
    ):
        texts.append(Counter(name + words(parts[index + 1].text)))
    return name, texts


def _alike(one: Counter[str], other: Counter[str]) -> float:
    sizes = one.total(), other.total()
    if not all(sizes) or min(sizes) < 0.6 * max(sizes):
        return 0.0
    return 2 * (one & other).total() / sum(sizes)


def words(text: str | None) -> list[str]:
    """Return the words of a text as the score compares them."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold())


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
