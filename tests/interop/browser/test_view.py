"""The page of ``strategraph view`` in Debian's Chromium: what people choose and read, and what does nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, RDF, RDFS, XSD, Graph, Literal, URIRef
from tests.conftest import SEED
from tests.reading.producers import to_pdf

from strategraph.export import write
from strategraph.export.digest import SourceText, with_pages
from strategraph.export.page import assemble, content, title
from strategraph.pipeline import build
from strategraph.rdf.namespace import HAS, OA, SG
from strategraph.reading import read

pytestmark = pytest.mark.interop

ROOT = Path(__file__).parents[3]
ARABIC = ROOT / "data/gold/held-out/wizarat-al-thaqafa-nahr-al-rimal-2025-2029.ar.html"
BASE = "https://w3id.org/strategraph/id/"
PLAN = URIRef(f"{BASE}plan/p")
SOURCE = URIRef(f"{BASE}source/s")
Open = Callable[..., Any]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a source or graph; afterwards, that it had no errors and asked for nothing."""
    tabs: list[Any] = []
    complaints: list[str] = []
    asked: list[str] = []

    def dismissed(dialog: Any) -> None:
        complaints.append(dialog.message)
        dialog.dismiss()

    def opened(shown: Path | Graph, hash_: str = "", text: str = "", **options: Any) -> Any:
        if isinstance(shown, Path):
            built = build(shown)
            graph = built.graph
            source = next(graph.subjects(RDF.type, SG.SourceDocument))
            texts = with_pages({str(source): SourceText(built.document.source.text)}, graph, [], [shown])
        else:
            graph, texts = shown, {str(SOURCE): SourceText(text)} if text else {}
        path = tmp_path / f"{len(tabs)}.html"
        path.write_bytes(assemble(content(graph, texts, validated=isinstance(shown, Path)), title(graph)))
        tab = browser.new_page(**{"viewport": {"width": 1400, "height": 900}, **options})
        tabs.append(tab)
        tab.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", dismissed)
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{path.as_uri()}{hash_}")
        tab.wait_for_selector("html[data-ready]")
        return tab

    yield opened
    for tab in tabs:
        tab.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def lit(page: Any) -> str:
    return "".join(page.locator("#words .lit").all_inner_texts())


def made_up(number: int) -> tuple[Graph, str]:
    """Return a plan of some goals with as many objectives each, and its text."""
    graph, lines = Graph(), ["A plan"]
    graph.add((PLAN, RDF.type, SG.StrategicPlan))
    graph.add((PLAN, RDFS.label, Literal("A plan", lang="en")))
    graph.add((SOURCE, RDF.type, SG.SourceDocument))
    graph.add((SOURCE, SG.presents, PLAN))

    def element(parent: URIRef, kind: str, place: int, words: str) -> URIRef:
        node = URIRef(f"{parent}/{kind.lower()}/{place}")
        start = sum(map(len, lines)) + len(lines)
        lines.append(words)
        for class_ in (SG[kind], SG.PlanElement):
            graph.add((node, RDF.type, class_))
        for predicate, value in (
            (RDFS.label, words), (SG.statement, words), (SG.inPlan, PLAN), (SG.position, place),
        ):  # fmt: skip
            graph.add((node, predicate, value if isinstance(value, URIRef) else Literal(value)))
        graph.add((parent, HAS[kind], node))
        evidence = URIRef(f"{node}/evidence")
        for predicate, term in (
            (RDF.type, SG.Evidence), (RDF.subject, parent), (RDF.predicate, HAS[kind]), (RDF.object, node),
            (DCTERMS.source, SOURCE), (OA.exact, Literal(words)), (OA.start, Literal(start)),
            (OA.end, Literal(start + len(words))), (SG.rule, Literal("made-up")),
            (SG.confidence, Literal("0.9", datatype=XSD.decimal)), (SG.line, Literal(len(lines))),
        ):  # fmt: skip
            graph.add((evidence, predicate, term))
        return node

    for goal in range(1, number + 1):
        parent = element(PLAN, "Goal", goal, f"Goal {goal}: look after matter {goal}")
        for objective in range(1, number + 1):
            element(parent, "Objective", objective, f"Objective {goal}.{objective}: support all")
    return graph, "\n".join(lines)


