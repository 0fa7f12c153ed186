"""Measures in readings and corrections: what their words bear out, and how they are joined with the reader's own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.curation.builders import MODEL, document, readings

from strategraph.curation import join_mentions, load_readings, place, write_readings
from strategraph.curation.entries import MODEL as BY_MODEL
from strategraph.curation.entries import MeasureEntry
from strategraph.curation.quotations import UnplacedError, borne_out
from strategraph.errors import UnusableInputError
from strategraph.knowledge.vocabulary import load
from strategraph.model import MeasureMention, Mentions, Profile, Section, Span, Support
from strategraph.pipeline import Options, Result, build
from strategraph.rdf.namespace import SG

PLAN = """# Harbour Trust Strategic Plan 2025-2028

## Our goals

Goal 1: We raise the share of clean beaches from 40% in 2024 to at least 65% by 2027.

Goal 2: We mend twelve piers, with a budget of $2.5 million.

Goal 3: Light

Lamps stand on every pier.

Some 900 lamps were counted.
"""
SUPPORT = Support(Span(0, 1), "proposed", 0.9)
FULL = """
[[measure]]
text = "from 40% in 2024 to at least 65% by 2027"
value = 65
unit = "%"
comparator = "at-least"
baseline = 40.0
baseline_year = 2024
due = "2027"
"""


def built(folder: Path, text: str, *, model: bool = True, own: bool = True) -> Result:
    source = folder / "plan.md"
    source.write_text(PLAN, encoding="utf-8")
    file = folder / "plan.readings.toml"
    file.write_text((MODEL if model else "") + text, encoding="utf-8")
    return build(source, Options(readings=file, own=own))


def measured(result: Result) -> list[tuple[str, ...]]:
    graph = result.graph
    return sorted(
        (
            str(graph.value(element, SG.number)),
            *(str(graph.value(one, p)) for p in (SG.value, SG.unit, SG.comparator)),
        )
        for predicate in (SG.hasMeasure, SG.budget)
        for element, one in graph.subject_objects(predicate)
        if (element, SG.number, None) in graph
    )


OWN = [("1", "65", "%", "at-least"), ("2", "2500000", "USD", "equal")]


def test_what_a_file_says_of_a_measure_is_written_and_read_again(tmp_path: Path) -> None:
    found = readings(
        tmp_path, FULL + "[[measure]]\ntext = '$2.5 million'\nvalue = 2500000\nbudget = true\nin = '9'\n"
    )
    assert found.measures[0] == MeasureEntry(
        at=4,
        text="from 40% in 2024 to at least 65% by 2027",
        value=Decimal(65),
        unit="%",
        comparator="at-least",
        baseline=Decimal("40.0"),
        baseline_year=2024,
        due="2027",
        by=BY_MODEL,
    )
    assert (found.measures[1].budget, found.measures[1].element) == (True, "9")
    path = tmp_path / "again.toml"
    path.write_text(write_readings(found), encoding="utf-8")
    assert [entry.told() for entry in load_readings(path).entries] == [
        entry.told() for entry in found.entries
    ]
    assert "baseline = 40.0\n" in path.read_text(encoding="utf-8")
    assert "budget = true\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("text = '65%'", "has no value"),
        ("value = 65", "has no text"),
        ("text = '65%'\nvalue = '65'", "value is to be a number"),
        ("text = '65%'\nvalue = true", "value is to be a number"),
        ("text = '65%'\nvalue = nan", "value is to be a number"),
        ("text = '65%'\nvalue = 1e999999", "value is to be a number"),
        ("text = '65%'\nvalue = 1e-99999999999999999999", "value is to be a number"),
        ("text = '65%'\nvalue = 65\nbudget = 1", "budget is to be true or false"),
        ("text = '65%'\nvalue = 65\nbaseline_year = 2024.5", "baseline_year is to be a number"),
        ("text = '65%'\nvalue = 65\ncomparator = 'most'", "comparator = 'most'; known are equal"),
        ("text = '65%'\nvalue = 65\nvalues = 3", "unknown key 'values'"),
    ],
)
def test_measures_that_are_not_of_the_form(tmp_path: Path, entry: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=f"line 1: measure 1: .*{message}"):
        readings(tmp_path, f"[[measure]]\n{entry}\n", model=False)
    found = readings(tmp_path, f"[[measure]]\n{entry}\n")
    assert not found.measures
    assert found.faults[0].at == 3
    assert message.split(";", maxsplit=1)[0] in found.faults[0].what


def test_only_a_person_strikes_a_measure_out(tmp_path: Path) -> None:
    entry = "[[measure]]\nis = 'nothing'\ntext = '65%'\n"
    assert "only a person" in readings(tmp_path, entry).faults[0].what
    assert readings(tmp_path, entry, model=False).measures[0].told() == "“65%” sets no measure"


def measure(**said: object) -> MeasureEntry:
    return MeasureEntry(**{"value": Decimal(65), **said})  # type: ignore[arg-type]


WORDS = "from 40% in 2024 to at least 65% by 30 June 2027"


def test_unit_and_comparator_are_as_the_words_are_read_where_they_are_not_said() -> None:
    found = borne_out(measure(), WORDS, SUPPORT, "en")
    assert found == MeasureMention(-1, "65", "%", "at-least", SUPPORT)
    said = measure(baseline=Decimal("40.0"), baseline_year=2024, due="2027-06-30", comparator="equal")
    assert borne_out(said, WORDS, SUPPORT, "en") == MeasureMention(
        -1, "65", "%", "equal", SUPPORT, "40", 2024, "2027-06-30"
    )
    assert borne_out(measure(value=Decimal(7)), "7", SUPPORT, "und") == MeasureMention(
        -1, "7", "1", "equal", SUPPORT
    )
    assert borne_out(measure(value=Decimal(65)), "٦٥٪", SUPPORT, "ar").unit == "%"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (measure(value=Decimal(66)), "does not say the value 66"),
        (measure(value=Decimal(6)), "does not say the value 6"),
        (measure(baseline=Decimal(41)), "does not say the baseline 41"),
        (measure(unit="km"), "does not say the unit 'km'"),
        (measure(baseline_year=2023), "does not say the year 2023"),
        (measure(due="2028"), "does not say that it is due 2028"),
        (measure(due="2027-06-29"), "does not say that it is due 2027-06-29"),
        (measure(due="soon"), "does not say that it is due soon"),
        (measure(budget=True), "is no budget: '%' is no currency"),
    ],
)
def test_what_the_words_do_not_say_is_left_out(entry: MeasureEntry, message: str) -> None:
    with pytest.raises(UnplacedError, match=message):
        borne_out(entry, WORDS, SUPPORT, "en")


def test_what_cannot_be_placed_is_told_with_its_line(tmp_path: Path) -> None:
    plan = document(tmp_path, PLAN, "plan.md")
    entries = (
        "[[measure]]\ntext = 'ninety lamps'\nvalue = 90\n[[measure]]\ntext = 'at least 65%'\nvalue = 64\n"
    )
    entries += "[[measure]]\ntext = 'at least 65%'\nvalue = 65\nin = 'x'\n"
    placed = place(readings(tmp_path, entries), plan)
    assert not placed.measures
    assert [(fault.at, fault.what.split("“")[0]) for fault in placed.faults] == [
        (3, "plan.md does not say "),
        (6, ""),
        (9, ""),
    ]
    assert placed.faults[2].what == "“at least 65%” has no element 'x'"


def test_the_reader_s_own_measures_stay_and_are_surer_where_the_model_says_them(tmp_path: Path) -> None:
    plain, told = built(tmp_path, ""), built(tmp_path, FULL)
    assert measured(plain) == measured(told) == OWN
    assert told.report.conforms
    rules = {str(rule) for rule in told.graph.objects(None, SG.rule)}
    assert "proposed" not in rules
    assert (
        max(link.supports[0].confidence for link in told.plan.links if link.predicate == "hasMeasure") == 0.98
    )


def test_a_measure_that_only_the_model_found(tmp_path: Path) -> None:
    entry = "[[element]]\nid = '11'\nis = 'Goal'\nnumber = '3'\ntitle = 'Light'\n"
    entry += "[[measure]]\ntext = 'Some 900 lamps'\nvalue = 900\ncomparator = 'about'\nin = '11'\n"
    told = built(tmp_path, entry)
    assert ("3", "900", "1", "about") in measured(told)
    assert told.report.conforms
    alone = built(tmp_path, entry, own=False)
    assert measured(alone) == [("3", "900", "1", "about")]
    assert alone.report.conforms
    without = built(tmp_path, "[[measure]]\ntext = 'Some 900 lamps'\nvalue = 900\n")
    assert measured(without) == OWN
    assert "“900 1”: the measure stands in no element; it was left out" in without.plan.profile.notes


def test_about_the_same_words_the_reader_s_measure_stands(tmp_path: Path) -> None:
    told = built(tmp_path, FULL.replace('"at-least"', '"equal"'))
    assert measured(told) == OWN
    assert "“65 %” by the model, “65 %” by the reader, which stands" in told.plan.profile.notes


def test_a_person_s_measure_replaces_what_was_read(tmp_path: Path) -> None:
    changed = built(tmp_path, FULL.replace('"at-least"', '"more-than"'), model=False)
    assert measured(changed) == [("1", "65", "%", "more-than"), OWN[1]]
    assert changed.report.conforms
    assert "curator" in {str(rule) for rule in changed.graph.objects(None, SG.rule)}
    gone = built(tmp_path, "[[measure]]\nis = 'nothing'\ntext = 'at least 65%'\n", model=False)
    assert measured(gone) == [OWN[1]]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "text = 'at least 65%'\nvalue = 66",
            "plan.readings.toml:1: “at least 65%” does not say the value 66",
        ),
        (
            "text = 'Some 900 lamps'\nvalue = 900",
            "plan.readings.toml:1: “Some 900 lamps” stands in no element",
        ),
        ("text = 'a hundred'\nis = 'nothing'", "plan.readings.toml:1: plan.md does not say “a hundred”"),
    ],
)
def test_a_person_s_measure_must_be_the_source_s(tmp_path: Path, entry: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message):
        built(tmp_path, f"[[measure]]\n{entry}\n", model=False)


def test_a_person_s_entries_may_name_the_elements_of_a_model_s_file(tmp_path: Path) -> None:
    entries = "[[element]]\nid = '11'\nis = 'Goal'\nnumber = '3'\ntitle = 'Light'\n"
    entries += "statement = 'Lamps stand on every pier.'\n"
    entries += "[[measure]]\nby = 'curator'\ntext = 'Some 900 lamps'\nvalue = 900\nin = '11'\n"
    entries += "[[group]]\nby = 'curator'\ntext = 'every pier'\nin = '11'\n"
    told = built(tmp_path, entries)
    assert ("3", "900", "1", "about") in measured(told) or ("3", "900", "1", "equal") in measured(told)
    assert any(link.predicate == "addresses" for link in told.plan.links)


def test_two_measures_of_one_element(tmp_path: Path) -> None:
    plan = document(tmp_path, PLAN, "plan.md")
    goal = place(
        readings(
            tmp_path,
            "[[element]]\nis = 'Goal'\nstatement = 'We raise the share of clean beaches from 40% in 2024 to at least 65% by 2027.'\n",
        ),
        plan,
    )
    sections: tuple[Section, ...] = goal.sections
    both = place(
        readings(
            tmp_path,
            "[[measure]]\ntext = '40%'\nvalue = 40\n[[measure]]\ntext = 'at least 65%'\nvalue = 65\n",
        ),
        plan,
    )
    found = join_mentions(Mentions(Profile(), sections), both, plan, load())
    assert [(one.section, one.value) for one in found.measures] == [(0, "40"), (0, "65")]
    turned = replace(both, measures=both.measures[::-1])
    assert join_mentions(Mentions(Profile(), sections), turned, plan, load()).measures == found.measures
    again = join_mentions(found, replace(both, measures=both.measures[1:]), plan, load())
    assert [one.support.confidence for one in again.measures] == [0.9, 0.99]
