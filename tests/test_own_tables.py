"""Tables of the user's own: a language and a form of citing that no shipped table knows, and what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.extraction.own_tables import check_own_tables
from strategraph.knowledge import languages, resources
from strategraph.knowledge.resources import own_tables
from strategraph.pipeline import Options, build

PLAN = """Waterplan 2025-2028

Hoofddoel 1: Water voor iedereen
Wij volgen Ordinance AT-12 van Atlantis.

Hoofddoel 2: Schone rivieren
"""
FORM = """
[[form]]
name = "ordinance-of-atlantis"
kind = "Legislation"
triggers = ["ordinance at"]
pattern = 'Ordinance\\s(?P<number>AT-\\d+)'
examples = [{ text = "Ordinance AT-12", kind = "Legislation", number = "AT-12" }]
counter_examples = ["Ordinance of 1912"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a language made of another, and a form of citing."""
    made = tmp_path / "own"
    (made / "languages").mkdir(parents=True)
    (made / "citations" / "forms").mkdir(parents=True)
    italian = resources.path("data", "languages", "it.toml").read_text("utf-8")
    dutch = italian.replace('language = "it"', 'language = "nl"')
    dutch = dutch.replace('words = ["finalità",', 'words = ["hoofddoel", "finalità",')
    (made / "languages" / "nl.toml").write_text(dutch, "utf-8")
    (made / "citations" / "forms" / "atlantis.toml").write_text(FORM, "utf-8")
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    return made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_language_and_a_form_of_ones_own(folder: Path) -> None:
    plan = folder.parent / "plan.txt"
    with_rules = build(plan, Options(rules=folder, language="nl"))
    goals = [one.title for one in with_rules.plan.elements if one.kind == "Goal"]
    assert goals == ["Water voor iedereen", "Schone rivieren"]
    assert [one.number for one in with_rules.plan.instruments] == ["AT-12"]
    assert with_rules.report.conforms
    assert "rules=sha256:" in with_rules.graph.serialize()
    without = build(plan, Options(language="nl"))
    assert [one.number for one in without.plan.instruments] == []
    assert "rules=sha256:" not in without.graph.serialize()
    assert "nl" not in languages.available()
    with resources.own_tables(folder):
        assert "nl" in languages.available()


def test_a_language_may_begin_with_its_labels_alone(folder: Path) -> None:
    """What docs/extending.md begins with."""
    page = (Path(__file__).parents[1] / "docs" / "extending.md").read_text("utf-8")
    shortest = page.partition("```toml\n")[2].partition("```")[0]
    (folder / "languages" / "nl.toml").write_text(shortest, "utf-8")
    (folder.parent / "plan.txt").write_text(PLAN.replace("Hoofddoel", "Doel"), "utf-8")
    read = build(folder.parent / "plan.txt", Options(rules=folder, language="nl")).plan
    assert [one.title for one in read.elements if one.kind == "Goal"] == [
        "Water voor iedereen",
        "Schone rivieren",
    ]


def test_each_table_of_ours_may_be_ones_own(tmp_path: Path) -> None:
    """Whoever changes a shipped table begins with a copy of it."""
    data = resources.root() / "data"
    for name in resources.OWN_FOLDERS:
        shutil.copytree(data / name, tmp_path / "own" / name, ignore=shutil.ignore_patterns("*.md"))
    for name in resources.OWN_FILES:
        shutil.copy(data / name, tmp_path / "own")
    (tmp_path / "plan.txt").write_text("Goal 1: Teach youth\n", "utf-8")
    assert build(tmp_path / "plan.txt", Options(rules=tmp_path / "own")).report.conforms


def test_the_command(folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    result = run("build", plan, "--rules", folder, "--language", "nl", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    graph = tmp_path / "out" / "plan.ttl"
    assert "AT-12" in graph.read_text("utf-8")
    assert run("validate", graph, "--rules", folder).exit_code == 0
    assert "The rule “citation/ordinance-of-atlantis” is not in" in run("validate", graph).stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("languages/nl.toml", "\nnouns = [", "\nnuons = [", 'plan: unknown key "nuons"; did you mean nouns?'),
        ("languages/nl.toml", "small = [", "Small = [", 'names: unknown key "Small"; did you mean small?'),
        ("languages/nl.toml", 'language = "nl"\n', "", 'nl.toml: the key "language" is missing'),
        ("languages/nl.toml", "capitals = false", "capitals = 0", "names.capitals: must be true or false"),
        (
            "languages/nl.toml",
            '["KPI 1.2: Quota di utenti"',
            '["KPX 1.2"',
            "does not find its example 'KPX 1.2'",
        ),
        (
            "citations/forms/atlantis.toml",
            "(?P<number>",
            "(?P<number",
            "ordinance-of-atlantis: is no pattern",
        ),
        (
            "citations/forms/atlantis.toml",
            "\\d+)",
            "{digits})",
            "ordinance-of-atlantis: no fragment {digits}",
        ),
        (
            "citations/forms/atlantis.toml",
            'name = "ord',
            'nome = "ord',
            'unknown key "nome"; did you mean name?',
        ),
        ("citations/forms/atlantis.toml", "triggers = [", "triggers = ", "is no TOML"),
        ("citations/forms/atlantis.toml", "{ text =", "{ words =", 'examples: the key "text" is missing'),
        (
            "citations/forms/atlantis.toml",
            '"Ordinance of 1912"',
            '"Ordinance AT-1"',
            "finds its counter-example",
        ),
        (
            "citations/forms/atlantis.toml",
            '{ text = "Ordinance AT',
            '{ text = "Order AT',
            "not find its example",
        ),
    ],
)
def test_what_is_wrong_is_one_line(
    folder: Path, tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    result = run("build", tmp_path / "plan.txt", "--rules", folder, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert str(folder / file) in result.stderr
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("provisions/nl.toml", "spaced = true"),
        ("measures/nl.toml", 'decimal = ","'),
        ("organizations.toml", "[[organization]]\nslug = 3"),
        ("events.toml", "no_events = 3"),
        ("senses.toml", "[[sense]]\ntheme = 3"),
        ("roles.toml", ""),
        ("citations/series.toml", ""),
        ("language-detection.toml", ""),
    ],
)
def test_tables_that_are_not_of_the_form(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / "own" / file).parent.mkdir(parents=True)
    (tmp_path / "own" / file).write_text(text, "utf-8")
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    result = run("build", tmp_path / "plan.txt", "--rules", tmp_path / "own", "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
    assert str(tmp_path / "own" / file) in result.stderr


def test_a_table_in_place_of_ours(tmp_path: Path) -> None:
    """What stands in a table of the same name is what counts."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "nl.tsv").write_text("person\tboeren\n", "utf-8")
    (tmp_path / "events.toml").write_text(
        'no_events = []\n[[event]]\nacronym = "ATL"\nname = "Atlantis Forum"\nexamples = ["ATL 2025"]\n'
        "counter_examples = []\n",
        "utf-8",
    )
    plan = tmp_path.with_suffix(".txt")
    plan.write_text("Vision\nA sea at ATL 2025.\n\nGoal 1: Clean water\n", "utf-8")
    (event,) = build(plan, Options(rules=tmp_path)).plan.events
    assert event.alternatives == ("Atlantis Forum 2025",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[sense]]\ntheme = 3", "sense[0]: theme: must be a text"),
        ('[[sense]]\ntheme = "water"\nlanguage = "nl"\nbefore = "("', "sense[0]: before: is no pattern"),
        (
            'sense = []\n[[bodies]]\nlanguage = "nl"\nfirst = []\nsmall = []',
            'bodies[0]: the key "last" is missing',
        ),
        ("sense = []\nsenses = []", 'unknown key "senses"; did you mean sense?'),
    ],
)
def test_what_is_wrong_with_senses_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "senses.toml"
    file.write_text(text, "utf-8")
    with own_tables(tmp_path), pytest.raises(UnusableInputError) as caught:
        check_own_tables()
    assert str(caught.value).startswith(f"{file}: {message}")


@pytest.mark.parametrize("file", ["writing/nl.toml", "languages/nl.txt", "nl.toml", "models/elements.json"])
def test_files_that_would_not_be_read(tmp_path: Path, file: str) -> None:
    (tmp_path / "own" / file).parent.mkdir(parents=True)
    (tmp_path / "own" / file).write_text("", "utf-8")
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    result = run("build", tmp_path / "plan.txt", "--rules", tmp_path / "own", "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"{file}: is no table that is read" in result.stderr


def test_a_folder_without_tables(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    result = run("build", tmp_path / "plan.txt", "--rules", tmp_path / "none", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "holds no tables" in result.stderr