# --------------------------------------------------------------------------------------------------
# Goals, for whom, under which resolution, with the words


def test_the_first_screen_says_whose_the_plan_is_for_whom_and_under_which_resolution(show: Open) -> None:
    page = show(SEED)
    assert page.inner_text("h1") == "ITU Strategic Plan 2024-2027"
    glance = page.inner_text("#glance .glance")
    for words in ("ITU", "2024", "2027", "Adopted by", "Resolution 71 (Rev. Bucharest, 2022)", "everyone"):
        assert words in glance
    goals = page.locator(".entry.Goal > .line strong").all_inner_texts()
    assert goals == ["Universal Connectivity", "Sustainable Digital Transformation"]
    assert "youth" in page.locator(".entry.Goal").nth(1).inner_text()


def test_choosing_a_group_lights_its_words_and_tells_the_fact(show: Open) -> None:
    page = show(SEED)
    page.get_by_role("tab", name="Groups").click()
    page.locator("#panel tr", has_text="youth").get_by_role("button", name="addresses: 1 place").click()
    assert lit(page) == "youth"
    card = page.inner_text("#card")
    assert "Goal 2: Sustainable Digital Transformation" in card
    assert "addresses" in card


def test_choosing_words_shows_their_facts_with_rule_and_confidence(show: Open) -> None:
    page = show(SEED)
    page.locator("#words .quote.Instrument", has_text="Resolution 71").first.click()
    card = page.inner_text("#card")
    assert "adopted by" in card
    assert "%" in card
    assert "line 19" in card
    assert page.locator("#card code").first.inner_text()


def test_a_link_leads_to_one_fact_and_back_goes_back(show: Open) -> None:
    page = show(SEED)
    first = page.evaluate("() => location.hash")
    page.locator("#glance .chip.Instrument").first.click()
    linked = page.evaluate("() => location.hash")
    assert linked.startswith("#fact=")
    assert lit(page) == "Resolution 71 (Rev. Bucharest, 2022)"
    again = show(SEED, linked)
    assert lit(again) == "Resolution 71 (Rev. Bucharest, 2022)"
    page.go_back()
    page.wait_for_function("() => document.getElementById('card').hidden")
    assert page.evaluate("() => location.hash") == first
    assert not show(SEED, "#fact=no-such&node=nor/this&tab=nor-that").is_hidden("canvas")


def test_the_first_screen_says_what_was_not_read(show: Open) -> None:
    page = show(made_up(2)[0])
    said = page.inner_text("#glance .glance")
    assert "no group was read" in said
    assert re.search(r"Adopted by\s+none was read", said, re.IGNORECASE)
    graph = Graph()
    graph.add((PLAN, RDF.type, SG.StrategicPlan))
    graph.add((PLAN, RDFS.label, Literal("A plan", lang="en")))
    page = show(graph)
    assert "none was read" in page.inner_text("#glance .glance")
    page.get_by_role("button", name="What gave no fact").click()
    assert page.get_by_role("tab", name="Review").get_attribute("aria-selected") == "true"


def test_whom_it_is_for_stands_apart_from_whom_it_names(show: Open) -> None:
    graph, text = made_up(2)
    group = URIRef("https://example.org/id/target-group/others")
    for triple in (
        (group, RDF.type, SG.TargetGroup), (group, RDFS.label, Literal("others")),
        (URIRef(f"{PLAN}/goal/1"), SG.mentionsGroup, group),
    ):  # fmt: skip
        graph.add(triple)
    page = show(graph, "", text)
    row = page.get_by_role("group", name="Mentions group")
    assert row.get_by_role("button").all_inner_texts() == ["others"]
    assert page.get_by_role("group", name="For", exact=True).get_by_role("button").count() == 0


