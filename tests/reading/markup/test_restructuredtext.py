from __future__ import annotations

from typing import Any

import pytest
from tests.reading.conftest import Outline

from strategraph.reading.markup.restructuredtext import parse


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**Ottobre 2020** - *open source*", "Ottobre 2020 - open source"),
        ("`Legge n. 4 <https://x.org>`__\\ , art. 7", "Legge n. 4, art. 7"),
        ("see https://x.org and word_", "see https://x.org and word"),
        (r"\*star\* and ``lit\n``", r"*star* and lit\n"),
        ("note [1]_ and |sub| here", "note and here"),
        ("role :ref:`the goals <goals>` and :doc:`page`", "role the goals and page"),
        ("tab\there\n  wrapped", "tab here"),
    ],
)
def test_inline_markup_is_left_out(source: str, shown: str) -> None:
    assert parse(source).blocks[0].passage.text == shown


def test_repeated_words_map_to_their_own_place() -> None:
    source = "Goals\n=====\n\nSame text.\n\nGoals\n=====\n\nSame text.\n"
    spans = [block.span for block in parse(source).blocks]
    assert [source[span.start : span.end] for span in spans] == ["Goals", "Same text."] * 2
    assert spans == sorted(spans)
    assert len(set(spans)) == 4


def test_sections_and_fields(outline: Outline) -> None:
    source = "====\nPlan\n====\n:Author: Jane\n:Language: fr\n\nGoals\n-----\n\nText.\n\nSub\n~~~\n\n:Field: body\n"
    content = parse(source)
    assert outline(content) == [
        "heading1: Plan",
        "heading2: Goals",
        "paragraph: Text.",
        "heading3: Sub",
        "paragraph: body",
    ]
    assert dict(content.metadata) == {"author": "Jane", "language": "fr", "title": "Plan"}


def test_a_heading_among_others_is_no_title() -> None:
    assert parse("One\n===\n\nx\n\nTwo\n===\n\ny\n").metadata == ()


def test_a_heading_out_of_order_is_still_a_heading(outline: Outline) -> None:
    source = "====\nPlan\n====\n\nPart\n----\n\nx\n\nPiece\n~~~~~\n\ny\n\nOver\n====\n\nz\n"
    assert "heading4: Over" in outline(parse(source))


def test_lists_and_directives(outline: Outline) -> None:
    source = (
        "-  One **two**\n   wrapped\n\n   para\n\n   a) sub\n\n-  Three\n\n.. note:: Noted\n   well\n\n"
        ".. toctree::\n   a\n\n.. sidebar:: Vision\n\n   A world.\n\nTerm\n  Meaning.\n\n.. figure:: a.png\n\n"
        "   Caption.\n\n**Objectives**:\n"
    )
    assert outline(parse(source)) == [
        "item1: [-] One two wrapped",
        "paragraph: para",
        "item2: [a)] sub",
        "item1: [-] Three",
        "paragraph: Noted well",
        "heading1: Vision",
        "paragraph: A world.",
        "paragraph*: Term",
        "paragraph: Meaning.",
        "paragraph: Caption.",
        "paragraph*: Objectives:",
    ]


def test_tables(outline: Outline) -> None:
    source = (
        "+------+------+\n| A    | B    |\n+======+======+\n| Do x | 2025 |\n| too  |      |\n+------+------+\n"
        "| Do x | 2025 |\n+------+------+\n\n"
        ".. list-table:: Title\n   :header-rows: 1\n\n   * - C\n     - D\n   * - e\n     - e\n"
    )
    content = parse(source)
    assert outline(content) == [
        "cell0.0h: A",
        "cell0.1h: B",
        "cell1.0: Do x too",
        "cell1.1: 2025",
        "cell2.0: Do x",
        "cell2.1: 2025",
        "heading1: Title",
        "cell0.0h: C",
        "cell0.1h: D",
        "cell1.0: e",
        "cell1.1: e",
    ]
    starts = [block.span.start for block in content.blocks]
    assert starts == sorted(set(starts))


def test_what_people_do_not_see_is_left_out(outline: Outline) -> None:
    source = ".. FILE: a.rst\n\n.. _target:\n\n.. |sub| replace:: x\n\nText::\n\n  code\n\n.. image:: a.png\n\nEnd.\n"
    assert outline(parse(source)) == ["paragraph: Text:", "paragraph: End."]


def test_nothing_is_included_or_run(outline: Outline) -> None:
    source = "Text.\n\n.. include:: /etc/hostname\n\n.. raw:: html\n   :file: /etc/hostname\n\n.. csv-table::\n   :file: /etc/hostname\n"
    assert outline(parse(source)) == ["paragraph: Text."]


def test_a_line_of_any_length_is_read(outline: Outline) -> None:
    """docutils by itself reads nothing of a document with one line of more than 10,000 characters."""
    long = "women gain " * 1_000
    assert outline(parse(f"Goals\n=====\n\n{long}\n\nThe *end*.\n")) == [
        "heading1: Goals",
        f"paragraph: {long.strip()}",
        "paragraph: The end.",
    ]


def test_marks_are_looked_for_in_pieces(monkeypatch: pytest.MonkeyPatch, outline: Outline) -> None:
    """A mark that nothing closes has docutils search the rest of the paragraph: its time would be quadratic."""
    from docutils.parsers.rst.states import Inliner

    at_once = Inliner.parse
    seen: list[str] = []

    def parsed(self: Inliner, text: str, *rest: Any) -> object:
        seen.append(text)
        return at_once(self, text, *rest)

    monkeypatch.setattr(Inliner, "parse", parsed)
    for text, last in (
        ("*a `b|c_ " * 500 + "end", "end"),
        ("x" * 9_000, "x" * 9_000),
        ("a *word* more. " * 500, "more."),
    ):
        seen.clear()
        (block,) = parse(text).blocks
        assert "".join(seen) == text.strip()
        assert max(map(len, seen)) <= 3_000
        assert block.passage.text.split()[-1] == last
    assert "*" not in block.passage.text  # no piece ends within a word's marks here
