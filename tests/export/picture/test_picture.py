"""The picture: everything in the view is in it, with its words, where it can be seen."""

from __future__ import annotations

import itertools
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from tests.export.graphs import BASE, HOSTILE, VALID, graphs, valid

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.export import VIEW_NAMES, NetworkOptions, write
from strategraph.export.appearance import colors, local_name
from strategraph.export.network import Network
from strategraph.export.network.views import VIEWS
from strategraph.export.picture import ROWS, shape
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

SVG = "{http://www.w3.org/2000/svg}"
CHECKOUT = Path(__file__).parents[3]


class Picture:
    """An SVG as it is seen: its boxes, each with its words, and its lines."""

    def __init__(self, graph: Graph, view: str = "plan") -> None:
        self.root = ET.fromstring(write(graph, "svg", NetworkOptions(view=view)))
        self.width, self.height = (float(self.root.attrib[name]) for name in ("width", "height"))
        (self.drawing,) = self.root.findall(f"{SVG}g")
        shift = self.drawing.attrib["transform"].removeprefix("translate(").rstrip(")")
        self.shift = tuple(map(float, shift.split()))
        self.boxes = self.drawing.findall(f"{SVG}g")
        self.lines = self.drawing.findall(f"{SVG}path")

    def words(self, box: ET.Element) -> str:
        return " ".join(span.text or "" for span in box.iter(f"{SVG}tspan"))

    def area(self, box: ET.Element) -> tuple[float, float, float, float]:
        rect = box.find(f"{SVG}rect")
        assert rect is not None
        x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        return x + self.shift[0], y + self.shift[1], width, height


@pytest.mark.parametrize("view", VIEW_NAMES)
@given(graph=graphs())
@settings(max_examples=30, deadline=None)
def test_every_node_is_in_the_picture_and_no_two_overlap(view: str, graph: Graph) -> None:
    picture = Picture(graph, view)
    network = Network(graph, VIEWS[view])
    labels = [network.label(rank) for rank in range(len(network.nodes))]
    assert ["".join(picture.words(box).split()) for box in picture.boxes] == [
        "".join(label.split()) for label in labels
    ]
    areas = [picture.area(box) for box in picture.boxes]
    for x, y, width, height in areas:
        assert 0 <= x <= x + width <= picture.width + 0.2
        assert 0 <= y <= y + height <= picture.height
    for (x, y, width, height), (x2, y2, width2, height2) in itertools.combinations(areas, 2):
        apart = (
            x + width <= x2 + 0.2
            or x2 + width2 <= x + 0.2
            or y + height <= y2 + 0.2
            or y2 + height2 <= y + 0.2
        )
        assert apart


def points(path: str) -> Iterator[tuple[float, float]]:
    """Yield points on a line of a picture, not far from each other."""
    a, b, *curve, f = (tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path))
    for n in range(101):
        t, s = n / 100, 1 - n / 100
        for start, end in ((a, b), (curve[2], f)):
            yield start[0] * s + end[0] * t, start[1] * s + end[1] * t
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        bent = (b, *curve)
        yield tuple(sum(w * p[i] for w, p in zip(weights, bent, strict=True)) for i in (0, 1))  # type: ignore[misc]


@pytest.mark.parametrize("view", ["plan", "groups", "citations", "mandates"])
@given(graph=graphs())
@settings(max_examples=30, deadline=None)
def test_no_line_runs_behind_a_box(view: str, graph: Graph) -> None:
    picture = Picture(graph, view)
    areas = [picture.area(box) for box in picture.boxes]
    for line in picture.lines:
        for x, y in points(line.attrib["d"]):
            px, py = x + picture.shift[0], y + picture.shift[1]
            inside = [
                (left, top, width, height)
                for left, top, width, height in areas
                if left + 1 < px < left + width - 1 and top + 1 < py < top + height - 1
            ]
            assert not inside, line.attrib["d"]


