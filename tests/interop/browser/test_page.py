"""The query page in Debian's Chromium: what people click and read, and that nothing is asked elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.interop

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"the page was not tried: {what} is missing")


@pytest.fixture(scope="module")
def url(seed_turtle: Path) -> Iterator[str]:
    """The page of a server for the seed's graph."""
    command = [sys.executable, "-m", "strategraph", "serve", str(seed_turtle), "--port", "0", "--limit", "50"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[1]
        server.terminate()
        assert server.wait(20) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    if not CHROMIUM.exists():
        missing(str(CHROMIUM))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=list(FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Any]:
    """The page, opened; afterwards, that it had no errors and asked no other host."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    hosts: set[str] = set()
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    tab.goto(url)
    tab.wait_for_selector("#questions button")
    yield tab
    tab.close()
    refused = "Failed to load resource: the server responded with a status of 400"
    assert [line for line in complaints if not line.startswith(refused)] == []
    assert hosts - {""} == {urlsplit(url).netloc}


def write(page: Any, query: str) -> None:
    page.evaluate("(query) => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)


def run(page: Any) -> str:
    page.click("#run")
    page.wait_for_selector("#run:not([disabled])")
    return str(page.inner_text("#status"))


def test_a_question_gives_rows(page: Any) -> None:
    page.click("#questions button:has(code:text-is('goals'))")
    assert run(page) == "Done"
    assert "Universal Connectivity" in page.inner_text("#results table")


def test_a_parameter_is_bound_by_the_server(page: Any) -> None:
    page.click("#questions button:has(code:text-is('goals-for-group'))")
    with page.expect_response("**/catalogue/goals-for-group?group=youth"):
        page.locator("input[name=group]").fill("youth")
    assert run(page) == "Done"
    assert "Sustainable Digital Transformation" in page.inner_text("#results table")


def test_questions_are_found_by_their_words(page: Any) -> None:
    page.get_by_label("Find a question").fill("vision")
    found = page.locator("#questions button:visible").all_inner_texts()
    assert found
    assert all("vision" in text.lower() for text in found)


def test_a_syntax_error_is_told(page: Any) -> None:
    write(page, "SELECT * WHERE {")
    assert "does not parse: line 1" in run(page)


def test_triples_are_shown(page: Any) -> None:
    write(page, "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s a sg:Goal ; rdfs:label ?o }")
    assert run(page) == "Done"
    assert "Universal Connectivity" in page.inner_text("#results")


def test_a_cut_answer_says_so(page: Any) -> None:
    write(page, "SELECT * { ?s ?p ?o }")
    assert "Only the first 50" in run(page)


def test_right_to_left_values_start_at_the_right(page: Any) -> None:
    write(page, 'SELECT ("الهدف (1)"@ar AS ?goal) {}')
    assert run(page) == "Done"
    style = "e => [getComputedStyle(e).unicodeBidi, getComputedStyle(e).textAlign]"
    assert (
        page.eval_on_selector("#results table td div:has(span) , #results table td div", style)[0]
        == "plaintext"
    )
