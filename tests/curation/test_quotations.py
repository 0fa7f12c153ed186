"""Where a document has the words of a quotation: exactly, or nowhere."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.curation.builders import document

from strategraph.curation.quotations import Quotations, UnplacedError, has_words, same_words
from strategraph.model import Block, Document, Source, passage


def quotations(*blocks: str) -> Quotations:
    """Return the quotations of a document with these blocks, one a line."""
    text = "\n".join(blocks)
    at = 0
    found = []
    for block in blocks:
        found.append(Block("paragraph", passage(text, [(at, at + len(block))])))
        at += len(block) + 1
    return Quotations(Document(Source("plan.txt", "text/plain", "0" * 64, text), tuple(found), "en"))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("We clean the bay.", "clean the bay"),
        ("We  clean\u00a0the bay.", "clean   the\nbay"),
        ("We mend what is infra- structure.", "infrastructure"),
        ("“Safe” piers – it’s time", '"Safe" piers - it\'s time'),
        ("Safe «piers»", '"piers"'),
        ("of\ufb01ce hours", "office"),
        ("the caf\u00e9", "cafe\u0301"),
        ("建成全省统一 的数字图书馆", "统一的数字图书馆"),
        ("وللأطفال والنساء", "النساء"),
        ("co\u00adoperation", "cooperation"),
        ("and so on…", "so on..."),
    ],
)
def test_what_typesetting_changes_is_overlooked(source: str, words: str) -> None:
    assert quotations(source).place(words).passage


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("We clean the bay.", "We cleaned the bay"),
        ("We clean the bay.", "we clean the bay"),
        ("all women and girls", "men and girls"),
        ("all women and girls", "women and girl"),
        ("in 20251 cases", "2025"),
        ("the cafe\u0301", "the cafe"),
        ("clean … bay", "clean the bay"),
        ("We clean the bay.", "clean bay"),
        ("We clean the bay.", "  "),
        ("We clean the bay.", "Goal: clean the bay"),
    ],
)
def test_nothing_is_fuzzier(source: str, words: str) -> None:
    with pytest.raises(UnplacedError, match="does not say"):
        quotations(source).place(words)


def test_a_quotation_may_go_on_in_the_next_block() -> None:
    place = quotations("We clean the", "bay for all.").place("the bay for all")
    assert (place.block, place.passage.text) == (0, "the\nbay for all")
    assert place.passage.span().start == 9


def test_a_repeated_quotation_needs_its_block_or_line() -> None:
    found = quotations("Clean water", "Safe piers", "Clean water is a right")
    assert found.place("Clean water", block=2).block == 2
    assert found.place("Clean water", line=3).block == 2
    assert found.place("Clean water", after=5).block == 2
    with pytest.raises(UnplacedError, match="on lines 1, 3; add line"):
        found.place("Clean water")
    with pytest.raises(UnplacedError, match="on lines 1, 3; add line"):
        found.place("Clean water", block=1)
    with pytest.raises(UnplacedError, match="on line 2"):
        found.place("Clean water", line=2)


def test_a_block_that_is_wrong_does_no_harm_where_there_is_one_place() -> None:
    assert quotations("Clean water", "Safe piers").place("Safe piers", block=0).block == 1


def test_the_first_of_several_in_one_block_is_taken() -> None:
    place = quotations("all for all", "all").place("all", block=0)
    assert place.passage.span().start == 0


def test_places_within_a_passage() -> None:
    found = quotations("all women, all men, overall")
    whole = found.place("all women, all men, overall").passage
    assert [part.span().start for part in found.within("all", whole)] == [0, 11]


def test_words_of_a_files_head(tmp_path: Path) -> None:
    found = Quotations(document(tmp_path, "---\ntitle: About us\n---\n\n# Goals\n\nAbout them.\n", "plan.md"))
    head = found.in_head("About us")
    assert head is not None
    assert head.text == "About us"
    assert head.span().start == 11
    assert found.in_head("Goals") is None


def test_words_that_a_text_has() -> None:
    assert has_words("Goal 1.2: Water", "1.2")
    assert not has_words("Goal 11", "1")
    assert same_words("“Safe”  piers", '"Safe" piers')


@given(st.text(max_size=60), st.data())
def test_what_is_placed_is_what_stands_there(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quoted = " ".join(words[first : last + 1])
    try:
        place = quotations(" ".join(text.split())).place(quoted, block=0)
    except UnplacedError:
        return
    assert same_words(place.passage.text, quoted)


@given(st.text(max_size=40), st.text(max_size=12))
def test_no_words_are_too_strange(text: str, words: str) -> None:
    with suppress(UnplacedError):
        assert quotations(text.replace("\n", " ") or "x").place(words).passage
