from hypothesis import given
from hypothesis import strategies as st

from strategraph.model import Block, passage
from strategraph.reading.bounds import LONGEST, bounded


def _block(text: str) -> Block:
    return Block("paragraph", passage(text, [(0, len(text))]))


def test_leaves_a_paragraph_as_it_is() -> None:
    block = _block("We will grow. " * 100)
    assert list(bounded([block])) == [block]


def test_parts_end_with_sentences() -> None:
    text = "We will grow the trade of women. " * 1000
    parts = [block.passage.text for block in bounded([_block(text)])]
    assert len(parts) > 1
    assert all(part.endswith("women.") and len(part) <= LONGEST for part in parts)


def test_parts_without_sentences_end_with_words() -> None:
    parts = [block.passage.text for block in bounded([_block("goal " * 4000)])]
    assert len(parts) > 1
    assert all(part.endswith("goal") for part in parts)


@given(st.lists(st.sampled_from(["a", " ", ".", "。", "word. ", "”", "x" * 900]), min_size=1, max_size=200))
def test_loses_no_character_but_white_space(pieces: list[str]) -> None:
    text = "".join(pieces) * 30
    whole = passage(text, [(0, len(text))])
    if not whole:
        return
    parts = [block.passage for block in bounded([Block("item", whole)])]
    assert all(part and len(part.text) <= LONGEST for part in parts)
    assert "".join(part.text for part in parts).replace(" ", "") == whole.text.replace(" ", "")
    assert all(text[part.span().start] == part.text[0] for part in parts)
    assert all(text[part.span().end - 1] == part.text[-1] for part in parts)
