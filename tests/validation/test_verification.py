"""Verification by third parties: everything holds as built, and any change is found, in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.export import write
from strategraph.pipeline import build
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import OA, SG
from strategraph.validation.verification import Failure, verify

SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
SHAPES = Path(__file__).parents[1] / "shapes"
VALID, TEXT = SHAPES / "valid.ttl", SHAPES / "valid.txt"
Change = Callable[[str, str], Path]


@pytest.fixture
def change(tmp_path: Path) -> Change:
    def make(old: str, new: str) -> Path:
        """Return the valid graph with one thing changed."""
        text, number = re.subn(old, new, VALID.read_text(encoding="utf-8"), count=1)
        assert number == 1
        path = tmp_path / "changed.ttl"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def run(graph: Path, *sources: Path) -> Result:
    arguments = [part for source in sources for part in ("--source", str(source))]
    return CliRunner().invoke(main, ["verify", str(graph), *arguments])


def failures(graph: Path, *sources: Path) -> tuple[Failure, ...]:
    return verify(load_graph(graph), sources or (TEXT,)).failures


# -- Everything holds


def test_everything_holds() -> None:
    result = run(VALID, TEXT)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "checked 26 quotes in 1 source and 33 extracted triples, 7 of them given by a person",
        "verified: everything holds",
    ]


def test_the_seed_as_built(seed_turtle: Path) -> None:
    assert run(seed_turtle, SEED).exit_code == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.md", "\ufeff# Plan 2025-2026\r\n\r\n## Goal 1: Water for everyone\r\n"),
        (
            "plan.html",
            "<html><body><h1>Plan 2025-2026</h1><p>Goal 1: Water &amp; air for everyone</p></body></html>",
        ),
        ("plan.txt", "Plan 2025-2026\n\nGoal 1: W\U0001d552ter for everyone\n"),
    ],
)
def test_the_source_and_the_text_written_beside_the_graph_will_do(
    tmp_path: Path, name: str, content: str
) -> None:
    source, out = tmp_path / name, tmp_path / "out"
    source.write_bytes(content.encode("utf-8"))
    assert CliRunner().invoke(main, ["build", str(source), "-o", str(out)]).exit_code == 0
    assert run(out / "plan.ttl", source).exit_code == 0
    assert run(out / "plan.ttl", out / "plan.txt").exit_code == 0


def test_several_sources_in_any_order(seed_turtle: Path, tmp_path: Path) -> None:
    both = tmp_path / "both.ttl"
    both.write_text(
        VALID.read_text(encoding="utf-8") + seed_turtle.read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert run(both, SEED, TEXT).exit_code == 0
    assert run(both, TEXT, SEED).stdout.startswith("checked ")
    assert "in 2 sources" in run(both, TEXT, SEED).stdout


# -- Any change is found


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (r'oa:exact "young farmers"', 'oa:exact "young farmer"', 7, "at 240 to 253 stands “young farmers”"),
        (r"oa:start 352", "oa:start 351", 11, "at 351 to 365 stands “all countries”"),
        (r"oa:end 365", "oa:end 366", 11, "at 352 to 366 stands “all countries,”"),
        (r"oa:end 365", "oa:end 99999", 11, "is no place in a text of 509 characters"),
        (r"oa:start 352", "oa:start 365", 11, "is no place"),
        (r"oa:start 352", "oa:start -157", 11, "is no place"),
        (r"oa:start 352", "oa:start 351, 352", 11, "does not say exactly one quote"),
        (r' biodiversity data with "', ' biodiversity date with "', 11, "the words before it are not"),
        (r'", as Decision 4', '", is Decision 4', 11, "the words after it are not"),
        (r'oa:prefix " biodiversity data with "', 'oa:prefix ""', 11, "the words before it are not"),
        (r"sg:line 13", "sg:line 12", 12, "is on line 13, not 12"),
        (r"sg:line 13", "sg:line 13, 14", 0, "is on line 13, not on none"),
        (
            r"<evidence/399c2689478d4ae9>",
            "<evidence/399c2689478d4ae0>",
            13,
            "The IRI is not the hash of what this says",
        ),
        (
            r"<evidence/399c2689478d4ae9>",
            "<words/399c2689478d4ae9>",
            13,
            "The IRI is not the hash of what this says",
        ),
        (r"    oa:exact \"young farmers\" ;\n", "", 7, "does not say exactly one quote"),
        (r"    rdf:predicate sg:adoptedBy ;\n", "", 13, "does not say exactly one subject"),
        (r"    sg:adoptedBy <[^>]+> ;\n", "", 13, "evidence of a triple that is not in the graph"),
        (r"sg:owner <", "sg:owner <organization/meadow-assembly>, <", 0, "no words for the extracted triple"),
        (r'sg:endYear "2028"', 'sg:endYear "2029"', 0, "given, but not in the graph"),
        (
            r"    dcterms:source <source/8df",
            "    dcterms:source <source/9df",
            1,
            "names no source of the graph",
        ),
        (r'sg:textSha256 "8', 'sg:textSha256 "9', 0, "its sg:textSha256 is not that of the text"),
        (r'sg:byteSha256 "8', 'sg:byteSha256 "9', 0, "sg:byteSha256 is not the checksum in the source's IRI"),
    ],
)
def test_any_change_is_found_in_its_place(
    change: Change, old: str, new: str, line: int, message: str
) -> None:
    graph = change(old, new)
    found = [failure for failure in failures(graph) if message in failure.what]
    assert [failure.line for failure in found] == [line]
    result = run(graph, TEXT)
    assert result.exit_code == 1
    assert str(found[0]) in result.stdout.splitlines()
    assert "verified" not in result.stdout


@given(data=st.data())
def test_no_offset_can_move_unseen(data: st.DataObject) -> None:
    graph = Graph() + load_graph(VALID)
    node = data.draw(st.sampled_from(sorted(graph.subjects(RDF.type, SG.Evidence), key=str)))
    predicate = data.draw(st.sampled_from([OA.start, OA.end]))
    value = graph.value(node, predicate)
    assert isinstance(value, Literal)
    graph.set(
        (node, predicate, Literal(data.draw(st.integers(-600, 600).filter(lambda n: n != value.value))))
    )
    found = verify(graph, [TEXT]).failures
    line = graph.value(node, SG.line)
    assert isinstance(line, Literal)
    assert {failure.line for failure in found} == {line.value}


# -- Other texts


def test_another_version_of_the_source(tmp_path: Path) -> None:
    other = tmp_path / "valid.txt"
    other.write_text(TEXT.read_text(encoding="utf-8").replace("Forum 2024", "Forum 2025"), encoding="utf-8")
    result = run(VALID, other)
    assert result.exit_code == 1
    assert "is another version: its checksums differ; 1 of 26 quotes do not hold in it" in result.stdout
    assert "valid.txt: line 13: “Meadow Forum 2024” for " in result.stdout


def test_another_version_in_which_all_quotes_hold(tmp_path: Path) -> None:
    other = tmp_path / "valid.txt"
    other.write_text(TEXT.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    result = run(VALID, other)
    assert result.exit_code == 1
    assert "its checksums differ; all quotes hold in it" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 failure"


def test_another_text_altogether() -> None:
    result = run(VALID, SEED)
    assert result.exit_code == 2
    assert (
        "is not the source valid.txt: its checksums differ, and of 26 quotes none holds in it"
        in result.stderr
    )
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe\xfa\x00\x9c", "neither")],
)
def test_files_that_are_no_source(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "source.txt"
    if content is not None:
        path.write_bytes(content)
    result = run(VALID, path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert message in result.stderr


def test_sources_missing_and_too_many(seed_turtle: Path) -> None:
    with pytest.raises(UnusableInputError, match=r"is not a source of this graph"):
        failures(VALID, TEXT, SEED)
    both = load_graph(VALID, seed_turtle)
    with pytest.raises(
        UnusableInputError, match=r"no file given is the source itu-strategic-plan-2024-2027\.txt"
    ):
        verify(both, [TEXT])


def test_a_light_graph_has_nothing_to_verify() -> None:
    graph = load_graph(VALID)
    for node in list(graph.subjects(RDF.type, SG.Evidence)):
        graph.remove((node, None, None))
    with pytest.raises(UnusableInputError, match=r"no evidence \(a light graph\?\)"):
        verify(graph, [TEXT])
    with pytest.raises(UnusableInputError, match="no source document"):
        verify(Graph(), [TEXT])


MOVES = (
    "dcterms:source",
    "oa:start",
    "oa:end",
    "sg:line",
    "sg:page",
    "sg:byteSha256",
    "sg:textSha256",
    "prov:used",
)


def test_old_names_are_renewed(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    text = VALID.read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if line.startswith("<evidence/")).split(">")[0][1:]
    old.write_text(text.replace(f"<{name}>", "<evidence/0123456789abcdef>"), encoding="utf-8")
    result = CliRunner().invoke(main, ["renew", str(old), "-o", str(new)])
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.split("\t")[0].endswith("evidence/0123456789abcdef")
    assert line.split("\t")[1].endswith(name)
    assert set(load_graph(new)) == set(load_graph(VALID))


def test_two_words_more_leave_all_but_what_was_touched(tmp_path: Path) -> None:
    text = SEED.read_text(encoding="utf-8")
    before = _lines(tmp_path, "before.txt", text)
    after = _lines(
        tmp_path, "after.txt", text.replace("\n\n", "\n\nTo begin: ", 1) if "\n\n" in text else f"So: {text}"
    )
    gone = before - after
    assert len(gone) <= len(before) // 20, sorted(gone)[:20]


def _lines(folder: Path, name: str, text: str) -> set[str]:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    graph = build(path).graph
    return {
        line
        for line in write(graph, "turtle").decode().splitlines()
        if not line.strip().startswith(MOVES) and not line.startswith("<source/")
    }


@pytest.mark.parametrize("repeated", [1, 3])
def test_the_same_words_in_the_same_surroundings_are_counted(tmp_path: Path, repeated: int) -> None:
    path = tmp_path / "plan.txt"
    line = "Goal 1: Clean water for all of the families who live here today.\n\n"
    path.write_text("River Plan 2025-2027\n\n" + line * repeated, encoding="utf-8")
    graph = build(path).graph
    evidence = set(graph.subjects(RDF.type, SG.Evidence))
    assert len(evidence) == len({str(node) for node in evidence})
    assert build(path).report.conforms
