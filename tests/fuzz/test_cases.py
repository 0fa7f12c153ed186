"""What the fuzzer found once, and what was made to break patterns, holds now."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from tests.fuzz.baits import BAITS
from tests.fuzz.invariants import check
from tests.fuzz.targets import TARGETS, seeds

from strategraph.reading.formats import format_names

CASES = sorted((Path(__file__).parent / "cases").iterdir())
SECONDS = 60  # of the processor: other programs may run beside the tests


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_finds_of_the_fuzzer(case: Path, tmp_path: Path) -> None:
    check(case.read_bytes(), TARGETS[case.name.partition("-")[0]], tmp_path)


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_fuzzer_begins_with_is_a_plan(name: str, tmp_path: Path) -> None:
    found = [check(seed[1:], TARGETS[name], tmp_path) for target, seed in seeds() if target == name]
    assert any(plan is not None and plan.elements for plan in found)


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("bait", BAITS)
def test_bait_costs_bounded_time(bait: str, format: str, tmp_path: Path) -> None:
    unit = BAITS[bait]
    with at_most(SECONDS):
        check((unit * (30_000 // len(unit))).encode("utf-8"), TARGETS[format], tmp_path)


def test_every_case_names_its_target() -> None:
    assert {case.name.partition("-")[0] for case in CASES} <= set(TARGETS)


def test_every_format_is_a_target() -> None:
    assert set(format_names()) <= {target.format for target in TARGETS.values()}


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"took more than {seconds} seconds of the processor")

    # the readers' own limit counts ITIMER_VIRTUAL
    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
