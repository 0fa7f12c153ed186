"""Every rule has its name in the catalogue, and every name there is one that code or a table gives."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from strategraph.knowledge import resources
from strategraph.knowledge.rule_names import is_known_rule, rule_names
from strategraph.pipeline import build
from strategraph.rdf.namespace import SG

SOURCE = Path(__file__).parents[2] / "src" / "strategraph"
GOLD = [*resources.files("data/plans", ".txt"), *resources.files("data/gold", ".txt")]


def literal_rules() -> set[str]:
    """Return the names that code gives as they stand: to a Support."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            at = {"Support": 1}.get(node.func.id)
            arguments = node.args[at : at + 1] if at is not None else []
            for argument in arguments:
                found |= {
                    part.value
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    if not isinstance(argument, ast.JoinedStr)
                }
    return found


def test_the_rules_that_code_names_are_in_the_catalogue() -> None:
    named = literal_rules()
    assert len(named) >= 12
    assert {name for name in named if not is_known_rule(name)} == set()


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)
def test_the_rules_of_built_graphs_are_in_the_catalogue(path: Path) -> None:
    assert {str(rule) for rule in build(path).graph.objects(None, SG.rule)} <= rule_names()


def test_made_up_rules_are_not() -> None:
    assert not is_known_rule("oracle")
    assert not is_known_rule("citation/oracle")
    assert is_known_rule("citation/numbered")
