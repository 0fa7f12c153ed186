"""What is told of texts of which little was understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import SEED

from strategraph.cli import main
from strategraph.curation import load_readings
from strategraph.errors import NothingRecognisedError
from strategraph.pipeline import Options, Result, build

PROSE = "The town has a river and a bridge, and many people walk over it every day of the year.\n\n"
PLAN = "# Strategic Plan of the Harbour Trust 2025-2028\n\n## What we want\n\n" + PROSE * 8
PLAN += "## Our strategic goals in short\n\n" + PROSE * 8
DUTCH = "# Strategic Plan 2025-2028\n\nHet plan is van de stad en voor de mensen die in het land zijn.\n"


def built(folder: Path, text: str, name: str = "plan.md", language: str | None = None) -> Result:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return build(path, Options(language=language))


def checks(result: Result) -> list[str]:
    return [silence.check for silence in result.silences]


def test_a_plan_that_is_read_is_silent_about_nothing() -> None:
    assert build(SEED).silences == ()


def test_a_plan_of_which_little_is_read_says_so(tmp_path: Path) -> None:
    result = built(tmp_path, PLAN)
    (silence,) = result.silences
    assert silence.check == "text-is-understood"
    assert silence.what == (
        f"{result.coverage.covered} of 19 sentences gave facts; headings not understood: "
        "“Our strategic goals in short”, “What we want”"
    )
    (warning,) = [w for w in result.report.of_severity("Warning") if "Little" in w.message]
    assert silence.what in warning.message
    assert "--language" in warning.message
    assert result.report.conforms


def test_the_summary_says_so_and_strict_counts_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    ran = CliRunner().invoke(main, ["build", str(path), "-o", str(tmp_path / "out"), "--strict"])
    assert ran.exit_code == 1
    assert "of 19 sentences gave facts; headings not understood" in ran.stdout
    assert "Little of this text was understood" in (tmp_path / "out" / "plan.report.ttl").read_text()


def test_a_text_that_is_no_plan_is_not_blamed_for_it(tmp_path: Path) -> None:
    text = (
        "# Minutes\n\n"
        + PROSE * 15
        + "The chair recalled Resolution 71 (Rev. Dubai, 2018) of the Assembly.\n"
    )
    assert checks(built(tmp_path, text)) == []


def test_a_short_text_is_read_at_one_look(tmp_path: Path) -> None:
    assert checks(built(tmp_path, "# Strategic Plan of the Harbour Trust 2025-2028\n\n" + PROSE)) == []


@pytest.mark.parametrize(
    ("language", "what"),
    [
        ("nl", "there are no rules for the language “nl”; the text is read by those for “en”"),
        ("und", "the language is not recognised, and the text is read by the rules for “en”"),
    ],
)
def test_a_language_without_rules_says_that_it_has_none(tmp_path: Path, language: str, what: str) -> None:
    result = built(tmp_path, DUTCH, language=language)
    (silence,) = result.silences
    assert (silence.check, silence.what) == ("language-has-rules", what)
    assert any(what in warning.message for warning in result.report.of_severity("Warning"))


def test_a_language_with_a_region_has_the_rules_of_its_language(tmp_path: Path) -> None:
    assert checks(built(tmp_path, "# Strategic Plan 2025-2028\n\nGoal 1: Grow\n", language="en-GB")) == []


def test_a_refusal_says_that_the_language_has_no_rules(tmp_path: Path) -> None:
    with pytest.raises(NothingRecognisedError, match="no rules for the language “nl”"):
        built(tmp_path, "Het plan is van de stad en voor de mensen die in het land zijn.\n", "x.txt", "nl")


def test_a_file_of_which_all_decisions_were_struck_out(tmp_path: Path) -> None:
    path = tmp_path / "x.corrections.toml"
    path.write_text(f'[source]\nname = "x.txt"\nsha256 = "{"0" * 64}"\n', encoding="utf-8")
    assert load_readings(path).entries == ()
