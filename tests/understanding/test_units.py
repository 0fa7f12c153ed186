"""Units: which stretches of a text may state an element, and what each would say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.model import Block, Document, Source, passage
from strategraph.reading import read
from strategraph.understanding.units import Unit, units


def test_an_item_with_its_own_bullet_within_is_two() -> None:
    def parts(marker: str) -> list[str]:
        text = f"Help our members to grow {marker} Work with others"
        return [unit.text.removeprefix("• ") for unit in units(document(("item", text), marker=marker))]

    assert parts("•") == ["Help our members to grow", "Work with others"]
    assert parts("–") == ["Help our members to grow – Work with others"]


def document(*blocks: tuple[str, str], language: str = "en", **details: object) -> Document:
    """Return a document of blocks, each a kind and its text."""
    text = "\n".join(words for _, words in blocks)
    made, offset = [], 0
    for kind, words in blocks:
        made.append(Block(kind, passage(text, [(offset, offset + len(words))]), level=1, **details))  # type: ignore[arg-type]
        offset += len(words) + 1
    return Document(Source("x.txt", "text/plain", "0" * 64, text), tuple(made), language)


def told(unit: Unit) -> tuple[str, str | None, str | None, str | None]:
    return (
        unit.kind,
        unit.number,
        unit.title.text if unit.title else None,
        unit.statement.text if unit.statement else None,
    )


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("heading", "Goal 1: Clean Water", ("heading", "1", "Clean Water", None)),
        (
            "paragraph",
            "Goal 1 – Water: Bring water to all.",
            ("paragraph", "1", "Water", "Bring water to all."),
        ),
        ("paragraph", "2.1 Growth of the network", ("paragraph", "2.1", "Growth of the network", None)),
        ("paragraph", "We bring safe water.", ("paragraph", None, None, "We bring safe water.")),
        ("paragraph", "Vision: a world at peace.", ("paragraph", None, None, "a world at peace.")),
        ("heading", "Our values", ("heading", None, "Our values", None)),
        (
            "item",
            "2) Open schools (OS)- Office of Schools.",
            ("item", "2", "Open schools (OS)", "Office of Schools."),
        ),
        ("item", "Open the Schul- Häuser", ("item", None, "Open the Schul- Häuser", None)),
        ("item", "2) Open the self- run halls", ("item", "2", "Open the self- run halls", None)),
        ("item", "May 2030 - Open the school", ("item", None, None, "May 2030 - Open the school")),
        ("item", "Dicembre 2030 – Riposo", ("item", None, None, "Dicembre 2030 – Riposo")),
        (
            "item",
            "March 2030 and each year after – Open it",
            ("item", None, None, "March 2030 and each year after – Open it"),
        ),
        ("item", "Vision 2030: Open the school", ("item", None, "Vision 2030", "Open the school")),
        ("item", "May Day 2030 – Sing", ("item", None, "May Day 2030", "Sing")),
        ("heading", "2.1 Our values", ("heading", "2.1", "Our values", None)),
    ],
)
def test_what_a_block_says(
    kind: str, text: str, expected: tuple[str, str | None, str | None, str | None]
) -> None:
    assert told(units(document((kind, text)))[0]) == expected


def test_a_name_that_is_numbered_on_is_no_part_of_the_title() -> None:
    found = units(document(("heading", "Strategy I: Grow"), ("heading", "Strategy II: Share")))
    assert [told(unit) for unit in found] == [
        ("heading", "I", "Grow", None),
        ("heading", "II", "Share", None),
    ]


def test_headings_with_mere_numbers() -> None:
    found = units(document(*(("heading", text) for text in ("1 Grow", "2 Share", "3 Rest"))))
    assert [told(unit)[1:3] for unit in found] == [("1", "Grow"), ("2", "Share"), ("3", "Rest")]
    (alone,) = units(document(("heading", "1 Grow")))
    assert told(alone)[1:3] == (None, "1 Grow")


def test_bold_words_that_lead_are_the_title() -> None:
    (unit,) = units(document(("paragraph", "Courage. We speak up."), lead=8))
    assert told(unit) == ("paragraph", None, "Courage", "We speak up.")


def test_a_list_inside_a_paragraph_has_parts() -> None:
    text = "The plan is to: (a) build ten schools; (b) train their teachers; and (c) keep them open."
    found = units(document(("paragraph", text)))
    assert [(unit.kind, unit.number) for unit in found] == [
        ("paragraph", None),
        ("part", "a"),
        ("part", "b"),
        ("part", "c"),
    ]
    assert found[1].text == "(a) build ten schools;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It goes on so. - Build ten schools. - Name: Words.", ["It goes on so.", "Build ten schools.", "Name: Words."]),
        ("We build ten schools. * We keep them.", ["We build ten schools.", "We keep them."]),
        ("We have: • Schools • Wells", ["We have:", "Schools", "Wells"]),
        ("5,3 тыс. руб. - местный бюджет", ["5,3 тыс. руб. - местный бюджет"]),
        ("We build – slowly – Ten schools", ["We build – slowly – Ten schools"]),
    ],
)  # fmt: skip
def test_bullets_inside_a_text_part_it(text: str, expected: list[str]) -> None:
    assert [unit.text for unit in units(document(("paragraph", text))) if unit.kind != "sentence"] == expected


@pytest.mark.parametrize("text", ["See (b) and (d) of it.", "In 1. place he came.", "As told (a) by all."])
def test_what_only_looks_like_a_list_has_none(text: str) -> None:
    assert [unit.kind for unit in units(document(("paragraph", text))) if unit.kind == "part"] == []


def test_labels_that_ran_together_are_parted() -> None:
    found = units(document(("paragraph", "Goal 1: Grow the network. Goal 2: Share what is learned.")))
    assert [(unit.number, unit.text) for unit in found] == [
        ("1", "Goal 1: Grow the network."),
        ("2", "Goal 2: Share what is learned."),
    ]


def test_a_heading_that_is_but_a_label_labels_what_follows() -> None:
    found = units(document(("heading", "Goal 3"), ("paragraph", "Bring water to every village.")))
    assert found[1].carried is not None
    assert (found[1].carried.kind, found[1].number) == ("Goal", "3")


def test_sentences_about_the_plan_are_units_of_their_own() -> None:
    text = "We were founded in 1990. Our mission is to bring water to all. There are ten of us."
    found = units(document(("paragraph", text)))
    assert [unit.text for unit in found if unit.kind == "sentence"] == [
        "Our mission is to bring water to all."
    ]


def test_sentences_that_all_begin_alike_are_units() -> None:
    four = ["To plant trees.", "To dig wells.", "To open schools.", "To rest."]
    found = units(document(("paragraph", " ".join(four))))
    assert [unit.text for unit in found if unit.kind == "sentence"] == four
    found = units(document(("paragraph", " ".join([*four, "We did so."]))))
    assert [unit.kind for unit in found] == ["paragraph"]


@given(st.lists(st.text(max_size=120), min_size=1, max_size=6))
def test_units_keep_to_the_source(texts: list[str]) -> None:
    made = document(*(("paragraph", text.replace("\n", " ")) for text in texts))
    for unit in units(made):
        span = unit.whole.span()
        assert 0 <= span.start < span.end <= len(made.source.text)


def test_a_document_in_two_languages(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Plan\n\nGoal 1: Water for all in the north.\n\nBut 2 : De l’eau pour tous dans le sud.\n"
    )
    assert [unit.number for unit in units(read(path)) if unit.number] == ["1", "2"]
