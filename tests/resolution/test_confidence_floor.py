"""Plans without what is not sure enough."""

from __future__ import annotations

from pathlib import Path

from strategraph.pipeline import Options, build, read_plan

SEED = Path(__file__).parents[2] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"


def test_a_triple_goes_by_its_best_evidence() -> None:
    _, every = read_plan(SEED)
    _, sure = read_plan(SEED, Options(min_confidence=0.8))
    assert sure.links
    assert len(sure.links) < len(every.links)
    assert all(max((s.confidence for s in link.supports), default=1.0) >= 0.8 for link in sure.links)


def test_an_element_goes_with_all_below_it() -> None:
    _, sure = read_plan(SEED, Options(min_confidence=0.8))
    known = {element.iri for element in sure.elements} | {sure.iri, sure.source_iri}
    assert all(element.parent in known for element in sure.elements)
    assert all(link.subject in known for link in sure.links)


def test_nothing_that_is_left_hangs_in_the_air() -> None:
    assert build(SEED, Options(min_confidence=0.85)).report.conforms


def test_by_default_all_stays() -> None:
    assert read_plan(SEED)[1] == read_plan(SEED, Options(min_confidence=0.0))[1]
