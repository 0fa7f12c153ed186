"""Words, names and the reach of phrases."""

from __future__ import annotations

import pytest

from strategraph.extraction.group_rules import group_rules
from strategraph.extraction.phrases import PhraseReader
from strategraph.extraction.tokens import is_title_case, names, tokens

RULES = group_rules("en")
assert RULES is not None


def reader(text: str) -> PhraseReader:
    assert RULES
    return PhraseReader(text, tokens(text), RULES)


def left(text: str, noun: str) -> tuple[str, str, int]:
    """Return the phrase to the end of ``noun`` with quantifier, without, and its modifiers' number."""
    phrase = reader(text)
    first = next(position for position, token in enumerate(phrase.words) if token.text == noun)
    start, core, count = phrase.left(first)
    end = phrase.words[first].end
    return text[phrase.words[start].start : end], text[phrase.words[core].start : end], count


def right(text: str, noun: str, kind: str = "persons", *others: str) -> str:
    phrase = reader(text)
    first = next(position for position, token in enumerate(phrase.words) if token.text == noun)
    stops = frozenset(position for position, token in enumerate(phrase.words) if token.text in others)
    end = phrase.right(first + 1, frozenset({kind}), stops)
    return text[phrase.words[first].start : phrase.words[end - 1].end]


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("for local and regional communities", "communities", ("local and regional communities",) * 2 + (2,)),
        ("of new, diverse communities", "communities", ("new, diverse communities",) * 2 + (2,)),
        ("all the rural women", "women", ("all the rural women", "rural women", 1)),
        ("They support women", "women", ("women", "women", 0)),
        ("to nourish women", "women", ("women", "women", 0)),
        ("protect and frobnicate women", "women", ("women", "women", 0)),
        ("Frobnicate women", "women", ("women", "women", 0)),
        ("Lakeside residents can bathe", "residents", ("Lakeside residents",) * 2 + (1,)),
        ("agencies designated officers", "officers", ("officers", "officers", 0)),
        ("for displaced officers", "officers", ("displaced officers",) * 2 + (1,)),
        ("reach most people", "people", ("people", "people", 0)),
        ("reach most vulnerable people", "people", ("most vulnerable people",) * 2 + (2,)),
        ("the global community", "community", ("global community",) * 2 + (0,)),
        ("to policy and decision-makers", "decision-makers", ("policy and decision-makers",) * 2 + (0,)),
        ("a service Torres Strait people trust", "people", ("Torres Strait people",) * 2 + (0,)),
        ("in particular women", "women", ("women", "women", 0)),
    ],
)
def test_the_left_edge(text: str, noun: str, expected: tuple[str, str, int]) -> None:
    assert left(text, noun) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("people with disabilities and skills", "people with disabilities"),
        (
            "people from poor or very remote areas and households go",
            "people from poor or very remote areas and households",
        ),
        ("people living in poverty by 2030", "people living in poverty"),
        ("people affected by floods and promote peace", "people affected by floods"),
        ("people conducting and supporting research.", "people conducting and supporting research"),
        ("people who can't read or write will be helped", "people who can't read or write"),
        ("people who rarely go online, and others", "people who rarely go online"),
        ("people who live here in particular", "people who live here"),
        (
            "people of the United States of America who live here",
            "people of the United States of America who live here",
        ),
        ("people with disabilities living in camps", "people with disabilities living in camps"),
        ("people in 2030", "people"),
        ("people.", "people"),
    ],
)
def test_the_right_edge(text: str, expected: str) -> None:
    assert right(text, "people", "persons") == expected or right(text, "people", "generic") == expected


def test_another_group_ends_a_phrase() -> None:
    assert (
        right("people affected by war and migrants", "people", "persons", "migrants")
        == "people affected by war"
    )
    assert right("people in camps and poor families", "people", "persons", "families") == "people in camps"


def test_verbs_that_give_take_what_follows_with() -> None:
    assert right("provide all people with access", "people") == "people"
    assert right("meet all people with access", "people") == "people with access"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Department for Children and others", "Department for Children"),
        ("of UN Women too", "UN Women"),
        ("International Women's Day", "International Women's Day"),
        ("the Persons with Disabilities Act 2006", "Persons with Disabilities Act"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert RULES
    ((start, end),) = names(tokens(text), RULES)
    assert text[start:end] == name


@pytest.mark.parametrize("text", ["Protect and Empower Consumers", "the Union and women", "Act now"])
def test_no_names(text: str) -> None:
    assert RULES
    assert names(tokens(text), RULES) == ()


def test_title_case() -> None:
    assert is_title_case(tokens("Protect and Empower Consumers in Rural Areas"))
    assert not is_title_case(tokens("Serve all people of the United States."))
    assert not is_title_case(tokens("Serve women"))


def test_tokens_keep_compounds_and_part_genitives() -> None:
    assert [token.text for token in tokens("women’s co‑ops don’t end (yet)")] == [
        "women",
        "’s",
        "co‑ops",
        "don’t",
        "end",
        "(",
        "yet",
        ")",
    ]
    assert tokens("co‑ops don’t")[0].word == "co-ops"
