"""The tagger's kept scores against those of all attributes, and what it finds."""

from __future__ import annotations

from operator import add

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategraph.extraction.groups.features import (
    Features,
    attributes,
    nearby,
    prose_views,
    runs,
    sentences,
    shape,
    tags,
)  # fmt: skip
from strategraph.extraction.groups.sequence_model import PROSE, STATEMENT, group_model, unpacked
from strategraph.extraction.groups.tagger import Seen, Tagger, Weights, whole_phrases
from strategraph.knowledge.vocabulary import load
from strategraph.knowledge.word_classes import word_classes


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
    features, models = Features(word_classes("en")), (group_model(PROSE), group_model(STATEMENT))
    weights = Weights(features, models)
    for sentence in sentences(" ".join(words)):
        told = tags(sentence, [(0, 3, "group")])
        seen = Seen.of(sentence, told, features)
        views = prose_views("B" * len(sentence), [0.6] * len(sentence))
        totals = weights.emissions(seen)
        told_more = map(add, totals, weights.by_prose(seen, views))
        kept = ([unpacked(total) for total in totals], [unpacked(total, 1) for total in told_more])
        for model, found, more in zip(models, kept, ((), views), strict=True):
            assert found == [model.scores(all_) for all_ in attributes(features, sentence, told, more)]


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


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Wir helfen den Bürger:innen.", "de", ["Bürger:innen"]),
        ("Un cabinet pour les infirmiers(ères).", "fr", ["infirmiers(ères)"]),
        ("We help farmers: all of them.", "en", ["farmers"]),
        ("We help farmers (and more).", "en", ["farmers"]),
    ],
)
def test_a_word_that_marks_part_is_told_whole(text: str, language: str, expected: list[str]) -> None:
    _, addressed = Tagger(load(), language).find(text)
    assert [text[one.start : one.end] for one in addressed] == expected


def test_shape_is_short() -> None:
    assert shape("McDonald-Smith-2nd") == "XxXx-"


def test_what_stands_near() -> None:
    (sentence,) = sentences("women and girls in towns")
    keys = [Features(word_classes("en")).key(word) for word in sentence.lowered]
    first, joining, second, behind, _ = nearby(sentence.words, keys)
    assert (first.since, first.until, first.between) == (0, 2, False)
    assert (joining.since, joining.link, joining.until, joining.between) == (1, "conjunction", 1, True)
    assert (second.since, second.link, second.until) == (2, "conjunction", 0)
    assert (behind.since, behind.link, behind.key) == (1, "preposition", "preposition")


def test_names_that_come_first_have_a_word() -> None:
    (sentence,) = sentences("for young people here")
    assert tags(sentence, [(4, 9, "group")], [(4, 16, "noun")]) == ["", "B:group", "I:noun", ""]


def phrases(text: str, language: str, *mentions: str) -> list[str]:
    """Return what becomes of words of a text that the model took for mentions."""
    classes = word_classes(language)
    features = Features(classes)
    found = []
    for sentence in sentences(text):
        seen = Seen.of(sentence, [""] * len(sentence), features)
        places = [(text.index(words), text.index(words) + len(words)) for words in mentions]
        told = [(sentence.starts.index(start), sentence.ends.index(end), 0.5) for start, end in places]
        listed = tags(sentence, runs(text, classes.runs))
        for first, last, _ in whole_phrases(seen, told, classes, listed):
            found.append(text[sentence.starts[first] : sentence.ends[last]])
    return found


@pytest.mark.parametrize(
    ("text", "language", "mentions", "expected"),
    [
        ("Call city residents home.", "en", ["residents"], ["city residents"]),
        ("The town's residents", "en", ["residents"], ["residents"]),
        ("Les métropoles habitants", "fr", ["habitants"], ["habitants"]),
        ("Give Zzqx residents a key.", "en", ["residents"], ["Zzqx residents"]),
        ("Give zzqx residents a key.", "en", ["residents"], ["residents"]),
        ("Give Zzqx residents", "en", ["Zzqx", "residents"], ["Zzqx", "residents"]),
        ("Publish public code.", "en", ["public"], []),
        ("Serve the public sector.", "en", ["public sector"], []),
        (
            "Serve people of the public sector.",
            "en",
            ["people of the public sector"],
            ["people of the public sector"],
        ),
        ("Inform the public.", "en", ["public"], ["public"]),
        ("Inform the public and visitors.", "en", ["public", "visitors"], ["public", "visitors"]),
        ("帮助农民工", "zh", ["农"], ["农民工"]),
        ("Help residents “North Bank” today.", "en", ["residents"], ["residents “North Bank”"]),
        ("Воду жителям района «Озёрный».", "ru", ["жителям района"], ["жителям района «Озёрный»"]),
        ("Help residents “who care” today.", "en", ["residents"], ["residents"]),
        ("Help residents “North Bank", "en", ["residents"], ["residents"]),
    ],
)
def test_mentions_are_whole_phrases(
    text: str, language: str, mentions: list[str], expected: list[str]
) -> None:
    assert phrases(text, language, *mentions) == expected
