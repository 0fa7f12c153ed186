"""Which lines are one block, and how words cut at a line's end are mended."""

from __future__ import annotations

import pytest

from strategraph.reading.plain import parse

WIDE = (
    "The Organization will see to it that all the vessels are fit for the waters that they sail in, whoever\n"
)


def lines(text: str) -> list[str]:
    return [block.passage.text for block in parse(text).blocks]


@pytest.mark.parametrize(
    "text",
    [
        f"{WIDE}owns them.\n\n1.1   Model rules for wooden and converted vessels of all the many kinds that there are\n"
        "1.2   A test for inspectors\n1.3   Guidelines",
        f"{WIDE}owns them.\n\n1.1 Model rules for wooden and converted vessels of all the many kinds that there are\n"
        "1.2 A test for inspectors\n1.3 Guidelines",
        f"{WIDE}owns them.\n\n- A list of all the many items that fill their lines and that are the last of their\n"
        "2.2   Objectives of the Sector",
        "STRATEGIC PLAN\nFY 2026–2030\n\nVision\nTo be fair to all.\n\nMISSION AND VISION OF THE NATIONAL MINISTRY\nWe serve.",
        "Emissions                                        ↓\nSolar power for all                              ↑\n",
    ],
)
def test_lines_that_stand_for_themselves(text: str) -> None:
    body = text.removeprefix(f"{WIDE}owns them.\n\n")
    printed = [" ".join(line.strip("↑↓- ").split()) for line in body.split("\n") if line.strip()]
    assert lines(text)[-len(printed) :] == printed


@pytest.mark.parametrize(
    "text",
    [
        "REDUCED INEQUALITY AND POVERTY IN COMMUNITIES\nACROSS THE URBAN\nAND RURAL LANDS",
        "STRENGTHENED CLIMATE ACTION AND IMPROVED URBAN\nENVIRONMENT",
        "STRATEGIC PLAN\nFOR THE YEARS 2024 TO 2029",
        f"{WIDE}owns them now.\nA better quality of life for all\nin an urbanizing world".removeprefix("\n"),
    ],
)
def test_lines_that_were_wrapped(text: str) -> None:
    wrapped = text.removeprefix(f"{WIDE}owns them now.\n")
    assert lines(text)[-1] == wrapped.replace("\n", " ")


def test_a_number_within_a_sentence_is_not_the_next_one() -> None:
    text = f"1.1 {WIDE}1.3 Million people depend on them, and on the boats that they sail in every single day, too.\n"
    assert len(lines(text)) == 1


def test_a_sign_beside_the_words_is_left_out() -> None:
    assert lines("Tree canopy cover                 ↑\n\nFrom A → B is far") == [
        "Tree canopy cover",
        "From A → B is far",
    ]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("develop-\nment of all", "development of all"),
        ("trans-\nboundary diseases", "transboundary diseases"),
        ("rights-\nbased work, and the rights of all", "rights-based work, and the rights of all"),
        ("high-\nquality services", "high-quality services"),
        ("non-\ncommunicable", "non-communicable"),
        ("short-\nand long-term", "short- and long-term"),
        ("South-\nSouth cooperation", "South-South cooperation"),
        ("MANAGE-\nMENT", "MANAGEMENT"),
        ("peer-\nlearning; peer-learning", "peer-learning; peer-learning"),
        ("govern-\nments; governments", "governments; governments"),
        ("to reform-\nation", "to reformation"),
    ],
)
def test_words_cut_at_a_lines_end(cut: str, whole: str) -> None:
    assert lines(f"We are for {cut}") == [f"We are for {whole}"]
