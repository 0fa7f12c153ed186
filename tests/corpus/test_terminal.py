"""What a run shows where there is a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")


def test_a_bar_with_rate_and_failures_and_nothing_of_it_elsewhere(tmp_path: Path) -> None:
    import pty

    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Goal 1: Reach youth of ward {number}\n", encoding="utf-8")
    (tmp_path / "bad.txt").write_text("Nothing.\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "strategraph",
        "build",
        str(tmp_path),
        "-o",
        str(tmp_path / "out"),
        "-j",
        "1",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    text = shown.decode()
    assert done.returncode == 2
    assert "building" in text
    assert "4/4" in text
    assert "a second, 1 failed" in text
    assert "bad.txt: nothing of a plan" in text
    assert b"building" not in done.stdout
