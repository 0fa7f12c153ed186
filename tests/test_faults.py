"""Each call to the file system fails once, as SQLite tries it: everything is as it was, or as it should be."""

from __future__ import annotations

import os
import pathlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from strategraph.cli import main
from strategraph.system.files import HIDDEN, mixed

PLAN = "Strategic Plan 2024-2027\n\nGoal 1: Connect women and girls\n\nGoal 2: Teach youth\n"
CALLS: tuple[tuple[Any, str], ...] = (
    (pathlib.Path, "open"), (pathlib.Path, "mkdir"), (os, "fsync"), (os, "replace"), (os, "link"), (shutil, "copymode"), (os, "open"),
)  # fmt: skip
ERRORS = {"full": OSError(28, "No space left on device"), "broken": OSError(5, "Input/output error")}


class Faults:
    """Counts the calls that concern a folder, and has one of them fail."""

    def __init__(self, folder: Path, failing: int, error: OSError) -> None:
        self._folder, self._failing, self._error = folder, failing, error
        self.calls = 0
        self.failed = ""

    def wrapped(self, original: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*given: Any, **options: Any) -> Any:
            if name == "fsync" or any(str(self._folder) in str(each) for each in given[:2]):
                self.calls += 1
                if self.calls == self._failing:
                    self.failed = name
                    raise OSError(self._error.errno, self._error.strerror, str(given[0]))
            return original(*given, **options)

        return call


@contextmanager
def faults(folder: Path, failing: int, error: OSError) -> Iterator[Faults]:
    made = Faults(folder, failing, error)
    with pytest.MonkeyPatch.context() as patch:
        for place, name in CALLS:
            patch.setattr(place, name, made.wrapped(getattr(place, name), name))
        yield made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.exists() else {}


@pytest.mark.parametrize("error", ERRORS)
def test_each_call_of_a_build_fails_once(error: str, tmp_path: Path) -> None:
    source, out = tmp_path / "plan.txt", tmp_path / "out"
    words = ["build", str(source), "-o", str(out)]
    source.write_text(PLAN, encoding="utf-8")
    assert CliRunner().invoke(main, words).exit_code == 0
    old = contents(out)
    source.write_text(PLAN.replace("youth", "all children"), encoding="utf-8")
    assert CliRunner().invoke(main, [*words[:-1], str(tmp_path / "new")]).exit_code == 0
    new = contents(tmp_path / "new")
    assert old != new
    kinds: set[str] = set()
    for number in range(1, 400):
        for name, content in old.items():
            (out / name).write_bytes(content)
        with faults(out, number, ERRORS[error]) as injected:
            result = CliRunner().invoke(main, words)
        kinds.add(injected.failed)
        found = contents(out)
        if result.exit_code == 0:
            assert found == new, injected.failed
        else:
            assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
            assert found == old, injected.failed
        assert mixed(out / "plan.ttl") is None
        assert not list(out.glob(f"{HIDDEN}*"))
        if not injected.failed:
            break
    else:
        pytest.fail("it never came to an end without a fault")
    assert {"open", "fsync", "replace"} <= kinds


def test_each_call_of_an_export_fails_once(tmp_path: Path, seed_turtle: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    words = ["export", str(seed_turtle), "-f", "ntriples", "-o", str(out / "x.nt")]
    for number in range(1, 100):
        (out / "x.nt").write_bytes(b"old")
        with faults(out, number, ERRORS["full"]) as injected:
            result = CliRunner().invoke(main, words)
        found = contents(out)
        assert list(found) == ["x.nt"]
        assert (found["x.nt"] == b"old") == (result.exit_code == 2)
        if not injected.failed:
            return
    pytest.fail("it never came to an end without a fault")
