"""Commitments and purposes: who is bound to what, and what for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.commitments import acts, find_commitments
from strategraph.knowledge.languages import available, rules
from strategraph.model import Section, Span, Support, join, passage

WORDS = rules("en").commitment
assert WORDS is not None

SENTENCES = [
    ("Enable and foster universal access to water.", ["enable", "foster"], []),
    ("To advance connectivity, ITU will make efforts to achieve secure networks.", ["achieve"], ["advance"]),
    (
        "To coordinate efforts to prevent and eliminate interference, facilitate standardization, and leverage "
        "technologies to close the gap.",
        ["coordinate", "facilitate", "leverage"],
        ["prevent", "eliminate", "close"],
    ),
    (
        "By leveraging ICTs, ITU will strive to facilitate change to help build a fair society.",
        ["facilitate"],
        ["build"],
    ),
    ("ITU will thereby work to close the divide in all countries.", ["close"], []),
    (
        "ITU will work to promote and enable change, to address the crisis, and to foster science and the use of it.",
        ["promote", "enable", "address", "foster"],
        [],
    ),
    ("ITU's mission is to promote, facilitate and foster access.", ["promote", "facilitate", "foster"], []),
    ("We will build accessible and secure networks.", ["build"], []),
    ("Empower consumers by ensuring that they have the tools they need to make choices.", ["empower"], []),
    ("In order to reach everyone, we will open schools.", ["open"], ["reach"]),
    ("We will support people who live and work in the hills.", ["support"], []),
    (
        "We will support systems that prevent violence and respond to it, and train judges.",
        ["support", "train"],
        [],
    ),
    ("To become the leading school, we want to advocate for change.", [], []),
]

NOBODYS = [
    "ICTs enable and accelerate growth for everyone.",
    "Growth has a positive impact on development.",
    "Partners will support the work.",
    "The promotion of health matters.",
]


@pytest.mark.parametrize(("sentence", "commitments", "purposes"), SENTENCES)
def test_verbs(sentence: str, commitments: list[str], purposes: list[str]) -> None:
    found = list(acts(sentence, 0, WORDS, ["ITU"]))  # type: ignore[arg-type]
    assert [act.verb for act in found if not act.purpose] == commitments
    assert [act.verb for act in found if act.purpose] == purposes


@pytest.mark.parametrize("sentence", NOBODYS)
def test_somebody_elses_verbs_commit_nobody(sentence: str) -> None:
    assert list(acts(sentence, 0, WORDS, ["ITU"])) == []  # type: ignore[arg-type]


def test_verbs_that_share_an_object_and_purposes_that_serve_them() -> None:
    text = "Enable and foster use of maps to help people."
    statement = passage(text, [(0, len(text))])
    section = Section("Goal", "1", None, statement, None, (Support(Span(0, len(text)), "label"),))
    commitments, purposes = find_commitments([section], [], lambda _: "en")
    assert [(c.verb, c.object.text, c.purposes) for c in commitments] == [
        ("enable", "use of maps", (0,)),
        ("foster", "use of maps", (0,)),
    ]
    assert [(p.verb, p.object.text) for p in purposes] == [("help", "people")]
    for commitment in commitments:
        span = commitment.support.span
        assert text[span.start : span.end].lower().startswith(commitment.verb)
        assert text[span.start : span.end].endswith("use of maps")


def test_a_title_above_a_paragraph_is_a_sentence_of_its_own() -> None:
    text = "Enable growth of trade\nRecognizing its role, ITU will foster science."
    statement = join(passage(text, [(0, 22)]), passage(text, [(23, len(text))]))
    section = Section("Goal", "1", None, statement, None, (Support(Span(0, len(text)), "label"),))
    commitments, _ = find_commitments([section], ["ITU"], lambda _: "en")
    assert [(c.verb, c.object.text) for c in commitments] == [
        ("enable", "growth of trade"),
        ("foster", "science"),
    ]


def test_only_goals_and_missions_commit() -> None:
    text = "Enable growth."
    vision = Section("Vision", None, None, passage(text, [(0, 14)]), None, (Support(Span(0, 14), "label"),))
    assert find_commitments([vision], [], lambda _: "en") == ((), ())


@given(st.text(alphabet="abcde ,.;toandwill\n", max_size=300))
def test_any_sentence_is_read_within_its_bounds(text: str) -> None:
    for act in acts(f"We will enable {text}", 0, WORDS, []):  # type: ignore[arg-type]
        assert 0 <= act.start < act.object_start <= act.end <= len(text) + 15


SPOKEN = [tag for tag in available() if rules(tag).commitment is not None]


def said(text: str, tag: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = rules(tag).commitment
    assert words is not None
    found = [
        (act.purpose, f"{act.verb} {text[act.object_start : act.end].strip()}")
        for act in acts(text, 0, words, [])
    ]
    return (
        tuple(words for purpose, words in found if not purpose),
        tuple(words for purpose, words in found if purpose),
    )


def test_these_languages_have_commitments() -> None:
    assert {"en", "es", "fr", "it", "ru"} <= set(SPOKEN)


@pytest.mark.parametrize("tag", SPOKEN)
def test_commitments_of_a_language_both_ways(tag: str) -> None:
    words = rules(tag).commitment
    assert words is not None
    assert words.examples
    assert words.counter_examples
    for example in words.examples:
        assert said(example.text, tag) == (example.commitments, example.purposes)
    assert [text for text in words.counter_examples if said(text, tag) != ((), ())] == []


def test_a_field_of_a_form_is_no_commitment() -> None:
    text = "Target groups: youth and women. Target young farmers in the hills."
    words = passage(text, [(0, len(text))])
    section = Section("Goal", "1", None, words, None, (Support(Span(0, len(text)), "label"),))
    commitments, _ = find_commitments([section], [], lambda _: "en")
    assert [commitment.object.text for commitment in commitments] == ["young farmers in the hills"]
