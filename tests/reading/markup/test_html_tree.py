"""Pages whose elements nest deeply: read in bounded time, and like any browser shows them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from strategraph.reading.markup import html
from strategraph.reading.markup.html_tree import flattened, holders, is_number


@pytest.mark.parametrize(
    "page",
    [
        "<div><p>a</div>" * 2000,
        "<p>a<b>b</b><i>c</i>" * 2000,
        "<li>a<br>" * 2000,
        "<svg>" + "<path d=M0/>" * 2000 + "</svg>",
        "<a name=x/>a" * 2000,
        "<!-- <div> don't -->" * 2000,
        "<script>if (a<b) '<div>' + \"" + "x" * 9000 + '"</script><p>a',
        "<p title=don't>it's <b>b</b></p>" * 2000,
        "<div title='>' class=\"<div>\">a</div>" * 2000,
        "1 < 2 and 3 > 2 " * 2000,
        "<div>" * 600,
        "<ul><li>" * 300 + "</ul>" * 300,
    ],
)
def test_other_pages_stay_as_they_are(page: str) -> None:
    assert flattened(page) == page


def test_what_nests_deeper_is_flattened() -> None:
    assert flattened("<div>" * 700 + "x") == "<div>" * 600 + "x"
    assert flattened("<DIV/>" * 700) == "<DIV/>" * 600
    assert flattened("<b>" * 40 + "x" + "</b>" * 40) == "<b>" * 30 + "x" + "</b>" * 40
    assert flattened("<div></ul>" * 700).count("<div>") == 600  # what ends nothing does not count
    assert flattened("<div>" * 700 + "</div>" * 600 + "<div>x").endswith("<div>x")


@pytest.mark.parametrize(
    "opening",
    ["<sup>", "<sup>1", "<header>", "<div>", "<div/>", "<ul><li>", "<table><tr><td>", "<b><div></b>", "<div></ul>",
     "<p><font color={}>", "<article>", "<template>", "<select><option>", "<blockquote>"],
)  # fmt: skip
@pytest.mark.usefixtures("in_proportion")
def test_time_grows_with_the_length(opening: str) -> None:
    page = "".join(opening.format(number) for number in range(100_000))
    html.parse(f"<body><h1>Goal 1: Skills</h1>{page}x")


def test_endless_tags_lose_their_attributes() -> None:
    assert flattened(f"<P title='{'>' * 9000}'>x<p title=y>") == "<p>x<p title=y>"
    assert flattened("<p " + "a <b c " * 9000) == "<p>"


@pytest.mark.parametrize(
    "bait", ["<a '", '<p title="', "<script", "<!--", "<p a= ", "<p a='", "-", "<", "</script"]
)
@pytest.mark.usefixtures("in_proportion")
def test_what_never_ends(bait: str) -> None:
    flattened(bait * 100_000)


def test_the_words_of_a_deep_page_are_read() -> None:
    content = html.parse("<body><h1>Goal 1: Skills</h1>" + "<div>" * 5_000 + "<p>for <b>women</b>")
    assert content.text == "Goal 1: Skills\nfor women"


def test_who_holds_what() -> None:
    tree = LexborHTMLParser("<body><div id=a><p id=b><a>x</a></p></div><p id=c>")
    around = holders(tree, "a")
    assert [node.id for node in tree.css("[id]") if node.mem_id in around] == ["a", "b"]


@pytest.mark.parametrize(
    ("markup", "number"),
    [("12", True), (" <i>1</i>2 ", True), ("", False), ("a1", False), ("1st", False), ("<i></i>", False)],
)
def test_numbers(markup: str, number: bool) -> None:
    node = LexborHTMLParser(f"<sup>{markup}</sup>").css_first("sup")
    assert node is not None
    assert is_number(node) is number
