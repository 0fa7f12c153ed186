"""A corpus build when the disk fails: each write in turn, and for good."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from tests.corpus.test_run import build, contents, sources

from strategraph.corpus.records import FAILED, FILES, load_records
from strategraph.system.files import HIDDEN, mixed


def failing(monkeypatch: pytest.MonkeyPatch, when: set[int]) -> list[int]:
    """Let the opening of files to be written in an output folder fail, those of the numbers given."""
    calls = [0]
    original = Path.open

    def opened(self: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if mode == "xb" and self.name.startswith(HIDDEN):
            calls[0] += 1
            if calls[0] in when or 0 in when:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return original(self, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", opened)
    return calls


def test_each_write_that_fails_is_one_source_that_failed(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    build(folder, out=tmp_path / "undisturbed")
    undisturbed = contents(tmp_path / "undisturbed")
    for number in (1, 4, 6, 7, 13):
        out = tmp_path / str(number)
        with pytest.MonkeyPatch.context() as patch:
            failing(patch, {number})
            build(folder, out=out)
        failed = [record for record in load_records(out) if record.verdict == FAILED and record.name != "bad"]
        assert len(failed) == 1
        assert "No space left on device" in failed[0].message
        assert not list(out.rglob(f"{HIDDEN}*"))
        assert contents(out).items() <= undisturbed.items()
        build(folder, out=out)
        assert contents(out) == undisturbed


def test_a_disk_that_is_full_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from strategraph.errors import UnusableInputError

    folder, out = sources(tmp_path), tmp_path / "out"
    build(folder, out=out)
    before = contents(out)
    (folder / "a.txt").write_text("Goal 1: Another\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        failing(patch, {0})
        with pytest.raises(UnusableInputError, match="cannot write"):
            build(folder, out=out)
    assert contents(out) == before
    assert all(mixed(path) is None for path in out.rglob("*") if path.is_file() and path.name not in FILES)
    assert build(folder, out=out).built == 1
