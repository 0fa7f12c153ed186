"""What a process keeps from plan to plan: nothing of the plans, and caches that have a bound."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest
from rdflib import Graph

from strategraph.corpus.outputs import DEFAULT_FORMATS, LocalFolder, Recipe
from strategraph.corpus.work import BuildTask, Workshop
from strategraph.model import Document
from strategraph.pipeline import Options

FORMATS = (
    (".txt", "Harbour {n} Plan 2025-2028\n\nGoal 1: Dig {n} wells for youth\n\nTarget 1.1: By 2028, {n}% have one\n"),
    (".md", "# Harbour {n} Plan 2025-2028\n\n## Goal 1: Dig {n} wells for youth\n\n- Target 1.1: {n}% have one\n"),
    (".rst", "Harbour {n} Plan 2025-2028\n==========================\n\nGoal 1: Dig {n} wells for youth\n"
     "--------------------------------\n\n* Target 1.1: {n}% have one\n"),
    (".html", "<h1>Harbour {n} Plan 2025-2028</h1><h2>Goal 1: Dig {n} wells for youth</h2><p>{n}% have one</p>"),
)  # fmt: skip


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is looked for but when it is asked for: what is counted depends on nothing else."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def build(folder: Path, numbers: range) -> None:
    workshop = Workshop(LocalFolder(folder / "out"), Recipe(Options(), DEFAULT_FORMATS))
    for number in numbers:
        suffix, text = FORMATS[number % len(FORMATS)]
        path = folder / f"{number}{suffix}"
        path.write_text(text.format(n=number), encoding="utf-8")
        record = workshop.do(BuildTask(str(path), str(number), path.name, "")).record
        assert not record.message


def kept() -> int:
    return sum(isinstance(one, Graph | Document) for one in gc.get_objects())


def caches() -> dict[str, int]:
    """Return how much is in each cache that has no bound."""
    found = (one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper))
    return {
        f"{one.__module__}.{one.__qualname__}": one.cache_info().currsize
        for one in found
        if one.__module__.startswith("strategraph") and one.cache_info().maxsize is None
    }


@pytest.mark.usefixtures("uncollected")
def test_nothing_is_kept_of_a_plan_that_was_built(tmp_path: Path) -> None:
    build(tmp_path, range(10, 18))
    before = kept()
    build(tmp_path, range(18, 30))
    assert kept() == before


@pytest.mark.usefixtures("uncollected")
def test_no_cache_grows_with_the_plans_without_a_bound(tmp_path: Path) -> None:
    build(tmp_path, range(30, 38))
    before = caches()
    assert before
    build(tmp_path, range(38, 54))
    assert caches() == before
