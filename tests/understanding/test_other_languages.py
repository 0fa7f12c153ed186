"""Plans in the languages of the UN and in Italian, in layouts other than those of the gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.model import Section
from strategraph.model.identifiers import slug
from strategraph.pipeline import read_plan
from strategraph.reading import read
from strategraph.reading.request import ReadingOptions
from strategraph.understanding import understand
from strategraph.understanding.labels import read_label

ITALIAN = Path(__file__).parents[2] / ".." / "shared" / "plans" / "it-piano-triennale-2020-2022.it.rst"

LABELS = [
    ("it", "Obiettivo strategico n. 2.1 – Ridurre le emissioni", "Objective", "2.1"),
    ("it", "OB.1.1 - Migliorare i servizi", "Objective", "OB.1.1"),
    ("it", "R.A.1.1a - Diffusione del modello", "Outcome", "R.A.1.1a"),
    ("it", "Visione dell’Agenzia: un Paese connesso", "Vision", None),
    ("fr", "But 1 – Connectivité universelle: Permettre", "Goal", "1"),
    ("fr", "Axe stratégique n° 3 : Gouverner", "Priority", "3"),
    ("es", "Eje estratégico 2. Primeras lecturas", "Priority", "2"),
    ("es", "Objetivo N.º 4: Abrir bibliotecas", "Objective", "4"),
    ("ru", "Стратегическая цель 1. Безопасное судоходство", "Goal", "1"),
    ("ru", "ЗАДАЧА 1.1: Обновить знаки", "Objective", "1.1"),
    ("ru", "Цель № 2 – Чистые реки", "Goal", "2"),
    ("ar", "الهدف الاستراتيجي الأول: توسيع الخدمة", "Goal", "الأول"),
    ("ar", "الغاية ١ - التوصيلية الشاملة", "Goal", "١"),
    ("ar", "النتيجة 1-1: بيانات موثوقة", "Outcome", "1-1"),
    ("ar", "المؤشر 1-1-أ: عدد البلدان", "Indicator", "1-1-أ"),
    ("ru", "Промежуточный результат 1.1.1. Карта", "Output", "1.1.1"),
    ("ar", "رسالة الكلية", "Mission", None),
    ("ru", "Цель Программы", "Goal", None),
    ("ru", "Задачи муниципальной программы:", "Objective", None),
    ("zh", "指标1-A：国家数量", "Indicator", "1-A"),
    ("zh", "目标1：服务覆盖城乡", "Goal", "1"),
    ("zh", "战略目标一：普遍连接", "Goal", "一"),
    ("zh", "（二）具体目标2.1：弥合数字鸿沟", "Target", "2.1"),
]

NO_LABELS = [
    ("it", "Obiettivo 17 dell’Agenda 2030"),
    ("it", "Gli obiettivi sono chiari"),
    ("fr", "Objectif 5 des ODD : égalité"),
    ("fr", "Mesures sont prises"),
    ("ru", "Цель 14 в области устойчивого развития"),
    ("ru", "Цель работы была достигнута ещё в прошлом году"),
    ("ar", "الهدف 6 من أهداف التنمية المستدامة"),
    ("zh", "可持续发展目标4：优质教育"),
    ("zh", "愿景、使命和价值观"),
]


@pytest.mark.parametrize(("language", "text", "kind", "number"), LABELS)
def test_labels(language: str, text: str, kind: str, number: str | None) -> None:
    label = read_label(text, language)
    assert label is not None
    assert (label.kind, label.number) == (kind, number)


@pytest.mark.parametrize(("language", "text"), NO_LABELS)
def test_what_only_looks_like_a_label(language: str, text: str) -> None:
    assert read_label(text, language) is None


SEED = {
    "fr": """Plan stratégique de l'Union pour la période 2024-2027

Vision
Une société de l'information, reposant sur le monde interconnecté.

Mission
L'Union a pour mission de promouvoir l'accès abordable et universel aux réseaux.

Buts stratégiques

But 1 – Connectivité universelle: Permettre l'accès universel aux réseaux.

But 2 – Transformation durable: encourager l'utilisation équitable pour les femmes et les filles.

Cibles

Cible 1.1: D'ici à 2030, 65% des ménages ont accès à Internet
Cible 2.1: D'ici à 2030, combler le fossé numérique
""",
    "ru": """Стратегический план Союза на 2024–2027 годы

Концепция
Информационное общество, возможности которого расширяются благодаря взаимосвязанному миру.

Миссия
Миссия Союза состоит в том, чтобы содействовать универсальному доступу к сетям.

Стратегические цели

Цель 1 – Универсальный доступ: обеспечивать универсальный доступ к сетям.

Цель 2 – Устойчивая трансформация: содействовать использованию сетей для женщин и девушек.

Целевые показатели

Целевой показатель 1.1: к 2030 году 65% домохозяйств имеют доступ к интернету
Целевой показатель 2.1: к 2030 году цифровой разрыв сокращен
""",
    "ar": """الخطة الاستراتيجية للاتحاد للفترة ٢٠٢٤-٢٠٢٧

الرؤية
مجتمع معلومات يقوم على عالم موصول.

الرسالة
رسالة الاتحاد هي تعزيز النفاذ الشامل إلى الشبكات.

الغايات الاستراتيجية

الغاية 1 - التوصيلية الشاملة: تمكين النفاذ الشامل إلى الشبكات.

الغاية 2 - التحول المستدام: تعزيز الاستخدام المنصف لتمكين النساء والفتيات.

المقاصد

المقصد 1.1: بحلول عام 2030، 65% من الأسر لديها نفاذ إلى الإنترنت
المقصد 2.1: بحلول عام 2030، سد الفجوة الرقمية
""",
    "zh": """联盟2024-2027年战略规划

