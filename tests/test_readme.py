"""The README stays true: its commands run as written, its scores are those the command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategraph.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = ".venv/bin/strategraph"


def commands() -> list[list[str]]:
    blocks = re.findall(r"^```\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    text = "\n".join(block for block in blocks if block.lstrip().startswith(COMMAND))
    return [
        shlex.split(part)[1:]
        for part in re.split(rf"^(?={re.escape(COMMAND)} )", text, flags=re.MULTILINE)
        if part.strip()
    ]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a checkout, in which commands may write."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(arguments: list[str]) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_commands_run_as_written(checkout: Path) -> None:
    assert len(commands()) >= 5
    for arguments in commands():
        result = run(arguments)
        assert result.exit_code == 0, (arguments, result.output)


def test_the_answer_shown_is_the_answer_given(checkout: Path) -> None:
    for arguments in commands():
        if arguments[0] in ("build", "query"):
            output = run(arguments).stdout
            if "-e" in arguments:
                shown = re.search(r"^```text\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
                assert shown is not None
                assert output.split() == shown[1].split()


def test_every_link_leads_to_a_file() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
