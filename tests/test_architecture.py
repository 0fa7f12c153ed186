"""Who may import what: the layers that docs/architecture.md promises."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "strategraph"
BEFORE_THE_GRAPH = (
    "model", "errors", "resources", "identifiers", "languages", "sentences", "vocabulary", "gazetteer",
    "organizations", "corrections", "readings", "proposing", "coverage", "silence", "reading", "fetching", "understanding", "extraction", "resolution", "evaluation",
)  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, but for those only type checkers see."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(node)
        for guard in ast.walk(tree)
        if isinstance(guard, ast.If) and isinstance(guard.test, ast.Name) and guard.test.id == "TYPE_CHECKING"
        for node in ast.walk(guard)
    }
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def top(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_layers(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    if top(path) in BEFORE_THE_GRAPH:
        assert "rdflib" not in roots
    if top(path) != "cli":
        assert "click" not in roots
    if top(path) != "validation":
        assert not {"pyshacl", "shacl"} & roots


def test_stages_do_not_know_the_stages_after_them() -> None:
    order = ["reading", "understanding", "extraction", "resolution", "graph"]
    for path in modules():
        if top(path) in order:
            later = order[order.index(top(path)) + 1 :]
            known = {name.split(".")[1] for name in imports(path) if name.startswith("strategraph.")}
            assert not known & set(later), path


def test_only_the_command_line_fetches_and_asks() -> None:
    """What builds graphs never touches the network, whatever it is given."""
    for path in modules():
        for part in ("fetching", "proposing"):
            if top(path) not in ("cli", part):
                assert not any(name.startswith(f"strategraph.{part}") for name in imports(path)), path


def test_no_drawers() -> None:
    names = {part for path in modules() for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert not names & {"utils", "util", "helpers", "misc", "common"}
