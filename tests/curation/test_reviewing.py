"""Sections written as entries, and read back.

Doubtful decisions as a file, which changes nothing until a person changes it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import SEED

from strategraph.cli import main
from strategraph.curation import Readings, load_readings, place, reviewing, write_readings
from strategraph.curation.corrections import correct
from strategraph.curation.entries import MODEL, ElementEntry, Reader
from strategraph.curation.reviewing import Review, element_text, entries_of, phrase, reasons, review, told
from strategraph.errors import UnusableInputError
from strategraph.extraction import extract
from strategraph.knowledge import resources
from strategraph.knowledge.vocabulary import load
from strategraph.model import Document, Mentions, Section, Span
from strategraph.pipeline import Options, build
from strategraph.reading import read
from strategraph.understanding import Reason, Weighing, understand, weigh
from strategraph.understanding.model import shipped

GOLD = SEED.parents[1] / "gold"
PLANS = [
    SEED,
    *(
        path
        for path in sorted(GOLD.iterdir())
        if path.suffix not in (".json",) and path.is_file() and path.name != "README.md"
    ),
]


def facts(sections: Sequence[Section]) -> set[tuple[object, ...]]:
    """Return what sections say, whatever their order: their words, their class, the words of their parent."""

    def words(section: Section) -> tuple[Span, ...]:
        return tuple(part.span() for part in section.passages)

    return {
        (one.kind, words(one), words(sections[one.parent]) if one.parent is not None else None)
        for one in sections
    }


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_what_the_reader_found_is_placed_again(path: Path, tmp_path: Path) -> None:
    document = read(path)
    sections = understand(document)
    file = tmp_path / "plan.readings.toml"
    readings = Readings(entries_of(sections, document, by=MODEL), reader=Reader("ourselves"))
    file.write_text(write_readings(readings), encoding="utf-8")
    placed = place(load_readings(file), document)
    told = [
        fault
        for fault in placed.faults
        if "no number" not in fault.what and "second Vision" not in fault.what
    ]
    assert told == []
    assert facts(placed.sections) == facts(sections)


def test_an_entry_with_its_alternatives() -> None:
    entry = ElementEntry(id="4", kind="Goal", title="Clean water", block=4)
    alternatives = [("nothing", 0.12), ("Goal", 0.61), ("Objective", 0.27)]
    assert element_text(entry, alternatives, ["line 7, under “Our goals”"]) == (
        "# line 7, under “Our goals”\n# 0.61 Goal\n# 0.27 Objective\n# 0.12 nothing\n"
        '[[element]]\nid = "4"\nis = "Goal"\ntitle = "Clean water"\nblock = 4\n'
    ).replace("\\\n", "\n")


def test_a_comment_stays_on_its_line() -> None:
    assert element_text(replace(ElementEntry(kind="Goal", text="x")), notes=["a\nb"]).startswith("# a b\n[[")


TEXT = """# Harbour Trust Strategic Plan 2025-2028

## Clean water

We will clean the bay.

- Build three treatment works
- Teach divers

## What the town asked for

People want a safe pier and more light.

Resolution 12 asks for it, for the benefit of all people of the harbour.

## Next steps

The harbour needs light on every pier.

A new school of divers opens soon.