def test_what_is_chosen_stays_in_the_picture(show: Open) -> None:
    graph, text = made_up(7)
    page = show(graph, "", text)
    page.locator(".aim button").last.click()
    page.wait_for_selector("#card:not([hidden])")
    page.wait_for_function(
        """() => {
            const accent = getComputedStyle(document.querySelector("#tabs [aria-selected=true]")).borderBottomColor;
            const [red, green, blue] = accent.match(/\\d+/g).map(Number);
            const canvas = document.querySelector("canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            for (let i = 0; i < data.length; i += 4) {
                if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) return true;
            }
            return false;
        }"""
    )  # the box that is chosen has an edge of this colour, and nothing else in the picture does


def test_goals_within_goals_are_told_below_these(show: Open) -> None:
    graph, text = made_up(2)
    for parent in (1, 2):
        part = URIRef(f"{PLAN}/goal/{parent}/objective/1")
        graph.remove((part, RDF.type, SG.Objective))
        graph.add((part, RDF.type, SG.Goal))
    page = show(graph, "", text)
    assert page.locator(".glance .aim").count() == 2
    assert page.locator(".entry.Goal .entry.Goal").count() == 2


def test_words_of_a_group_and_an_sdg_have_the_colour_of_the_group(show: Open) -> None:
    page = show(SEED)
    assert page.locator("#words .quote.TargetGroup", has_text="women and girls").count() > 0
    assert page.locator("#words .quote.Literal", has_text="women and girls").count() == 0


def test_search_finds_elements_and_words(show: Open) -> None:
    page = show(SEED)
    page.keyboard.press("/")
    page.keyboard.type("digital divide")
    assert "In the graph" in page.inner_text("#hits")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert not page.is_hidden("#card")
    assert page.is_hidden("#hits")


def test_filters_leave_out_what_they_name(show: Open) -> None:
    page = show(SEED)
    page.click("#filters summary")
    page.get_by_label("For the group").select_option(label="youth")
    assert page.locator(".entry.Goal").all_inner_texts()[0].startswith("goal 2")
    page.get_by_role("button", name="Clear").click()
    assert page.locator(".entry.Goal").count() == 2
    page.get_by_label("mission").uncheck()
    page.get_by_label("commitment").uncheck()
    assert page.locator(".entry.Mission").count() == 0


def test_every_view_can_be_opened(show: Open) -> None:
    page = show(SEED)
    said = {}
    for name in ("Groups", "Mandates", "Dates", "SDGs", "Facts", "Review"):
        page.get_by_role("tab", name=name, exact=True).click()
        said[name] = page.inner_text("#panel")
    assert "youth" in said["Groups"]
    assert "adopted by" in said["Mandates"]
    assert "2027" in said["Dates"]
    assert "SDG 9" in said["SDGs"]
    assert "women and girls" in said["Facts"]
    assert "conforms" in said["Review"]


@pytest.mark.parametrize(
    ("button", "name", "begin"),
    [
        ("Turtle: the graph", "itu-strategic-plan-2024-2027.ttl", b"@base"),
        ("GraphML: for Gephi", "itu-strategic-plan-2024-2027.graphml", b"<?xml"),
        ("CSV: the facts that are shown", "itu-strategic-plan-2024-2027.facts.csv", b"\xef\xbb\xbfsubject,"),
        ("Text: as it was read", "itu-strategic-plan-2024-2027.txt", b"Committed"),
    ],
)
def test_files_are_saved_from_the_page(show: Open, button: str, name: str, begin: bytes) -> None:
    page = show(SEED)
    page.click("#save summary")
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    assert download.value.suggested_filename == name
    saved = Path(download.value.path()).read_bytes()
    assert saved.startswith(begin)
    if name.endswith(".ttl"):
        assert saved == write(build(SEED).graph, "turtle")


# --------------------------------------------------------------------------------------------------
# Pages of a PDF


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """The sample plan, printed on more than one page."""
    return to_pdf(read(SEED), tmp_path / "plan.pdf")