def test_provisions_are_an_outline_with_their_deadlines_and_whom_they_address_at_the_right() -> None:
    graph = valid()
    resolution = next(graph.subjects(RDF.type, SG.Resolution))
    provision, office = URIRef(f"{resolution}/provision/1"), URIRef(f"{resolution}/organization/office")
    for node, class_, label in (
        (provision, SG.OperativeParagraph, "to report"), (office, SG.Organization, "the Office"),
    ):  # fmt: skip
        graph.add((node, RDF.type, class_))
        graph.add((node, RDFS.label, Literal(label)))
    graph.add((resolution, SG.hasProvision, provision))
    graph.add((provision, SG.addressee, office))
    graph.add((provision, SG.due, Literal("2027")))
    picture = Picture(graph, "mandates")
    lefts = {" ".join(picture.words(box).split()): picture.area(box)[0] for box in picture.boxes}
    decided = min(left for words, left in lefts.items() if "Resolution" in words)
    assert decided < lefts["to report (due: 2027)"] < lefts["the Office"]


def test_a_view_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    graph = Graph()
    graph.add((URIRef("https://example.org/plan"), RDF.type, SG.StrategicPlan))
    (tmp_path / "x.ttl").write_bytes(write(graph, "turtle"))
    out = tmp_path / "x.svg"
    result = CliRunner().invoke(main, ["draw", str(tmp_path / "x.ttl"), "--view", "groups", "-o", str(out)])
    assert result.exit_code == 2
    assert "nothing of the view 'groups'" in result.stderr
    assert not out.exists()


def test_a_high_picture_goes_on_in_more_files(tmp_path: Path) -> None:
    graph = valid()
    plan = next(graph.subjects(RDF.type, SG.StrategicPlan))
    group = next(graph.subjects(RDF.type, SG.TargetGroup))
    for number in range(ROWS + 5):
        goal = URIRef(f"{plan}/goal/more-{number}")
        for class_ in (SG.Goal, SG.PlanElement):
            graph.add((goal, RDF.type, class_))
        graph.add((goal, RDFS.label, Literal(f"Goal more {number}")))
        graph.add((goal, SG.inPlan, plan))
        graph.add((plan, SG.hasGoal, goal))
        graph.add((goal, SG.addresses, group))
    given_graph = tmp_path / "x.nt"
    given_graph.write_bytes(write(graph, "ntriples"))
    result = CliRunner().invoke(
        main, ["draw", str(given_graph), "-o", str(tmp_path / "x.svg"), "--view", "groups"]
    )
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == ["x-2.svg", "x.svg"]
    shown = [path.read_text() for path in tmp_path.glob("*.svg")]
    for number in range(ROWS + 5):
        assert sum(f">Goal more {number}<" in text for text in shown) == 1
    assert all(str(graph.value(group, RDFS.label)) in text for text in shown)


def test_each_pair_of_linked_nodes_has_one_line_that_names_its_kinds() -> None:
    graph = valid()
    # Two kinds between two nodes: the plan both owns and mentions the organisation, say.
    plan, owner = next(graph.subject_objects(SG.owner))
    graph.add((plan, SG.mentions, owner))
    picture = Picture(graph, "full")
    network = Network(graph)
    pairs: dict[frozenset[int], list[str]] = {}
    for rank in range(len(network.nodes)):
        for link in network.links(rank):
            pairs.setdefault(frozenset((rank, link.target)), []).append(local_name(link.predicate))
    titles = [(line.findtext(f"{SVG}title") or "").split(", ") for line in picture.lines]
    assert sorted(titles) == sorted(pairs.values())
    assert max(map(len, titles)) > 1


def test_the_title_names_the_plan_and_the_legend_the_classes() -> None:
    picture = Picture(valid())
    texts = [text.text for text in picture.root.findall(f"{SVG}text")]
    plan = next(valid().subjects(RDF.type, SG.StrategicPlan))
    assert texts[0] == picture.root.findtext(f"{SVG}title") == str(valid().value(plan, RDFS.label))
    network = Network(valid(), VIEWS["plan"])
    for class_ in set(network.classes):
        count = network.classes.count(class_)
        words = "".join(str(class_).rpartition("#")[2]).lower()
        assert [text for text in texts if text and text.replace(" ", "").lower() == f"{words}({count})"]
    fills = {rect.attrib["fill"] for rect in picture.root.findall(f"{SVG}rect")} - {"#ffffff"}
    assert fills == {colors()[str(class_).rpartition("#")[2]] for class_ in network.classes}