- Lamps and rails on every pier
- A school
"""


def weighed(path: Path) -> tuple[Document, Weighing]:
    document = read(path)
    return document, weigh(document)


def plan(folder: Path, text: str = TEXT) -> Path:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return path


def reviewed(path: Path, below: float = 0.7) -> tuple[Document, Weighing, Mentions, Review]:
    document, weighing = weighed(path)
    mentions = extract(document, weighing.sections, load())
    return document, weighing, mentions, review(document, weighing, mentions, below=below)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["review", *map(str, arguments)])


def kept(text: str) -> str:
    """The file with what does not count yet, uncommented."""
    return "".join(
        line[1:] if line.startswith("#") and not line.startswith("# ") else line
        for line in text.splitlines(keepends=True)
    )


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_a_file_that_is_not_edited_changes_nothing(path: Path, tmp_path: Path) -> None:
    document, weighing, _, found = reviewed(path, below=1.0)
    file = tmp_path / "x.corrections.toml"
    file.write_text(found.text, encoding="utf-8")
    decisions = load_readings(file)
    assert facts(correct(weighing.sections, document, decisions)) == facts(weighing.sections)
    assert len(decisions.elements) >= 0.9 * len(weighing.sections)


def _sureness(entry: str) -> float:
    return float(entry[entry.index("# confidence") :].split()[2].strip(","))


def test_the_least_certain_come_first_with_what_else_they_may_be(tmp_path: Path) -> None:
    _, weighing, _, found = reviewed(plan(tmp_path), below=1.0)
    assert found.doubtful == len(weighing.sections) > 0
    doubtful = [entry for entry in found.text.split("\n\n") if "# confidence" in entry]
    elements = [_sureness(entry) for entry in doubtful if "[[element]]" in entry]
    mentions = [_sureness(entry) for entry in doubtful if "[[element]]" not in entry]
    assert elements == sorted(elements)
    assert mentions == sorted(mentions)
    assert elements
    assert mentions
    assert [_sureness(entry) for entry in doubtful] == elements + mentions
    entry = found.text[found.text.index("# confidence") :].split("\n\n")[0].splitlines()
    assert "line " in entry[0]
    odds = [float(line.split()[1]) for line in entry[1:] if line.startswith("# 0.")]
    assert odds == sorted(odds, reverse=True)
    assert sum(odds) == pytest.approx(1, abs=0.1)
    assert any(line.endswith("nothing") for line in entry)


def test_what_counts_not_yet_counts_without_its_sign(tmp_path: Path) -> None:
    path = plan(tmp_path)
    document, weighing, _, found = reviewed(path, below=0.0)
    assert found.doubtful == 0
    assert found.proposed > 0
    assert set(tomllib.loads(found.text)) == {"source"}
    file = tmp_path / "x.corrections.toml"
    file.write_text(kept(found.text), encoding="utf-8")
    decisions = load_readings(file)
    assert len(decisions.entries) == found.proposed
    assert len(correct(weighing.sections, document, decisions)) > len(weighing.sections)


def test_doubtful_groups_and_citations_are_proposed_to_be_struck_out(tmp_path: Path) -> None:
    _, _, mentions, found = reviewed(plan(tmp_path), below=1.0)
    doubtful = [one for one in mentions.citations if one.support.confidence < 1]
    entries = tomllib.loads(kept(found.text)).get("instrument", [])
    assert len(entries) == len(doubtful) > 0
    assert {entry["is"] for entry in entries} == {"nothing"}


MEASURED = """# Harbour Trust Strategic Plan 2025-2028

## Goals

Goal 1: Clean water

We raise the share of clean beaches from 40% in 2024 to at least 65%.

Goal 2: Safe piers

