"""A plan's files are one set: whole, of one build, and without litter, whoever was killed and whenever."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from strategraph.system.files import (
    HIDDEN,
    MANIFEST_SUFFIX,
    list_checksums,
    mixed,
    only_writer,
    write_files,
)

ROUNDS = int(os.environ.get("KILLS", "12"))  # make kills KILLS=1000
SEED = int(os.environ.get("SEED", "17"))
posix = pytest.mark.skipif(os.name != "posix", reason="locks and signals of POSIX")

# Writes sets of eight files without end, each of its own number, and says when one is in place.
WRITER = """
import sys
from pathlib import Path
from strategraph.system.files import write_files
folder, number = Path(sys.argv[1]), sys.argv[2]
files = {folder / f"x.{n}": (number.encode() + b"\\n") * 20_000 for n in range(8)}
while True:
    write_files(files, manifest=folder / "x.sha256")
    print("w", flush=True)
"""


def write_set(folder: Path, content: bytes) -> None:
    write_files({folder / f"x.{n}": content for n in range(3)}, manifest=folder / f"x{MANIFEST_SUFFIX}")


def test_the_manifest_is_one_that_sha256sum_reads(tmp_path: Path) -> None:
    names = {"x.ttl": b"a", "x.report.ttl": b"b", "new\nline.txt": b"c", "back\\slash": b"d"}
    write_files({tmp_path / name: content for name, content in names.items()}, manifest=tmp_path / "x.sha256")
    text = (tmp_path / "x.sha256").read_text("utf-8")
    assert f"{sha256(b'a').hexdigest()}  x.ttl\n" in text
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "x.sha256"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert list_checksums({}) == b""


def test_a_set_that_is_whole_is_not_mixed(tmp_path: Path) -> None:
    write_set(tmp_path, b"one")
    assert all(mixed(tmp_path / f"x.{n}") is None for n in range(3))
    assert mixed(tmp_path / "y.ttl") is None


def test_a_file_of_another_build_is_told(tmp_path: Path) -> None:
    write_set(tmp_path, b"one")
    (tmp_path / "x.1").write_bytes(b"two")
    said = mixed(tmp_path / "x.0")
    assert said is not None
    assert "(x.1)" in said
    (tmp_path / "x.1").unlink()
    assert mixed(tmp_path / "x.0") is not None


@posix
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    write_set(tmp_path, b"one")
    (tmp_path / "x.1").unlink()
    os.mkfifo(tmp_path / "x.1")
    assert mixed(tmp_path / "x.0") is not None


def test_a_manifest_that_leads_elsewhere_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.sha256").write_text(f"{'0' * 64}  ../../etc/passwd\n{'0' * 64}  ..\nnonsense\n", "utf-8")
    (tmp_path / "x.ttl").write_bytes(b"")
    assert mixed(tmp_path / "x.ttl") is None


@posix
def test_a_kill_between_two_renames_is_told(tmp_path: Path) -> None:
    write_set(tmp_path, b"one")
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.test_sets import write_set\n"
        "replace, renamed = os.replace, []\n"
        "def dies(source, target):\n"
        "    renamed.append(target)\n"
        "    os.kill(os.getpid(), signal.SIGKILL) if len(renamed) == 3 else replace(source, target)\n"
        "os.replace = dies\n"
        "write_set(Path(sys.argv[1]), b'two')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=Path(__file__).parents[1], check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert mixed(tmp_path / "x.0") is not None
    assert list(tmp_path.glob(f"{HIDDEN}*"))
    write_set(tmp_path, b"three")
    assert mixed(tmp_path / "x.0") is None
    assert not list(tmp_path.glob(f"{HIDDEN}*"))


@posix
def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    held, order = threading.Event(), list[str]()

    def second() -> None:
        held.wait()
        write_set(tmp_path, b"second")
        order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with only_writer([tmp_path, tmp_path / "missing"]):
        held.set()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@posix
def test_two_writers_never_mix_a_set(tmp_path: Path) -> None:
    writers = [started(tmp_path, number) for number in (1, 2)]
    try:
        for writer in writers:
            for _ in range(20):
                assert writer.stdout is not None
                assert writer.stdout.readline() == b"w\n"
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGSTOP)  # both at once, wherever they are
        for writer in writers:
            writer.kill()
            writer.communicate()
    write_set(tmp_path, b"last")
    assert mixed(tmp_path / "x.0") is None


@posix
def test_kills_leave_no_broken_file_no_unknown_mixture_and_no_litter(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    known = {(str(number).encode() + b"\n") * 20_000 for number in range(ROUNDS)}
    told = 0
    for number in range(ROUNDS):
        writer = started(tmp_path, number)
        assert writer.stdout is not None
        for _ in range(chance.randrange(3)):
            writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(chance.random() * 0.05)
        writer.kill()
        writer.communicate()
        files = sorted(tmp_path.glob("x.?"))
        contents = {path.read_bytes() for path in files}
        assert contents <= known  # each is whole
        if len(contents) > 1 or len(files) not in (0, 8):
            told += 1
            assert (tmp_path / "x.sha256").is_file() is False or mixed(files[0]) is not None
    write_set(tmp_path, b"last")
    assert mixed(tmp_path / "x.0") is None
    assert not list(tmp_path.glob(f"{HIDDEN}*"))
    print(f"{ROUNDS} kills, {told} between two renames")


def started(folder: Path, number: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(number)], stdout=subprocess.PIPE)
