"""Names listed within one text."""

from __future__ import annotations

import pytest

from strategraph.understanding.listed_names import announces_names, listed_names

LISTED = [
    ("City Values: Life-Long Learning, Compassion and Health", "en", False, ["Life-Long Learning", "Compassion", "Health"]),
    ("Our values are: open, quality, trust. They guide us.", "en", False, ["open", "quality", "trust"]),
    ("Trust | Respect | Openness", "en", True, ["Trust", "Respect", "Openness"]),
    ("Trust, respect, and openness.", "en", True, ["Trust", "respect", "openness"]),
    ("Nos valeurs : le respect, l'écoute et la confiance", "fr", False, ["le respect", "l'écoute", "la confiance"]),
    ("El plan tiene como objetivos: plantar árboles en el norte y el sur del valle, abrir escuelas, y cuidar de todos.", "es", False, ["plantar árboles en el norte y el sur del valle", "abrir escuelas", "cuidar de todos"]),
    ("نعمل وفق قيم الأمانة والوضوح وحسن الجوار والعطاء. ونسعى إلى المزيد", "ar", False, ["الأمانة", "الوضوح", "حسن الجوار", "العطاء"]),
    ("قيمنا: الأمانة، والوضوح، والعطاء", "ar", False, ["الأمانة", "الوضوح", "العطاء"]),
    (
        "Values: Care, Trust, Courage, People who flourish in a strong town",
        "en",
        False,
        ["Care", "Trust", "Courage", "People who flourish in a strong town"],
    ),  # one among several shorter ones may be long
    ("Nuestros valores: respeto, honradez y equidad", "es", False, ["respeto", "honradez", "equidad"]),
]  # fmt: skip
NOT_LISTED = [
    ("Life-Long Learning, Compassion and Health", "en", False),  # nothing announces it
    (
        "Our goals: We open halls and schools in the north, their halls, their wells",
        "en",
        False,
    ),  # a sentence
    ("نعمل وفق قيم الأمانة والوضوح في كل ما نقوم به من أعمال يومية", "ar", False),
    ("Values: care and candour", "en", False),  # two may be one
    ("Our vision: cleaner, safer, greener", "en", False),  # one vision is no list
    ("We met in Paris, Rome and Lima, and then we went on to see all the others", "en", True),
    ("Values: Care for all who need us now, Trust, Courage", "en", False),  # three are too few for a long one
    ("Trust, respect, openness: normative support", "en", True),  # the names are another one's label
    ("", "en", True),
]


@pytest.mark.parametrize(("text", "language", "announced", "names"), LISTED)
def test_names_are_listed(text: str, language: str, announced: bool, names: list[str]) -> None:
    assert [text[a:b] for a, b in listed_names(text, language, announced=announced)] == names


@pytest.mark.parametrize(("text", "language", "announced"), NOT_LISTED)
def test_no_names_are_listed(text: str, language: str, announced: bool) -> None:
    assert listed_names(text, language, announced=announced) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our work rests on these core values:", True),
        ("Values", True),
        ("Our vision", False),
        ("Values: trust", False),
        ("", False),
    ],
)
def test_what_announces_names_ends_with_a_word_for_several(text: str, expected: bool) -> None:
    assert announces_names(text, "en") is expected
