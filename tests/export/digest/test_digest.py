"""The texts beside a graph: known by their checksums, and by nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDFS, Graph, Literal, URIRef
from reportlab.pdfgen.canvas import Canvas

from strategraph.errors import UnusableInputError
from strategraph.export.digest import SourceText, texts_beside, with_pages, without_pages
from strategraph.rdf.namespace import SG

SHA = "0" * 64
SOURCE = URIRef(f"https://example.org/id/source/{SHA}")
WORDS = "Goal 1: all\nGoal 2: none\n"


def graph(text: str = WORDS) -> Graph:
    made = Graph()
    made.add((SOURCE, SG.textSha256, Literal(hashlib.sha256(text.encode()).hexdigest())))
    return made


def coverage(folder: Path, content: object, stem: str = "x") -> None:
    (folder / f"{stem}.coverage.json").write_text(json.dumps(content))


def test_a_text_of_another_name_is_found_and_one_of_another_source_is_not(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("something else")
    (tmp_path / "y.txt").write_text(WORDS)
    found = texts_beside(graph(), [tmp_path / "x.ttl"])
    assert [text.words for text in found.values()] == [WORDS]
    assert list(found) == [str(SOURCE)]
    (tmp_path / "y.txt").unlink()
    assert not texts_beside(graph(), [tmp_path / "x.ttl"])


def test_coverage_says_which_sentences_gave_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(WORDS)
    sentences = [
        {"start": 0, "end": 11, "facts": [{}]},
        {"start": 12, "end": 24, "facts": []},
        {"start": 12, "end": 2_000, "facts": []},
        {"start": "0", "end": 3, "facts": []},
        "none",
    ]
    coverage(tmp_path, {"sha256": SHA, "sentences": sentences, "review": {"unresolved": ["Annex 3", 4]}})
    (text,) = texts_beside(graph(), [tmp_path / "x.ttl"]).values()
    assert text.bare == ((12, 24),)
    assert text.open == ("Annex 3",)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"sha256": "1" * 64, "sentences": [{"start": 0, "end": 4, "facts": []}]},
        {"sha256": SHA, "review": []},
    ],
)
def test_coverage_that_is_broken_or_anothers_is_passed_over(content: object, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(WORDS)
    coverage(tmp_path, content)
    (text,) = texts_beside(graph(), [tmp_path / "x.ttl"]).values()
    assert (text.bare, text.open) == ((), ())


def test_a_folder_can_be_given_itself(tmp_path: Path) -> None:
    (tmp_path / "y.txt").write_text(WORDS)
    assert texts_beside(graph(), [tmp_path])


# --------------------------------------------------------------------------------------------------
# Pages


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF in a folder of its own, of one line."""
    path = tmp_path / "sources" / "plan.pdf"
    path.parent.mkdir()
    canvas = Canvas(str(path), invariant=True)
    canvas.drawString(100, 700, "Goal 1: Water for all")
    canvas.save()
    return path


def of(path: Path, text: str = "Goal 1: Water for all") -> tuple[Graph, str]:
    source = f"https://example.org/id/source/{hashlib.sha256(path.read_bytes()).hexdigest()}"
    made = Graph()
    made.add((URIRef(source), SG.textSha256, Literal(hashlib.sha256(text.encode()).hexdigest())))
    return made, source


def test_the_pages_of_a_source_are_found_beside_the_graph_or_given(pdf: Path, tmp_path: Path) -> None:
    made, source = of(pdf)
    assert with_pages({}, made, [tmp_path / "x.ttl"]) == {}
    for found in (
        with_pages({}, made, [tmp_path / "x.ttl"], [pdf]),
        with_pages({source: SourceText("Goal 1: Water for all")}, made, [pdf.with_name("x.ttl")]),
    ):
        (line,) = found[source].pages[0].lines
        assert [found[source].words[word.start : word.end] for word in line.words][:2] == ["Goal", "1:"]


def test_sources_with_pages_that_are_not_at_hand_are_named(pdf: Path) -> None:
    made, source = of(pdf)
    assert without_pages(made, {}) == []
    evidence = URIRef("https://example.org/id/evidence/1")
    made.add((evidence, DCTERMS.source, URIRef(source)))
    made.add((evidence, SG.page, Literal(1)))
    assert without_pages(made, {}) == [source]
    made.add((URIRef(source), RDFS.label, Literal("plan.pdf")))
    assert without_pages(made, {source: SourceText("Goal 1: Water for all")}) == ["plan.pdf"]
    assert without_pages(made, with_pages({}, made, [], [pdf])) == []


@pytest.mark.parametrize("name", ["sources/plan.pdf", "sources/no.pdf", "n" * 5000 + ".pdf", "a\0.pdf", 7])
def test_the_pages_of_a_source_are_found_where_the_manifest_of_its_set_says(
    pdf: Path, tmp_path: Path, name: object
) -> None:
    made, source = of(pdf)
    checksum = hashlib.sha256(pdf.read_bytes()).hexdigest()
    rows = [{"source": "sources/plan.pdf", "sha256": SHA}, {"source": name, "sha256": checksum}, 3]
    (tmp_path / "manifest.json").write_text(json.dumps({"plans": rows}))
    found = with_pages({}, made, [tmp_path / "x.ttl"])
    assert list(found) == ([source] if name == "sources/plan.pdf" else [])


def test_another_source_or_another_text_is_refused_if_given_and_passed_over_if_found(pdf: Path) -> None:
    made, _ = of(pdf, "what --pages or --ocr read")
    assert with_pages({}, made, [pdf.with_name("x.ttl")]) == {}
    with pytest.raises(UnusableInputError, match="gives another text"):
        with_pages({}, made, [], [pdf])
    with pytest.raises(UnusableInputError, match="is no source of the graph"):
        with_pages({}, graph(), [], [pdf])
    with pytest.raises(UnusableInputError, match="cannot be read"):
        with_pages({}, graph(), [], [pdf.with_name("none.pdf")])
