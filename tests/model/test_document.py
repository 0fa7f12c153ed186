"""None"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, RDFS, Literal

from strategraph import build
from strategraph.evaluation import find_gold, load_gold, score
from strategraph.knowledge.languages import available
from strategraph.model import Block, Document, Passage, Source, Span
from strategraph.model.document import SpanIndex, Spoken
from strategraph.model.identifiers import slug
from strategraph.pipeline import Options, read_plan
from strategraph.rdf.namespace import SG

spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 60), st.integers(1, 30))


@given(st.lists(spans, max_size=40), spans)
def test_finds_what_a_look_at_each_finds(given_spans: list[Span], span: Span) -> None:
    places = SpanIndex((each, number) for number, each in enumerate(given_spans))
    overlapping = [n for n, each in enumerate(given_spans) if each.overlaps(span)]
    assert places.overlapping(span) == overlapping
    assert places.overlaps(span) == bool(overlapping)
    assert places.containing(span) == [n for n, each in enumerate(given_spans) if each.contains(span)]


def test_holds_nothing_where_there_are_no_places() -> None:
    assert SpanIndex[str](()).containing(Span(0, 1)) == []


def test_a_long_span_does_not_make_every_look_up_long() -> None:
    looked_at = 0

    class Counting(list[int]):
        def __getitem__(self, index):  # type: ignore[no-untyped-def]
            nonlocal looked_at
            looked_at += 1
            return super().__getitem__(index)

    places = SpanIndex([(Span(0, 10**6), -1), *((Span(n, n + 1), n) for n in range(4096))])
    places._reach = Counting(places._reach)
    assert places.overlapping(Span(4000, 4001)) == [-1, 4000]
    assert looked_at < 100


GOLD = Path(__file__).parents[2] / "data" / "gold"

SIDE_BY_SIDE = """Strategic Plan 2025-2029

Goal 1 – Networks
We will renew the bus network so that the people in all of the villages have a way to the city.

The work of the years to come is in the hands of the people of the region, and this plan is for them.

Goal 2 – Memory
« Le port est la mémoire de la ville et de tous les gens qui y sont passés, et il le sera pour ceux qui viendront. »

Goal 3: الوصول
يهدف المكتب إلى توفير خدمات الميناء لجميع السكان في كل أحياء المدينة، مع إيلاء اهتمام خاص للنساء والشباب.

But 1 – Réseaux
Nous allons renouveler le réseau des autobus pour que les habitants de tous les villages aient accès à la ville.
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(SIDE_BY_SIDE, encoding="utf-8")
    return path


def test_a_place_speaks_as_its_block() -> None:
    blocks = (
        Block("paragraph", Passage("one", ((0, 0),))),
        Block("paragraph", Passage("deux", ((0, 5),)), language="fr"),
    )
    spoken = Spoken(Document(Source("x", "text/plain", "0", "one\n\ndeux"), blocks, "en"))
    assert spoken.at(Span(0, 9)) == "en"
    assert spoken.at(Span(6, 8)) == "fr"
    assert spoken.of(Passage("deux", ((0, 5),))) == "fr"


def test_literals_of_a_plan_in_several_languages(plan: Path) -> None:
    graph = build(plan).graph
    titles = {
        str(title): title.language
        for title in graph.objects(None, DCTERMS.title)
        if isinstance(title, Literal)
    }
    assert titles == {
        "Strategic Plan 2025-2029": "en",
        "Networks": "en",
        "Memory": "en",
        "الوصول": "ar",
        "Réseaux": "fr",
    }
    statements = {
        str(text)[:10]: text.language
        for text in graph.objects(None, SG.statement)
        if isinstance(text, Literal)
    }
    assert statements["We will re"] == "en"
    assert statements["« Le port "] == "fr"
    assert statements["يهدف المكت"] == "ar"
    assert statements["Nous allon"] == "fr"
    assert statements["renouveler"] == "fr"  # a commitment
    labels = {
        str(label): label.language for label in graph.objects(None, RDFS.label) if isinstance(label, Literal)
    }
    assert labels["Goal 1: Réseaux"] == "fr"


def test_a_language_that_is_given_holds_for_the_whole(plan: Path) -> None:
    document, stated = read_plan(plan, Options(language="en"))
    assert {element.language for element in stated.elements} == {"en"}
    assert {element.statement_language for element in stated.elements} <= {"en", None}
    assert document.language == "en"


@pytest.mark.parametrize("path", find_gold([GOLD]), ids=lambda path: path.name.removesuffix(".gold.json"))
def test_quotes_stand_in_the_text_in_every_script(path: Path) -> None:
    document, stated = read_plan(GOLD / load_gold(path).document)
    text = document.source.text
    for block in document.blocks:
        for position in range(0, len(block.passage.text), 7):
            character = block.passage.text[position]
            assert character.isspace() or text[block.passage.offset(position)] == character
    for link in stated.links:
        for support in link.supports:
            quote = text[support.span.start : support.span.end]
            assert quote
            assert quote == quote.strip()


def test_there_is_gold_for_every_language() -> None:
    assert {load_gold(path).language for path in find_gold([GOLD])} >= set(available())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علم", "عَلَم"),  # with and without vowel marks
        ("戰略", "战略"),  # traditional and simplified
        ("все", "всё"),
        ("peche", "pêche"),
        ("año", "ano"),
    ],
)
def test_slugs_of_different_words_differ(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@pytest.mark.parametrize(
    "path",
    [path for path in find_gold([GOLD]) if load_gold(path).language != "en"],
    ids=lambda path: path.name.removesuffix(".gold.json"),
)
def test_the_structure_of_a_plan_in_each_language_is_read(path: Path) -> None:
    gold = load_gold(path)
    reached = score(read_plan(GOLD / gold.document)[1], gold).all_elements.f1
    assert reached is not None
    assert reached >= 0.85
