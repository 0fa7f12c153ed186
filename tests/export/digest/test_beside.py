"""The texts beside a graph: known by their checksums, and by nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from strategraph.export.digest import texts_beside
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
