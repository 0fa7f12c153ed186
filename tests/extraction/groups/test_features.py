"""Words as the tagger sees them, and what is known of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.groups.features import sentences
from strategraph.knowledge.word_classes import word_classes


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for sentence in sentences(text):
        for word, start, end in zip(sentence.words, sentence.starts, sentence.ends, strict=True):
            assert text[start:end] == word


@given(st.text())
def test_no_letter_is_lost(text: str) -> None:
    found = "".join(word for sentence in sentences(text) for word in sentence.words)
    assert found == "".join(text.split())


def test_a_text_without_marks_is_cut() -> None:
    assert [len(one) for one in sentences("word " * 400)] == [150, 150, 100]


def test_ideographs_are_words_of_their_own() -> None:
    assert [one.words for one in sentences("为农民2030服务。")] == [
        ("为", "农", "民", "2030", "服", "务", "。")
    ]


def test_classes_are_the_same_in_all_languages() -> None:
    assert word_classes("en").key("women") == word_classes("de").key("frauen") == "person+"
    assert word_classes("fr").key("avec") == word_classes("ru").key("с") == "preposition"


def test_senses_tell_of_english_words_and_their_inflected_forms() -> None:
    assert "sense:noun.person" in word_classes("en").of("pensioners")
    assert word_classes("en").key("owner-occupiers") == "-person+" or "noun.person" in word_classes("en").key(
        "owner-occupiers"
    )


def test_a_compound_has_the_class_of_its_last_word() -> None:
    assert word_classes("de").key("waldeigentümer") == "-person"


def test_what_no_list_has_is_unknown() -> None:
    assert word_classes("en").of("zzqx") == ("unknown",)
    assert word_classes("en").of("12") == ("digits",)
    assert word_classes("en").of(";") == (";",)
    assert word_classes("tlh").of("word") == ("unknown",)
