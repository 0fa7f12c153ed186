"""Every pattern for groups in languages other than English, both ways, in what is found in the end.

The examples are in each language's ``groups.toml``; brackets mark the words that are (or must not be) found.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from strategraph import languages, resources
from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.group_patterns import group_patterns
from strategraph.extraction.group_rules import group_rules
from strategraph.model import Passage
from strategraph.vocabulary import TARGET_GROUP, Vocabulary, load

VOCABULARY = load([Path(__file__).parents[1] / "vocabulary.ttl"])
LANGUAGES = [tag for tag in languages.available() if group_patterns(tag)]
TABLES = ("postmodifier", "frame", "exclusion", "everyone")


def data(language: str) -> dict[str, Any]:
    return tomllib.loads(resources.path("data", "languages", language, "groups.toml").read_text("utf-8"))


def parted(example: str) -> tuple[str, list[str]]:
    """Return the text without its brackets, and the words that were in them."""
    return re.sub(r"[\[\]]", "", example), re.findall(r"\[([^\]]+)\]", example)


def cases(*, found: bool) -> Iterator[Any]:
    for language in LANGUAGES:
        for table, entries in data(language).items():
            for rule in entries if isinstance(entries, list) else [entries]:
                if not isinstance(rule, dict) or "examples" not in rule or table == "whole":
                    continue
                wanted = "examples" if found is (table != "exclusion") else "counter_examples"
                for example in rule[wanted]:
                    yield pytest.param(
                        language, example, id=f"{language} {rule.get('name', table)}: {example}"
                    )


def surfaces(text: str, language: str, vocabulary: Vocabulary = VOCABULARY) -> list[str]:
    mentions = find_concepts([Passage(text, ((0, 0),))], vocabulary, language)
    return [mention.surface for mention in mentions if mention.scheme == TARGET_GROUP]


@pytest.mark.parametrize(("language", "example"), list(cases(found=True)))
def test_groups_that_are_found(language: str, example: str) -> None:
    text, wanted = parted(example)
    found = surfaces(text, language)
    assert [words for words in wanted if words not in found] == [], found


@pytest.mark.parametrize(("language", "example"), list(cases(found=False)))
def test_groups_that_are_not(language: str, example: str) -> None:
    text, unwanted = parted(example)
    found = surfaces(text, language)
    assert [words for words in unwanted if words in found] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_texts_with_the_vocabulary_that_is_shipped(language: str) -> None:
    texts = data(language)["whole"]
    for example in texts["examples"]:
        text, wanted = parted(example)
        assert surfaces(text, language, load()) == wanted
    for example in texts["counter_examples"]:
        assert surfaces(example, language, load()) == [], example


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_examples_and_counter_examples(language: str) -> None:
    for table in TABLES:
        for rule in data(language)[table]:
            assert rule["examples"], rule
            assert rule["counter_examples"], rule
            assert all("[" in example for example in (*rule["examples"], *rule["counter_examples"])), rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_that_rules_speak_of_exist(language: str) -> None:
    tables = data(language)
    kinds = {head["kind"] for head in tables["head"]}
    spoken = {kind for table in TABLES[:3] for rule in tables[table] for kind in rule.get("of", ())}
    assert spoken <= kinds


def test_a_language_has_rules_of_one_kind() -> None:
    assert LANGUAGES == ["ar", "es", "fr", "it", "ru", "zh"]
    assert [tag for tag in languages.available() if group_rules(tag)] == ["en"]
    assert group_patterns("en") is None
    assert group_patterns("xx") is None


def test_russian_nouns_are_known_in_their_cases() -> None:
    patterns = group_patterns("ru-RU")
    assert patterns
    assert [
        (head.singular, head.plural)
        for form in ("студентам", "студенту")
        if (head := patterns.heads.get(form))
    ] == [
        (False, "студенты"),
        (True, "студенты"),
    ]


BAIT = {
    "ar": ("النساء في المناطق ", "و", "كل ", "المزارعين والشباب، "),
    "es": ("mujeres de las ", "jóvenes ", "todas las ", "para los "),
    "fr": ("femmes de la ", "jeunes ", "tous les ", "femmes et "),
    "it": ("donne delle ", "giovani ", "tutti i ", "donne e "),
    "ru": ("женщин из ", "молодых ", "всех ", "женщин и "),
    "zh": ("农村的", "青年", "所有", "青年和"),
}


@pytest.mark.parametrize(
    ("language", "bait"), [(tag, bait) for tag in sorted(BAIT) for bait in (*BAIT[tag], "a", ", ")]
)
def test_time_is_linear(language: str, bait: str) -> None:
    def seconds(times: int) -> float:
        text = bait * times
        start = time.perf_counter()
        surfaces(text, language)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(4000) < 16 * max(seconds(1000), 0.01)


# Words that more than one part of a context's pattern takes, before what none of them takes.
AMBIGUOUS = {
    "ar": "قانون " + "الأمم لحقوق " * 12 + "ثم [النساء]",
    "es": "Ley "
    + "De Derechos " * 12
    + "xyz [mujeres] y capacitar 1 "
    + "1 " * 60
    + "xyz [empresas pequeñas]",
    "fr": "Loi " + "De Droits " * 12 + "xyz [femmes] et former 1 " + "1 " * 60 + "xyz [entreprises]",
    "it": "Legge " + "Di Diritti " * 12 + "xyz [donne] e formare 1 " + "1 " * 60 + "xyz [imprese]",
    "ru": "Закон " + "Прав По " * 16 + "где [женщин] и обучить 1 " + "1 " * 60 + "где [школы]",
    "zh": "农民" + "，特别是" * 60 + "。妇女",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_ambiguous_words_take_no_exponential_time(language: str) -> None:
    text, _ = parted(AMBIGUOUS[language])
    surfaces(text[:9], language)
    start = time.perf_counter()
    surfaces(text, language)
    assert time.perf_counter() - start < 1