愿景
由互连世界赋能的信息社会。

使命
联盟的使命是促进价格可承受的普遍接入。

战略目标

总体目标1 – 普遍连接：推动普遍接入网络。

总体目标2 – 可持续转型：促进公平使用，赋能妇女和女童。

具体目标

具体目标1.1：到2030年，65%的家庭接入互联网
具体目标2.1：到2030年，弥合数字鸿沟
""",
    "it": """Piano strategico dell'Unione per il periodo 2024-2027

Visione
Una società dell'informazione resa possibile da un mondo interconnesso.

Missione
Promuovere l'accesso universale alle reti.

Finalità strategiche

Finalità 1 – Connettività universale: consentire l'accesso universale alle reti.

Finalità 2 – Trasformazione sostenibile: promuovere l'uso equo per donne e ragazze.

Traguardi

Traguardo 1.1: entro il 2030 il 65% delle famiglie ha accesso a Internet
Traguardo 2.1: entro il 2030 il divario digitale è colmato
""",
}


@pytest.mark.parametrize("language", SEED)
def test_the_same_plan_in_several_languages(tmp_path: Path, language: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(SEED[language], encoding="utf-8")
    document, plan = read_plan(path)
    assert document.language == language
    number = {element.iri: element.number for element in plan.elements}
    stated = [element for element in plan.elements if element.kind not in ("Commitment", "Purpose")]
    assert [(e.kind, e.number, number.get(e.parent)) for e in stated] == [
        ("Vision", None, None),
        ("Mission", None, None),
        ("Goal", "1", None),
        ("Goal", "2", None),
        ("Target", "1.1", "1"),
        ("Target", "2.1", "2"),
    ]
    assert all(element.title and element.statement for element in plan.elements if element.kind == "Goal")
    profile = plan.profile
    assert profile.start is not None
    assert profile.end is not None
    assert (profile.start.value, profile.end.value) == ("2024", "2027")
    addressed = [link for link in plan.links if link.predicate == "addresses"]
    assert any(link.object.endswith("/women-and-girls") for link in addressed)
    for link in plan.links:
        for support in link.supports:
            words = document.source.text[support.span.start : support.span.end]
            assert words.strip() == words


def test_years_typed_in_the_order_in_which_they_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("الخطة الاستراتيجية 2027-2024\n\nالهدف 1: توسيع الخدمة في القرى.\n", encoding="utf-8")
    profile = read_plan(path)[1].profile
    assert profile.start is not None
    assert profile.end is not None
    assert (profile.start.value, profile.end.value) == ("2024", "2027")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("الهدف 1: التوصيلية\n\nالهدف 1.1: بناء الشبكة.\n", ["Goal", "Objective"]),
        ("الهدف 1: بناء الشبكة.\n", ["Goal"]),
        ("总体目标1：普遍连接\n\n目标1.1：建设网络。\n", ["Goal", "Objective"]),
        ("目标1：建设网络。\n", ["Goal"]),
    ],
)
def test_one_word_for_two_levels(tmp_path: Path, text: str, kinds: list[str]) -> None:
    language = "zh" if "目" in text else "ar"
    assert [section.kind for section in sections(tmp_path, text, language)] == kinds


def test_contents_end_where_their_first_entry_comes_back(tmp_path: Path) -> None:
    text = (
        "SOMMAIRE\n\nI. Cadre\nII. Axes\n\n\nI. CADRE\n\nVision\n\nUn pays sans soif.\n\n\n"
        "II. AXES\n\nAxe 1 : Construire\n\nBâtir cent puits dans le pays.\n"
    )
    assert [section.kind for section in sections(tmp_path, text, "fr")] == ["Vision", "Priority"]


def test_letters_and_numerals_of_other_scripts_number_lists(tmp_path: Path) -> None:
    russian = "Мероприятия:\n\nа) купить суда;\nб) обучить людей.\n"
    arabic = "المبادرات:\n\n1- بناء الخزانات.\n2- تدريب العاملين.\n"
    chinese = "核心价值观\n\n（一）平等：一视同仁。\n\n（二）开放：共享资源。\n"
    assert [s.number for s in sections(tmp_path, russian, "ru")] == ["а", "б"]
    assert [s.number for s in sections(tmp_path, arabic, "ar")] == ["1", "2"]
    assert [(s.number, s.title and s.title.text) for s in sections(tmp_path, chinese, "zh")] == [
        ("一", "平等"),
        ("二", "开放"),
    ]


def test_slugs_of_words_of_other_scripts_stay_different() -> None:
    words = ["目标", "目標", "指标", "цель", "цели", "الهدف", "الأهداف", "الهدفُ", "objectif", "objectïf"]
    assert len({slug(word) for word in words}) == len(words)


def sections(folder: Path, text: str, language: str) -> tuple[Section, ...]:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return understand(read(path, ReadingOptions(language=language)))


def test_a_text_clearly_in_another_language_carries_that_language(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "Piano strategico 2025-2027\n\nVisione\n\nThe Agency brings clean water to all the people of the country "
        "and to those who come after them.\n\nMissione\n\nL’Agenzia porta l’acqua a tutti i comuni del Paese.\n\n"
        "Come è nato il piano\n\nIl piano è il frutto di un lavoro che la direzione ha condiviso con le province e con gli enti del territorio, "
        "e che sarà rivisto nel corso della sua durata.\n",
        encoding="utf-8",
    )
    document, plan = read_plan(path)
    assert document.language == "it"
    assert [(element.kind, element.language) for element in plan.elements] == [
        ("Vision", "en"),
        ("Mission", "it"),
    ]
