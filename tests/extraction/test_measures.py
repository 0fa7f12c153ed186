"""Measures, deadlines, doers and modalities: examples and counter-examples, in the languages that have them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS

from strategraph.evaluation.measures import score, texts_of
from strategraph.extraction.commitments import said
from strategraph.extraction.measures import deadlines, measures, named_in
from strategraph.knowledge import resources
from strategraph.knowledge.measure_words import MeasureWords, measure_words, signs
from strategraph.model import passage
from strategraph.pipeline import build
from strategraph.rdf.namespace import SG

GOLD = resources.path("data", "gold", "measures.json")
TRAIN = Path(__file__).parents[3] / "shared" / "train" / "docs"
LANGUAGES = sorted(path.stem for path in resources.files("data/measures", ".toml") if len(path.stem) == 2)


def words(language: str) -> MeasureWords:
    found = measure_words(language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Train at least 1,200 nurses", [("1200", "1", "at-least")]),
        ("en", "Reach 65% of households", [("65", "%", "equal")]),
        ("en", "Increase membership by 12 per cent", [("12", "%", "increase-by")]),
        ("en", "Cut waste by up to 2.5 million tonnes", [("2500000.0", "t", "at-most")]),
        ("en", "Answer within three (3) days", [("3", "d", "at-most")]),
        ("en", "Raise $2.7M", [("2700000.0", "USD", "equal")]),
        ("en", "Attract 250+ members", [("250", "1", "at-least")]),
        ("en", "Publish 2-3 reports", [("2", "1", "equal"), ("3", "1", "equal")]),
        ("en", "Keep absence < 3.5%", [("3.5", "%", "less-than")]),
        ("en", "Answer in 10 mins or less", [("10", "min", "at-most")]),
        ("en", "Live within a 5-minute walk", [("5", "min", "equal")]),
        ("zh", "每期11个月", [("11", "mo", "equal")]),
        ("en", "Open at least a dozen schools", [("12", "1", "at-least")]),
        ("en", "At least one of the schools", [("1", "1", "at-least")]),
        ("en", "Reach 500 schools in 2027", [("500", "1", "equal")]),
        ("it", "Almeno un paio di scuole", [("2", "1", "at-least")]),
        ("fr", "Au moins une douzaine d'écoles", [("12", "1", "at-least")]),
        ("de", "Mindestens ein Dutzend Schulen", [("12", "1", "at-least")]),
        ("es", "Al menos un par de escuelas", [("2", "1", "at-least")]),
        ("pt", "Pelo menos meia dúzia de escolas", [("6", "1", "at-least")]),
        ("fr", "Accroître de 20 % le taux de réussite", [("20", "%", "increase-by")]),
        ("fr", "Porter à 1 500 logements", [("1500", "1", "equal")]),
        ("es", "Reducir al menos en 4% el abandono", [("4", "%", "decrease-by")]),
        ("es", "Invertir 3,5 millones de euros", [("3500000.0", "EUR", "equal")]),
        ("it", "Almeno 12 scuole", [("12", "1", "at-least")]),
        ("de", "Mindestens 1.500 Haushalte anschließen", [("1500", "1", "at-least")]),
        ("pt", "Levar água para 100% das famílias", [("100", "%", "equal")]),
        ("ru", "Обучить не менее 300 учителей", [("300", "1", "at-least")]),
        ("zh", "新建住房超过20万套", [("200000", "1", "more-than")]),
        (
            "en",
            "Train 200 students, 30 amateurs and 20 nds",
            [("200", "1", "equal"), ("30", "1", "equal"), ("20", "1", "equal")],
        ),
        ("en", "Raise $100K", [("100000", "USD", "equal")]),
        ("en", "Increase morale such that 85% of staff stay", [("85", "%", "equal")]),
        (
            "es",
            "Incrementar el nivel de logro de las y los alumnos de la zona en un 7%",
            [("7", "%", "increase-by")],
        ),
        ("de", "Die Emissionen der Stadt um 20 Prozent senken", [("20", "%", "decrease-by")]),
        ("ru", "Снижение числа аварий до 62 единиц", [("62", "1", "equal")]),
        ("ar", "زيادة الإيرادات إلى (1) تريليون ريال", [("1000000000000", "SAR", "equal")]),
    ],
)
def test_quantities_with_units_and_how_they_are_meant(
    language: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [(one.value, one.unit, one.comparator) for one in measures(text, words(language))]
    assert [(value, unit, comparator) for value, unit, comparator in found] == [
        (type(found[0][0])(value), unit, comparator) for value, unit, comparator in expected
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Meet in 2025"),
        ("en", "Implement resolution 1325 and Goal 4"),
        ("en", "the 4th industrial revolution"),
        ("en", "Over the next five years, act"),
        ("en", "Call 10:30 or use form A/12"),
        ("fr", "Appliquer la résolution 1325"),
        ("es", "Artículo 31 de la ley"),
        ("ru", "Закон № 44"),
        ("en", "Draw up a 5-year plan"),
        ("en", "Schools 20 years in the future"),
        ("en", "Move to Web 2.0 platforms"),
        ("en", "A 7x 7 strategy for 12+1 countries"),
        ("en", "The Borough has over 200 km of roads"),
        ("es", "Proteger a jóvenes de 11-20 años de edad"),
        ("es", "Atender los reportes de 911 de robo"),
        ("it", "Il Comune ha oltre 200 km di strade"),
        ("pt", "Empregar jovens de 16 a 25 anos"),
        ("en", "Users of more than one service"),
        ("en", "Help the first 23 schools"),
        ("en", "It offers more than 80 modules"),
        ("en", "New groups act after ten (10) years"),
        ("en", "Open at 9 am"),
        ("en", "A 360 degree assessment of Layer 2 work"),
    ],
)
def test_years_names_and_periods_are_no_measures(language: str, text: str) -> None:
    assert measures(text, words(language)) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At least a couple of schools"),
        ("en", "At least two thirds of schools"),
        ("en", "At least one half of all homes"),
        ("en", "Reach half of them, and double the rest"),
        ("en", "At least one in ten children"),
        ("en", "At least 1 child in 10"),
        ("en", "9 out of 10 teachers"),
        ("en", "At most 15 per 1,000 births"),
        ("en", "At least two hundred and fifty schools"),
        ("en", "More than twenty five schools"),
        ("en", "Within one hundred and fifty days"),
        ("en", "Several hundred days"),
        ("en", "At least two dozen schools"),
        ("it", "Almeno una decina di scuole"),
        ("it", "Almeno due terzi delle scuole"),
        ("it", "Almeno una scuola su tre"),
        ("fr", "Au moins une dizaine d'écoles"),
        ("fr", "Au moins deux cents écoles"),
        ("fr", "Au moins une personne sur dix"),
        ("fr", "Au moins les trois quarts"),
        ("fr", "Plus de vingt et un jours"),
        ("de", "Mindestens ein paar Schulen"),
        ("de", "Mindestens zwei Drittel der Schulen"),
        ("de", "Mindestens eine von zehn Schulen"),
        ("es", "Al menos una decena de escuelas"),
        ("es", "Al menos dos tercios"),
        ("es", "Al menos una de cada tres"),
        ("es", "Al menos veinte y cinco escuelas"),
        ("pt", "Pelo menos uma centena de escolas"),
        ("pt", "Pelo menos uma em cada três"),
        ("ru", "Не менее один из трёх"),
        ("ru", "Не менее две трети школ"),
        ("ru", "Не менее двадцать пять школ"),
        ("zh", "超过5分之1"),
    ],
)
def test_a_part_of_a_number_is_no_measure(language: str, text: str) -> None:
    """What is not sure stays the printed words: fractions, vague collectives, ratios, compounds."""
    assert measures(text, words(language)) == ()


def test_baselines_before_and_after() -> None:
    (one,) = measures("Increase access from 40% in 2021 to at least 65% of homes", words("en"))
    assert (str(one.baseline), one.baseline_year, str(one.value)) == ("40", 2021, "65")
    (one,) = measures("Reduce losses to 5% (baseline: 9%)", words("en"))
    assert (str(one.baseline), str(one.value)) == ("9", "5")
    (one,) = measures("Reducir al 30% el abandono; año anterior (49%)", words("es"))
    assert (str(one.baseline), str(one.value)) == ("49", "30")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "by 30 June 2027", ["2027-06-30"]),
        ("en", "by 6/30/2025", ["2025-06-30"]),
        ("en", "by 5/6/2025", ["2025"]),
        ("en", "by the end of 2030", ["2030"]),
        ("en", "Dec 2019 - Launch", ["2019"]),
        ("en", "FY 13-14 Review", ["2014"]),
        ("en", "in 2016 it began", []),
        ("en", "the budget for 2028 regarding schools", []),
        ("it", "un incremento rispetto al 2019 di allievi", []),
        ("de", "Im Jahr 2013 hat das Land Ziele gesetzt", []),
        ("de", "Null Emissionen im Jahr 2040", ["2040"]),
        ("fr", "d'ici fin 2026", ["2026"]),
        ("es", "antes del 15 de marzo de 2027", ["2027-03-15"]),
        ("it", "entro dicembre 2019", ["2019"]),
        ("de", "bis zum Jahr 2030", ["2030"]),
        ("pt", "até 2028", ["2028"]),
        ("ru", "к 2030 году", ["2030"]),
        ("zh", "到2035年", ["2035"]),
        ("ar", "بحلول عام ٢٠٣٠", ["2030"]),
        ("en", "by 31 February 2027", []),
    ],
)
def test_deadlines(language: str, text: str, expected: list[str]) -> None:
    assert [one.value for one in deadlines(text, words(language))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Build wells (lead: Water Board; Ministry of Health)", ["Water Board", "Ministry of Health"]),
        ("Responsible: Works Department", ["Works Department"]),
        ("The lead in the water is a risk", []),
        ("Leadership: courage", []),
        ("Owner: the Head of Meadows owns all that grows on them", []),
    ],
)
def test_doers(text: str, expected: list[str]) -> None:
    found = named_in(passage(text, [(0, len(text))]), words("en"))
    assert [one.passage.text for one in found] == expected


@pytest.mark.parametrize(
    ("language", "text", "verb", "expected"),
    [
        ("en", "The Bank will achieve parity.", "achieve", ["will"]),
        ("en", "The Bank will strive to achieve parity.", "achieve", ["strives"]),
        ("en", "The Bank may lend.", "lend", ["may"]),
        ("en", "Where possible, the Bank will lend.", "lend", ["conditional", "will"]),
        ("en", "Lend to all.", "Lend", []),
        ("fr", "La Ville s'engage à planter.", "planter", ["will"]),
        ("es", "El Banco procurará reducir la brecha.", "reducir", ["strives"]),
        ("it", "Il Comune deve ridurre i rifiuti.", "ridurre", ["must"]),
        ("ru", "Фонд намерен построить школы.", "построить", ["strives"]),
    ],
)
def test_modalities(language: str, text: str, verb: str, expected: list[str]) -> None:
    found = said(text, 0, text.index(verb), len(text), words(language))
    assert sorted(name for name, *_ in found) == expected


PLAN = """Riverbank Plan 2025-2028

