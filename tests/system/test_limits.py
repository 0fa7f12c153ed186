"""Where the system gives no more files, or lets none grow, a command ends in one line and leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
PROGRAM = """
import resource, sys
from strategraph.cli import main
resource.setrlimit(getattr(resource, sys.argv[1]), (int(sys.argv[2]),) * 2)
main(sys.argv[3:])
"""


@pytest.mark.parametrize(
    "words",
    [
        "build {text} -o {out}", "export {graph} -f ntriples -o {out}/x.nt", "export {graph} -f sqlite -o {out}/x.sqlite",
        "report {graph} -f xlsx -o {out}/x.xlsx", "view {graph} -o {out}/x.html", "store {out}/db add {graph}",
        "query {graph} goals",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("limit", "most"), [("RLIMIT_FSIZE", 3000), ("RLIMIT_NOFILE", 4)])
def test_one_line_and_nothing_left(words: str, limit: str, most: int, tmp_path: Path) -> None:
    given = words.format(text=VALID.with_suffix(".txt"), graph=VALID, out=tmp_path / "out").split()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, limit, str(most), *given],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=600,
    )  # fmt: skip
    if words.startswith("query") and limit == "RLIMIT_FSIZE":
        assert done.returncode == 0, done.stderr  # it writes nothing that is so large
        return
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("strategraph: error: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
