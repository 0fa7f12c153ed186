"""Every rule for groups, both ways: by its own pattern, and in what is found in the end.

The examples are in the language's ``groups.toml``; brackets mark the words that are (or must not be) found.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from strategraph import resources
from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.group_rules import Context, group_rules
from strategraph.model import Passage
from strategraph.vocabulary import TARGET_GROUP, load

VOCABULARY = load([Path(__file__).parents[1] / "vocabulary.ttl"])
DATA: dict[str, Any] = tomllib.loads(
    resources.path("data", "languages", "en", "groups.toml").read_text("utf-8")
)
TABLES = ("postmodifier", "frame", "exclusion", "everyone")
# In these tables an example shows a group that must not be found.
AGAINST = ("exclusion", "names")


def parted(example: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its brackets, and the ranges that were in them."""
    ranges: list[tuple[int, int]] = []
    for number, match in enumerate(re.finditer(r"\[([^\]]+)\]", example)):
        start = match.start() - 2 * number
        ranges.append((start, start + len(match.group(1))))
    return example.replace("[", "").replace("]", ""), ranges


def rules() -> Iterator[tuple[str, dict[str, Any]]]:
    for table, entries in DATA.items():
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, dict) and "examples" in entry:
                yield table, entry


def cases(*, found: bool) -> Iterator[Any]:
    for table, rule in rules():
        wanted = "examples" if found is (table not in AGAINST) else "counter_examples"
        for example in rule[wanted]:
            yield pytest.param(example, id=f"{table}: {example}")


def surfaces(text: str) -> list[str]:
    mentions = find_concepts([Passage(text, ((0, 0),))], VOCABULARY, "en")
    return [mention.surface for mention in mentions if mention.scheme == TARGET_GROUP]


@pytest.mark.parametrize("example", list(cases(found=True)))
def test_groups_that_are_found(example: str) -> None:
    text, ranges = parted(example)
    assert [text[a:b] for a, b in ranges if text[a:b] not in surfaces(text)] == []


@pytest.mark.parametrize("example", list(cases(found=False)))
def test_groups_that_are_not(example: str) -> None:
    text, ranges = parted(example)
    assert [text[a:b] for a, b in ranges if text[a:b] in surfaces(text)] == []


def contexts() -> Iterator[Any]:
    loaded = group_rules("en")
    assert loaded
    for table, compiled in (("frame", loaded.frames), ("exclusion", loaded.exclusions)):
        for rule, context in zip(DATA[table], compiled, strict=True):
            yield pytest.param(rule, context, id=context.name)


@pytest.mark.parametrize(("rule", "context"), list(contexts()))
def test_a_context_s_pattern_is_what_its_examples_meet(rule: dict[str, Any], context: Context) -> None:
    kind = min(context.kinds, default="persons")
    determiner = re.compile(
        r"\b(?:the|a|an|all|our|many|more|mature|wider range of|wide range of)\s*$", re.IGNORECASE
    )

    def applies(example: str) -> bool:
        text, ((start, end), *_) = parted(example)
        before = text[:start].strip()
        while match := determiner.search(before):
            before = before[: match.start()].strip()
        return context.applies(kind, re.split(r"[.:;] ", before)[-1], text[end:])

    assert [example for example in rule["examples"] if not applies(example)] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_rule_has_examples_and_counter_examples(table: str) -> None:
    for rule in DATA[table]:
        assert rule["examples"], rule
        assert rule["counter_examples"], rule
        assert all("[" in example for example in (*rule["examples"], *rule["counter_examples"])), rule


def test_a_head_is_known_by_its_singular_and_plural() -> None:
    loaded = group_rules("en-GB")
    assert loaded
    assert loaded.heads["person"].singular
    assert loaded.heads["person"].plural == "persons"
    assert not loaded.heads["persons"].singular


def test_kinds_that_rules_speak_of_exist() -> None:
    kinds = {head["kind"] for head in DATA["head"]} | {"generic", "agents"}
    spoken = {
        kind
        for table in ("postmodifier", "exclusion", "frame")
        for rule in DATA[table]
        for kind in rule.get("of", ())
    }
    assert spoken <= kinds


def test_a_language_without_rules() -> None:
    assert group_rules("xx") is None
