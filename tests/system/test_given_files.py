"""What has no end is not read without end, whatever command it is given to."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from strategraph.cli import main
from strategraph.system import files
from strategraph.system.files import read_given, read_given_text

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "shapes" / "valid.ttl"
SEED = ROOT / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
ZERO = Path("/dev/zero")

GIVEN = (
    "validate {}", "validate {valid} --shapes {}", "verify {} --source {seed}", "verify {valid} --source {}", "explain {} x",
    "export {} -f turtle", "query {} goals", "query {valid} --file {}", "evaluate {} --sources {folder}", "build {} -o {folder}/o",
    "build {seed} -o {folder}/o --corrections {}", "build {seed} -o {folder}/o --readings {}",
    "build {seed} -o {folder}/o --vocabulary {}", "build {seed} -o {folder}/o --rules {}", "build @{} -o {folder}/o", "annotate {}",
    "annotate {} --lines", "diff {} {valid}", "merge {} {valid} -o {folder}/m.ttl", "view {} -o {folder}/p.html", "report {} -f html",
    "draw {} -o {folder}/d.svg", "describe {}", "review {} -o {folder}/r.toml", "propose {} --prompts-to {folder}/p",
    "store {folder}/s add {}", "load {} --to http://127.0.0.1:9",
)  # fmt: skip
"""Ways to give a command a file."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bounds be such that tests need not read gigabytes."""
    monkeypatch.setattr(files, "PIPE", 2**21)
    monkeypatch.setattr(files, "DEVICE", 2**20)


@pytest.fixture
def endless() -> Iterator[Path]:
    """A pipe that somebody writes to for as long as somebody reads."""
    reader, writer = os.pipe()

    def write() -> None:
        try:
            while True:
                os.write(writer, b"a b c d e f g h\n" * 4096)
        except OSError:  # nobody reads any more
            os.close(writer)

    thread = threading.Thread(target=write)
    thread.start()
    yield Path(f"/dev/fd/{reader}")
    os.close(reader)
    thread.join()


def test_what_is_given_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert read_given(path) == path.read_bytes()
    assert read_given_text(path, "utf-8-sig") == "a\nb\nc"
    assert read_given(Path(os.devnull)) == b""


def test_a_pipe_that_ends_is_read_whole() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"abc")
    os.close(writer)
    assert read_given(Path(f"/dev/fd/{reader}")) == b"abc"
    os.close(reader)


def test_a_pipe_and_a_device_without_end_are_refused(small: None, endless: Path) -> None:
    for path in (endless, ZERO):
        with pytest.raises(OSError, match="may have no end") as refused:
            read_given(path)
        assert refused.value.filename == str(path)


def test_a_file_larger_than_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FILE", 10)
    (tmp_path / "x").write_bytes(b"a" * 11)
    with pytest.raises(OSError, match="more than 10 bytes"):
        read_given(tmp_path / "x")


@pytest.mark.parametrize("words", GIVEN)
@pytest.mark.parametrize("kind", ["zero", "endless", "socket", "folder"])
def test_whatever_is_given_a_command_ends_in_one_line(
    words: str, kind: str, small: None, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "empty").mkdir()
    given = {"zero": ZERO, "folder": tmp_path / "empty", "socket": tmp_path / "socket"}.get(kind)
    if kind == "endless":
        given = request.getfixturevalue("endless")
    with socket.socket(socket.AF_UNIX) as listening:
        folder = os.open(tmp_path, os.O_RDONLY)  # its own path may be too long for a socket's name
        try:
            listening.bind(f"/dev/fd/{folder}/socket")
        finally:
            os.close(folder)
        done = CliRunner().invoke(main, words.format(given, valid=VALID, seed=SEED, folder=tmp_path).split())
    if kind == "folder" and done.exit_code == 0:
        return  # an empty folder of rules, answers or corrections says nothing
    assert done.exit_code == 2, done.output
    said = [line for line in done.stderr.splitlines() if "error: " in line]
    assert len(said) == 1, done.stderr
