from __future__ import annotations

import pytest

from strategraph.errors import UnusableInputError
from strategraph.reading.formats import FORMATS, find_format, format_names


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("plan.txt", "Goal 1: Growth\n\nText", "text"),
        ("plan.md", "Goal 1: Growth", "markdown"),
        ("plan.adoc", "Goal 1", "asciidoc"),
        ("PLAN.RST", "Goal 1", "restructuredtext"),
        ("plan.htm", "Goal 1", "html"),
        # content beats the suffix where it is certain
        ("plan.txt", "\n<!-- saved --><!-- twice -->\n<!DOCTYPE html><html></html>", "html"),
        ("plan.txt", "---\ntitle: A plan\n---\n# Goal 1\n", "markdown"),
        # and decides where there is none
        ("stdin", "# Plan\n\n## Goal 1\n\nText", "markdown"),
        ("stdin", "== Goals\n\nText\n\n=== Goal 1\n", "asciidoc"),
        ("stdin", "Goals\n=====\n\nGrowth\n======\n\n.. note:: x\n\n`a`_\n", "restructuredtext"),
        ("plan.dat", "Goal 1 # of things\n", "text"),
    ],
)
def test_content_and_suffix_tell_the_format(name: str, text: str, expected: str) -> None:
    assert find_format(name, text).name == expected


def test_the_users_wish_wins() -> None:
    assert find_format("plan.md", "# Goal", wanted="text").name == "text"


def test_an_unknown_format_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnusableInputError, match=r"no format called 'markdwon'; did you mean 'markdown'\?"):
        find_format("x", "x", wanted="markdwon")


def test_names_and_suffixes_are_unique() -> None:
    suffixes = [suffix for entry in FORMATS for suffix in entry.suffixes]
    # the root of an XML file tells the two that share its suffix
    assert {suffix for suffix in suffixes if suffixes.count(suffix) > 1} <= {".xml"}
    assert len(set(format_names())) == len(format_names())
