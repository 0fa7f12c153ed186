"""Whatever is closed, full, looped or nested, a command ends with one line and the status of the contract."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from strategraph.cli import main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams as POSIX shells close them")
SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
SHELL = shlex.join([sys.executable, "-m", "strategraph"])


def shell(words: str, folder: Path) -> tuple[int, str, str]:
    """Run the command with these words, as a shell reads them; return its status and what it said."""
    done = subprocess.run(
        ["bash", "-c", f"{SHELL} {words}"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=600,
    )
    return done.returncode, done.stdout, done.stderr


def one_line(said: str) -> bool:
    lines = said.splitlines()
    return len(lines) == 1 and lines[0].startswith("strategraph: error: ")


@pytest.mark.parametrize(
    "words",
    ["export {graph} -f turtle >&-", "query {graph} goals >&-", "explain {graph} goal/1 >&-", "--help >&-",
     "validate {graph} >&-", "--version >&-", "build --help >&-", "describe {graph} >&-", "query --list >&-"],
)  # fmt: skip
def test_what_cannot_be_written_is_no_success(words: str, seed_turtle: Path, tmp_path: Path) -> None:
    status, _, said = shell(words.format(graph=seed_turtle), tmp_path)
    assert status == 2
    assert one_line(said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize(
    "words", ["--help >/dev/full", "build --help >/dev/full", "--version >/dev/full", "export {graph} -f turtle >/dev/full",
              "query {graph} goals >/dev/full", "validate {graph} > /dev/full"]
)  # fmt: skip
def test_a_full_disk_is_no_success(words: str, seed_turtle: Path, tmp_path: Path) -> None:
    status, _, said = shell(words.format(graph=seed_turtle), tmp_path)
    assert status == 2
    assert one_line(said)


@pytest.mark.parametrize("closed", ["2>&- <&-", "2>/dev/full"])
@pytest.mark.parametrize(
    ("words", "wanted"),
    [("export {graph} -f turtle -o x.ttl", 0), ("export {graph} -f turtl", 2), ("validate none.ttl", 2),
     ("nonsense", 2), ("build {seed} -o out", 0)],
)  # fmt: skip
def test_what_cannot_be_told_keeps_its_status(
    words: str, wanted: int, closed: str, seed_turtle: Path, tmp_path: Path
) -> None:
    status, _, _ = shell(f"{words.format(graph=seed_turtle, seed=SEED)} {closed}", tmp_path)
    assert status == wanted


@pytest.mark.parametrize(
    "words", ["build - -o out <&-", "query {graph} --file - <&-", "validate {graph} <&-"]
)
def test_closed_standard_input(words: str, seed_turtle: Path, tmp_path: Path) -> None:
    status, _, said = shell(words.format(graph=seed_turtle), tmp_path)
    assert (status == 2 and one_line(said)) or (status == 0 and not said)


def test_all_three_closed(seed_turtle: Path, tmp_path: Path) -> None:
    assert shell(f"build {SEED} -o out <&- >&- 2>&-", tmp_path)[0] == 2  # the summary could not be said
    # what was written is whole, and nothing that was meant for people is in it
    for path in (tmp_path / "out").iterdir():
        assert b"strategraph: " not in path.read_bytes()
    assert shell(f"export {seed_turtle} -f turtle -o x.ttl <&- >&- 2>&-", tmp_path)[0] == 0
    assert (tmp_path / "x.ttl").read_bytes().startswith(b"@base")


def test_a_pipe_that_nobody_reads(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    for words in (["--help"], ["build", "--help"], ["--version"]):
        ended = subprocess.run(
            [sys.executable, "-m", "strategraph", *words], stdout=writer, stderr=subprocess.PIPE, check=False
        )
        assert (ended.returncode, ended.stderr) == (141, b"")
    os.close(writer)


@pytest.mark.parametrize("name", ["x.ttl", "out"])
def test_an_output_that_is_a_loop_of_links(name: str, seed_turtle: Path, tmp_path: Path) -> None:
    (tmp_path / name).symlink_to(name)
    words = f"build {SEED} -o out" if name == "out" else f"export {seed_turtle} -f turtle -o {name}"
    status, _, said = shell(words, tmp_path)
    assert status == 2
    assert one_line(said)
    assert (tmp_path / name).is_symlink()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "itu-strategic-plan-2024-2027.ttl").symlink_to("itu-strategic-plan-2024-2027.ttl")
    status, _, said = shell(f"build {SEED} -o in", tmp_path)
    assert status == 2
    assert one_line(said)


DEEP = {
    "deep.rst": ("Goal 1: Connect women\n\n" + "".join(f"{'  ' * n}* a\n\n" for n in range(200))).encode(),
    "deeper.rst": (
        "Goal 1: Connect women\n\n" + "".join(f"{' ' * n}quoted\n\n" for n in range(1_000))
    ).encode(),
    "deep.md": b"# Goal 1: Connect women\n\n" + b"> " * 5_000 + b"quoted",
    "deep.html": b"<h1>Goal 1: Connect women</h1>" + b"<div>" * 50_000,
    "deep.adoc": b"== Goal 1: Connect women\n\n" + b"*_" * 5_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_deep_is_read_or_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DEEP[name])
    status, _, said = shell(f"build {name} -o out", tmp_path)
    assert status == 0 or (status == 2 and one_line(said) and name in said), said


@pytest.mark.parametrize(
    "value", ["[" * 5_000, "1" * 5_000, "{a=" * 2_000, '"' * 5_000, "1979-99-99", "\x00", "0x" + "f" * 9_000]
)
def test_corrections_of_any_shape(value: str, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(f"[[correction]]\ntext = {value}\n", encoding="utf-8")
    status, _, said = shell(f"build {SEED} -o out --corrections c.toml", tmp_path)
    assert status == 2
    assert one_line(said)


@pytest.mark.parametrize("content", ["[" * 100_000, '{"document": ' + "1" * 5_000 + "}", "{", "null"])
def test_gold_of_any_shape(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.gold.json").write_text(content, encoding="utf-8")
    status, _, said = shell("evaluate x.gold.json", tmp_path)
    assert status == 2
    assert one_line(said)


def test_an_error_of_our_own_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("strategraph.rdf.loading.load_graph", broken)
    with pytest.raises(SystemExit) as ended:
        main(["validate", "x.ttl"])
    assert ended.value.code == 2  # 1 would say that there are Violations
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == "strategraph: error: this is a fault of strategraph itself: KeyError; please report it"


def test_the_interpreters_stack(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def deep(*_: object) -> None:
        deep()

    monkeypatch.setattr("strategraph.rdf.loading.load_graph", deep)
    with pytest.raises(SystemExit) as ended:
        main(["validate", "x.ttl"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "strategraph: error: something in the input is nested too deep\n"


def test_what_libraries_warn_of_is_told_to_nobody(tmp_path: Path) -> None:
    graph = re.sub(
        r"sg:confidence [\d.]+", 'sg:confidence "x"^^xsd:decimal', VALID.read_text("utf-8"), count=1
    )
    for kind in ("decimal", "boolean", "integer", "date", "gYear"):
        graph += f'\n<plan/x> sg:confidence "x"^^xsd:{kind} .'
    (tmp_path / "x.ttl").write_text(graph, "utf-8")
    for words, wanted in (
        ("validate x.ttl", 1),
        ("describe x.ttl", 0),
        ("explain x.ttl plan/x", 0),
        ("export x.ttl -f turtle", 0),
    ):
        status, _, said = shell(words, tmp_path)
        assert (status, said) == (wanted, ""), words