Goal 1: Clean water. The Riverbank Council will make efforts to achieve clean rivers by 2027.

Target 1.1: Increase access to safe water from 40% in 2021 to at least 65% of households by 30 June 2027.

Action 1: Build 12 new wells by 2026, with a budget of $2.5 million (lead: Water Board).

Responsible: Works Department
"""


def test_a_build_has_them_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    result = build(path)
    assert not result.report.of_severity("Violation")
    graph = result.graph
    assert {str(value) for value in graph.objects(None, SG.value)} == {"65", "12", "2500000"}
    assert {str(value) for value in graph.objects(None, SG.baselineValue)} == {"40"}
    assert {str(due) for due in graph.objects(None, SG.due)} == {"2027", "2027-06-30", "2026"}
    doers = {str(name).rpartition("/")[2] for name in graph.objects(None, SG.responsible)}
    assert doers == {"water-board", "works-department"}
    (modality,) = set(graph.objects(None, SG.modality))
    assert str(modality).endswith("/strives")
    assert len(list(graph.subject_objects(SG.budget))) == 1


def test_columns_of_tables_say_who_by_when_and_for_how_much(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Riverbank Plan 2025-2028\n\nThis is what the council will do for the river and for all who live on it.\n\n"
        "| Action | Lead agency | Deadline | Budget |\n| --- | --- | --- | --- |\n"
        "| Build new wells | Water Board | March 2026 | EUR 40,000 |\n"
        "| Plant river trees | Works Department | ongoing | |\n"
        "| Dig small ponds | Works Department | Start: June 2029 | |\n"
        "| Clean the banks | Works Department | Start: June 2029, end: July 2030 | |\n",
        encoding="utf-8",
    )
    graph = build(path).graph
    doers = {str(name).rpartition("/")[2] for name in graph.objects(None, SG.responsible)}
    assert "water-board" in doers
    dues = {str(due) for due in graph.objects(None, SG.due)}
    assert "2026" in dues
    assert "2030" in dues
    assert "2029" not in dues  # when something starts is no deadline
    (budget,) = set(graph.objects(None, SG.budget))
    assert (str(graph.value(budget, SG.value)), str(graph.value(budget, SG.unit))) == ("40000", "EUR")


def test_a_long_measure_is_cut_within_a_word_of_its_label(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Riverbank Plan 2025-2028\n\n## Goal 1: Clean water\n\n"
        "Increase the share of all the households of our district that are connected to drinkingwater by 7%.\n",
        encoding="utf-8",
    )
    result = build(path)
    measured = set(result.graph.objects(None, SG.hasMeasure))
    assert measured
    assert all(str(result.graph.value(one, RDFS.label)).endswith("…") for one in measured)
    assert not result.report.of_severity("Violation")


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text())
def test_any_text_is_read(language: str, text: str) -> None:
    for one in measures(text, words(language)):
        assert 0 <= one.start < one.end <= len(text)
    for due in deadlines(text, words(language)):
        assert 0 <= due.start < due.end <= len(text)


def test_units_are_codes() -> None:
    units = {*signs().after.values(), *signs().before.values()}
    for language in LANGUAGES:
        units |= set(words(language).units.values()) - {""}
    assert all(unit.isascii() and " " not in unit for unit in units)


def test_languages_without_a_table_have_none() -> None:
    assert measure_words("tlh") is None
    assert measure_words("../en") is None


def test_modalities_are_those_of_the_vocabulary() -> None:
    text = resources.path("data", "modalities.ttl").read_text(encoding="utf-8")
    for language in LANGUAGES:
        table = tomllib.loads(
            resources.path("data", "measures", f"{language}.toml").read_text(encoding="utf-8")
        )
        assert all(f"modality:{name} a skos:Concept" in text for name in table.get("modality", {}))


@pytest.mark.skipif(not TRAIN.is_dir(), reason="the training documents are not here")
def test_the_gold_sentences() -> None:
    sentences = json.loads(GOLD.read_text(encoding="utf-8"))["sentences"]
    assert len(sentences) == 100
    texts = texts_of(TRAIN, (sentence["document"] for sentence in sentences))
    scores = score(sentences, texts)
    assert all(scores[field].f1 >= 0.8 for field in ("value", "unit", "year"))
