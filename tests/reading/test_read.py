from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.reading import read
from strategraph.reading.request import ReadingOptions

SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"


def test_the_seed_is_read_whole() -> None:
    document = read(SEED)
    assert document.source.name == SEED.name
    assert document.source.media_type == "text/plain"
    assert document.source.sha256 == hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert document.source.text == SEED.read_text("utf-8")
    assert document.language == "en"
    assert len(document.blocks) == 10
    goals = [block for block in document.blocks if block.passage.text.startswith("Goal ")]
    assert [goal.passage.text[:30] for goal in goals] == [
        "Goal 1 – Universal Connectivit",
        "Goal 2 – Sustainable Digital T",
    ]
    assert "\u00a0" not in goals[1].passage.text


def test_the_checksum_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(b"\xef\xbb\xbfGoal 1: Growth\r\n")
    document = read(path)
    assert document.source.text == "Goal 1: Growth\n"
    assert document.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"# Plan\n\n## Goal 1: Growth\n")))
    document = read("-")
    assert document.source.name == "stdin"
    assert [block.level for block in document.blocks] == [1, 2]


def test_a_given_language_and_format_win(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# The goals of the plan and of the people\n")
    document = read(path, ReadingOptions(format="text", language="fr"))
    assert document.language == "fr"
    assert document.source.media_type == "text/plain"


def test_a_declared_language_counts_where_the_words_do_not_tell(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("---\nlang: eu\n---\n# 1 2 3 Helburuak\n")
    assert read(path).language == "eu"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "plan.md: is empty"),
        (b" \n\t\n", "only white space"),
        (b"```\ncode\n```\n", "read as markdown, it has no text for people"),
    ],
)
def test_files_without_text_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "plan.md"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError, match=message) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot be read: no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(UnusableInputError, match="is a folder"):
        read(tmp_path)


def test_parsers_are_imported_only_when_needed() -> None:
    code = (
        f"import sys; from strategraph.reading import read; read({str(SEED)!r});"
        "print([m for m in ('docutils', 'markdown_it', 'selectolax', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
