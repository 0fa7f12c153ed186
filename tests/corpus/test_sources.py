"""Which sources a run has, and what their outputs are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.corpus.outputs import suffixes
from strategraph.corpus.sources import CorpusSource, find
from strategraph.errors import UnusableInputError

OUTPUTS = suffixes(["turtle", "graphml"])


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Goal 1: Water\n", encoding="utf-8")


def names(*given: object, **options: object) -> list[str]:
    found = find([str(one) for one in given], outputs=OUTPUTS, **options)  # type: ignore[arg-type]
    return [source.name for source in found]


def test_folders_keep_their_folders(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x/b.md", "x/y/c.html", "x/picture.png", ".hidden/d.txt", "x/.e.txt")
    assert names(tmp_path) == ["a", "x/b", "x/y/c"]


def test_patterns_keep_the_folders_that_they_match(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x/b.md", "x/y/c.md", "x/z.png")
    assert names(tmp_path / "**" / "*.md") == ["x/b", "x/y/c"]
    assert names(tmp_path / "x" / "*") == ["b"]
    assert names(tmp_path / "x" / "*.png") == ["z"]
    with pytest.raises(UnusableInputError, match="no file matches"):
        names(tmp_path / "*.pdf")


def test_lists_name_sources_a_line(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x/b.md")
    listed = tmp_path / "list"
    listed.write_text(f"# mine\n{tmp_path}/a.txt\n\n{tmp_path}/x\n", encoding="utf-8")
    assert names(f"@{listed}") == ["a", "b"]
    with pytest.raises(UnusableInputError, match="the list of sources cannot be read"):
        names("@missing")


def test_a_source_is_found_once_whatever_the_order(tmp_path: Path) -> None:
    write(tmp_path, "x/b.md")
    assert names(tmp_path, tmp_path / "x" / "b.md") == names(tmp_path / "x" / "b.md", tmp_path) == ["x/b"]


def test_names_that_would_share_a_file_get_longer(tmp_path: Path) -> None:
    write(tmp_path, "one/plan.txt", "two/plan.txt", "one/other.md", "one/Other.txt", "one/third.txt")
    assert (
        names(tmp_path / "one", tmp_path / "two")
        == names(tmp_path / "two", tmp_path / "one")
        == [
            "Other.txt",
            "one/plan.txt",
            "other.md",
            "third",
            "two/plan.txt",
        ]
    )


def test_names_of_the_manifest_are_taken(tmp_path: Path) -> None:
    write(tmp_path, "manifest.txt")
    found = find([str(tmp_path)], outputs=[".json"], taken=["manifest.json"])
    assert [source.name for source in found] == ["manifest.txt"]


def test_outputs_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "a/x/plan.txt", "b/x/plan.txt")
    with pytest.raises(UnusableInputError, match="the outputs of two sources would have this name"):
        names(tmp_path / "a" / "x", tmp_path / "b" / "x")


def test_outputs_are_no_sources(tmp_path: Path) -> None:
    from strategraph.system.whole_files import write_files

    write(tmp_path, "a.md", "out/b.txt")
    write_files({tmp_path / "a.txt": b"x"}, manifest=tmp_path / "a.sha256")
    assert names(tmp_path, out=str(tmp_path / "out")) == ["a"]
    assert names(tmp_path) == ["a", "out/b"]
    write(tmp_path, "c.txt")
    assert names(tmp_path, out=str(tmp_path)) == ["a", "c", "out/b"]


def test_addresses_and_standard_input() -> None:
    one, two = "https://example.org/a/plan.pdf", "https://example.org/b/plan.pdf"
    found = find(["-", one, two], outputs=OUTPUTS, addresses={one: "plan", two: "plan"})
    assert [source.place for source in found if source.name == "stdin"] == ["-"]
    assert len({source.name for source in found}) == 3
    assert find([one], outputs=OUTPUTS, addresses={one: "plan"}) == (CorpusSource(one, "plan"),)


def test_folders_that_cannot_be_searched_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", "x/b.txt")
    import os

    scan = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("x"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    told: list[str] = []
    assert names(tmp_path, skipped=told.append) == ["a"]
    assert told == [f"{tmp_path}/x: cannot be searched (Permission denied)"]


def test_a_folder_without_sources(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="no source in this folder"):
        names(tmp_path)
    (tmp_path / "list").write_text("", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="no source in what was given"):
        names(f"@{tmp_path}/list")
