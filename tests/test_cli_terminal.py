"""How commands end: stopped by people, by a closed pipe, by a full disk; and what they show."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from strategraph.cli.terminal import shown

SEED = Path(__file__).parents[1] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
COMMAND = (sys.executable, "-m", "strategraph")

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


@pytest.mark.parametrize(
    "text", ["a\x1b[31m", "a\nb", "\u202eevil", "a\u2028b", "\x9b31m", "\udcff", "a\x00"]
)
def test_what_drives_a_terminal_is_spelled_out(text: str) -> None:
    assert shown(text) != text
    assert shown(text).isprintable()


@pytest.mark.parametrize("text", ["الهدف", "目标 1", "a\u00a0b – “c”", "می\u200cخواهم", "👩‍👩‍👧"])
def test_other_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@posix
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_in_the_middle_leaves_nothing_behind(tmp_path: Path, number: int, status: int) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(
        [*COMMAND, "build", "-", "-o", str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        process.stdin.write("Goal 1: Reach all\n")  # more is awaited
        process.stdin.flush()
        time.sleep(2)
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
    assert process.returncode == status
    assert "Traceback" not in said
    assert not out.exists()


@posix
def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [*COMMAND, "build", str(SEED), "-o", str(tmp_path)],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert ended.returncode == 141
    assert ended.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [*COMMAND, "build", str(SEED), "-o", str(tmp_path)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == ["strategraph: error: cannot go on: No space left on device"]
