from __future__ import annotations

import pytest
from tests.reading.conftest import Outline

from strategraph.reading.markup.asciidoc import parse


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("*Trust* and _Transparency_: `x`", "Trust and Transparency: x"),
        ("un**con**strained __i__t", "unconstrained it"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("see https://x.org[the site^] or link:a.html[here]", "see the site or here"),
        ("see <<goal,Goal 1>> and xref:a.adoc[that]", "see Goal 1 and that"),
        ("text[[anchor]] image:x.png[logo] end", "text end"),
        ("by [line-through]#2020# 2021", "by 2021"),
        ("a [.lead]#marked# word", "a marked word"),
        ("R&amp;D{nbsp}A &#8211; B {unknown}", "R&D A – B {unknown}"),
        (r"\*starred*", "*starred*"),
        ("*bold _and italic_*", "bold and italic"),
        ("first +\nsecond", "first second"),
        ("H~2~O m^2^", "H2O m2"),
        ("((term)) and (((index, entry)))word", "term and word"),
    ],
)
def test_inline_markup_is_left_out(source: str, shown: str) -> None:
    assert parse(source).blocks[0].passage.text == shown


def test_headings_and_block_titles(outline: Outline) -> None:
    source = "= Plan\n\n.Our vision\n[sidebar]\nA world.\n\n[[goals]]\n== Goals ==\n\n.Box\n****\nIn it.\n****\n\nSub\n~~~\n"
    assert outline(parse(source)) == [
        "heading1: Plan",
        "heading2: Our vision",
        "paragraph: A world.",
        "heading2: Goals",
        "heading3: Box",
        "paragraph: In it.",
        "paragraph: Sub ~~~",
    ]
    assert outline(parse("Title of it\n-----------\n\nx")) == ["heading2: Title of it", "paragraph: x"]


def test_the_header_becomes_metadata() -> None:
    content = parse("= The *Plan*\nJane Doe <j@x.org>\nv1.0, 2020-01-01\n:lang: fr\n:toc:\n\nText\n")
    assert dict(content.metadata) == {"title": "The Plan", "author": "Jane Doe", "language": "fr"}
    assert [block.passage.text for block in content.blocks] == ["The Plan", "Text"]


def test_lists(outline: Outline) -> None:
    source = (
        "* One\n** sub\ncontinued\n* Two\n+\nattached\n\n. first\n.. second\n\n//-\n\n- [x] done\n1. num\n"
    )
    assert outline(parse(source)) == [
        "item1: [*] One",
        "item2: [**] sub continued",
        "item1: [*] Two",
        "paragraph: attached",
        "item2: [.] first",
        "item3: [..] second",
        "item4: [-] done",
        "item5: [1.] num",
    ]


def test_definitions_and_emphasis(outline: Outline) -> None:
    assert outline(parse("Term:: What it is\n\n*Objectives*\n\n*All*:\n")) == [
        "paragraph*: Term",
        "paragraph: What it is",
        "paragraph*: Objectives",
        "paragraph*: All:",
    ]


def test_tables(outline: Outline) -> None:
    source = (
        '[cols="2,1",options="header"]\n|===\n|Target |Date\n|Reduce *x* \\| y\n|2025\na|Third | 2026\n|===\n\n'
        "|===\n|A |B\n\n|c\n|d\n|===\n"
    )
    assert outline(parse(source)) == [
        "cell0.0h: Target",
        "cell0.1h: Date",
        "cell1.0: Reduce x | y",
        "cell1.1: 2025",
        "cell2.0: Third",
        "cell2.1: 2026",
        "cell0.0h: A",
        "cell0.1h: B",
        "cell1.0: c",
        "cell1.1: d",
    ]


def test_what_people_do_not_see_is_left_out(outline: Outline) -> None:
    source = (
        "// comment\n////\nblock\n////\n:name: value\ninclude::x.adoc[]\nimage::a.png[]\n----\ncode\n----\n'''\n"
        "Text.footnote:[See Resolution 70/1.]\n"
    )
    assert outline(parse(source)) == ["paragraph: Text.", "paragraph: See Resolution 70/1."]


def test_blocks_that_nothing_closes_are_read(outline: Outline) -> None:
    assert outline(parse("----\nText\n\n|===\n|a")) == ["paragraph: Text", "cell0.0: a"]
