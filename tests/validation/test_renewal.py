"""Evidence lives on its words: old names are renewed, and a small change of the source is a small change."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF

from strategraph.cli import main
from strategraph.export import write
from strategraph.pipeline import build
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
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
