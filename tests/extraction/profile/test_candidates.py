"""What may be a title, an owner or a period, before any of it is chosen."""

from __future__ import annotations

import pytest

from strategraph.extraction.names import find_acronyms, find_organizations
from strategraph.extraction.profile.names import bare, names_in
from strategraph.extraction.profile.owners import owner_candidates, owner_features
from strategraph.extraction.profile.periods import period_candidates, period_features
from strategraph.extraction.profile.ranking import FILE, Ranker, Usage, from_json, shipped, to_json
from strategraph.extraction.profile.rivals import full_forms, is_acronym, spelled_out, stands_for
from strategraph.extraction.profile.titles import TitleCandidate, title_candidates, title_features, with_years
from strategraph.extraction.profile.zones import Surroundings, likeness, parts_of
from strategraph.knowledge.languages import rules
from strategraph.model import passage
from strategraph.reading import read
from strategraph.reading.request import Original, ReadingOptions
from strategraph.understanding.forests import Forest, Tree

NOBODY = Usage(0, {})


def around(text: str, name: str = "plan.md") -> Surroundings:
    document = read(Original(name, text.encode()), ReadingOptions(language="en" if text.isascii() else None))
    passages = [block.passage for block in document.blocks]
    return Surroundings(document, (), find_acronyms(passages), find_organizations(passages))


def titles(text: str, name: str = "plan.md") -> list[str]:
    return [candidate.text for candidate in title_candidates(around(text, name))]


def owners(text: str, name: str = "plan.md") -> list[str]:
    return [candidate.name for candidate in owner_candidates(around(text, name), None)]


def periods(text: str, name: str = "plan.md") -> list[tuple[int | None, int | None]]:
    return [(each.start, each.end) for each in period_candidates(around(text, name), None)]


def names(line: str, language: str = "en") -> list[str]:
    return [name.text for name, _ in names_in(passage(line, [(0, len(line))]), rules(language))]


def test_a_line_its_parts_and_what_it_quotes_may_be_the_title() -> None:
    found = titles("# Hill Trust | Strategic Plan\n\nThe programme “Hills for everyone alive” begins.\n")
    assert {"Hill Trust | Strategic Plan", "Hill Trust", "Strategic Plan"} <= set(found)
    assert "Hills for everyone alive" in found


def test_lines_of_a_cover_may_together_be_the_title_without_their_markup() -> None:
    found = titles("# Hill Data Strategy\n\n# 2021 Action Plan\n\nText.\n")
    assert "Hill Data Strategy 2021 Action Plan" in found


def test_front_matter_may_hold_title_and_owner() -> None:
    text = "---\ntitle: Plan of Hills\norganization: Hill Trust\nyears: 2020-2024\n---\n\nWe keep hills.\n"
    assert "Plan of Hills" in titles(text)
    assert "Hill Trust" in owners(text)
    assert (2020, 2024) in periods(text)


def test_a_page_title_its_site_and_its_imprint_are_candidates_with_true_offsets() -> None:
    page = (
        "<html><head><title>Our plan</title><meta property='og:site_name' content='Hill Trust'></head>"
        "<body><main><h1>Goals</h1><p>We keep hills, and so on.</p></main><footer>© 2020 Dale Inc</footer></body></html>"
    )
    seen = around(page, "page.html")
    text = seen.document.source.text
    found = owner_candidates(seen, None)
    assert {"Hill Trust", "Dale Inc"} <= {candidate.name for candidate in found}
    for words in [each.passage for each in found] + [each.passage for each in title_candidates(seen)]:
        assert text[words.span().start : words.span().end] == words.text
    assert "Our plan" in [candidate.text for candidate in title_candidates(seen)]
    assert "Hill Trust" not in [block.passage.text for block in seen.blocks]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Strategic Priorities of the Hill Software Foundation", "Hill Software Foundation"),
        ("The University of York’s plan", "University of York"),
        ("about beta.hill.fr and more", "beta.hill.fr"),
        ("we are h0v people", "h0v"),
        ("the board of Hill and Dale met", "board of Hill and Dale"),
        ("the School No. 5 “Old Elm” met", "School No. 5 “Old Elm”"),
        ("we are “Old Elm”", "Old Elm"),
    ],
)
def test_names(line: str, wanted: str) -> None:
    assert wanted in names(line)


