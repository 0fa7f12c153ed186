"""What a model answers, read with suspicion: JSON in prose, cut off, of another form, or none.

The answers about all pieces, made one file; replies that are kept.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.curation.builders import document

from strategraph.curation.entries import MODEL, ElementEntry, FieldEntry
from strategraph.curation.proposing import Prompt, prompt_sha256
from strategraph.curation.proposing.answers import (
    Cache,
    ModelAnswer,
    Reply,
    collect,
    default_folder,
    read_answer,
)

GOAL: dict[str, Any] = {
    "id": "3",
    "type": "Goal",
    "number": "1",
    "title": "Clean  water",
    "statement": None,
    "block": 3,
    "statement_block": None,
    "parent": None,
}
ELEMENT = ElementEntry(id="3", kind="Goal", number="1", title="Clean water", block=3, by=MODEL)


def answer(*elements: object, **more: object) -> str:
    return json.dumps({"plan": {}, "elements": list(elements), "groups": [], "instruments": [], **more})


@pytest.mark.parametrize(
    "text",
    [
        answer(GOAL),
        f"Here is the JSON you asked for:\n```json\n{answer(GOAL)}\n```\nI hope {{this}} helps!",
        f'<think>{{"a": 1}} maybe {{}}</think>{answer(GOAL)}',
        f"\ufeff\n{answer(GOAL)}",
        json.dumps({"elements": [GOAL]}),
        json.dumps({"elements": [{**GOAL, "number": 1, "block": "3", "mood": "good"}]}),
    ],
)
def test_json_wherever_it_stands(text: str) -> None:
    assert read_answer(text) == ModelAnswer(elements=(ELEMENT,))


@pytest.mark.parametrize(
    "text", ["", "I cannot do that.", "{}", "[1, 2]", '{"goals": []}', "{" * 500, '"elements": [']
)
def test_answers_that_hold_nothing(text: str) -> None:
    found = read_answer(text)
    assert not found.usable
    assert found.faults == ("the answer holds no JSON object of the schema",)


@pytest.mark.parametrize("cut", [1, 2, 12, 30, 60])
def test_an_answer_that_is_cut_off_keeps_what_is_whole(cut: int) -> None:
    text = json.dumps({"plan": {}, "elements": [GOAL, {**GOAL, "id": "4", "title": 'a "} {" b'}]})
    found = read_answer(text[:-cut])
    assert found.elements[0] == ELEMENT
    assert len(found.elements) == (1 if cut > 2 else 2)
    assert not found.whole
    assert "the answer is cut off" in found.faults[0]


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ({**GOAL, "type": "Wish"}, "type 'Wish' is not known"),
        ({**GOAL, "type": None}, "has no type"),
        ({**GOAL, "title": None}, "has neither title nor statement"),
        ({**GOAL, "title": ["a"]}, "title is no text"),
        ({**GOAL, "title": "x" * 30_000}, "title is no text"),
        ({**GOAL, "block": -1}, "block is no number"),
        ({**GOAL, "block": True}, "block is no number"),
        ({**GOAL, "block": 1.5}, "block is no number"),
        ("Goal 1", "is no object"),
    ],
)
def test_elements_of_another_form(part: object, fault: str) -> None:
    found = read_answer(answer(GOAL, part))
    assert found.elements == (ELEMENT,)
    assert found.faults == (f"elements 2: {fault}",)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"groups": "none"}, "groups is no list"),
        ({"groups": [{"text": "all", "in": "3", "role": "loved"}]}, "groups 1: role 'loved' is not known"),
        ({"groups": [{"text": "all", "role": "addressed"}]}, "groups 1: has no in"),
        (
            {"instruments": [{"text": "Act 1", "type": "Framework", "relation": "cites"}]},
            "instruments 1: type",
        ),
        (
            {"instruments": [{"text": "Act 1", "type": "Order", "relation": "likes"}]},
            "instruments 1: relation",
        ),
        ({"plan": [1]}, "plan is no object"),
        ({"plan": {"title": "Plan"}}, "plan, title: is no object"),
        ({"plan": {"start": {"text": "2025", "year": "soon"}}}, "plan, start: year is no number"),
    ],
)
def test_other_parts_of_another_form(more: dict[str, object], fault: str) -> None:
    found = read_answer(answer(GOAL, **more))
    assert found.elements == (ELEMENT,)
    assert len(found.faults) == 1
    assert found.faults[0].startswith(fault)


def test_all_parts() -> None:
    found = read_answer(
        answer(
            plan={
                "title": {"text": "Plan", "block": 0},
                "end": {"text": "by 2030", "year": 2030, "block": None},
            },
            groups=[{"text": "all", "in": "3", "role": "addressed"}],
            instruments=[
                {"text": "Act 1", "block": 2, "type": "Legislation", "number": "1", "relation": "cites"}
            ],
        )
    )
    assert found.fields == (
        FieldEntry(name="title", text="Plan", block=0, by=MODEL),
        FieldEntry(name="end", text="by 2030", year=2030, by=MODEL),
    )
    assert (found.groups[0].element, found.instruments[0].number) == ("3", "1")
    assert found.faults == ()


def test_halves_of_characters_do_not_pass() -> None:
    found = read_answer(json.dumps({"elements": [{**GOAL, "title": "\ud800 water"}]}))
    assert found.elements[0].title == "\N{REPLACEMENT CHARACTER} water"


@given(st.text())
def test_no_answer_is_too_strange(text: str) -> None:
    read_answer(text)
    read_answer('{"elements": [' + text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["elements", "plan", "title", "text", "type", "block", "groups", "in"]), inner
            )
        ),
    )
)
def test_no_json_is_too_strange(value: object) -> None:
    read_answer(json.dumps({"elements": value, "plan": value, "groups": value, "instruments": value}))


PROMPT = Prompt(1, "system", "user")


def test_pieces_are_put_together(tmp_path: Path) -> None:
    def goal(title: str) -> dict[str, object]:
        return {"id": "a", "type": "Goal", "title": title, "block": 3}

    first = {
        "plan": {"owner": {"text": "Harbour Trust", "block": 1}},
        "elements": [goal("Clean water"), "x"],
        "groups": [{"text": "all", "in": "a", "role": "addressed"}],
    }
    second = {
        "plan": {"owner": {"text": "Harbour Assembly", "block": 9}, "end": {"text": "2025-28", "year": 2028}},
        "elements": [goal("Mend the planks"), {**goal("right"), "id": "b", "parent": "a"}],
        "groups": [{"text": "planks", "in": "a", "role": "mentioned"}],
    }
    replies = [Reply(json.dumps(first), 10, 1), Reply(json.dumps(second), 20, 2)]
    plan = document(tmp_path)
    readings, faults = collect(plan, replies, "test")
    assert [(one.id, one.parent) for one in readings.elements] == [("a", None), ("a@2", None), ("b", "a@2")]
    assert [one.element for one in readings.groups] == ["a", "a@2"]
    assert [(one.name, one.text) for one in readings.fields] == [
        ("owner", "Harbour Trust"),
        ("end", "2025-28"),
    ]
    assert faults == ("piece 1: elements 2: is no object",)
    assert readings.reader is not None
    assert (readings.reader.prompt_tokens, readings.reader.answer_tokens) == (30, 3)
    assert (readings.reader.model, readings.reader.prompt_sha256) == ("test", prompt_sha256())
    assert (readings.source, readings.sha256) == ("plan.txt", plan.source.sha256)


def test_a_reply_is_kept_by_source_prompt_and_model(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "replies")
    reply = Reply("{“Ziel”}", 7, 3)
    assert cache.get("source", PROMPT, "model") is None
    cache.put("source", PROMPT, "model", reply)
    assert cache.get("source", PROMPT, "model") == reply
    for other in (
        ("x", PROMPT, "model"),
        ("source", Prompt(1, "x", "user"), "model"),
        ("source", PROMPT, "x"),
    ):
        assert cache.get(*other) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": "x"}', b"\xff"])
def test_a_damaged_reply_is_none(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("source", PROMPT, "model", Reply("x"))
    next(tmp_path.iterdir()).write_bytes(content)
    assert cache.get("source", PROMPT, "model") is None


def test_without_a_folder_nothing_is_kept() -> None:
    Cache(None).put("source", PROMPT, "model", Reply("x"))
    assert Cache(None).get("source", PROMPT, "model") is None


def test_where_replies_are_kept(tmp_path: Path) -> None:
    assert default_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "strategraph" / "replies"
    assert (
        default_folder({"XDG_CACHE_HOME": "relative"}) == Path.home() / ".cache" / "strategraph" / "replies"
    )
