from __future__ import annotations

import re

import pytest
from tests.reading.conftest import Outline

from strategraph.reading.markup.markdown import parse


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Some **bold**, _italic_ and `code  x`", "Some bold, italic and code x"),
        ("***all*** of it, **b*o*th**", "all of it, both"),
        ("a * b, snake_case, 2 ** 3", "a * b, snake_case, 2 ** 3"),
        ("A [link](https://x.org/a_b) and [ref][r]\n\n[r]: https://x.org", "A link and ref"),
        ("Text ![image](a.png 'title') here", "Text here"),
        ("<https://x.org/é> ok", "https://x.org/é ok"),
        ("R&amp;D &#42; &lt;x&gt; 5 &euro;", "R&D * <x> 5 €"),
        (r"\*starred\* and \# hash", "*starred* and # hash"),
        ("by ~~2020~~ 2021, <s>June</s> <del>July</del> May", "by 2021, May"),
        ("one<br>two<br/>three", "one two three"),
        ("word[^5], next[^note].", "word, next."),
        ("[PDF]({{ site.baseurl }}/a.pdf){: .button} {% if x %}here", "PDF here"),
        ("not closed ` tick and [bracket", "not closed ` tick and [bracket"),
        ("- :red_square: Plant trees", "Plant trees"),
        ("2. :one: :tada: Plant trees", "Plant trees"),
        ("## :seedling: Plant trees", "Plant trees"),
        ("## Plant trees :seedling:", "Plant trees"),
        ("- at 10:30:45 and a:b:c", "at 10:30:45 and a:b:c"),
        ("- :red_square:", ":red_square:"),
        ("wrapped\nprose  \nhere", "wrapped prose here"),
        ("> quoted\n> **text**\nlazily", "quoted text lazily"),
    ],
)
def test_inline_markup_is_left_out(source: str, shown: str) -> None:
    assert parse(source).blocks[0].passage.text == shown


def test_passages_map_to_the_source() -> None:
    source = "# A\n\n- one **two** three&#42;\n"
    item = parse(source).blocks[1].passage
    assert item.text == "one two three*"
    two = item.text.index("two")
    assert source[item.span(two, two + 3).start : item.span(two, two + 3).end] == "two"
    assert source[item.span().start : item.span().end] == "one **two** three&#42;"


def test_headings(outline: Outline) -> None:
    source = "# One #\n\n##Two\n\n####Action 01: Three ##\n\nFour\n====\n\nFive\n----\n\n#Six\n\n#hashtag\n\ntext #Seven"
    assert outline(parse(source)) == [
        "heading1: One",
        "heading2: Two",
        "heading4: Action 01: Three",
        "heading1: Four",
        "heading2: Five",
        "heading1: Six",
        "paragraph: #hashtag",
        "paragraph: text #Seven",
    ]


def test_emphasis_throughout_a_paragraph(outline: Outline) -> None:
    source = "__Objectives__:\n\n*Objectives*\n\n**1.** text\n\n**a** *b*"
    assert outline(parse(source)) == [
        "paragraph*: Objectives:",
        "paragraph*: Objectives",
        "paragraph: 1. text",
        "paragraph*: a b",
    ]


def test_lists(outline: Outline) -> None:
    source = "1. One\n   - a\n     - b\n2) Two\n\n   para\n\n* c\n- [ ] task\n-\n\nend"
    assert outline(parse(source)) == [
        "item1: [1.] One",
        "item2: [-] a",
        "item3: [-] b",
        "item1: [2)] Two",
        "paragraph: para",
        "item1: [*] c",
        "item1: [-] task",
        "paragraph: end",
    ]


def test_bullets_right_below_a_number_belong_to_it(outline: Outline) -> None:
    source = "1. One\n- a\n2. Two\n- b\n  3. Three\n- c\n\nText\n\n- d"
    assert outline(parse(source)) == [
        "item1: [1.] One",
        "item2: [-] a",
        "item1: [2.] Two",
        "item2: [-] b",
        "item1: [3.] Three",
        "item2: [-] c",
        "paragraph: Text",
        "item1: [-] d",
    ]


def test_tables(outline: Outline) -> None:
    source = (
        "| A | **B** |\n|---|---|\n| x \\| y | <s>old</s> new |\n| only |\n\n> c | d\n> --- | ---\n> e | f\n"
    )
    content = parse(source)
    assert outline(content) == [
        "cell0.0h: A",
        "cell0.1h: B",
        "cell1.0: x | y",
        "cell1.1: new",
        "cell2.0: only",
        "cell0.0h: c",
        "cell0.1h: d",
        "cell1.0: e",
        "cell1.1: f",
    ]
    assert [block.table for block in content.blocks] == [0] * 5 + [1] * 4


def test_front_matter_becomes_metadata() -> None:
    content = parse("---\ntitle: 'The Plan'\nlang: fr\ntags: [a]\nnested:\n  - x\n---\n\n# Plan\n")
    assert dict(content.metadata) == {"title": "The Plan", "language": "fr"}
    assert [block.passage.text for block in content.blocks] == ["Plan"]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: |-\n  The Plan -\n  Hills for all\ndate: 2020", "The Plan - Hills for all"),
        ("title: 'The Plan\n  of hills'", "The Plan of hills"),
        ("title: The Plan\n  - x\n", "The Plan"),
        ("meta:\n    order: 1\n    title: The Plan\n", "The Plan"),
        ("title: The Plan\nmeta:\n    title: Another", "The Plan"),
        ("cards:\n  - title: A card", None),
        ("title: |", None),
        ("título: El Plan", None),
    ],
)
def test_a_front_matter_has_titles_of_several_lines_and_within_others(front: str, title: str | None) -> None:
    metadata = dict(parse(f"---\n{front}\n---\n\nText\n").metadata)
    assert metadata.get("title") == title
    assert metadata.get("título") in (None, "El Plan")