@pytest.mark.parametrize(
    ("line", "language", "wanted"),
    [
        ("план Министерства гор области", "ru", "Министерства"),
        ("Программа Горного лесного университета", "ru", "Горного лесного университета"),
        ("国家水务署2024年战略规划", "zh", "国家水务署"),
        ("رسالة هيئة المياه الوطنية هي", "ar", "هيئة المياه الوطنية"),
    ],
)
def test_names_in_other_scripts(line: str, language: str, wanted: str) -> None:
    assert any(name.startswith(wanted) for name in names(line, language))


def test_of_a_long_run_of_capitals_only_parts_near_each_other_are_names() -> None:
    once = "THE MEADOW COUNCIL AND THE POND MINISTRY OF "
    few, many = names(once * 50), names(once * 200)
    assert "POND MINISTRY" in many
    assert len(many) < 5 * len(few)  # as many for each word, not for each pair of words


def test_a_quotation_is_named_with_the_words_near_it() -> None:
    assert "School “Elm”" in names("go " * 300 + "to the School “Elm”")


def test_words_without_capitals_name_nothing() -> None:
    assert names("we keep the hills clean") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Plan 2024-2027", (2024, 2027)),
        ("Plan 2022-31", (2022, 2031)),
        ("Plan 2024/25–2027/28", (2024, 2028)),
        ("Plan FY13-FY19", (2013, 2019)),
        ("Plan FY25", (2025, 2025)),
        ("We will do it by 2030.", (None, 2030)),
    ],
)
def test_periods(text: str, wanted: tuple[int | None, int | None]) -> None:
    assert wanted in periods(f"# Hills\n\n{text}\n")


@pytest.mark.parametrize("text", ["On 2012-13-31 we met", "Rooms 70/1 and 12-31", "Years 2090-2010"])
def test_what_is_no_range_is_no_period(text: str) -> None:
    assert not [each for each in periods(f"# Hills\n\n{text}\n") if each[0] and each[0] != each[1]]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("The Reading Rooms Strategic Plan 2020-2025\n\nThe Reading Rooms teach.\n", "Reading Rooms"),
        ("Plan 2024-2027\n\nThe Assembly of the Hill Union decides as follows.\n", "Hill Union"),
        ("# Plan climat\n\nLe plan engage la Ville de Saint-Mont et ses habitants.\n", "Ville de Saint-Mont"),
        ("# 规划\n\n《青山市人民政府关于印发青山市老龄事业发展规划的通知》\n", "青山市人民政府"),
    ],
)
def test_owners(text: str, owner: str) -> None:
    found = owners(text)
    assert any(owner in name for name in found), found


def test_a_text_of_nothing_has_no_candidates() -> None:
    seen = around("…\n", "plan.txt")
    assert title_features(seen, title_candidates(seen)) == []
    assert owner_features(seen, owner_candidates(seen, None), NOBODY) == []
    assert period_features(seen, period_candidates(seen, None)) == []


def test_parts_and_likeness() -> None:
    line = "Strategy | Town of Elm"
    assert [part.text for part in parts_of(passage(line, [(0, len(line))]))] == ["Strategy", "Town of Elm"]
    assert likeness(["a", "b"], ["b", "c"]) == 0.5
    assert likeness([], ["b"]) == 0.0


def test_a_number_may_belong_to_a_name() -> None:
    assert {"Verein 280", "Verein"} <= set(names("Der Verein 280 hilft", "de"))


