"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from strategraph.errors import UnusableInputError
from strategraph.system.files import write_files


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def failing(error: BaseException) -> Callable[[BinaryIO], None]:
    def write(file: BinaryIO) -> None:
        file.write(b"half of ")
        raise error

    return write


def stream(file: BinaryIO) -> None:
    file.write(b"one ")
    file.write(b"two")


def test_writes_bytes_and_streams(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b"bytes", tmp_path / "b": stream})
    assert contents(tmp_path) == {"a": b"bytes", "b": b"one two"}


def test_makes_missing_folders(tmp_path: Path) -> None:
    write_files({tmp_path / "new" / "folder" / "a": b"x"})
    assert contents(tmp_path) == {"new/folder/a": b"x"}


def test_no_files_is_no_change(tmp_path: Path) -> None:
    write_files({})
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("error", [ValueError("broken"), KeyboardInterrupt()])
def test_a_failing_writer_changes_nothing_and_its_error_passes(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(type(error)):
        write_files({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "made" / "c": failing(error)})
    assert contents(tmp_path) == {"a": b"old"}
    assert not (tmp_path / "made").exists()


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError) as caught:
        write_files({tmp_path / "a": failing(OSError(28, "No space left on device"))})
    assert str(caught.value) == f"cannot write {tmp_path / 'a'}: No space left on device"
    assert contents(tmp_path) == {}


def test_a_failing_rename_brings_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    replace = os.replace

    def refuse_c(source: Path, target: Path) -> None:
        if target.name == "c" and source.read_bytes() == b"new":
            raise PermissionError(13, "Permission denied", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse_c)
    with pytest.raises(UnusableInputError, match=r"cannot write .*c: Permission denied"):
        write_files({tmp_path / name: b"new" for name in "abc"})
    assert contents(tmp_path) == {"a": b"old a", "c": b"old c"}


def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a").write_bytes(b"old")
    write_files({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert contents(tmp_path) == {"a": b"new", "b": b"new"}


@pytest.mark.parametrize("name", ["out/a", "out/deep/a"])
def test_a_folder_that_is_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(UnusableInputError, match="Not a directory"):
        write_files({tmp_path / name: b"x"})
    assert contents(tmp_path) == {"out": b"a file"}


def test_a_target_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(UnusableInputError, match="Is a directory"):
        write_files({tmp_path / "a": b"x", tmp_path / "b": b"x"})
    assert contents(tmp_path) == {}


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, who is refused nothing, so the refusal is played.
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "hidden")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnusableInputError) as caught:
        write_files({tmp_path / "a": b"x"})
    assert str(caught.value) == f"cannot write {tmp_path / 'a'}: Permission denied"


def test_a_read_only_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UnusableInputError, match="Permission denied"):
        write_files({tmp_path / "a": b"new"})
    assert contents(tmp_path) == {"a": b"old"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_files({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_device_is_written_to_not_replaced() -> None:
    write_files({Path("/dev/null"): stream})
    assert not Path("/dev/null").is_file()


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    (tmp_path / "pipe").symlink_to(f"/dev/fd/{writing}")
    write_files({tmp_path / "pipe": stream})
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"one two"


def test_permissions_are_the_usual_ones_or_stay(tmp_path: Path) -> None:
    (tmp_path / "private").write_bytes(b"old")
    (tmp_path / "private").chmod(0o600)
    (tmp_path / "plain").write_bytes(b"made without us")
    write_files({tmp_path / "private": b"new", tmp_path / "new": b"new"})
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_name_as_long_as_can_be(tmp_path: Path) -> None:
    write_files({tmp_path / ("x" * 255): b"x"})
    assert contents(tmp_path) == {"x" * 255: b"x"}
