"""The query page in Debian's Chromium: what people click and read, and that nothing is asked elsewhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module")
def url(seed_turtle: Path) -> Iterator[str]:
    """The page of a server for the seed's graph."""
    command = [sys.executable, "-m", "strategraph", "serve", str(seed_turtle), "--port", "0", "--limit", "50"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[1]
        server.terminate()
        assert server.wait(20) == 0


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Any]:
    """The page, opened; afterwards, that it had no errors and asked no other host."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    hosts: set[str] = set()
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    tab.goto(f"{url}ask")
    tab.wait_for_selector("#questions button")
    yield tab
    tab.close()
    refused = "Failed to load resource: the server responded with a status of 400"
    assert [line for line in complaints if not line.startswith(refused)] == []
    assert hosts - {""} == {urlsplit(url).netloc}


def write(page: Any, query: str) -> None:
    page.evaluate("(query) => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)


def written(page: Any) -> str:
    return str(page.evaluate("() => document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def choose(page: Any, question: str) -> str:
    page.click(f"#questions button:has(code:text-is('{question}'))")
    return status(page)


def run(page: Any) -> str:
    page.click("#run")
    return status(page)


def status(page: Any) -> str:
    page.wait_for_selector("#run:not([disabled])")
    return str(page.inner_text("#status"))


def column(page: Any, number: int) -> list[str]:
    return [str(text) for text in page.locator(f"#answer td:nth-child({number})").all_inner_texts()]


def test_a_question_gives_rows(page: Any) -> None:
    assert choose(page, "goals").startswith("2 rows in ")
    assert page.locator("#answer th").all_inner_texts() == ["plan", "number", "title", "statement", "iri"]
    assert column(page, 3) == ["Universal Connectivity en", "Sustainable Digital Transformation en"]


def test_a_parameter_is_bound_by_the_server_and_enter_asks(page: Any) -> None:
    choose(page, "goals-for-group")
    with page.expect_response("**/catalogue/goals-for-group?group=youth"):
        page.get_by_role("combobox", name="group").fill("youth")
    page.keyboard.press("Enter")
    assert status(page).startswith("1 row in ")
    assert "Sustainable Digital Transformation" in column(page, 2)[0]


def test_choices_come_from_the_data_and_answers_can_be_linked_to(page: Any, url: str) -> None:
    choose(page, "goals-for-group")
    page.wait_for_selector("#choices-group option", state="attached")
    assert "youth" in page.eval_on_selector_all("#choices-group option", "all => all.map(e => e.value)")
    with page.expect_response("**/catalogue/goals-for-group?group=youth"):
        page.get_by_role("combobox", name="group").fill("youth")
    assert page.evaluate("() => location.hash") == "#question=goals-for-group&p.group=youth"
    page.goto("about:blank")
    page.goto(f"{url}ask#question=goals-for-group&p.group=youth")
    page.wait_for_selector("#answer td")
    assert len(column(page, 2)) == 1


@pytest.mark.parametrize(
    ("question", "name", "value"),
    [("evidence", "by", "addresses"), ("without-groups", "of_kind", "Vision"), ("plans", "to", "2027"),
     ("names", "of", "ITU"), ("groups-of-one-plan", "of_plan", "ITU Strategic Plan 2024-2027")],
)  # fmt: skip
def test_every_kind_of_parameter_offers_what_the_data_has(
    page: Any, question: str, name: str, value: str
) -> None:
    choose(page, question)
    page.wait_for_selector(f"#choices-{name} option", state="attached")
    assert value in page.eval_on_selector_all(f"#choices-{name} option", "all => all.map(e => e.value)")


def test_the_first_page_shows_the_plans_and_leads_here(page: Any, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("h1") == "ITU Strategic Plan 2024-2027"
    page.get_by_role("link", name="Ask", exact=True).click()
    page.wait_for_selector("#questions button")


def test_questions_are_found_by_their_words(page: Any) -> None:
    page.get_by_label("Find a question").fill("vision")
    found = page.locator("#questions button:visible").all_inner_texts()
    assert found
    assert all("vision" in text.lower() for text in found)


def test_a_syntax_error_is_told(page: Any) -> None:
    write(page, "SELECT * WHERE {")
    assert "does not parse: line 1" in run(page)
    assert page.is_hidden("#answer")


def test_triples_are_shown(page: Any) -> None:
    write(page, "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s a sg:Goal ; rdfs:label ?o }")
    assert run(page).startswith("Done in ")
    assert "Universal Connectivity" in page.inner_text("#answer pre")


def test_yes_or_no(page: Any) -> None:
    write(page, "ASK { ?s a sg:Goal }")
    run(page)
    assert page.inner_text("#answer") == "Yes"


def test_a_cut_answer_says_so(page: Any) -> None:
    write(page, "SELECT * { ?s ?p ?o }")
    assert "Only the first 50" in run(page)


def test_columns_are_sorted_by_number_or_word_and_blanks_come_last(page: Any) -> None:
    write(page, 'SELECT * { VALUES (?n ?w) { (10 "b") (9 UNDEF) (-1 "a") } }')
    run(page)
    first = page.get_by_role("button", name="n", exact=True)
    second = page.get_by_role("button", name="w", exact=True)
    first.click()
    assert column(page, 1) == ["-1", "9", "10"]
    first.click()
    assert column(page, 1) == ["10", "9", "-1"]
    assert page.get_attribute("#answer th:first-child", "aria-sort") == "descending"
    second.click()
    assert column(page, 2) == ["a", "b", ""]
    second.click()
    assert column(page, 2) == ["b", "a", ""]
    assert page.get_attribute("#answer th:first-child", "aria-sort") is None


def test_many_rows_come_in_portions(page: Any) -> None:
    values = " ".join(str(number) for number in range(45))
    write(page, f"SELECT ?n {{ VALUES ?n {{ {values} }} }}")
    run(page)
    assert len(column(page, 1)) == 45
    page.evaluate(
        """async () => {
            const { rows } = await import("/static/answer.js");
            const bindings = Array.from({ length: 450 }, (_, n) => ({ n: { type: "literal", value: `${n}` } }));
            const found = { head: { vars: ["n"] }, results: { bindings } };
            document.getElementById("answer").replaceChildren(...rows(found, String, String));
        }"""
    )
    assert len(column(page, 1)) == 200
    page.get_by_role("button", name="Show more: 250 rows are left").click()
    assert len(column(page, 1)) == 400
    page.get_by_role("button", name="Show more: 50 rows are left").click()
    assert len(column(page, 1)) == 450
    assert page.is_hidden("#answer .more")


def test_a_node_can_be_looked_at(page: Any) -> None:
    choose(page, "goals")
    page.click("#answer td .plain >> nth=0")
    status(page)
    assert "/goal/1> ?property ?value" in written(page)
    assert "rdfs:label" in column(page, 1)
    assert page.is_hidden("#parameters")


@pytest.mark.parametrize(
    ("query", "button", "name", "begin"),
    [
        ("SELECT ?s { ?s a sg:StrategicPlan }", "CSV", "answer.csv", "s\r\nhttps://"),
        ("CONSTRUCT WHERE { ?s a sg:StrategicPlan }", "N-Triples", "answer.nt", "<https://"),
    ],
)
def test_an_answer_can_be_saved(page: Any, query: str, button: str, name: str, begin: str) -> None:
    write(page, query)
    run(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    assert download.value.suggested_filename == name
    assert Path(download.value.path()).read_bytes().startswith(begin.encode())


def test_right_to_left_values_stand_at_the_right(page: Any) -> None:
    write(page, 'SELECT * { VALUES ?goal { "الهدف (1) ITU"@ar "Goal 1"@en } }')
    run(page)
    directions = page.eval_on_selector_all("#answer td", "all => all.map(e => getComputedStyle(e).direction)")
    assert directions == ["rtl", "ltr"]


def test_markup_in_values_is_text(page: Any) -> None:
    write(page, 'SELECT ("<img src=x onerror=alert(1)><b>bold</b>" AS ?x) {}')
    run(page)
    assert column(page, 1) == ["<img src=x onerror=alert(1)><b>bold</b>"]


def test_the_keyboard_is_enough(page: Any) -> None:
    page.focus("#questions li:first-child button")
    page.keyboard.press("Enter")
    assert " in " in status(page)
    page.focus(".CodeMirror textarea")
    page.keyboard.press("Control+End")
    page.keyboard.type("# more")
    page.keyboard.press("Control+Enter")
    assert " in " in status(page)
    assert written(page).endswith("# more")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "run"


def test_a_narrow_screen_needs_no_scrolling_sideways(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for question in ("goals", "goals-for-group", "evidence"):
        choose(page, question)
        assert page.evaluate("() => document.documentElement.scrollWidth") == 360