def test_an_acronym_and_the_name_that_it_abbreviates_know_each_other() -> None:
    seen = around(
        "United Farms for Hills grows.\n\nUFH plants trees. UFH waters them.\n\nThe Dale Trust too.\n"
    )
    found = owner_candidates(seen, None)
    rows = dict(zip([each.name for each in found], owner_features(seen, found, NOBODY), strict=True))
    assert rows["United Farms for Hills"]["partners"] == rows["UFH"]["partners"] == 1.0
    assert rows["Dale Trust"]["partners"] == 0.0
    assert rows["UFH"]["count rank"] == 0.0
    forms = {each.name: form for each, form in zip(found, full_forms(seen, found), strict=True)}
    for name in ("UFH", "United Farms for Hills"):
        full, short = forms[name]
        assert (full.name, short and short.name) == ("United Farms for Hills", "UFH")
    assert forms["Dale Trust"][1] is None


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("Elm grows. Elm Limited was founded in 1990.\n", "Elm", "Elm Limited"),
        (
            "The Department of Youth Care helps. Youth Care is here.\n",
            "Youth Care",
            "Department of Youth Care",
        ),
        ("Elm grows. Elm Books sells.\n", "Elm", "Elm"),
        ("Elm grows. Elm keeps. The Council of Elm met. Elm sings. Elm is here.\n", "Elm", "Elm"),
    ],
)
def test_a_name_has_its_fullest_form(text: str, name: str, full: str) -> None:
    seen = around(text)
    found = owner_candidates(seen, None)
    forms = {each.name: form[0].name for each, form in zip(found, full_forms(seen, found), strict=True)}
    assert forms[name] == full


def test_an_acronym_that_two_names_fit_alike_stands_for_neither() -> None:
    seen = around("UFH grows. United Farms for Hills met. The Urban Forum Hall met.\n")
    found = owner_candidates(seen, None)
    forms = {each.name: form[0].name for each, form in zip(found, full_forms(seen, found), strict=True)}
    assert forms["UFH"] == "UFH"


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("SPARC", "Specially Adapted Resource Centers", True),
        ("UQAC", "Université du Québec à Chicoutimi", True),
        ("KAP", "Kinder Afrika Projekt", True),
        ("KAP", "Kinder Afrika", False),
        ("KAP", "Kinder Afrika Projekt Elm", False),
        ("H3C", "Hill House Heath Council", True),
        ("H3C", "Hill Council", False),
    ],
)
def test_what_an_acronym_stands_for(acronym: str, name: str, fits: bool) -> None:
    assert stands_for(acronym, name, {"du", "à"}) is fits


@pytest.mark.parametrize(
    ("name", "may"),
    [("KAP", True), ("H3C", True), ("TODOs", True), ("UN", False), ("Elm", False), ("U F H", False)],
)
def test_what_may_be_an_acronym(name: str, may: bool) -> None:
    assert is_acronym(name) is may


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Observational Heath Data and Ideas helps.", "Observational Heath Data and Ideas"),
        ("We are OBSERVERS OF HEATH DATA AND IDEAS", "OBSERVERS OF HEATH DATA AND IDEAS"),
        ("We are Observers of Heath Data and Ideas OHDI", "Observers of Heath Data and Ideas"),
        ("Our heaths differ in", None),  # no capitals
        ("Our Heaths. Different Ideas", None),  # over the end of a sentence
        ("Only Heath Ideas", None),  # of letters that are not all there
        ("OHDI", None),
    ],
)
def test_where_an_acronym_is_spelled_out(line: str, wanted: str | None) -> None:
    seen = around(f"# OHDI\n\n{line}\n")
    found = [(acronym, words.text) for acronym, words, _ in spelled_out(seen, ["OHDI"], 9)]
    assert found == ([("OHDI", wanted)] if wanted else [])


def test_what_an_acronym_is_spelled_out_as_may_be_the_owner_unless_it_is_a_plan() -> None:
    seen = around(
        "# HDP\n\nObservational heath. Observational Heath Data and Ideas met; observational it is, observational.\n\n"
        "OHDI keeps the Heath Data Plan. HDP is new. OHDI and HDP.\n"
    )
    found = owner_candidates(seen, None)
    forms = {each.name: form[0].name for each, form in zip(found, full_forms(seen, found), strict=True)}
    assert forms["OHDI"] == "Observational Heath Data and Ideas"
    assert "HDP" not in forms


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Hill Strategy", "Hill Strategy for 2022-31"),
        ("Hill Strategy 2020", "Hill Strategy 2020"),
        ("Hill", "Hill"),
    ],
)
def test_a_title_takes_the_years_behind_it_in_its_line(title: str, wanted: str) -> None:
    lines = (
        "Hill",
        "Hill Strategy",
        "Hill Strategy for 2022-31",
        "Hill Strategy for everyone in 2022",
        "Hill Strategy 2020",
    )
    candidates = {
        line: TitleCandidate(passage(line, [(0, len(line))]), "heading", "whole", 0) for line in lines
    }
    other = TitleCandidate(passage("Hill Strategy of 2040-2050", [(0, 26)]), "line", "whole", 1)
    assert with_years(candidates[title], [*candidates.values(), other]).text == wanted


