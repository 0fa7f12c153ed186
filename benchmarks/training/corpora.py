"""The texts that the groups' tagger learns from: annotated sentences of manifestos, and plans' elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from strategraph.evaluation.training.examples import marks
from strategraph.knowledge.word_classes import word_classes

PROSE, STATEMENT = "prose", "statement"

_SOCIAL_GROUP = "social group"
_SOCIAL_GROUP_NUMBERS = {1: "I", 6: "B"}
_OUTSIDE_TEXT = re.compile(r"([\w.-]+)/[\w.-]+?[@ ]")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the groups in it, as (start, end); ``publisher`` is who must not be in another fold."""

    corpus: str
    publisher: str
    language: str
    register: str
    text: str
    groups: tuple[tuple[int, int], ...]


def british(folder: Path, part: str) -> Iterator[Example]:
    """Yield the sentences of British manifestos, ``part`` "train" or "dev"; publisher: the manifesto."""
    for line in (folder / f"uk-{part}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        labels = [label[0] if label[2:] == _SOCIAL_GROUP else "O" for label in row["labels"]]
        yield _sentence(f"uk-{part}", "en", row, labels)


def german(folder: Path) -> Iterator[Example]:
    """Yield the sentences of German manifestos."""
    for line in (folder / "de.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        numbers = row["labels"].get("GOLD") or row["labels"]["BSCModel"]
        if len(numbers) == len(row["tokens"]):
            yield _sentence("de", "de", row, [_SOCIAL_GROUP_NUMBERS.get(number, "O") for number in numbers])


def _sentence(corpus: str, language: str, row: dict, labels: list[str]) -> Example:
    groups: list[tuple[int, int]] = []
    position, inside = 0, False
    for token, label in zip(row["tokens"], labels, strict=False):
        end = position + len(token)
        if label == "B" or (label == "I" and not inside):
            groups.append((position, end))
        elif label == "I":
            groups[-1] = (groups[-1][0], end)
        inside, position = label != "O", end + 1
    text = " ".join(row["tokens"])
    document = row["metadata"]["sentence_id"].rsplit("-", 2)[0]
    bare = tuple(without_article(text, group, language) for group in groups)
    return Example(corpus, document, language, PROSE, text, bare)


def without_article(text: str, group: tuple[int, int], language: str) -> tuple[int, int]:
    """Return a group without the articles and possessives that lead it."""
    start, end = group
    while match := re.match(r"(\w+|['’])\s*", text[start:end]):
        classes = word_classes(language).of(match[1].lower())
        if match.end() == end - start or not {"article", "possessive"} & set(classes):
            break
        start += match.end()
    return start, end


def plans(folder: Path) -> Iterator[Example]:
    """Yield the titles and statements of the gold of plans; the publisher is the repository's owner."""
    owners = dict(_owners(folder / "SOURCES.md"))
    return _elements("plans", sorted((folder / "gold").glob("*.gold.json")), owners)


def own_plans(folder: Path) -> Iterator[Example]:
    """Yield the titles and statements of the gold of plans that we wrote ourselves."""
    return _elements("own", sorted(folder.glob("*.gold.json")), {})


def _elements(corpus: str, paths: Iterable[Path], owners: Mapping[str, str]) -> Iterator[Example]:
    for path in paths:
        gold = json.loads(path.read_text("utf-8"))
        surfaces: dict[str, list[str]] = {}
        for group in gold["target_groups"]:
            surfaces.setdefault(group["in"], []).append(group["surface"])
        for element in gold["elements"]:
            for printed in (element["title"], element["statement"]):
                text = " ".join((printed or "").split())
                if text:
                    yield Example(
                        corpus,
                        owners.get(gold["document"], gold["document"]),
                        (gold.get("language") or "en")[:2],
                        STATEMENT,
                        text,
                        tuple(_places(text, surfaces.get(element["id"], []))),
                    )


def _owners(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.split("|")[1:-1]]
        if len(cells) > 1 and (match := _OUTSIDE_TEXT.search(" ".join(cells[1:]))):
            yield cells[0], match.group(1).lower()


def _places(text: str, surfaces: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where surfaces stand, each wherever it does; of two that overlap the longer."""
    taken: list[tuple[int, int]] = []
    for surface in sorted(set(surfaces), key=len, reverse=True):
        words = re.escape(" ".join(surface.split()))
        edged = rf"(?<![^\W_]){words}(?![^\W_])" if surface[0] < "\u3400" else words
        for match in re.finditer(edged, text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
    yield from sorted(taken)


def marked_plans(table: Path, folder: Path) -> Iterator[Example]:
    """Yield the elements of the invented plans in a folder, by a table of the groups that each is for.

    A line of the table is a file, the number of an element in it, from 1, its groups' words parted by "|".
    Raises ValueError for words that the element does not have.
    """
    groups: dict[str, dict[int, list[str]]] = {}
    for line in table.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, number, words = line.split("\t")
            told = groups.setdefault(name, {})
            if number:
                told[int(number)] = words.split("|")
    for name, told in groups.items():
        for number, mark in enumerate(marks((folder / name).read_text("utf-8")), start=1):
            text = " ".join(mark.text.split())
            surfaces = told.get(number, [])
            if not all(surface in text for surface in surfaces):
                raise ValueError(f"{table}: {name} {number}: {surfaces} are not in {text!r}")
            places = tuple(_places(text, surfaces))
            yield Example("marked", name, name.split(".")[-2], STATEMENT, text, places)


def own_examples(path: Path) -> Iterator[Example]:
    """Yield our own sentences, each a publisher: a language and a text, its groups in [brackets], a line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        if not line.startswith("#"):
            language, _, marked = line.partition("\t")
            text, groups = _unmarked(marked)
            yield Example("own", f"own {number}", language, STATEMENT, text, tuple(groups))


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    parts = re.split(r"([\[\]])", marked)
    text, groups = "", []
    for part in parts:
        if part == "[":
            groups.append((len(text), len(text)))
        elif part == "]":
            groups[-1] = (groups[-1][0], len(text))
        else:
            text += part
    return text, groups
