"""How commands end: stopped by people, by a closed pipe, by a full disk; and what they show."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from strategraph.system.terminal_text import spelled_out

SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
COMMAND = (sys.executable, "-m", "strategraph")

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


@pytest.mark.parametrize(
    "text", ["a\x1b[31m", "a\nb", "\u202eevil", "a\u2028b", "\x9b31m", "\udcff", "a\x00"]
)
def test_what_drives_a_terminal_is_spelled_out(text: str) -> None:
    assert spelled_out(text) != text
    assert spelled_out(text).isprintable()


@pytest.mark.parametrize("text", ["الهدف", "目标 1", "a\u00a0b – “c”", "می\u200cخواهم", "👩‍👩‍👧"])
def test_other_text_is_shown_as_it_is(text: str) -> None:
    assert spelled_out(text) == text


def _interruptible() -> None:
    """Undo what a shell does that starts tests in the background: it has them ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
        preexec_fn=_interruptible,  # noqa: PLW1509 - no thread runs beside it
    ) as process:
        assert process.stdin is not None
        process.stdin.write("Goal 1: Reach all\n" * 20_000)  # more than a pipe holds: it is being read
        process.stdin.flush()
        process.send_signal(number)
        said = process.communicate(timeout=300)[1]
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


def on_a_terminal(*arguments: object) -> tuple[int, str]:
    """Run a command whose standard error is a terminal; return its exit status and what it showed there."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=theirs, close_fds=True
    ) as process:
        os.close(theirs)
        shown_there = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            shown_there += part
        process.wait()
    os.close(ours)
    return process.returncode, shown_there.decode("utf-8")


def left_on_screen(shown_there: str) -> list[str]:
    """Return the lines that a terminal still shows after what was sent to it."""
    lines = []
    for line in shown_there.replace("\r\n", "\n").split("\n"):
        cells: list[str] = []
        for written in line.split("\r"):
            cells[: len(written)] = written
        lines.append("".join(cells).rstrip())
    return [line for line in lines if line]


@posix
def test_progress_is_shown_and_goes(tmp_path: Path) -> None:
    status, shown_there = on_a_terminal("build", SEED, "-o", tmp_path)
    assert status == 0
    for stage in ("reading", "finding what it states", "making the graph", "validating the graph"):
        assert stage in shown_there
    assert left_on_screen(shown_there) == []


@posix
def test_pages_are_counted_and_the_line_goes(tmp_path: Path) -> None:
    from tests.reading.pdf.test_isolation import small_pdf

    plan = tmp_path / "plan.pdf"
    plan.write_bytes(small_pdf())
    status, shown_there = on_a_terminal("build", plan, "-o", tmp_path / "out", "--pages", "1-2")
    assert status == 0
    assert "reading page 2 of 2" in shown_there
    assert left_on_screen(shown_there) == []


@posix
def test_an_error_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    empty = tmp_path / "x.txt"
    empty.write_text("Lunch is ready.", encoding="utf-8")
    status, shown_there = on_a_terminal("build", empty, "-o", tmp_path / "out")
    assert status == 2
    assert [line[:25] for line in left_on_screen(shown_there)] == ["strategraph: error: x.txt"]