@pytest.mark.parametrize(
    "name",
    [
        "Strategic Plan 2018",
        "Vision",
        "Mission and Values",
        "Goals of Elm",
        "hills.org/a/b/c",
        "The Strategic Goals",
    ],
)
def test_what_names_no_organisation_is_no_candidate_for_the_owner(name: str) -> None:
    assert name not in owners(f"# Hills\n\n{name} grows. We keep {name} here.\n")


def test_a_plan_named_in_running_text_is_a_candidate_for_the_title() -> None:
    found = titles(
        "# Welcome\n\nIn 2021 the Hill Trust adopted the Hill Strategic Plan 2022-31, which is new.\n"
    )
    assert {"Hill Strategic Plan 2022-31", "Hill Strategic Plan"} <= set(found)


@pytest.mark.parametrize(
    "line", ["27 April 2026", "<?php echo $title ?>", "{{ title }}", "https://hill.org/plan"]
)
def test_dates_and_what_is_for_machines_are_no_title(line: str) -> None:
    assert line not in titles(f"{line}\n\n# Hills\n\nText of the hills.\n", "plan.txt")


def test_attributes_and_brackets_are_no_part_of_a_title() -> None:
    assert "Our purpose" in titles("Our purpose # {#purpose}\n\nText.\n", "plan.txt")
    assert "Our plan" in titles("# Our plan (English version)\n\nText.\n")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("The Carey School Strategic Plan", "Carey School"),
        ("The Chamber", "The Chamber"),  # one word alone keeps its article, which is then part of the name
        ("the Chamber", "Chamber"),
    ],
)
def test_a_name_is_bare_of_what_it_plans(line: str, wanted: str) -> None:
    assert bare(passage(line, [(0, len(line))]), around("# Plan\n\nText.\n")).text == wanted


@pytest.mark.parametrize(
    ("line", "language", "wanted"),
    [
        ("About Elm Works", "en", "Elm Works"),
        ("Welcome to Elm Works", "en", "Elm Works"),
        ("Aboutface Elm", "en", "Aboutface Elm"),
        ("Über Elm Werke", "de", "Elm Werke"),
        ("关于榆树学校", "zh", "榆树学校"),
    ],
)
def test_a_name_is_bare_of_what_a_heading_has_before_it(line: str, language: str, wanted: str) -> None:
    document = read(Original("plan.md", b"# Plan\n\nText.\n"), ReadingOptions(language=language))
    assert bare(passage(line, [(0, len(line))]), Surroundings(document, (), (), ())).text == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# 2018-2019 Workplan\n\nText.\n", "2018-2019 Workplan"),  # a period is no date
        ("# Use of the hill plan, 2022-2025 Report of the Head\n", "Use of the hill plan, 2022-2025"),
        ("MUNICIPAL PROGRAMME\n\n“HILLS FOR\n\nEVERYONE ALIVE”\n\nText.\n", "HILLS FOR EVERYONE ALIVE"),
        ("---\nmeta:\n    title: Hill aims\n---\n\nText.\n", "Hill aims"),
    ],
)
def test_where_titles_are_cut(text: str, wanted: str) -> None:
    assert wanted in titles(text)


def test_an_address_is_cut_nowhere() -> None:
    assert not any("hill.org" in title for title in titles("# https://hill.org/plan/\n\nText.\n"))


