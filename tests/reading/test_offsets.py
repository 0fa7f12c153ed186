"""For every reader and any text: passages read the source's own characters, in order."""

from __future__ import annotations

import html as entities
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategraph.model import Block
from strategraph.reading import plain, read
from strategraph.reading.content import Content
from strategraph.reading.markup import asciidoc, html, markdown, restructuredtext

SHARED = Path(__file__).parents[2] / ".." / "shared" / "plans"

READERS = {
    "text": plain.parse,
    "markdown": markdown.parse,
    "asciidoc": asciidoc.parse,
    "restructuredtext": restructuredtext.parse,
    "html": html.parse,
}
# What documents are made of: marks that mean something somewhere, words, white space, other scripts.
MARKS = r"""
# ## = == === - * + . 1. 2) a) (b) • ** __ _ ` `` ~~ ~ [ ] ( ) ]( [a](#b) ![ < > <b> </b> <s> </s> <br> <p> </div>
&amp; &#42; &nbsp; & \ \* \| | |a|b| |---|---| |=== {: .x} {{ x }} [^1] [^1]: --- ... :: .. // //// .. note::
.. |x| :ref:`a` `b`_ `c <d>`__ <!-- --> ---- ==== **** é 目 в Goal 1: Target word Word. and
"""
SPACE = [
    " ",
    "\n",
    "\n\n",
    "  ",
    "\t",
    "\n   ",
    "    ",
    "\f",
    "\r",
    "\x0b",
    "\u00a0",
    "\u2028",
    "\u0085",
    "\u00ad",
]
PIECES = st.sampled_from(MARKS.split()) | st.sampled_from(SPACE)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.lists(PIECES, max_size=60).map(" ".join) | st.text()


def shown(source: str, offset: int) -> set[str]:
    """Return the characters that a reader may show for what stands at an offset."""
    here = source[offset]
    allowed = {here}
    if here == "&":  # an entity is shown as its character, at its first or its last place
        allowed |= set(entities.unescape(source[offset : source.find(";", offset) + 1]))
    if here == ";":
        allowed |= set(entities.unescape(source[source.rfind("&", 0, offset) : offset + 1]))
    if here == "\\":
        allowed.add(source[offset + 1 : offset + 2])
    if here == "<":
        allowed.add(" ")  # a line break
    if any(character.isspace() for character in allowed):
        allowed.add(" ")
    return allowed


def check(content: Content) -> None:
    for block in content.blocks:
        check_block(content.text, block)


def check_block(source: str, block: Block) -> None:
    words = block.passage.text
    assert words
    assert words == " ".join(words.split())
    offsets = [block.passage.offset(position) for position in range(len(words))]
    assert offsets == sorted(set(offsets)), "each character stands behind the one before it"
    for character, offset in zip(words, offsets, strict=True):
        assert character in shown(source, offset), (character, source[offset : offset + 10])
    assert block.kind in ("heading", "paragraph", "item", "cell")
    assert (block.level >= 1) == (block.kind in ("heading", "item"))
    assert (block.table is not None) == (block.kind == "cell")


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=100, deadline=None)
@given(source=TEXTS)
def test_any_text_is_read_with_exact_offsets(name: str, source: str) -> None:
    reader: Callable[[str], Content] = READERS[name]
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    content = reader(source)
    if name != "html":
        assert content.text == source
    check(content)


@given(source=TEXTS)
def test_blocks_of_plain_text_share_nothing_and_keep_their_order(source: str) -> None:
    blocks = plain.parse(source.replace("\r", "\n")).blocks
    read = [block.passage.offset(n) for block in blocks for n in range(len(block.passage.text))]
    assert len(read) == len(set(read))
    for before, after in pairwise(blocks):
        # the cells of a row may be wrapped side by side
        same_row = before.kind == after.kind == "cell" and before.row == after.row
        assert same_row or before.span.start < after.span.start


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real plans are not beside the checkout")
@pytest.mark.parametrize(
    "path",
    sorted(p for p in SHARED.glob("*") if p.suffix in (".txt", ".md", ".adoc", ".rst")),
    ids=lambda p: p.name,
)
def test_real_plans_are_read_with_exact_offsets(path: Path) -> None:
    document = read(path)
    assert len(document.blocks) > 1
    for block in document.blocks:
        check_block(document.source.text, block)
