"""Visions and missions that no label names but a sentence says ("The mission of X is to …")."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from strategraph.languages import rules
from strategraph.model import Span
from strategraph.outline.drafts import Draft
from strategraph.outline.units import Role, Unit
from strategraph.sentences import sentences


def prose_drafts(units: Sequence[Unit], stated: Collection[str], language: str) -> list[Draft]:
    """Return one draft for each class in sentence rules that is not ``stated`` otherwise.

    The first sentence of a class is taken; later ones may speak of it but seldom say it anew. ``language`` is
    the document's.
    """
    found: dict[str, Draft] = {}
    for index, unit in enumerate(units):
        language_rules = rules(unit.block.language or language)
        if unit.role not in (Role.TEXT, Role.ITEM) or not unit.body:
            continue
        text = unit.body.text
        for start, end in sentences(text, language_rules):
            for rule in language_rules.statements:
                if rule.kind in stated or rule.kind in found:
                    continue
                match = rule.pattern.search(text, start, end)
                if match is None:
                    continue
                group = "statement" if "statement" in rule.pattern.groupindex else None
                statement = unit.body.cut(*match.span(group)) if group else unit.body.cut(start, end)
                span = Span(unit.body.cut(start, end).span().start, unit.body.cut(start, end).span().end)
                found[rule.kind] = Draft(rule.kind, None, None, statement, span, "sentence", 0.8, index)
    return list(found.values())
