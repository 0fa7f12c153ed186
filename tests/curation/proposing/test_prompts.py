"""The prompt: the same for the same document, its wording data, its version a checksum."""

from __future__ import annotations

from pathlib import Path

from tests.curation.builders import document

from strategraph.curation.entries import ELEMENT_KINDS, INSTRUMENT_KINDS, RELATIONS, ROLES
from strategraph.curation.proposing.prompts import prompt_sha256, prompts, schema


def test_the_same_document_is_asked_the_same(tmp_path: Path) -> None:
    plan = document(tmp_path)
    first, second = prompts(plan), prompts(plan)
    assert [prompt.sha256 for prompt in first] == [prompt.sha256 for prompt in second]
    assert len(prompt_sha256()) == 64
    assert first[0].tokens > 1500


def test_pieces_are_counted(tmp_path: Path) -> None:
    plan = document(tmp_path, "\n\n".join(f"Goal {n}: Word\n\n" + "word " * 80 for n in range(9)))
    found = prompts(plan, 200)
    assert len(found) > 2
    assert [prompt.user.split(" of the document")[0] for prompt in found] == [
        f"Piece {n} of {len(found)}" for n in range(1, len(found) + 1)
    ]
    assert len({prompt.system for prompt in found}) == 1


def test_braces_in_a_plan_are_words_like_others(tmp_path: Path) -> None:
    (prompt,) = prompts(document(tmp_path, "Goal 1: {fence} and {0} and {blocks}\n"))
    assert "Goal 1: {fence} and {0} and {blocks}" in prompt.user


def test_a_prompt_for_a_chat_has_all_in_one(tmp_path: Path) -> None:
    (prompt,) = prompts(document(tmp_path))
    text = prompt.text()
    assert text.index(prompt.system) < text.index('"additionalProperties"') < text.index(prompt.user)


def test_the_schema_knows_what_the_contract_knows() -> None:
    properties = schema()["properties"]
    elements, groups, instruments = (
        properties[name]["items"] for name in ("elements", "groups", "instruments")
    )
    assert tuple(elements["properties"]["type"]["enum"]) == ELEMENT_KINDS
    assert tuple(instruments["properties"]["type"]["enum"]) == INSTRUMENT_KINDS
    assert tuple(instruments["properties"]["relation"]["enum"]) == RELATIONS
    assert tuple(groups["properties"]["role"]["enum"]) == ROLES
    for part in (schema(), elements, groups, instruments):  # what strict servers ask for
        assert part["additionalProperties"] is False
        assert sorted(part["required"]) == sorted(part["properties"])


def test_the_prompt_names_every_type(tmp_path: Path) -> None:
    (prompt,) = prompts(document(tmp_path))
    for kind in (*ELEMENT_KINDS, *INSTRUMENT_KINDS, *ROLES):
        assert kind in prompt.system


def test_the_page_shows_the_prompt_in_full() -> None:
    root = Path(__file__).parents[3]
    page = (root / "docs" / "proposals.md").read_text(encoding="utf-8")
    assert (root / "data" / "proposals" / "prompt.md").read_text(encoding="utf-8").strip() in page
    assert (root / "data" / "proposals" / "piece.md").read_text(encoding="utf-8").strip() in page
