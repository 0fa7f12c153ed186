"""How each language is written: every list knows its examples and refuses its counter-examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from strategraph.knowledge import languages, writing
from strategraph.knowledge.writing import Writing
from strategraph.reading.content import TextLine
from strategraph.reading.layout.furniture import contents, furniture, pages_of
from strategraph.reading.layout.hyphens import Spelling
from strategraph.reading.layout.lines import heading_level
from strategraph.reading.layout.tables import is_caption
from strategraph.reading.markup.html import is_call_to_click

TEXT = "Some words that people of the country read here, and no more than these."


def lines(*texts: str) -> list[TextLine]:
    return [TextLine(0, text) for text in texts]


def is_page_number(text: str) -> bool:
    return 0 in furniture(lines(text, "", TEXT), pages_of(f"{text}\n\n{TEXT}"))


def heads_contents(text: str) -> bool:
    return 0 in contents(lines(text, "Our goals     5", "Our values     7", ""))


def opens_a_part(text: str) -> bool:
    return heading_level(text.lower(), "x", None) == 1


def is_one(text: str) -> bool:
    first, _, second = text.partition("-")
    return Spelling(f"{TEXT} {first}-\n{second}").is_one(first, second)


def is_compound(text: str) -> bool:
    return not is_one(text)


CHECKS: dict[str, Callable[[str], bool]] = {
    "page": is_page_number,
    "contents": heads_contents,
    "table": is_caption,
    "chapter": opens_a_part,
    "click": is_call_to_click,
    "one_word": is_one,
    "compound": is_compound,
}


def cases(kind: str) -> Iterator[object]:
    for tag, one in writing.writings().items():
        for name, texts in getattr(one, kind).items():
            for text in texts:
                yield pytest.param(name, text, id=f"{tag}-{name}-{text}")


@pytest.mark.parametrize(("name", "text"), list(cases("examples")))
def test_examples(name: str, text: str) -> None:
    assert CHECKS[name](text)


@pytest.mark.parametrize(("name", "text"), list(cases("counter_examples")))
def test_counter_examples(name: str, text: str) -> None:
    assert not CHECKS[name](text)


@pytest.mark.parametrize("part", writing.parts(), ids=lambda part: part.pattern.pattern)
def test_parts_both_ways(part: writing.PartRule) -> None:
    assert part.examples
    assert part.counter_examples
    assert all(part.pattern.match(text) for text in part.examples)
    assert not any(part.pattern.match(text) for text in part.counter_examples)


@pytest.mark.parametrize("tag", languages.available())
def test_every_language_is_written_somehow(tag: str) -> None:
    one = writing.writings()[tag]
    assert one.language == tag
    assert one.examples
    assert one.counter_examples


@pytest.mark.parametrize("one", writing.writings().values(), ids=lambda one: one.language)
def test_lists_that_code_reads(one: Writing) -> None:
    """A list that is spelled wrongly would be read by nobody."""
    assert set(one.words) <= set(writing.writings()["en"].words) | {"numeral_ends"}
    assert set(one.examples) | set(one.counter_examples) <= set(CHECKS)
    assert all(re.compile(pattern) for pattern in one.words.get("click", ()))


def test_tesseract_reads_english_where_it_has_no_name_for_a_language() -> None:
    assert writing.tesseract("de-AT") == "deu"
    assert writing.tesseract("tlh") == "eng"