def test_files_that_were_put_together(outline: Outline) -> None:
    source = "\n.. FILE: a.md\n\n---\ntitle: A\n---\n# One\n\n.. FILE: b.md\n\n---\ntitle: B\n---\nText\n\n---\n\nMore: x\n---\n"
    content = parse(source)
    assert outline(content) == ["heading1: One", "paragraph: Text", "heading2: More: x"]
    assert dict(content.metadata) == {"title": "A"}


def test_what_people_do_not_see_is_left_out(outline: Outline) -> None:
    source = (
        "#Plan\n{:.no_toc}\n\n<!-- a\n\ncomment -->\n{::comment}\nx\n{:/comment}\n* To be replaced\n{:toc}\n\n"
        "{include case.md}\n\n<script>\nvar x = 1\n</script>\n\n- [Goal 1](#goal-1)\n\n[Back to top](#top)\n\n"
        "```\ncode\n```\n\nText\n{: .fig #fig-1}\n"
    )
    assert outline(parse(source)) == ["heading1: Plan", "paragraph: Text"]


def test_a_page_that_is_a_comment_as_a_whole_is_read(outline: Outline) -> None:
    source = "---\ntitle: T\n---\n<!--Replaced.\n## Map\n\n1. One\n-->\n"
    assert outline(parse(source)) == ["paragraph: Replaced.", "heading2: Map", "item1: [1.] One"]


def test_html_is_markup_around_markdown(outline: Outline) -> None:
    source = (
        '<div class="title">\n#Plan\n</div>\n\n<h2>Goal <b>1</b></h2><p>One</p><p>Two</p>\n\n<ul><li>a</li></ul>\n\n'
        "    indented text\n"
    )
    assert outline(parse(source)) == [
        "heading1: Plan",
        "heading2: Goal 1",
        "paragraph: One",
        "paragraph: Two",
        "item1: a",
        "paragraph: indented text",
    ]


def test_footnotes_and_definitions(outline: Outline) -> None:
    source = "Text[^1].\n\nTerm\n: What it *means*\n\n[^1]: See Resolution 70/1.\n[^2]: More\n"
    assert outline(parse(source)) == [
        "paragraph: Text.",
        "paragraph*: Term",
        "paragraph: What it means",
        "paragraph: See Resolution 70/1.",
        "paragraph: More",
    ]


def test_a_page_whose_text_stands_in_its_front_matter() -> None:
    text = (
        "---\ntemplate: landing\ntitle: Clean water for all\nsections:\n  - title: Wells\n    content: |-\n"
        '      * Dig wells in every village\n      * Keep them clean\n    note: "It is time"\n---\n'
    )
    blocks = parse(text).blocks
    assert [(block.kind, block.level, block.passage.text) for block in blocks] == [
        ("heading", 1, "Clean water for all"),
        ("heading", 2, "Wells"),
        ("item", 1, "Dig wells in every village"),
        ("item", 1, "Keep them clean"),
        ("paragraph", 0, "It is time"),
    ]
    assert all(text[block.span.start : block.span.end] == block.passage.text for block in blocks)


def test_boxes_of_mkdocs(outline: Outline) -> None:
    source = '!!! success "Our mission"\n    We plant trees.\n\n???+ note\n    Rest.\n\n!!! She said "no"!\n'
    assert outline(parse(source)) == [
        "heading6: Our mission",
        "paragraph: We plant trees.",
        "paragraph: Rest.",
        'paragraph: !!! She said "no"!',
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("We will:\nplant trees\nmend all roads and paths\nrest", ["paragraph: We will:", "item: plant trees", "item: mend all roads and paths", "item: rest"]),
        ("**We will:**\n\nplant trees;\nmend all the roads of the north;\nrest.", ["paragraph*: We will:", "item: plant trees;", "item: mend all the roads of the north;", "item: rest."]),
        ("water – to plant\nroads of all the north – to mend\nair – to rest.\nThemes", ["item: water – to plant", "item: roads of all the north – to mend", "item: air – to rest.", "paragraph: Themes"]),
    ],
)  # fmt: skip
def test_lines_of_a_paragraph_that_list(outline: Outline, source: str, expected: list[str]) -> None:
    assert [re.sub(r"\d+: (\[.*?\] )?", ": ", line) for line in outline(parse(source))] == expected


@pytest.mark.parametrize(
    "source",
    [
        "We plant many trees in the\nnorth: and we mend roads in\nthe south of the land",  # wrapped
        "We say:\nFirst we plant.\nThen we mend all of the roads of the north.\nWe rest.",  # a line for each sentence
        "Water – to plant\nthe north\nto mend",
        "She says:\nWe plant many trees in the north and\nthe south. We mend roads\nand we rest",
    ],
)  # fmt: skip
def test_lines_of_a_paragraph_that_are_prose(source: str) -> None:
    assert len(parse(source).blocks) == 1
