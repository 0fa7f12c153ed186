"""The answers about all pieces, made one file; replies that are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.curation.builders import document

from strategraph.curation.proposing.cache import Cache, default_folder
from strategraph.curation.proposing.collecting import Reply, collect
from strategraph.curation.proposing.prompts import Prompt, prompt_sha256

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
