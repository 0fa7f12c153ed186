"""Sources and outputs at addresses: fsspec's file system in memory. tests/interop/cluster has S3."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner
from tests.corpus.test_run import PLAN, contents, sources
from tests.corpus.test_run import build as build_here

from strategraph.cli import main
from strategraph.corpus.outputs import DEFAULT_FORMATS, Recipe, suffixes
from strategraph.corpus.records import FILES
from strategraph.corpus.remote import RemoteFolder, is_remote, original
from strategraph.corpus.run import Outcome, Telling, run
from strategraph.corpus.sources import find
from strategraph.corpus.work import Done
from strategraph.errors import UnusableInputError
from strategraph.pipeline import Options

MEMORY = fsspec.filesystem("memory")


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    yield
    MEMORY.store.clear()
    MEMORY.pseudo_dirs[:] = [""]


def put(**files: str) -> None:
    for name, text in files.items():
        MEMORY.pipe_file(f"/in/{name.replace('__', '/').replace('_', '.')}", text.encode())


def objects(root: str) -> dict[str, bytes]:
    names = {str(path).removeprefix(f"{root}/"): path for path in MEMORY.find(root)}
    return {name: MEMORY.cat_file(path) for name, path in names.items() if name not in FILES}


def build(given: str, **options: object) -> Outcome:
    from functools import partial

    found = find([given], outputs=suffixes(DEFAULT_FORMATS), out="memory://out")
    recipe = Recipe(Options(), DEFAULT_FORMATS)
    obtain = partial(original, size=10_000)
    return run(found, RemoteFolder("memory://out"), recipe, obtain=obtain, **options)  # type: ignore[arg-type]


def test_sources_are_files_folders_and_patterns() -> None:
    put(a_txt="x", sub__b_md="x", sub__picture_png="x", sub__deep__c_md="x", out__d_txt="x")
    MEMORY.pipe_file("/in/.hidden/d.txt", b"x")

    def names(given: str) -> list[str]:
        return [source.name for source in find([given], outputs=[".ttl"], out="memory://in/out")]

    assert names("memory://in") == ["a", "sub/b", "sub/deep/c"]
    assert names("memory://in/sub/*.md") == ["b"]
    assert names("memory://in/**/*.md") == ["sub/b", "sub/deep/c"]
    assert names("memory://in/a.txt") == ["a"]
    with pytest.raises(UnusableInputError, match="memory://none: there is no source"):
        names("memory://none")
    with pytest.raises(UnusableInputError, match="there is no source"):
        names("memory://in/*.pdf")


def test_a_folder_elsewhere_gets_the_bytes_of_one_here(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    for path in folder.rglob("*.*"):
        MEMORY.pipe_file(f"/in/{path.relative_to(folder).as_posix()}", path.read_bytes())
    build_here(folder, out=tmp_path / "out")
    here = {name: (tmp_path / "out" / name).read_bytes() for name in contents(tmp_path / "out")}

    outcome = build("memory://in")
    assert (outcome.built, outcome.failed) == (3, 1)
    assert objects("/out") == here
    assert (build("memory://in").unchanged, objects("/out")) == (3, here)
    MEMORY.pipe_file("/out/a.ttl", b"another")
    assert build("memory://in").built == 1
    assert objects("/out") == here

    MEMORY.rm("/in/sub", recursive=True)
    outcome = build("memory://in")
    assert "sub/c.ttl" in outcome.left
    outcome = build("memory://in", prune=True)
    assert "sub/c.ttl" in outcome.removed
    assert not any(name.startswith("sub/") for name in objects("/out"))


def test_sources_here_and_outputs_elsewhere(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    assert build(str(folder)).built == 3
    assert build(str(folder)).unchanged == 3
    (folder / "a.txt").unlink()
    assert "a.ttl" in build(str(folder)).left


def test_sources_beside_their_outputs() -> None:
    MEMORY.pipe_file("/out/a.txt", PLAN.format("Harbour", "women").encode())
    assert build("memory://out").built == 1
    found = find(["memory://out"], outputs=suffixes(DEFAULT_FORMATS))
    assert [source.place for source in found] == ["memory:///out/a.txt"]
    assert build("memory://out").unchanged == 1


def test_a_source_is_not_overwritten() -> None:
    MEMORY.pipe_file("/out/a.txt", b"\xef\xbb\xbf" + PLAN.format("Harbour", "women").encode())
    assert build("memory://out").failed == 1


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    def stop(_: Done, number: int, __: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    folder = sources(tmp_path)
    (folder / "bad.txt").unlink()
    with pytest.raises(KeyboardInterrupt):
        build(str(folder), telling=Telling(stop))
    assert [path for path in MEMORY.find("/out") if "journal" in path] == ["/out/manifest.journal.00000001"]
    assert build(str(folder)).unchanged == 2
    assert not [path for path in MEMORY.find("/out") if "journal" in path]


def test_what_is_no_manifest_is_refused(tmp_path: Path) -> None:
    MEMORY.pipe_file("/out/manifest.json", b"{}")
    with pytest.raises(UnusableInputError, match="is not the manifest of a build"):
        build(str(sources(tmp_path)))


@pytest.mark.parametrize("out", ["memory://out", "file://{}/out"])
def test_the_command(tmp_path: Path, out: str) -> None:
    put(a_txt=PLAN.format("Harbour", "women"), sub__b_txt=PLAN.format("Coast", "men"))
    place = out.format(tmp_path)
    done = CliRunner().invoke(main, ["build", "memory://in", "-o", place, "--jobs", "1"])
    assert done.exit_code == 0, done.output
    assert "  built                 2\n" in done.stdout
    assert "/out/manifest.json" in done.stdout
    one = CliRunner().invoke(main, ["build", "memory://in/a.txt", "-o", str(tmp_path / "one")])
    assert one.exit_code == 0, one.output
    assert sorted(path.suffix for path in (tmp_path / "one").iterdir()) == [
        ".graphml", ".json", ".sha256", ".ttl", ".ttl", ".txt",
    ]  # fmt: skip


def test_what_is_too_large() -> None:
    put(a_txt="x" * 20)
    assert original("memory://in/a.txt", size=20).data == b"x" * 20
    with pytest.raises(UnusableInputError, match="larger than 19 bytes"):
        original("memory://in/a.txt", size=19)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense://x/y.txt", "cannot be read or written"),
        ("sftp://me:secret@host/x.txt", "a password in it"),
    ],
)
def test_addresses_that_are_refused(address: str, said: str) -> None:
    assert is_remote(address)
    with pytest.raises(UnusableInputError, match=said) as caught:
        original(address, size=1)
    assert "secret" not in str(caught.value)


def test_without_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UnusableInputError, match=r"memory://x: needs one more package: .*\[cluster\]"):
        original("memory://x", size=1)
