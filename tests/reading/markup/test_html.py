from __future__ import annotations

import pytest
from tests.reading.conftest import Outline

from strategraph.reading.markup.html import parse

PAGE = """<!doctype html><html lang="en-GB"><head><title>Strategy 2030</title>
<meta name="author" content="X Org"><style>p {{}}</style></head><body>
<a class="skip-link" href="#main">Skip to content</a>
<header><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<div id="cookie-banner">We use cookies</div>
<main>{}</main><aside>Related</aside><footer>© X</footer></body></html>"""


def page(main: str) -> str:
    return PAGE.format(
        main + "<p>" + "The text is long enough to be the main part of the page. " * 5 + "</p>"
    )


def test_only_the_main_content_is_read(outline: Outline) -> None:
    content = parse(page('<div class="breadcrumb">Home</div><h1>Strategy</h1><a href="/x">+ Learn more</a>'))
    assert outline(content)[0] == "heading1: Strategy"
    assert len(content.blocks) == 2
    assert dict(content.metadata) == {
        "title": "Strategy 2030",
        "author": "X Org",
        "language": "en-GB",
        "footer": "© X",
    }


def test_banners_and_headers_of_sites_before_there_were_tags(outline: Outline) -> None:
    for attributes in (
        'class="cookieNotice"',
        'id="onetrust-consent-sdk"',
        'id="CybotCookiebotDialog"',
        'class="gdpr-banner"',
        'id="header"',
        'class="site-header dark"',
    ):
        source = f"<div {attributes}><p>Goal 9: Not of the plan</p></div><p>Goal 1</p>"
        assert outline(parse(source)) == ["paragraph: Goal 1"], attributes
    for attributes in (
        'class="content with-sidebar"',
        'class="has-sidebar"',
        'class="card header"',
        'id="gdpr"',
        'class="no-menu"',
    ):
        source = f"<div {attributes}><p>Goal 9: Of the plan</p></div><p>Goal 1</p>"
        assert outline(parse(source)) == ["paragraph: Goal 9: Of the plan", "paragraph: Goal 1"], attributes
    assert outline(parse('<div id="header"><h1>Plan</h1></div>')) == ["heading1: Plan"]


def test_a_page_without_a_main_part_is_read_whole(outline: Outline) -> None:
    source = "<nav>Menu</nav><header><h1>Plan</h1></header><p>Goal 1</p><article></article><footer>x</footer>"
    assert outline(parse(source)) == ["heading1: Plan", "paragraph: Goal 1"]


def test_the_text_is_one_block_to_a_line() -> None:
    content = parse("<h1>A  plan</h1>\n<p>One\n<b>two</b>&nbsp;&ldquo;three&rdquo; &amp; four</p>")
    assert content.text == "A plan\nOne two “three” & four"
    for block in content.blocks:
        assert content.text[block.span.start : block.span.end] == block.passage.text


def test_lists(outline: Outline) -> None:
    source = (
        "<ol start=3><li>Three<ul><li><p>a</p><p>b</p></li></ul></li><li value=7>Seven</ol>"
        "<ol type=a><li>x</li></ol><ul><li><a href='#g1'>Goal 1</a></li></ul>"
    )
    assert outline(parse(source)) == [
        "item1: [3.] Three",
        "item2: [•] a",
        "paragraph: b",
        "item1: [7.] Seven",
        "item1: [a.] x",
    ]


def test_tables(outline: Outline) -> None:
    source = (
        "<table><caption>Targets</caption><tr><th>Target<th>Date<tr><td><p>Do &lt;x&gt;</p><p>y</p><td>2025</table>"
        "<table role=presentation><tr><td><h2>Goal</h2></td><td>Text</td></tr></table>"
        "<table><tr><td>Only one column</td></tr></table>"
    )
    assert outline(parse(source)) == [
        "paragraph: Targets",
        "cell0.0h: Target",
        "cell0.1h: Date",
        "cell1.0: Do <x> y",
        "cell1.1: 2025",
        "heading2: Goal",
        "paragraph: Text",
        "paragraph: Only one column",
    ]


