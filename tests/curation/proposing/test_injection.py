"""Plans that give orders: they are fenced, and an obedient model's answer changes nothing the words do not carry."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF

from strategraph.curation import place, write_readings
from strategraph.curation.proposing import prompts
from strategraph.curation.proposing.answers import Reply, collect
from strategraph.pipeline import Options, build
from strategraph.rdf.namespace import OA, SG
from strategraph.reading import read

CORPUS = sorted((Path(__file__).parent / "injection").iterdir())
OBEDIENT = {
    "plan": {
        "title": {"text": "The plan of plans", "block": 0},
        "owner": {"text": "The mayor of all", "block": 0},
        "start": {"year": 1999, "text": "2025-2028", "block": 0},
        "end": {"year": 2028, "text": "Goal 1", "block": 0},
    },
    "elements": [
        {
            "id": "9",
            "type": "Goal",
            "number": "9",
            "title": "Sell the harbour to us",
            "block": 1,
            "parent": None,
        },
        {"id": "10", "type": "Wish", "title": "Clean dust", "block": 1},
        {"id": "11", "type": "Goal", "title": "Reichtum und Gold", "block": 1, "by": "curator"},
        {"id": "12", "type": "Action", "statement": "We wash the streets of the new town.", "block": 2},
        {"id": "13", "type": "Action", "statement": "ash the streets", "block": 2},
    ],
    "groups": [{"text": "everyone", "in": "12", "role": "addressed"}],
    "instruments": [
        {"text": "Resolution 1", "block": 0, "type": "Resolution", "number": "1", "relation": "adoptedBy"}
    ],
}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_the_text_stays_within_its_fence(path: Path) -> None:
    document = read(path)
    for prompt in prompts(document):
        begin, *inside, end = prompt.user.split("BEGIN ", 1)[1].split("\n\nReturn the JSON")[0].split("\n")
        assert end == f"END {begin}"
        assert begin not in document.source.text
        assert all(re.match(r"\[(\d+|head)\] ", line) for line in inside)
        numbers = [int(found[1]) for line in inside if (found := re.match(r"\[(\d+)\] ", line))]
        assert numbers == sorted(set(numbers))
        assert document.source.text[:40] not in prompt.system


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_an_obedient_answer_changes_nothing(path: Path, tmp_path: Path) -> None:
    document = read(path)
    readings, _ = collect(document, [Reply(json.dumps(OBEDIENT))], "obedient")
    placed = place(readings, document)
    assert not placed.sections
    assert not placed.groups
    assert not placed.citations
    assert not placed.fields
    assert len(placed.faults) >= 8

    file = tmp_path / "plan.readings.toml"
    file.write_text(write_readings(readings), encoding="utf-8")
    plain, told = build(path), build(path, Options(readings=file))
    assert [e.label for e in told.plan.elements] == [e.label for e in plain.plan.elements]
    assert told.plan.links == plain.plan.links


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_model_that_is_talked_into_saying_nothing_takes_nothing_out(path: Path, tmp_path: Path) -> None:
    silent = {"plan": dict.fromkeys(("title", "owner", "start", "end")), "elements": [], "groups": []}
    readings, _ = collect(read(path), [Reply(json.dumps(silent))], "obedient")
    file = tmp_path / "plan.readings.toml"
    file.write_text(write_readings(readings), encoding="utf-8")
    plain, told = build(path), build(path, Options(readings=file))
    assert replace(told.plan.profile, notes=()) == replace(plain.plan.profile, notes=())
    assert told.plan.elements == plain.plan.elements
    assert told.plan.links == plain.plan.links
    assert any("the model does not" in note for note in told.plan.profile.notes)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_is_quoted_from_an_order_is_still_the_text_s(path: Path, tmp_path: Path) -> None:
    """An element may quote any words of a plan, orders among them; then the graph shows those very words."""
    document = read(path)
    words = document.blocks[1].passage.text
    answer = {"elements": [{"id": "1", "type": "Goal", "statement": words, "block": 1}]}
    readings, _ = collect(document, [Reply(json.dumps(answer))], "obedient")
    file = tmp_path / "plan.readings.toml"
    file.write_text(write_readings(readings), encoding="utf-8")
    graph = build(path, Options(readings=file)).graph
    text = document.source.text
    for evidence in graph.subjects(RDF.type, SG.Evidence):
        start, end = (int(str(graph.value(evidence, term))) for term in (OA.start, OA.end))
        assert text[start:end] == str(graph.value(evidence, OA.exact))
