"""The tagger's kept scores against those of all attributes, and what it finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategraph.extraction.groups.features import Features, attributes, sentences, shape
from strategraph.extraction.groups.known_names import tags
from strategraph.extraction.groups.sequence_model import PROSE, group_model
from strategraph.extraction.groups.tagger import Tagger, Weights
from strategraph.extraction.groups.word_classes import word_classes
from strategraph.knowledge.vocabulary import load


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["for", "the", "women", "and", "nurses", ",", "who", "12", "First-time", "L", "'", "eau", "."]
        ),
        min_size=1,
    )
)
def test_kept_scores_are_those_of_all_attributes(words: list[str]) -> None:
    features, model = Features(word_classes("en")), group_model(PROSE)
    for sentence in sentences(" ".join(words)):
        told = tags(sentence, [(0, 3, "group")])
        scores = [model.scores(found) for found in attributes(features, sentence, told)]
        assert Weights(features, model).emissions(sentence, told, features.distances(sentence)) == scores


def test_a_range_marks_its_words() -> None:
    (sentence,) = sentences("for young people here")
    assert tags(sentence, [(4, 16, "group"), (10, 21, "theme")]) == ["", "B:group", "I:group", "I:theme"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("We will help young people and pensioners.", "en", ["young people", "pensioners"]),
        ("Every child has a right to it.", "en", ["Every child"]),
        ("We protect the unemployed.", "en", ["unemployed"]),
        ("Wir helfen den Rentnern und den Kindern.", "de", ["Rentnern", "Kindern"]),
        ("The rivers are clean.", "en", []),
    ],
)
def test_mentions_of_running_text(text: str, language: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in Tagger(load(), language).find(text)[0]] == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Develop training for teachers and students.", "en", ["teachers", "students"]),
        ("Former les enseignants", "fr", ["enseignants"]),
        ("Apoyar a las mujeres", "es", ["mujeres"]),
        ("The board meets in May.", "en", []),
    ],
)
def test_groups_that_statements_are_for(text: str, language: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in Tagger(load(), language).find(text)[1]] == expected


def test_shape_is_short() -> None:
    assert shape("McDonald-Smith-2nd") == "XxXx-"