def test_several_plans_are_counted_in_the_title() -> None:
    graph = Graph()
    for name in "pq":
        graph.add((URIRef(f"{BASE}plan/{name}"), RDF.type, SG.StrategicPlan))
    assert Picture(graph).root.findtext(f"{SVG}title") == "2 plans"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_make_sound_pictures(text: str) -> None:
    graph = Graph()
    plan = URIRef(f"{BASE}plan/p")
    graph.add((plan, RDF.type, SG.StrategicPlan))
    graph.add((plan, RDFS.label, Literal(text)))
    (box,) = Picture(graph).boxes
    assert box.findtext(f"{SVG}title")


def test_an_empty_graph_is_an_empty_picture() -> None:
    assert not Picture(Graph()).boxes


def test_the_picture_of_the_readme_is_that_of_the_sample_plan(tmp_path: Path) -> None:
    plan = "itu-strategic-plan-2024-2027"
    result = CliRunner().invoke(
        main, ["build", str(CHECKOUT / f"data/plans/{plan}.txt"), "-o", str(tmp_path)]
    )
    assert result.exit_code == 0
    drawn = write(load_graph(tmp_path / f"{plan}.ttl"), "svg")
    committed = (CHECKOUT / "docs/images/itu-strategic-plan.svg").read_bytes()
    assert committed == drawn, "run `make picture`"


# --------------------------------------------------------------------------------------------------
# PNG and the command


def test_a_png_is_twice_as_fine() -> None:
    content = write(valid(), "png")
    picture = Picture(valid())
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(content[start : start + 4], "big") for start in (16, 20))
    assert abs(width - 2 * picture.width) <= 2
    assert abs(height - 2 * picture.height) <= 2


def test_a_png_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UnusableInputError, match=r"pip install 'strategraph\[picture\]'"):
        write(valid(), "png")


def test_a_png_without_a_font_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resvg = pytest.importorskip("resvg_py")
    monkeypatch.setattr(resvg, "svg_to_bytes", lambda **_: b"")
    with pytest.raises(UnusableInputError, match="needs a font"):
        write(valid(), "png")


@pytest.mark.parametrize("suffix", [".svg", ".png", ".SVG"])
def test_draw_writes_what_the_suffix_says(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"x{suffix}"
    result = CliRunner().invoke(main, ["draw", str(VALID), "-o", str(out), "--view", "groups"])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"strategraph: wrote {out}\n")
    assert out.read_bytes() == write(valid(), suffix, NetworkOptions(view="groups"))


def test_draw_refuses_other_suffixes_before_it_reads(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["draw", "no such graph", "-o", str(tmp_path / "x.gif")])
    assert result.exit_code == 2
    assert "a picture is an .svg or a .png" in result.stderr


def test_a_title_in_capitals_has_room() -> None:
    graph, title = Graph(), "NATIONAL PLAN OF ACTION OF THE THIRD GENERATION OF THE WOMEN"
    plan = URIRef("https://example.org/id/plan/p")
    graph.add((plan, RDF.type, SG.StrategicPlan))
    graph.add((plan, RDFS.label, Literal(title)))
    width = float(write(graph, "svg").decode().partition('width="')[2].partition('"')[0])
    assert width > 0.7 * 28 * len(title)  # a bold capital is about so wide, in sizes of its letters


def test_a_label_is_cut_where_words_end_if_they_have_room() -> None:
    class_ = SG.TargetGroup
    assert shape("external stakeholders", class_, 18).lines == ("external", "stakeholders")
    assert shape("Priority: Champion Innovation", class_, 28).lines == ("Priority: Champion", "Innovation")
    assert all(len(line) <= 18 for line in shape("x" * 50, class_, 18).lines)
