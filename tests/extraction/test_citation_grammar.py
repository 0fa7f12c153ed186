"""The tables of the grammar against their own examples, both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from strategraph.extraction.citation_grammar import __main__ as page_maker
from strategraph.extraction.citation_grammar import numbering, tables
from strategraph.extraction.citation_grammar.brackets import read_bracket
from strategraph.extraction.citation_grammar.patterns import all_fragments, compiled, forms
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.readings import CitedInstrument
from strategraph.extraction.citation_grammar.relations import (
    AdoptionRule,
    AdoptionRules,
    adoption_rules,
    adoptions,
    is_imprint,
    made_plain,
)
from strategraph.extraction.citation_grammar.roles import RoleRule, adopts_itself, role_in, role_rules
from strategraph.extraction.citation_grammar.short_forms import patterns as short_patterns
from strategraph.extraction.citations import find_in
from strategraph.knowledge.organizations import directory

ROOT = Path(__file__).parents[2]
FORMS = {form.entry.name: form for form in forms()}
EXAMPLES = [(name, example) for name, form in FORMS.items() for example in form.entry.examples]
COUNTER_EXAMPLES = [(name, text) for name, form in FORMS.items() for text in form.entry.counter_examples]
UNSET = {
    "kind": None,
    "number": None,
    "title": None,
    "body": None,
    "session": None,
    "revised": False,
    "place": None,
    "year": None,
}


def fields(cited: CitedInstrument) -> dict[str, Any]:
    return {key: getattr(cited, key) for key in UNSET}


def wanted(example: Mapping[str, Any]) -> dict[str, Any]:
    return {key: example.get(key, default) for key, default in UNSET.items()}


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda value: getattr(value, "text", value))
def test_each_example_is_found_whole_with_its_fields(name: str, example: tables.CitationExample) -> None:
    text = plain(example.text)
    found = [
        (one.rule, example.text[text.position(one.start) : text.position(one.end - 1) + 1], cited)
        for one in find_in(text.text)
        for cited in one.cited
    ]
    assert [(rule, surface) for rule, surface, _ in found] == [
        (name, cites.get("surface", example.text)) for cites in example.cites
    ]
    assert [fields(cited) for _, _, cited in found] == [wanted(cites) for cites in example.cites]
    for (_, _, cited), cites in zip(found, example.cites, strict=True):
        if "identifiers" in cites:
            assert list(cited.identifiers) == cites["identifiers"]


@pytest.mark.parametrize(("name", "text"), COUNTER_EXAMPLES)
def test_no_counter_example_is_found(name: str, text: str) -> None:
    found = [one for one in find_in(plain(text).text) if one.rule == name]
    assert [cited for one in found for cited in one.cited if not (cited.bare and cited.number)] == []


def test_every_form_has_examples_and_counter_examples_and_its_own_name() -> None:
    entries = tables.form_entries()
    assert all(entry.examples and entry.counter_examples for entry in entries)
    assert len({entry.name for entry in entries}) == len(entries)


def test_every_trigger_is_in_an_example_or_its_form_is_never_searched() -> None:
    for entry in tables.form_entries():
        for example in entry.examples:
            words = f" {plain(example.text).text.casefold()} "  # a trigger may begin or end with a space
            assert not entry.triggers or any(trigger in words for trigger in entry.triggers), entry.name


def test_every_body_that_a_table_names_is_known() -> None:
    known = directory().by_slug
    bodies = {one.body for one in tables.conferences().all}
    bodies |= set(tables.session_bodies().values())
    bodies |= {named.body for named in tables.named_instruments().values() if named.body}
    bodies |= {
        entry.templates["body"]
        for entry in tables.form_entries()
        if "body" in entry.templates and "{" not in entry.templates["body"]
    }
    bodies |= {
        cites["body"]
        for entry in tables.form_entries()
        for ex in entry.examples
        for cites in ex.cites
        if "body" in cites
    }
    assert bodies <= set(known)


@pytest.mark.parametrize("shape", tables.number_shapes(), ids=lambda shape: shape.body)
def test_shapes_of_numbers(shape: tables.NumberShape) -> None:
    assert shape.body in directory().by_slug
    assert shape.examples
    assert [text for text in shape.examples if not shape.pattern.fullmatch(text)] == []
    assert [text for text in shape.counter_examples if shape.pattern.fullmatch(text)] == []


def test_no_two_conferences_share_acronym_or_place_and_year() -> None:
    printed = [(one.place, one.year) for one in tables.conferences().all if one.printed]
    acronyms = [one.acronym for one in tables.conferences().all if one.acronym]
    assert len(set(printed)) == len(printed)
    assert len(set(acronyms)) == len(acronyms)


def test_every_fragment_is_used() -> None:
    written = [entry.pattern for entry in tables.form_entries()]
    written += [entry.item or "" for entry in tables.form_entries()]
    written += [entry.more or "" for entry in tables.form_entries()]
    written += list(tables.fragments().values())
    written += [str(value) for value in tables.short_forms().values()]
    written += [str(value) for value in tables.roles().values()]
    written += [str(value) for value in (*tables.layout().values(), *tables.numbering().values())]
    written += [str(value) for value in tables.relations().values()]
    readings = (ROOT / "src/strategraph/extraction/citation_grammar/readings.py").read_text(encoding="utf-8")
    used = set(re.findall(r"\{([a-z_]+)\}", " ".join((*written, tables.bracket(), readings))))
    assert set(all_fragments()) <= used


# --------------------------------------------------------------------------------------------------
# Short forms and roles

DEFINITION = tables.short_forms()["definition"]


@pytest.mark.parametrize("example", DEFINITION["examples"], ids=lambda example: example["text"])
def test_definitions_are_read(example: dict[str, str]) -> None:
    match = short_patterns().definition.match(plain(example["text"]).text)
    assert match is not None
    assert match["alias"] == example["alias"]


@pytest.mark.parametrize("text", DEFINITION["counter_examples"])
def test_other_brackets_define_nothing(text: str) -> None:
    assert short_patterns().definition.match(plain(text).text) is None


@pytest.mark.parametrize("table", ["noun", "same_as_before"])
def test_words_that_point_back(table: str) -> None:
    pattern = {"noun": short_patterns().noun, "same_as_before": short_patterns().same}[table]
    entry = tables.short_forms()[table]
    assert [text for text in entry["examples"] if not pattern.search(text)] == []
    assert [text for text in entry["counter_examples"] if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("entry", "pattern"),
    [
        (tables.short_forms()["opening"], short_patterns().opening),
        (tables.short_forms()["joint"], short_patterns().joint),
        (tables.short_forms()["closing"], short_patterns().closing),
        (tables.layout()["masthead"], re.compile(tables.layout()["masthead"]["pattern"])),
        (tables.bracket_entry(), compiled(tables.bracket())),
    ],
    ids=["opening", "joint", "closing", "masthead", "bracket"],
)
def test_what_stands_around_citations(entry: dict[str, list[str]], pattern: re.Pattern[str]) -> None:
    assert [text for text in entry["examples"] if not pattern.fullmatch(plain(text).text)] == []
    assert [text for text in entry["counter_examples"] if pattern.fullmatch(plain(text).text)] == []


@pytest.mark.parametrize("rule", role_rules().rules, ids=lambda rule: rule.name)
def test_roles(rule: RoleRule) -> None:
    assert rule.examples
    assert rule.counter_examples
    assert [text for text in rule.examples if not rule.pattern.search(text)] == []
    assert {role_in(text) for text in rule.examples} == {rule.role}
    assert [text for text in rule.counter_examples if role_in(text) == rule.role] == []


ADOPTION_RULES = [(language, rule) for language in adoption_rules() for rule in language.rules]


@pytest.mark.parametrize(("language", "rule"), ADOPTION_RULES, ids=lambda value: getattr(value, "name", ""))
def test_adoption_in_other_languages(language: AdoptionRules, rule: AdoptionRule) -> None:
    assert rule.examples
    assert rule.counter_examples
    held = [
        text for text in rule.examples if (m := rule.pattern.search(text)) and language.holds(m, "Decision")
    ]
    assert held == list(rule.examples)
    assert {role_in(text) for text in rule.examples} == {"adoptedBy"}
    assert [text for text in rule.counter_examples if any(adoptions(text, "Decision"))] == []


@pytest.mark.parametrize("language", adoption_rules(), ids=lambda language: language.language)
def test_imprints_in_other_languages(language: AdoptionRules) -> None:
    assert language.imprint.examples
    assert [text for text in language.imprint.examples if not is_imprint(text, "Decision")] == []
    assert [text for text in language.imprint.counter_examples if is_imprint(text, "Decision")] == []


def test_every_file_on_adoption_is_of_a_language_that_is_described() -> None:
    described = {path.stem for path in (ROOT / "data" / "languages").glob("*.toml")}
    assert {"ar", "es", "fr", "it", "ru", "zh"} <= {one.language for one in adoption_rules()} <= described


@pytest.mark.parametrize(
    ("sentence", "period", "role"),
    [
        ("Le plan stratégique pour 2024-2027 a été adopté par la «cite»", "2024-2027", "adoptedBy"),
        ("Le plan stratégique pour 2020-2023 a été adopté par la «cite»", "2024-2027", "cites"),
        ("本战略规划（2020-2023年）由大会«cite»通过", "2024-2027", "cites"),
        ("«cite» a adopté le plan stratégique de l’Union pour 2020-2023", "2024-2027", "cites"),
        ("«cite» a adopté le plan stratégique de l’Union pour 2024-2027", "2024-2027", "adoptedBy"),
    ],
)
def test_the_period_of_another_plan_is_not_this_plan_in_other_languages(
    sentence: str, period: str, role: str
) -> None:
    assert role_in(made_plain(sentence), own_period=period) == role


def test_a_plan_in_chinese_title_marks_is_this_one_only_by_its_title() -> None:
    sentence = made_plain("《水务局发展规划》由理事会«cite»批准")
    assert role_in(sentence, titles=lambda: "水务局发展规划 2026-2030") == "adoptedBy"
    assert role_in(sentence, titles=lambda: "气象局发展规划") == "cites"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Il Piano strategico è stato approvato con «cite»", "adoptedBy"),
        ("Il Piano strategico è stato approvato dal Consiglio nella «cite»", "cites"),
        ("Настоящий план утверждён «cite»", "adoptedBy"),
    ],
)
def test_a_law_adopts_in_other_languages_only_where_it_does_so_itself(sentence: str, role: str) -> None:
    assert role_in(made_plain(sentence), kind="Legislation") == role


def test_own_text_of_an_instrument() -> None:
    rule = role_rules().own_text
    assert [text for text in rule.examples if not adopts_itself(text)] == []
    assert [text for text in rule.counter_examples if adopts_itself(text)] == []


@pytest.mark.parametrize("name", ["own_date", "own_title", "own_rest", "own_adoption", "imprint", "pronoun"])
def test_parts_of_roles(name: str) -> None:
    rule: RoleRule = getattr(role_rules(), name)
    assert rule.examples
    assert [text for text in rule.examples if not rule.pattern.search(text)] == []
    assert [text for text in rule.counter_examples if rule.pattern.search(text)] == []


@pytest.mark.parametrize(
    ("sentence", "kind", "role"),
    [
        ("The strategic plan was approved by «cite»", "Legislation", "adoptedBy"),
        ("The strategic plan was approved under the «cite»", "Legislation", "cites"),
        ("The strategic plan was approved by the Council («cite»)", "Legislation", "cites"),
        ("The strategic plan was approved by the Council («cite»)", "Decision", "adoptedBy"),
        ("The strategic plan was adopted by Parliament in «cite»", "Treaty", "cites"),
    ],
)
def test_an_act_adopts_only_where_it_does_so_itself(sentence: str, kind: str, role: str) -> None:
    assert role_in(sentence, kind=kind) == role


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("«cite» adopted the strategic plan for 2016-2019", "adoptedBy"),
        ("«cite» adopted the strategic plan for 2012-2015", "cites"),
        ("«cite» adopted the strategic plan for 2016-19", "adoptedBy"),
        ("«cite» adopted the strategic plan", "adoptedBy"),
    ],
)
def test_the_period_of_another_plan_is_not_this_plan(sentence: str, role: str) -> None:
    assert role_in(sentence, own_period="2016-2019") == role


def test_a_month_is_no_modal_verb() -> None:
    assert role_in("The strategic plan was adopted on 3 May 2025 by «cite»") == "adoptedBy"
    assert role_in("The strategic plan may be adopted by «cite»") == "cites"


# --------------------------------------------------------------------------------------------------
# Parts


@pytest.mark.parametrize(
    ("place", "year", "body"),
    [
        ("Hammamet", 2016, "world-telecommunication-standardization-assembly"),
        ("Buenos Aires", 2017, "world-telecommunication-development-conference"),
        ("Dubai", 2018, "itu-plenipotentiary-conference"),
        ("Dubai", 2014, "world-telecommunication-development-conference"),
        ("Dubai", 2012, "world-telecommunication-standardization-assembly"),
        ("Bucharest", 2022, "itu-plenipotentiary-conference"),
        ("Kigali", 2022, "world-telecommunication-development-conference"),
        ("Dubai", 2019, None),
    ],
)
def test_place_and_year_tell_the_conference(place: str, year: int, body: str | None) -> None:
    assert read_bracket(f"(Rev. {place}, {year})", "Resolution").body == body


def test_a_forum_that_only_gives_opinions_adopts_no_resolution() -> None:
    assert read_bracket("(Geneva, 2013)", "Opinion").body == "world-telecommunication-ict-policy-forum"
    assert read_bracket("(Geneva, 2013)", "Resolution").body is None


def test_a_conference_of_the_same_name_that_met_elsewhere_is_anothers() -> None:
    here, elsewhere = (
        find_in(plain(f"Résolution 71 ({where}) de la Conférence de plénipotentiaires").text)[0].cited[0].body
        for where in ("Rév. Bucarest, 2022", "Rév. Atlantis, 2021")
    )
    assert (here, elsewhere) == ("itu-plenipotentiary-conference", None)


def test_a_session_has_one_name_in_every_language() -> None:
    assert read_bracket("(Кг-19)", "Resolution") == read_bracket("(Cg-19)", "Resolution")


def test_names_with_choices_are_spelled_out() -> None:
    assert tables.spellings("{C,c}onvention") == ("Convention", "convention")
    assert tables.spellings("Устав{,а} {О,о}ОН") == ("Устав ООН", "Устав оОН", "Устава ООН", "Устава оОН")


def test_what_is_no_bracket_raises() -> None:
    with pytest.raises(ValueError, match="not a bracket"):
        read_bracket("(see below)", "Resolution")


@pytest.mark.parametrize("spelling", ["Dubaï", "DUBAI", "Dubái", "dubai"])
def test_one_name_for_each_place(spelling: str) -> None:
    assert tables.conferences().place(spelling) == "Dubai"


def test_an_unknown_place_keeps_its_name() -> None:
    assert tables.conferences().place("Ulaanbaatar") == "Ulaanbaatar"


@pytest.mark.parametrize(
    ("first", "second", "numbered", "title"),
    [
        ("2016", "679", False, "Regulation 2016/679"),
        ("2019", "2014", False, "Regulation 2019/2014"),
        ("910", "2014", True, "Regulation 2014/910"),
        ("2003", "2003", True, "Regulation 2003/2003"),
        ("1408", "71", True, "Regulation 1971/1408"),
        ("45", "2001", False, "Regulation 2001/45"),
        ("95", "2001", False, "Regulation 2001/95"),
        ("1205", "1204", True, None),
        ("0", "2014", True, None),
    ],
)
def test_the_year_of_an_eu_act_is_never_guessed(
    first: str, second: str, numbered: bool, title: str | None
) -> None:
    act = numbering.read_act("Regulation", first, second, numbered=numbered, rank=None, certain=True)
    assert (act.title if act else None) == title


def test_old_eu_decisions_have_no_computed_identifier() -> None:
    act = numbering.read_act("Decision", "2010", "300", numbered=False, rank=None, certain=True)
    assert act == numbering.EuAct("Decision", "Decision 2010/300", ())


def test_plain_text_keeps_positions_where_accents_stand_alone() -> None:
    decomposed = "Re\u0301v. Dubai\u0308"
    text = plain(decomposed)
    assert text.text == "Rev. Dubai"
    assert decomposed[text.position(5) :] == "Dubai\u0308"
    assert plain("№ 5 – “ab”").text == '№ 5 - "ab"'


# --------------------------------------------------------------------------------------------------
# Time and documentation


@pytest.mark.parametrize(
    "piece",
    [
        "Resolution ",
        "Resolution 1 (",
        "Resolutions 1, ",
        "1, ",
        "Resolutions 71/243 on ",
        "Act of ",
        "the Foo Act of 2019 (Bar) ",
        "Convention on the ",
        "Convention on A ",
        "A B C, ",
        "Guidelines for A ",
        "A (x) Regulations ",
        "decreto ministeriale del Ministro a",
        "strategic plan resolves to adopt ",
        "Resolution 71 (Rev. Dubai, 2018) adopted the strategic plan. ",
        "Article 1, ",
        "Directives 1/2, ",
        "ibid. the Resolution ",
        "القرار 71 (المراجع في ",
        "قرار مجلس الوزراء ",
        "القانون الاتحادي ",
        "قرار وزير التعليم ",
        "القرارات 1 و2 و",
        "第71号和第72号",
        "《中华人民共和国",
        "国发〔2021〕",
        "第71号决议（2018年，",
        "deliberazione n. 8 del Consiglio ",
        "Convention relative aux droits ",
    ],
)
@pytest.mark.usefixtures("in_proportion")
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    text = plain(piece * (200_000 // len(piece))).text
    find_in(text)


@pytest.mark.parametrize(
    "piece",
    [
        "Le plan stratégique de l’Union pour 2024, ",
        "Le plan de A b c ",
        "Le conseil a adopté le plan ",
        "El plan estratégico de la Unión, aprobado por ",
        "Il Piano del Comune è stato approvato dal ",
        "Настоящий план развития города ",
        "Настоящий план утверждён Советом ",
        "اعتمدت الخطة الاستراتيجية ",
        "本规划由经",
        "《战略规划",
        "Adopté par ",
        "утверждено ",
    ],
)
@pytest.mark.usefixtures("in_proportion")
def test_hostile_sentences_on_adoption_take_time_in_proportion(piece: str) -> None:
    text = made_plain(piece * (50_000 // len(piece)))
    list(adoptions(text, "Decision"))
    is_imprint(text, "Decision")


def test_the_page_of_forms_is_up_to_date() -> None:
    assert (ROOT / "docs" / "citations.md").read_text(encoding="utf-8") == page_maker.page()
