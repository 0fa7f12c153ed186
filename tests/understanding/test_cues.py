"""Cues: the words that name a class, also at the end of compounds; hints."""

from __future__ import annotations

import pytest

from strategraph.understanding.cues import cues, hints


@pytest.mark.parametrize(
    ("text", "language"),
    [("Zielgruppe", "de"), ("die Innenstadt aufwerten", "de"), ("Werktage", "de"), ("Subgoalkeeper", "en")],
)
def test_a_noun_within_another_word_is_no_cue(text: str, language: str) -> None:
    assert cues(text, language) == ()


def test_a_noun_at_the_end_of_a_compound_is_one() -> None:
    (cue,) = cues("Unsere Klimaziele", "de")
    assert (cue.kind, cue.several, cue.start, cue.end) == ("Goal", True, 7, 17)


def test_the_words_of_english_count_in_all_languages() -> None:
    assert [cue.kind for cue in cues("Unsere Goals", "de")] == ["Goal"]


def test_of_a_long_text_its_edges_are_looked_through() -> None:
    text = f"Our goals {'and so on ' * 60}, our vision {'and so on ' * 60}, our values"
    assert [cue.kind for cue in cues(text, "en")] == ["Goal", "Value"]
    assert text[cues(text, "en")[-1].start :].removeprefix("our ") == "values"


def test_hints_are_given_once_for_each_word() -> None:
    assert hints("Next steps", "en") == ("Action",)
    assert hints("The weather", "en") == ()
