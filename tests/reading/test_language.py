from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.reading import read
from strategraph.reading.language import begins_with_label, detect, detect_blocks
from strategraph.reading.request import ReadingOptions


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The strategic goals of the Union are listed hereafter and support the role of ITU."),
        ("fr", "Le plan stratégique de l'Union pour la période 2024-2027 est adopté par la Conférence."),
        ("es", "El plan estratégico de la Unión para el período es aprobado por los Estados Miembros."),
        ("it", "Il piano triennale per l'informatica nella pubblica amministrazione è uno strumento."),
        ("pt", "O plano estratégico da União para os anos é aprovado por todos os Estados e não muda."),
        ("de", "Die Strategie der Bundesregierung ist für alle Menschen und wird durch das Amt umgesetzt."),
        ("nl", "Het strategisch plan van de Unie is voor een betere wereld en wordt door ons uitgevoerd."),
        ("ar", "تهدف الخطة إلى توفير النفاذ الشامل في جميع البلدان من أجل التنمية"),
        ("ru", "Стратегический план Союза на период и цели для всех стран, а также показатели по ним."),
        ("zh", "国际电联的战略目标是普遍连通和可持续数字化转型。"),
        ("ja", "このけいかくは、すべての人々のためのものです。"),
        ("und", "12 34 +++"),
        ("und", "Xyzzy plugh foo bar baz qux"),
        ("und", ""),
    ],
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert detect(text) == language


def test_a_few_foreign_words_do_not_count() -> None:
    assert detect("The vision of the plan, 战略计划, is to connect the world and all of its people.") == "en"


ENGLISH = "We will renew the network so that the people in all of the villages have a way to the city."
FRENCH = (
    "Nous allons renouveler le réseau pour que les habitants de tous les villages aient accès à la ville."
)
ARABIC = (
    "يهدف المكتب إلى توفير خدمات الميناء لجميع السكان في كل أحياء المدينة، مع إيلاء اهتمام خاص للنساء والشباب"
)


@pytest.mark.parametrize(
    ("language", "blocks"),
    [
        # one language after the other
        ("en", [("Goal 1 – Networks", "en"), (ENGLISH, "en"), ("But 1 – Réseaux", "fr"), (FRENCH, "fr")]),
        ("fr", [("Goal 1 – Networks", "en"), (ENGLISH, "en"), ("But 1 – Réseaux", "fr"), (FRENCH, "fr")]),
        # side by side
        (
            "en",
            [
                ("Vision", "en"),
                (ENGLISH, "en"),
                (FRENCH, "fr"),
                ("Mission", "en"),
                (ENGLISH, "en"),
                (FRENCH, "fr"),
            ],
        ),
        # a quote in a plan, and what follows it
        ("en", [("Goal 1: Memory", "en"), (FRENCH, "fr"), ("Goal 2: Safety", "en"), (ENGLISH, "en")]),
        ("en", [("Goal 1: Memory", "en"), (FRENCH, "fr"), ("Goal 2: Future", "en"), (FRENCH, "fr")]),
        # a long part in another script, with short lines of its own
        ("en", [(ENGLISH, "en"), (ARABIC, "ar"), ("الهدف 1", "ar"), (ARABIC, "ar"), (ENGLISH, "en")]),
        # short lines between paragraphs of the other language
        ("en", [(ENGLISH, "en"), (FRENCH, "fr"), ("Annexe", "fr"), (FRENCH, "fr"), (ENGLISH, "en")]),
        # too little to tell
        ("it", [("Cloud First, SaaS First", "it"), ("Il piano", "it")]),
        ("uk", [("Мета", "uk"), ("Завдання", "uk")]),
        ("ja", [("戦略目標", "ja")]),
        ("und", [("12 34", "und")]),
        ("en", []),
    ],
)
def test_each_block_has_the_language_of_its_words(language: str, blocks: list[tuple[str, str]]) -> None:
    assert detect_blocks([text for text, _ in blocks], language) == [spoken for _, spoken in blocks]


@given(st.lists(st.sampled_from([ENGLISH, FRENCH, ARABIC, "Goal 1", "But 1", "", "目标"]), max_size=8))
def test_every_block_gets_one_language(texts: list[str]) -> None:
    found = detect_blocks(texts, "en")
    assert len(found) == len(texts)
    assert {own for text, own in zip(texts, found, strict=True) if text == FRENCH} <= {"fr"}
    assert {own for text, own in zip(texts, found, strict=True) if text == ENGLISH} <= {"en"}


def test_a_label_is_a_structure_word_at_the_start() -> None:
    assert begins_with_label("Strategic goal 1", "en")
    assert not begins_with_label("The goal", "en")
    assert not begins_with_label("Goal 1", "tlh")


def test_blocks_know_their_language_unless_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(f"{ENGLISH}\n\n{FRENCH}\n\n{ENGLISH}\n", encoding="utf-8")
    assert [block.language for block in read(path).blocks] == [None, "fr", None]
    given_one = read(path, ReadingOptions(language="fr"))
    assert given_one.language == "fr"
    assert [block.language for block in given_one.blocks] == [None, None, None]