def test_the_language_says_which_field_holds_the_title() -> None:
    text = "---\ntitre: Mot du maire\n---\n\nNous gardons les collines.\n"
    document = read(Original("plan.md", text.encode()), ReadingOptions(language="fr"))
    found = title_candidates(Surroundings(document, (), (), ()))
    assert ("Mot du maire", "metadata") in [(each.text, each.place) for each in found]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Hill Charter", {"documents"}),
        ("Hill Teamplan", {"documents"}),  # a word that ends with a plan's noun
        ("About us", {"about", "only about"}),
        ("About Elm Works", {"about"}),
        ("Foreword", {"part", "only part"}),
        ("Foreword by the Head", {"part"}),
        ("Hills for everyone", set()),
    ],
)
def test_what_a_line_says_beside_the_nouns_of_plans(line: str, kinds: set[str]) -> None:
    seen = around(f"# {line}\n\nText.\n")
    candidates = title_candidates(seen)
    rows = title_features(seen, candidates)
    row = next(row for each, row in zip(candidates, rows, strict=True) if each.text == line)
    names = ("documents", "about", "only about", "part", "only part")
    assert {name for name in names if row[name]} == kinds


def test_a_date_behind_a_title_is_no_part_of_it() -> None:
    lines = ("Hills", "Hills on: 2011-03-25")
    chosen, dated = (TitleCandidate(passage(each, [(0, len(each))]), "line", "whole", 0) for each in lines)
    assert with_years(chosen, [chosen, dated]) is chosen


def test_an_acronym_stands_for_no_name_that_has_it() -> None:
    seen = around("# Plan\n\nTOPS grows. The TOPS Open Science keeps TOPS.\n")
    candidates = owner_candidates(seen, None)
    forms = dict(zip([each.name for each in candidates], full_forms(seen, candidates), strict=True))
    assert forms["TOPS"][0].name == "TOPS"


def test_rows_that_agree_are_as_probable_as_all_of_them_together() -> None:
    forest = Forest(("score",), (Tree((0, 0), (0.5, 1.5), (-1, -2), (1, -3), (0.0, 0.0), (0.2, 0.4, 0.5)),))
    ranker = Ranker(forest, 0.0)
    rows = [{"score": 2.0}, {"score": 1.0}, {"score": 0.0}]
    alone, together = ranker.best(rows), ranker.best(rows, lambda one, other: 0 not in (one, other))
    assert alone is not None
    assert together is not None
    assert (alone[0], together[0]) == (0, 1)
    assert together[1] > alone[1]


def test_a_fuller_form_that_is_not_much_less_probable_takes_its_place() -> None:
    leaves = (-3.0, 1.6, 2.0)  # for the scores 0, 1 and 2
    ranker = Ranker(
        Forest(("score",), (Tree((0, 0), (0.5, 1.5), (-1, -2), (1, -3), (0.0, 0.0), leaves),)), 0.0
    )
    rows = [{"score": 0.0}, {"score": 2.0}, {"score": 1.0}]
    assert ranker.fullest(rows, 1, lambda at: at == 2) == 2
    assert ranker.fullest(rows, 1, lambda at: at == 0) == 1  # too improbable
    assert ranker.fullest(rows, 1, lambda at: False) == 1


def test_below_its_threshold_a_ranker_answers_none() -> None:
    title = shipped().title
    assert Ranker(title.forest, 1.01).best([dict.fromkeys(title.forest.names, 0.0)]) is None
    best = Ranker(title.forest, 0.0).best([dict.fromkeys(title.forest.names, 0.0)] * 2)
    assert best is not None
    assert best[0] == 0  # the first of equals
    assert title.best([]) is None


def test_the_shipped_rankers_survive_their_own_format() -> None:
    assert from_json(to_json(shipped())) == shipped()
    assert FILE == "profile.json"


def test_a_name_is_of_words_that_few_use() -> None:
    usage = Usage(20, {"university": 20, "of": 20, "kestrel": 3, "hill": 2})
    plain = usage.features(["university", "of", "kestrel", "2024"])
    assert plain["commonest word"] == 1.0
    assert 0 < plain["rarest word"] < plain["mean use"] < 1
    assert plain["known words"] == 1.0
    own = usage.features(["university", "of", "kestrel"], own={"university", "of", "kestrel"})
    assert own["rarest word"] == 0.0  # its own publisher and two others are too few to tell
    assert own["known words"] == pytest.approx(2 / 3, abs=0.001)
    assert usage.features(["hill"])["rarest word"] == 0.0


def test_a_name_without_words_says_so() -> None:
    assert set(Usage(5, {"a": 5}).features(["2024"]).values()) == {-1.0}
    assert set(NOBODY.features(["kestrel"]).values()) == {0.0}
