"""What a loss of power leaves, by what POSIX promises of it.

The content of a file lasts from its fsync on. A name that was made, or taken over by a rename, lasts from the
fsync of its folder on; before that it may last or not, whatever became of other names. So every file is to be
synced before it is renamed, every folder whose names changed at the end; and of the renames of a set any
part may have lasted: the manifest must tell.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from strategraph.cli import main
from strategraph.system.files import mixed, write_files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders are synced on POSIX only")
PLAN = "Strategic Plan 2024-2027\n\nGoal 1: Connect women and girls\n\nGoal 2: Teach youth\n"


class Disk:
    """What of a folder's files and names would last, as its calls to the system go on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._synced: dict[int, bytes] = {}  # by number of the file
        self.loose: list[Path] = []  # names that may not last yet
        self.renamed: dict[Path, bytes] = {}
        self.torn: list[Path] = []  # names of files whose content may not last

    def sync(self, number: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{number}"))
        if path.is_dir():
            self.loose = [name for name in self.loose if name.parent != path]
        else:
            self._synced[os.fstat(number).st_ino] = path.read_bytes()

    def rename(self, source: Path, target: Path) -> None:
        if not target.is_relative_to(self._folder):
            return
        content = source.read_bytes()
        if self._synced.get(source.stat().st_ino) != content:
            self.torn.append(target)
        self.renamed[target] = content
        self.loose.append(target)


@contextmanager
def watched(folder: Path) -> Iterator[Disk]:
    if not Path("/proc/self/fd").exists():
        pytest.skip("no list of open files on this system")
    disk = Disk(folder)
    fsync, replace, mkdir = os.fsync, os.replace, os.mkdir

    def synced(place: Any) -> None:
        fsync(place)
        disk.sync(place if isinstance(place, int) else place.fileno())

    def replaced(source: Any, target: Any) -> None:
        disk.rename(Path(source), Path(target))
        replace(source, target)

    def made(path: Any, *given: Any, **options: Any) -> None:
        mkdir(path, *given, **options)
        if Path(path).is_relative_to(folder):
            disk.loose.append(Path(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", synced)
        patch.setattr(os, "replace", replaced)
        patch.setattr(os, "mkdir", made)
        yield disk


def run(*words: str | Path) -> None:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.stderr


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    run("build", tmp_path / "plan.txt", "-o", tmp_path / "out")
    return tmp_path / "out" / "plan.ttl"


@pytest.mark.parametrize(
    "words",
    [["build", "{plan}", "-o", "{out}/new/folder"], ["build", "{plan}", "-o", "{folder}"], ["export", "{graph}", "-f", "graphml", "-o", "{out}/x.graphml"],
     ["view", "{graph}", "--out", "{out}/x.html"], ["merge", "{graph}", "-o", "{out}/deep/er/x.ttl"],
     ["report", "{graph}", "-f", "html", "-o", "{out}/x.html"], ["draw", "{graph}", "--out", "{out}/x.svg"]],
    ids=lambda words: " ".join(words[:1] + words[-1:]),
)  # fmt: skip
def test_what_is_done_lasts(words: list[str], graph: Path, tmp_path: Path) -> None:
    places = {"plan": tmp_path / "plan.txt", "graph": graph, "folder": graph.parent, "out": tmp_path}
    with watched(tmp_path) as disk:
        run(*(word.format(**places) for word in words))
    assert disk.renamed
    assert disk.torn == []
    assert disk.loose == []


def test_of_a_set_any_part_may_last(graph: Path, tmp_path: Path) -> None:
    old = {path.name: path.read_bytes() for path in graph.parent.iterdir()}
    (tmp_path / "plan.txt").write_text(PLAN.replace("youth", "all children"), encoding="utf-8")
    with watched(tmp_path) as disk:
        run("build", tmp_path / "plan.txt", "-o", graph.parent)
    new = {path.name: content for path, content in disk.renamed.items()}
    assert new.keys() == old.keys()
    assert list(new)[-1] == "plan.sha256"
    after = tmp_path / "after"
    after.mkdir()
    kept = [name for name in new if name not in ("plan.ttl", "plan.sha256")]
    several = chain.from_iterable(combinations(kept, count) for count in (0, 1, len(kept) - 1, len(kept)))
    for part in several:
        for more in ((), ("plan.ttl",), ("plan.sha256",), ("plan.ttl", "plan.sha256")):
            found = old | {name: new[name] for name in (*part, *more)}
            for name, content in found.items():
                (after / name).write_bytes(content)
            assert (mixed(after / "plan.ttl") is None) == (found in (old, new)), (part, more)


def test_a_run_of_thousands_syncs_all_at_once(tmp_path: Path) -> None:
    """One that writes without syncing each file has to sync all before it says that it is done."""
    with watched(tmp_path) as disk:
        write_files({tmp_path / "x": b"x"}, lasting=False)
    assert disk.torn == disk.loose == [tmp_path / "x"]
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"{name.upper()} {PLAN}", encoding="utf-8")
    order: list[str] = []
    replace = os.replace

    def replaced(source: Any, target: Any) -> None:
        order.append(Path(target).name)
        replace(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replaced)
        patch.setattr(os, "sync", lambda: order.append("sync"))
        run("build", tmp_path / "in", "-o", tmp_path / "out", "--jobs", "1")
    assert order.index("manifest.json") > order.index("sync")
    assert {"a.sha256", "b.sha256"} <= set(order[: order.index("sync")]) or "a.sha256" not in order
