"""Documents in pieces: nothing is torn apart, nothing is lost, and what a piece stands under is shown.

The prompt: the same for the same document, its wording data, its version a checksum.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.curation.builders import document

from strategraph.curation.entries import ELEMENT_KINDS, INSTRUMENT_KINDS, RELATIONS, ROLES
from strategraph.curation.proposing import Piece, pieces, prompt_sha256, prompts, schema, tokens
from strategraph.model import Block, Document, Source, passage

KINDS = st.sampled_from(["heading", "paragraph", "item", "cell"])


def made(blocks: list[tuple[str, str]], metadata: tuple[tuple[str, str], ...] = ()) -> Document:
    """Return a document with blocks of these kinds and words; a cell's words name its table."""
    text = "\n".join(words for _, words in blocks)
    found = []
    at = 0
    for kind, words in blocks:
        place = passage(text, [(at, at + len(words))])
        found.append(Block(kind, place, level=1, table=0 if kind == "cell" else None))
        at += len(words) + 1
    return Document(Source("x", "text/plain", "0" * 64, text), tuple(found), "en", metadata)


def numbers(found: tuple[Piece, ...]) -> list[list[int]]:
    return [[number for number, _ in piece.blocks] for piece in found]


LONG = "word " * 100


def test_a_small_document_is_one_piece(tmp_path: Path) -> None:
    (piece,) = pieces(document(tmp_path))
    assert piece.context == ()
    assert piece.lines().startswith("[0] h1: Harbour Trust Strategic Plan 2025-28\n[1] h")


def test_pieces_end_before_headings_and_show_what_they_stand_under() -> None:
    plan = made(
        [
            ("heading", "Goals"),
            ("paragraph", LONG),
            ("paragraph", LONG),
            ("heading", "Values"),
            ("paragraph", LONG),
        ]
    )
    found = pieces(plan, 300)
    assert numbers(found) == [[0, 1, 2], [3, 4]]
    found = pieces(plan, 200)
    assert numbers(found) == [[0, 1], [2], [3, 4]]
    assert [number for number, _ in found[1].context] == [0, 1]
    assert found[1].lines().startswith("[0] (context) h1: Goals\n[1] (context) p: word")


@pytest.mark.parametrize(
    "blocks",
    [
        [("item", LONG)] * 6,
        [("cell", LONG)] * 6,
        [("paragraph", f"{LONG}:")] * 6,
        [("heading", LONG)] * 6,
    ],
)
def test_what_belongs_together_is_not_cut(blocks: list[tuple[str, str]]) -> None:
    assert numbers(pieces(made(blocks), 200)) == [[0, 1, 2, 3, 4, 5]]


@given(
    st.lists(st.tuples(KINDS, st.sampled_from(["x", "a: b:", LONG, "目标" * 50])), max_size=30),
    st.integers(1, 500),
)
def test_every_block_is_in_one_piece(blocks: list[tuple[str, str]], budget: int) -> None:
    found = pieces(made(blocks), budget)
    assert [number for part in numbers(found) for number in part] == list(range(len(blocks)))
    for piece in found[1:]:
        first = piece.blocks[0]
        before = blocks[first[0] - 1]
        assert not (before[0] == first[1].kind == "item")
        assert all(number < first[0] for number, _ in piece.context)


def test_how_blocks_are_shown(tmp_path: Path) -> None:
    text = "---\ntitle: About us\nlayout: page\n---\n\n# Goals\n\n**Bold words**\n\n2. Item\n\n| A | B |\n|-|-|\n| c | d |\n"
    (piece,) = pieces(document(tmp_path, text, "plan.md"))
    assert piece.lines().split("\n") == [
        "[head] title: About us",
        "[0] h1: Goals",
        "[1] b: Bold words",
        "[2] li1 (2.): Item",
        "[3] th 0,0: A",
        "[4] th 0,1: B",
        "[5] td 1,0: c",
        "[6] td 1,1: d",
    ]


def test_a_head_that_is_no_part_of_the_text_is_not_shown(tmp_path: Path) -> None:
    read = document(tmp_path, "Goal 1: Clean water\n", "plan.txt")
    (piece,) = pieces(replace(read, metadata=(("title", "Elsewhere"),)))
    assert piece.head == ()


def test_tokens_are_counted_about() -> None:
    assert tokens("") == 0
    assert 100 < tokens(LONG) < 200


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