| Action | Budget |
|---|---|
| Action 1: Mend the planks | $2,000 |
"""


def test_doubtful_measures_are_shown_as_they_were_read(tmp_path: Path) -> None:
    path = plan(tmp_path, MEASURED)
    found = reviewed(path, below=0.9)[3]
    shown = tomllib.loads(kept(found.text))["measure"]
    assert {
        "text": "40% in 2024 to at least 65%",
        "value": 65,
        "unit": "%",
        "comparator": "at-least",
        "baseline": 40,
        "baseline_year": 2024,
        "line": 7,
    } in shown
    assert {"is": "nothing", "text": "$2,000", "line": 13} in shown  # beside its element, in a cell
    file = tmp_path / "x.corrections.toml"
    (entry,) = [part for part in kept(found.text).split("\n\n") if "value = 65" in part]
    file.write_text(entry, encoding="utf-8")
    decided = build(path, Options(corrections=file)).plan
    assert set(decided.measures) == set(build(path).plan.measures)
    assert "curator" in {s.rule for link in decided.links for s in link.supports}


def test_a_document_without_words(tmp_path: Path) -> None:
    path = plan(tmp_path, "…\n")
    assert reviewed(path)[3].doubtful == 0


def test_the_command_writes_a_file_that_build_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = plan(tmp_path)
    ran = run(path, "--below", "1")
    assert ran.exit_code == 0
    assert "plan.corrections.toml: " in ran.stderr
    built = CliRunner().invoke(
        main, ["build", str(path), "--corrections", "plan.corrections.toml", "-o", "out"]
    )
    assert built.exit_code == 0
    again = run(path)
    assert again.exit_code == 2
    assert "may hold decisions" in again.stderr
    assert run(path, "--below", "1", "-o", "-").stdout == Path("plan.corrections.toml").read_text()


def test_of_a_graph_what_was_decided_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = plan(tmp_path)
    assert run(path, "--below", "1").exit_code == 0
    arguments = ["build", str(path), "--corrections", "plan.corrections.toml", "-o", "out"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    rest = run("out/plan.ttl", "--source", path, "--below", "1", "-o", "-").stdout
    assert "[[element]]" in Path("plan.corrections.toml").read_text()
    assert "element" not in tomllib.loads(rest)


def test_a_graph_needs_its_source(tmp_path: Path, seed_turtle: Path) -> None:
    alone = run(seed_turtle)
    assert (alone.exit_code, "--source" in alone.stderr) == (2, True)
    other = run(seed_turtle, "--source", plan(tmp_path), "-o", "-")
    assert (other.exit_code, "was not made from this" in other.stderr) == (2, True)


CRYPTIC = re.compile(r"heading\d|[+-]\d |says so|goes on|\bcues?\b|\bverbs\b|strength")


def explained(graph: Path, iri: str, source: Path) -> Result:
    return CliRunner().invoke(main, ["explain", str(graph), iri, "--why", str(source)])


def test_the_features_that_decided_stand_below_the_facts(seed_turtle: Path) -> None:
    ran = explained(seed_turtle, "goal/1", SEED)
    assert ran.exit_code == 0
    why = ran.stdout[ran.stdout.index("Why it is of the class Goal") :].splitlines()
    assert why[1].startswith("  “Goal 1 – Universal Connectivity")
    assert why[2].endswith("states an element")
    assert why[8].split("  ")[3].startswith("is of the class Goal")
    rows = [line for line in why if re.match(r" +[+-]\d", line)]
    assert len(rows) == 10
    names = [re.split(r"  +", row.strip(), maxsplit=1)[1] for row in rows]
    assert len({len(row) - len(row.split("  ")[-1].lstrip()) for row in rows}) == 1, (
        "values stand below each other"
    )
    assert "the form of its label" in " ".join(names)
    assert "is labelled with this class and a number" in " ".join(names)


def test_the_weightiest_come_first() -> None:
    weighing = weigh(read(SEED))
    (first, *_) = weighing.chosen().values()
    for found in weighing.reasons(first.index, first.classes[0][0]):
        shares = [abs(reason.share) for reason in found]
        assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("iri", ["commitment/1", "plan/itu-strategic-plan-2024-2027", "target-group/youth"])
def test_only_elements_have_reasons(seed_turtle: Path, iri: str) -> None:
    ran = explained(seed_turtle, iri if iri != "commitment/1" else "goal/1/commitment/1", SEED)
    assert ran.exit_code == 2
    assert "is no element that the model found" in ran.stderr
    assert ran.stdout == ""


def test_another_source_has_no_reasons(tmp_path: Path, seed_turtle: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Goal 1: Grow\n", encoding="utf-8")
    ran = explained(seed_turtle, "goal/1", other)
    assert (ran.exit_code, "was not made from this" in ran.stderr) == (2, True)


def test_places_without_an_element_have_none() -> None:
    assert list(reasons(weigh(read(SEED)), [Span(0, 1)], "Goal")) == []


def test_commitments_have_none() -> None:
    weighing = weigh(read(SEED))
    assert list(reasons(weighing, list(weighing.chosen()), "Commitment")) == []


def test_every_feature_of_the_model_has_words() -> None:
    names = {*shipped().elements.names, *shipped().classes.names}
    assert [name for name in sorted(names) if CRYPTIC.search(phrase(name))] == []


def test_values_are_words_where_they_stand_for_some() -> None:
    assert told(Reason("form", 3, 0)) == "list item"
    assert told(Reason("heading1 says so", 5, 0)) == "says nothing else, as several"
    assert told(Reason("series years", 1 / 3, 0)) == "0.333"


def test_what_is_wrong_with_the_names_of_features_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "features.toml"
    path.write_text("[places]\nhead = 1", encoding="utf-8")
    monkeypatch.setattr(resources, "path", lambda *_: path)
    with pytest.raises(UnusableInputError, match=re.escape(f"{path}: places.head: must be a text")):
        reviewing._names.__wrapped__()
