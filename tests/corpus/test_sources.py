"""Which sources a run has, and what their outputs are called."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

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


@pytest.mark.parametrize("stem", ["x.report", "X.Report", "x.coverage", "part 1.12", "x.stratml"])
def test_a_graph_is_not_called_like_another_file_of_a_set(tmp_path: Path, stem: str) -> None:
    write(tmp_path, f"{stem}.txt", "x.12a.txt")
    assert sorted(names(tmp_path)) == sorted([f"{stem}.txt", "x.12a"])


def test_a_list_may_name_files_with_all_but_line_feeds(tmp_path: Path) -> None:
    write(tmp_path, "a\u2028b.txt", "c\u0085d.txt", "e\x0cf.txt", "g\x1ch.txt")
    listed = tmp_path / "list"
    listed.write_text("".join(f"{path}\r\n" for path in tmp_path.glob("*.txt")), encoding="utf-8", newline="")
    assert len(names(f"@{listed}")) == 4


def test_names_that_a_file_system_may_take_for_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        "Plan.txt",
        "plan.txt",
        "PLAN.TXT",
        "caf\u00e9.txt",
        "cafe\u0301.txt",
        "stra\u00dfe.txt",
        "strasse.txt",
    )
    found = names(tmp_path)
    assert found == names(tmp_path)
    written = len({path.name for path in tmp_path.iterdir()})  # where the file system does take them for one
    assert len({normalize("NFC", name).casefold() for name in found}) == written
    if written == 7:
        hashed = sorted(re.sub("-[0-9a-f]{8}$", "-", name) for name in found)
        assert hashed == sorted(
            ["PLAN-", "Plan-", "caf\u00e9-", "cafe\u0301-", "plan-", "stra\u00dfe-", "strasse-"]
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
    from strategraph.system.files import write_files

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
