"""Both pages shown data that was made to break them, with a seed: nothing of it runs, nothing is asked elsewhere.

``HOSTILE=500 SEED=7`` tries more graphs and answers than the usual.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from tests.fuzz.shown import IRIS, TEXTS, mutated, page

from strategraph.errors import StrategraphError
from strategraph.rdf.loading import load_graph

pytestmark = pytest.mark.interop

ROUNDS = int(os.environ.get("HOSTILE", "12"))
SEED = int(os.environ.get("SEED", "17"))
# Clicks what can be clicked, once each, as far as the page still has it; downloads and links lead away.
_CLICK = """() => {
  const words = new Set();
  for (let n = 0; n < 150; n++) {
    const next = [...document.querySelectorAll("button, [role=tab], summary, #words .quote, svg [tabindex], svg a")]
      .find((each) => !each.disabled && !words.has(each.outerHTML) && !/save|download/i.test(each.textContent));
    if (!next) break;
    words.add(next.outerHTML);
    next.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  return words.size;
}"""


@contextmanager
def watched(browser: Any, own: str) -> Iterator[Any]:
    """Open a tab; afterwards, that nothing hostile ran in it and that only its own host was asked."""
    tab = browser.new_page()
    complaints: list[str] = []

    def dismissed(dialog: Any) -> None:
        complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def asked(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and f"{address.scheme}://{address.netloc}" != own:
            complaints.append(f"asked {request.url}")

    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    tab.on("dialog", dismissed)
    tab.on("request", asked)
    yield tab
    assert tab.evaluate("window.broken") is None
    tab.close()
    assert complaints == []


@pytest.mark.parametrize("number", range(ROUNDS))
def test_the_page_of_a_graph_that_was_made_to_break_it(number: int, browser: Any, tmp_path: Path) -> None:
    chance = random.Random(f"{SEED} {number}")
    (tmp_path / "x.nt").write_bytes(mutated(chance))
    try:
        shown = page(load_graph(tmp_path / "x.nt"))
    except StrategraphError:
        return  # refused in one line
    path = tmp_path / "x.html"
    path.write_bytes(shown)
    texts = [chance.choice((*TEXTS, *IRIS)) for _ in range(4)]
    hash_ = "&".join(
        f"{key}={quote(text[:500])}" for key, text in zip(("plan", "node", "fact", "tab"), texts, strict=True)
    )
    with watched(browser, "file://") as tab:
        tab.goto(f"{path.as_uri()}#{hash_}")
        tab.wait_for_selector("html[data-ready]")
        assert tab.evaluate(_CLICK)
        for field in tab.locator("input[type=search], input[type=text]").all():
            field.evaluate(
                "(each, text) => { each.value = text; each.dispatchEvent(new Event('input', {bubbles: true})); }",
                texts[0],
            )
        assert tab.evaluate(_CLICK)


def _hostile(chance: random.Random) -> str:
    """Return what a server might answer to a question: results, well-formed or not, with hostile words."""

    def term() -> object:
        text = chance.choice((*TEXTS, *IRIS))
        made: dict[str, object] = {
            "type": chance.choice(("uri", "literal", "bnode", "triple", text)),
            "value": text,
        }
        if chance.random() < 0.5:
            made[chance.choice(("xml:lang", "datatype", "__proto__"))] = chance.choice((*TEXTS, *IRIS))
        return made if chance.random() < 0.95 else chance.choice((None, text))

    names = [chance.choice((*TEXTS[:14], "a", "b")) for _ in range(chance.randint(0, 4))]
    rows = [{name: term() for name in names if chance.random() < 0.8} for _ in range(chance.randint(0, 300))]
    text = json.dumps({"head": {"vars": names}, "results": {"bindings": rows}})
    return text if chance.random() < 0.8 else text[: chance.randrange(len(text))]


@pytest.fixture(scope="module")
def url(seed_turtle: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "strategraph", "serve", str(seed_turtle), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[1]
        server.terminate()
        assert server.wait(60) == 0


@pytest.mark.parametrize("number", range(ROUNDS))
def test_answers_that_were_made_to_break_the_query_page(number: int, browser: Any, url: str) -> None:
    chance = random.Random(f"{SEED} {number}")

    def answered(route: Any) -> None:
        kind = chance.choice(("application/sparql-results+json", "text/turtle", "text/html"))
        status = chance.choice((200, 200, 200, 400, 503))
        route.fulfill(status=status, content_type=kind, body=_hostile(chance))

    address = urlsplit(url)
    with watched(browser, f"{address.scheme}://{address.netloc}") as tab:
        tab.route("**/sparql", answered)
        tab.goto(
            f"{url}ask#question={quote(chance.choice(TEXTS)[:500])}&p.group={quote(chance.choice(TEXTS)[:500])}"
        )
        tab.wait_for_selector("#questions button")
        for _ in range(5):
            tab.click("#run")
            tab.wait_for_selector("#run:not([disabled])")
            for button in tab.locator("#answer th button").all():
                button.click()
        assert tab.inner_text("#status")
