"""Words that a line's end has cut in two: which hyphens go, and which stay."""

from __future__ import annotations

import pytest

from strategraph.reading.layout.hyphens import Spelling

# A text that is hyphenated: "inter-est" is no compound.
HYPHENATED = "It is in the interest of all that we are on time, and the rights of all come first. A govern-\nment acts."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("inter", "est"),
        ("in", "comes"),
        ("be", "cause"),
        ("pro", "vide"),
        ("govern", "ment"),
        ("on", "going"),
    ],
)
def test_what_only_a_line_end_parts_is_one_word(first: str, second: str) -> None:
    assert Spelling(HYPHENATED).is_one(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("rights", "based"), ("non", "governmental"), ("six", "year"), ("time", "led"), ("is", "elle")],
)
def test_compounds_keep_their_hyphen(first: str, second: str) -> None:
    assert not Spelling(f"{HYPHENATED} All of the time.").is_one(first, second)


def test_a_text_without_cut_words_keeps_its_hyphens() -> None:
    plain = Spelling("We act in time on climate. Climate-\nresilient roads. The in-\ndepth review.")
    assert not plain.is_one("climate", "proofing")
    assert not plain.is_one("pre", "school")
    assert Spelling(HYPHENATED).is_one("pre", "school")


def test_a_spelling_elsewhere_in_the_text_decides() -> None:
    spelling = Spelling(f"{HYPHENATED} Our co-operation and the cooperatives go on. Low-income homes.")
    assert not spelling.is_one("co", "operation")
    assert spelling.is_one("co", "operatives")
    assert not spelling.is_one("low", "income")


def test_a_compound_of_several_words_is_none_that_a_line_end_made() -> None:
    text = f"{HYPHENATED} For out-\nof-school youth, state-of-\nthe-art."
    spelling = Spelling(text)
    start = text.index("out-")
    lines = [
        (start, text.index("\n", start)),
        (text.index("of-school"), text.rindex("\n")),
        (text.rindex("the"), len(text)),
    ]
    joined = "".join(text[a:b] for a, b in spelling.ranges(text, lines))
    assert joined == "out-of-school youth, state-of-the-art."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("the govern-", "ments"), "the governments"),
        (("a rights-", "based plan"), "a rights-based plan"),
        (("short-", "and long-term"), "short- and long-term"),
        (("out-of-", "school youth"), "out-of-school youth"),
        (("and/", "or"), "and/or"),
        (("战略", "计划"), "战略计划"),
        (("", "one   word", ""), "one word"),
    ],
)
def test_lines_are_one_text(lines: tuple[str, ...], expected: str) -> None:
    assert Spelling("the governments of a rights-based plan").running(lines) == expected