def boxed(page: Any) -> str:
    """Return the words of the page whose middle lies in a box."""
    return " ".join(
        page.evaluate(
            """() => {
                const boxes = [...document.querySelectorAll("#paper .box")].map((box) => box.getBoundingClientRect());
                const inside = (text) => {
                    const { left, right, top, bottom } = text.getBoundingClientRect();
                    const x = (left + right) / 2, y = (top + bottom) / 2;
                    return boxes.some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
                };
                return [...document.querySelectorAll("#paper text")].filter(inside).map((text) => text.textContent);
            }"""
        )
    )


def test_a_quotation_is_shown_in_its_box_on_its_page(show: Open, pdf: Path) -> None:
    page = show(pdf)
    page.get_by_label("As printed").check()
    assert page.is_hidden("#words")
    page.locator("#glance .chip.Instrument").first.click()
    assert boxed(page) == "Resolution 71 (Rev. Bucharest, 2022)"
    name = page.locator("#paper svg").get_attribute("aria-label")
    assert "with the words “Resolution 71 (Rev. Bucharest, 2022)” in a box" in name
    linked = page.evaluate("() => location.hash")
    assert boxed(show(pdf, linked)) == "Resolution 71 (Rev. Bucharest, 2022)"
    page.get_by_label("As printed").uncheck()
    assert lit(page) == "Resolution 71 (Rev. Bucharest, 2022)"
    assert page.is_hidden("#paper")


def test_pages_are_turned_and_stepped_through_by_keyboard_and_their_words_chosen(
    show: Open, pdf: Path
) -> None:
    page = show(pdf)
    page.get_by_label("As printed").check()
    page.focus("#paper")
    page.keyboard.press("ArrowRight")
    first = boxed(page)
    page.keyboard.press("ArrowRight")
    assert first
    assert boxed(page) != first
    assert not page.is_hidden("#card")
    page.keyboard.press("Escape")
    assert boxed(page) == ""
    page.locator("#paper text", has_text="Bucharest").click()
    assert "Bucharest" in boxed(page)
    assert page.get_by_label("Previous page").is_disabled()


def test_a_text_has_no_pages_to_choose(show: Open) -> None:
    assert show(SEED).get_by_label("As printed").is_hidden()


# --------------------------------------------------------------------------------------------------
# For everyone


def test_the_keyboard_is_enough(show: Open) -> None:
    page = show(SEED)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.focus("#words")
    page.keyboard.press("ArrowRight")
    first = lit(page)
    page.keyboard.press("ArrowRight")
    assert first
    assert lit(page) != first
    page.keyboard.press("Escape")
    assert page.is_hidden("#card")
    page.locator(".entry.Goal > .line").first.click()
    for part in ("views", "card", "text"):
        page.keyboard.press("F6")
        assert page.evaluate("() => document.activeElement.id") == part
    page.keyboard.press("Shift+F6")
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.id") == "outline"
    page.focus("#tab-picture")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.id") == "tab-groups"
    page.keyboard.press("ArrowLeft")
    page.focus(".stage")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert not page.is_hidden("#card")
    assert page.inner_text("#live")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("source", [SEED, ARABIC], ids=["seed", "arabic"])