def test_inline(outline: Outline) -> None:
    source = (
        "<p><strong>Objectives:</strong></p><p>by <del>2020</del> <s>2021</s> 2022<sup>1</sup></p>"
        "<p>one<br>two<br><br>three</p>loose <i>text</i><blockquote>Quoted</blockquote><p hidden>no</p>"
        "<p style='display: none'>no</p><p>m<sup>th</sup></p>"
    )
    assert outline(parse(source)) == [
        "paragraph*: Objectives:",
        "paragraph: by 2022",
        "paragraph: one two",
        "paragraph: three",
        "paragraph: loose text",
        "paragraph: Quoted",
        "paragraph: mth",
    ]


def test_deep_nesting_is_no_obstacle(outline: Outline) -> None:
    assert outline(parse("<div>" * 3000 + "<p>Deep</p>")) == ["paragraph: Deep"]


def test_broken_markup_is_read_as_browsers_do(outline: Outline) -> None:
    assert outline(parse("<p>One<p>Two</div></b><td>three")) == ["paragraph: One", "paragraph: Twothree"]


def test_pictures_of_the_content_are_told_adornments_are_not() -> None:
    page = (
        "<nav><img src=logo.png alt=Logo></nav><main><p>Goal 1: Clean water for all the people of the valley.</p>"
        "<img src=a.png alt='Wells by year'><img src=b.png><img src=line.png alt=''><img src=count.gif width=1 height=1>"
        "<svg role=img></svg><svg><path/></svg><iframe src=film.html></iframe></main>"
    )
    assert parse(page).left_out == ("3 images", "1 embedded part")
    assert parse("<p>Goal 1: Clean water</p>").left_out == ()


@pytest.mark.parametrize(
    "code",
    [
        "@extends('layouts.app')\n@section('main')\n",
        "@foreach ($rows as $row)\n@endforeach\n",
        '<%@ Page Title="" Language="C#" %>',
        "<?php get_header(); ?>",
        "{% block body %}",
        "{{-- <p>Our former vision.</p> --}}",
        "{{ title }}",
        "{# a note #}",
    ],
)
def test_the_code_of_templates_is_shown_to_nobody(outline: Outline, code: str) -> None:
    assert outline(parse(f"{code}<p>Our vision.</p>")) == ["paragraph: Our vision."]


def test_what_only_looks_like_the_code_of_a_template_stays(outline: Outline) -> None:
    text = "<p>@mayor said so, 50 % {of all}.</p>"
    assert outline(parse(text)) == ["paragraph: @mayor said so, 50 % {of all}."]


def test_panels_of_which_one_is_shown_at_a_time(outline: Outline) -> None:
    source = (
        "<div><div class='pane on'><h3>One</h3><p>First</p></div>"
        "<div class='pane' style='display: none'><h3>Two</h3><p>Second</p></div></div>"
        "<div><div><p>Third</p></div><div hidden><p>Fourth</p></div></div>"
        "<div role='tabpanel' aria-hidden='true'><p>Fifth</p></div>"
        "<section><div><p>Shown</p></div><div class='popup' hidden><p>no</p></div><div hidden>no</div></section>"
    )
    assert outline(parse(source)) == [
        "heading3: One",
        "paragraph: First",
        "heading3: Two",
        "paragraph: Second",
        "paragraph: Third",
        "paragraph: Fourth",
        "paragraph: Fifth",
        "paragraph: Shown",
    ]


def test_links_to_no_place(outline: Outline) -> None:
    source = (
        "<ol><li><a href='#'>Care: for all who live here</a></li><li><a href='#'>Menu</a></li>"
        "<li><a href='#goals'>Our goals for all of the years to come</a></li></ol>"
    )
    assert outline(parse(source)) == ["item1: [1.] Care: for all who live here"]
