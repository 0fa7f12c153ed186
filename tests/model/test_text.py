"""Readable text and the way back to the source."""

from __future__ import annotations

import pytest

from strategraph.model.text import Span, passage


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("telecommunications/\nICTs for all", "telecommunications/ICTs for all"),
        ("goods and/ \n  or services", "goods and/or services"),
        ("full-time/part-time/\ncasual staff", "full-time/part-time/casual staff"),
        ("经济/\n社会", "经济/社会"),
        # a line's end that is a space
        ("women /\nmen", "women / men"),
        ("see https://example.org/en/\nGoal 1", "see https://example.org/en/ Goal 1"),
        ("as in /about/us/\nthe plan", "as in /about/us/ the plan"),
        ("in 2024/\n2025", "in 2024/ 2025"),
        ("advice/\n\nassessments", "advice/ assessments"),
        ("advice/\n- assessments", "advice/ - assessments"),
        ("telecommunication/ information", "telecommunication/ information"),  # so it is printed
    ],
)
def test_a_line_that_ends_behind_a_slash_inside_words_goes_on_without_a_space(source: str, text: str) -> None:
    made = passage(source, [(0, len(source))])
    assert made.text == text
    assert made.span() == Span(0, len(source))
    by_lines = [(start, end + 1) for start, end in [(0, source.index("\n"))]] if "\n" in source else []
    rest = by_lines[-1][1] if by_lines else 0
    assert passage(source, [*by_lines, (rest, len(source))]).text == text
