"""A text that begins in bold or italics, in each format that has them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from strategraph.reading.content import Content
from strategraph.reading.markup import asciidoc, html, markdown, restructuredtext

LINES = [
    ("{b}Courage{/b}\nWe ask what others do not.", "Courage"),
    ("{b}More libraries.{/b} Grow the network.", "More libraries."),
    ("{i}Fair rules{/i}: win exceptions.", "Fair rules:"),
    ("{b}Share first{/b} – what we learn is free.", "Share first"),
    ("{b}R&amp;D{/b} is for all.", "R&D"),
    ("{b}All of it stands out.{/b}", ""),
    ("A word in {b}bold{/b} is no lead-in.", ""),
    ("None at all.", ""),
]
FORMATS: dict[str, tuple[Callable[[str], Content], tuple[str, str, str, str]]] = {
    "markdown": (markdown.parse, ("**", "**", "*", "*")),
    "asciidoc": (asciidoc.parse, ("*", "*", "_", "_")),
    "restructuredtext": (restructuredtext.parse, ("**", "**", "*", "*")),
    "html": (html.parse, ("<strong>", "</strong>", "<em>", "</em>")),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("line", "lead"), LINES)
def test_a_lead_in_is_measured(name: str, line: str, lead: str) -> None:
    parse, marks = FORMATS[name]
    for tag, mark in zip(("{b}", "{/b}", "{i}", "{/i}"), marks, strict=True):
        line = line.replace(tag, mark)
    if name == "restructuredtext":  # it has no entities
        line = line.replace("&amp;", "&")
    (block,) = parse(f"<p>{line}</p>" if name == "html" else line).blocks
    assert block.passage.text[: block.lead] == lead


def test_items_have_leads_and_headings_do_not() -> None:
    heading, item = markdown.parse("# **Goal** one\n\n- **Reach** everyone\n").blocks
    assert (heading.lead, item.lead) == (0, 5)