def test_axe_finds_nothing(show: Open, axe: str, scheme: str, source: Path) -> None:
    page = show(source, color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    for name in ("Picture", "Groups", "Mandates", "Dates", "SDGs", "Facts", "Review"):
        page.get_by_role("tab", name=name, exact=True).click()
        page.locator(".entry > .line").first.click()
        found = page.evaluate("() => axe.run()")
        faults = [
            (each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found["violations"]
        ]
        assert faults == [], name


def test_axe_finds_nothing_on_pages(show: Open, axe: str, pdf: Path) -> None:
    page = show(pdf, bypass_csp=True)
    page.evaluate(axe)
    page.get_by_label("As printed").check()
    page.locator("#glance .chip.Instrument").first.click()
    found = page.evaluate("() => axe.run()")
    assert [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found["violations"]
    ] == []


def test_right_to_left_text_stands_at_the_right(show: Open) -> None:
    page = show(ARABIC)
    assert page.eval_on_selector("#words p", "e => getComputedStyle(e).direction") == "rtl"
    assert page.eval_on_selector(".entry", "e => getComputedStyle(e).direction") == "rtl"


@pytest.mark.parametrize("source", [SEED, ARABIC], ids=["seed", "arabic"])
def test_a_phone_needs_no_scrolling_sideways(show: Open, source: Path) -> None:
    page = show(source, viewport={"width": 360, "height": 740}, has_touch=True)
    for name in ("Outline", "Text", "Views"):
        page.locator("#panes").get_by_role("button", name=name).tap()
        assert page.evaluate("() => document.documentElement.scrollWidth") == 360
    page.get_by_role("tab", name="Review").tap()
    for name in ("Text", "Views"):
        page.locator("#panes").get_by_role("button", name=name).tap()
    left, right = page.eval_on_selector(
        "#tab-review", "e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]"
    )
    assert 0 <= left <= right <= 360
    page.get_by_role("tab", name="Groups").tap()
    assert page.evaluate("() => document.documentElement.scrollWidth") == 360


# --------------------------------------------------------------------------------------------------
# What must do nothing, and what must be quick


def test_markup_bidi_and_control_characters_are_text(show: Open) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script> \u202egnol\u202c \x01 ]]>"
    graph, text = made_up(2)
    graph.remove((PLAN, RDFS.label, None))
    graph.add((PLAN, RDFS.label, Literal(hostile, lang="en")))
    goal = URIRef(f"{PLAN}/goal/1")
    graph.add((goal, DCTERMS.title, Literal(hostile)))
    page = show(graph, "", f"{text}\n{hostile}")
    for name in ("Groups", "Facts", "Review", "Picture"):
        page.get_by_role("tab", name=name, exact=True).click()
    page.locator(".entry > .line").first.click()
    assert "<img src=x onerror=alert(1)>" in page.inner_text("h1")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 2
    shown = page.inner_text("body")
    assert "\u202e" not in shown
    assert "\x01" not in shown


def test_without_its_text_a_plan_is_shown_by_its_quotations(show: Open) -> None:
    graph, _ = made_up(2)
    page = show(graph)
    assert "only the words quoted" in page.inner_text("#words")
    page.get_by_role("button", name="Goal 2: look after matter 2").first.click()
    assert "look after matter 2" in page.inner_text("#card")


def test_five_thousand_nodes_are_there_at_once(show: Open) -> None:
    graph, text = made_up(70)
    page = show(graph, "", text)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # other programs' time does not count
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    spent = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    assert 0 < spent["TaskDuration"] < 1.5  # seconds
    assert page.locator(".entry.Goal").count() == 70


def test_a_frame_of_2000_nodes_draws_no_more_than_one_of_200(show: Open) -> None:
    """What a frame costs is what it draws; ``benchmarks/page.py`` takes the time."""

    def drawn(number: int) -> tuple[int, int]:
        graph, text = made_up(number)
        page = show(graph, "", text)
        page.evaluate(
            """() => {
                const pen = CanvasRenderingContext2D.prototype;
                window.drawn = { stroke: 0, fillText: 0 };
                for (const name of Object.keys(window.drawn)) {
                    const own = pen[name];
                    pen[name] = function (...given) { window.drawn[name]++; return own.apply(this, given); };
                }
            }"""
        )
        page.evaluate(
            """async () => {
                const at = { deltaY: 1, clientX: 1100, clientY: 400, cancelable: true };
                document.querySelector("canvas").dispatchEvent(new WheelEvent("wheel", at));
                await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
            }"""
        )
        counts = page.evaluate("() => [window.drawn.stroke, window.drawn.fillText]")
        return counts[0], counts[1]

    (lines, words), (few_lines, few_words) = drawn(44), drawn(14)
    assert 0 < words <= 1.5 * few_words
    assert 0 < lines <= 1.5 * few_lines


def test_the_data_block_is_what_the_page_shows(show: Open) -> None:
    page = show(SEED)
    shown = json.loads(
        page.inner_text("#data") or page.evaluate("() => document.getElementById('data').textContent")
    )
    assert len(shown["nodes"]) == 63
