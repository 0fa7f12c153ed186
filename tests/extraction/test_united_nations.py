"""Numbers of the United Nations: whose they are, their symbols, who speaks; and lists, relations, layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.citation_grammar import numbering, tables
from strategraph.extraction.citation_grammar.brackets import read_date
from strategraph.extraction.citation_grammar.layout import numbers_below, with_whole_stamps
from strategraph.extraction.citation_grammar.numbering import dated_body, fits, has_shape, symbol_of
from strategraph.extraction.citation_grammar.patterns import compiled
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.relations import CitedPlace, relations
from strategraph.extraction.citation_grammar.short_forms import speaker, with_own_number
from strategraph.extraction.citations import find_cited, find_in
from strategraph.knowledge.organizations import directory
from strategraph.model import CitationMention, passage

GENERAL_ASSEMBLY = "united-nations-general-assembly"


def cited(*texts: str) -> tuple[CitationMention, ...]:
    source = "\n".join(texts)
    starts = [len("\n".join(texts[:number])) + bool(number) for number in range(len(texts))]
    places = zip(starts, texts, strict=True)
    return find_cited([passage(source, [(start, start + len(text))]) for start, text in places])[0]


@pytest.mark.parametrize(
    "calendar", numbering.counts_of_bodies(), ids=lambda one: f"{one.body}-{one.number.pattern}"
)
def test_calendars(calendar: numbering.Calendar) -> None:
    assert calendar.body in directory().by_slug
    assert [pair for pair in calendar.examples if not fits(calendar, *pair)] == []
    assert [pair for pair in calendar.counter_examples if fits(calendar, *pair)] == []


@pytest.mark.parametrize("rule", numbering.symbols(), ids=lambda one: f"{one.body}-{one.kind}-{one.symbol}")
def test_symbols(rule: numbering.SymbolRule) -> None:
    assert rule.body in directory().by_slug
    for example in rule.examples:
        assert symbol_of(rule.kind, rule.body, example["number"], example.get("year")) == example["symbol"]
        assert has_shape(rule.body, rule.kind, example["number"])


@pytest.mark.parametrize("likely", numbering.presumed(), ids=lambda one: one.body)
def test_presumed_numbers(likely: numbering.Presumed) -> None:
    assert [number for number in likely.examples if not likely.number.fullmatch(number)] == []
    assert [number for number in likely.counter_examples if likely.number.fullmatch(number)] == []
    assert likely.confidence < 1


def test_a_number_without_year_in_brackets_is_not_that_of_who_counts_on() -> None:
    assert dated_body("Resolution", "1325", 2000) is None
    assert dated_body("Resolution", "1325", 2000, in_brackets=True) == "united-nations-security-council"


def test_who_speaks() -> None:
    said = numbering.speaker()
    assert [text for text in said["examples"] if speaker([plain(text).text]) is None] == []
    assert [text for text in said["counter_examples"] if speaker([plain(text).text]) is not None] == []


def test_its_resolution_is_of_who_speaks() -> None:
    mentions = cited("The Human Rights Council,", "Recalling its resolution 5/1 and Council decision 6/102,")
    assert [one.body for one in mentions] == ["united-nations-human-rights-council", None]
    assert mentions[1].issued


def test_the_number_in_the_title_is_the_resolutions_own() -> None:
    texts = ["Resolution adopted by the General Assembly on 8 December 2015", "70/98. Question of the meadow"]
    (found,) = with_own_number(texts, [(), ()])[1]
    assert (found.cited[0].number, found.cited[0].body, found.cited[0].date) == (
        "70/98",
        GENERAL_ASSEMBLY,
        "2015-12-08",
    )
    assert with_own_number(texts[1:], [()]) == [()]


def test_each_of_a_list_has_its_words_its_date_and_the_list() -> None:
    text = "resolutions 70/1 of 25 September 2015 and 72/279 of 31 May 2018"
    first, second = cited(text)
    assert [text[one.item.start : one.item.end] for one in (first, second) if one.item] == [
        "70/1 of 25 September 2015",
        "72/279 of 31 May 2018",
    ]
    assert (first.date, second.date) == ("2015-09-25", "2018-05-31")
    assert first.listed == second.listed == first.support.span


def test_words_between_the_numbers_of_a_list_are_no_citation() -> None:
    text = "resolutions 70/2 of 24 September 2015 on the meadow and 72/280 of 30 May 2018 on the brook"
    assert [one.surface for one in cited(text)] == [
        "resolutions 70/2 of 24 September 2015",
        "72/280 of 30 May 2018",
    ]


def test_a_wrong_year_in_a_list_keeps_the_list() -> None:
    mentions = cited("resolutions 1268 (1999), 1990 (2001) and 2254 (2015)")
    assert {one.body for one in mentions} == {"united-nations-security-council"}


def test_a_document_is_no_instrument() -> None:
    assert [(one.kind, one.number) for one in cited("the report (A/75/982)")] == [
        (tables.DOCUMENT, "A/75/982")
    ]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("of 9 December 1974", "1974-12-09"),
        ("le 1er mars 2020", "2020-03-01"),
        ("от 27.07.2006", "2006-07-27"),
        ("12 de enero de 2021", "2021-01-12"),
        ("May 2021", None),
        ("² May ① 2021", None),
        ("45 May 2021", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(text: str | None, date: str | None) -> None:
    assert read_date(plain(text).text if text else text) == date


def test_there_are_twelve_months_and_no_name_of_two() -> None:
    names = [name for month in tables.months() for name in month]
    assert len(tables.months()) == 12
    assert len(set(names)) == len(names)


# --------------------------------------------------------------------------------------------------
# Relations

RELATIONS = tables.relations()["relation"]


@pytest.mark.parametrize(
    ("name", "example"), [(one["name"], example) for one in RELATIONS for example in one["examples"]]
)
def test_relations(name: str, example: list[str]) -> None:
    text, doing, done_to = example
    mentions, found = find_cited([passage(text, [(0, len(text))])])
    assert (name, doing, done_to) in [
        (one.name, mentions[one.subject].number, mentions[one.object].number) for one in found
    ]


@pytest.mark.parametrize(
    ("name", "text"), [(one["name"], text) for one in RELATIONS for text in one["counter_examples"]]
)
def test_no_relation(name: str, text: str) -> None:
    _, found = find_cited([passage(text, [(0, len(text))])])
    assert name not in {one.name for one in found}


def test_one_cue_holds_for_a_list_and_two_cues_for_one_act() -> None:
    text = "Regulation 1 amending and repealing Regulation 2, Regulation 3 and Regulation 4."
    places = [CitedPlace(at, at + 12) for at in (0, 36, 50, 67)]
    found = {(one.name, one.subject, one.object) for one in relations(text, places)}
    assert found == {(name, 0, index) for name in ("amends", "repeals") for index in (1, 2, 3)}


def test_what_is_amended_in_the_sentence_before() -> None:
    text = "Directive 70/221/EEC of the Council. Directive as last amended by Directive 2003/77/EC."
    mentions, (one,) = find_cited([passage(text, [(0, len(text))])])
    assert (mentions[one.subject].number, mentions[one.object].number) == ("2003/77/EC", "70/221/EEC")


@given(
    st.lists(st.sampled_from(["Directive 95/46/EC", " amending ", " as amended by ", ". ", ", ", " and "]))
)
def test_relations_lead_from_one_citation_to_another(parts: list[str]) -> None:
    text = "".join(parts)
    if not text.strip():
        return
    mentions, found = find_cited([passage(text, [(0, len(text))])])
    for one in found:
        assert one.subject != one.object
        assert 0 <= one.subject < len(mentions)
        assert 0 <= one.object < len(mentions)
        assert one.support.span.end <= len(text)


# --------------------------------------------------------------------------------------------------
# Layout

LAYOUT = tables.layout()


@pytest.mark.parametrize("name", LAYOUT)
def test_patterns_of_layout(name: str) -> None:
    pattern = compiled(plain(LAYOUT[name]["pattern"]).text)

    def matches(text: str) -> bool:
        words = plain(text).text
        return (pattern.match(words) if name == "stamp" else pattern.fullmatch(words)) is not None

    assert [text for text in LAYOUT[name]["examples"] if not matches(text)] == []
    assert [text for text in LAYOUT[name]["counter_examples"] if matches(text)] == []


def test_a_stamp_over_several_lines_is_one_citation() -> None:
    lines = [
        "Утверждена постановлением Администрации",
        "Луговского района от 28.09.2018 г.",
        "№ 141",
        "ПРОГРАММА",
    ]
    (mention,) = cited(*lines)
    assert (mention.kind, mention.number, mention.date) == ("Resolution", "141", "2018-09-28")


def test_other_opening_lines_stay_apart() -> None:
    passages = [passage(line, [(0, len(line))]) for line in ("План развития", "на 2025 год")]
    assert with_whole_stamps(passages, find_in) == passages


def test_numbers_below_a_heading_are_what_it_says() -> None:
    texts = ["General Assembly resolutions", "1472 A (XIV); 61/111", "The meadow", "54/68"]
    found = numbers_below(texts, [(), (), (), ()], find_in)
    numbers = [cited.number for one in (*found[1], *found[3]) for cited in one.cited]
    assert numbers == ["1472 A (XIV)", "61/111", "54/68"]
    assert [(one.start, one.end) for one in found[3]] == [(0, 5)]
    assert found[2] == ()
