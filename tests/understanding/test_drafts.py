"""Drafts: one text is of one class, and the name of a field is no element."""

from __future__ import annotations

import pytest
from tests.understanding.test_units import document

from strategraph.knowledge.rule_names import is_known_rule
from strategraph.understanding.context import contexts
from strategraph.understanding.drafts import Choice, Draft, agreed, drafts, without_fields
from strategraph.understanding.units import Unit, units


def _drafts(*stated: tuple[str, str, str, float]) -> tuple[tuple[Unit, ...], list[Draft]]:
    """Return the units and drafts of blocks, each with its kind, text, class and its probability."""
    found = units(document(*((kind, text) for kind, text, _, _ in stated)))
    choices = [
        Choice(index, kind, chance, ((kind, chance),)) for index, (_, _, kind, chance) in enumerate(stated)
    ]
    return found, drafts(found, contexts(found), choices)


def test_one_text_is_of_one_class() -> None:
    _, found = _drafts(
        ("item", "Connect people", "Goal", 0.9),
        ("item", "Share wealth", "Goal", 0.8),
        ("heading", "Connect People", "Action", 0.5),
        ("heading", "Mend roads", "Action", 0.5),
    )
    assert [draft.kind for draft in agreed(found)] == ["Goal", "Goal", "Goal", "Action"]


def test_the_name_of_a_field_is_no_element() -> None:
    fields = [
        ("item", f"Rationale: {text}", "Action", 0.6) for text in ("It is old.", "It is new.", "Why not.")
    ]
    parts, found = _drafts(("item", "Housing: Build more.", "Action", 0.6), *fields)
    assert [draft.unit for draft in without_fields(found, parts)] == [0]
    parts, found = _drafts(("item", "Housing: Build more.", "Action", 0.6), *fields[:2])
    assert len(without_fields(found, parts)) == 3
    parts, found = _drafts(*[("item", "Housing: Build more.", "Action", 0.6)] * 4)
    assert len(without_fields(found, parts)) == 4  # one element, printed again


def test_a_label_that_recurs_names_its_class() -> None:
    parts, found = _drafts(
        *[("item", f"Action 1: {text}", "Action", 0.9) for text in ("Go on.", "Stop it.", "Try it.")]
    )
    assert without_fields(found, parts) == found


@pytest.mark.parametrize("kind", ["heading", "strong", "paragraph"])
def test_what_encloses_others_has_a_rule_that_the_catalogue_names(kind: str) -> None:
    found = units(document((kind, "Schools"), ("item", "Mend the roof"), ("item", "Train the teachers")))
    made = drafts(found, contexts(found), [Choice(0, "Priority", 0.5, (("Priority", 0.5),), encloses=True)])
    assert [draft.rule for draft in made] == [f"{kind}:enclosing"]
    assert is_known_rule(f"{kind}:enclosing")
