from __future__ import annotations

import pytest

from strategraph.reading.language import detect


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
