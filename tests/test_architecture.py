"""Who may import what: the layers that docs/architecture.md promises, and that there is room to find things."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "strategraph"
LAYERS = (
    "errors", "model", "system", "knowledge", "reading", "understanding", "extraction", "resolution", "rdf",
    "curation", "validation", "export", "querying", "evaluation", "pipeline", "__init__",
    "corpus", "cli", "__main__",
)  # fmt: skip
"""Each knows those before it and none after it."""
BEFORE_THE_GRAPH = (*LAYERS[: LAYERS.index("rdf")], "curation", "evaluation")
ONLY_THE_COMMAND_LINE_CALLS = ("strategraph.reading.fetching", "strategraph.curation.proposing")
ENTRIES = 20  # what a reader of a folder takes in
LONGEST = 400  # lines of a module
MIRRORED = ("curation", "knowledge", "model", "rdf", "validation")
"""The packages whose tests stand in modules that are called after theirs."""


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the modules that a file imports, but for those only type checkers see."""
    return frozenset(_imports(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(node: ast.AST, *, whole: bool = True) -> Iterator[str]:
    """Yield what a file imports; unless ``whole``, without what its functions import when they are called."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.If) and isinstance(part.test, ast.Name) and part.test.id == "TYPE_CHECKING":
            continue
        if isinstance(part, ast.FunctionDef) and not whole:
            continue
        if isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom) and part.module:
            modules = [f"{part.module}.{alias.name}" for alias in part.names]
            yield from (module if module in MODULES else part.module for module in modules)
        else:
            yield from _imports(part, whole=whole)


def layer(module: str) -> str:
    return [*module.split("."), "__init__"][1]


@pytest.mark.parametrize("path", MODULES.values(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_layer_knows_those_before_it(path: Path) -> None:
    own = layer(name_of(path))
    known = {layer(name) for name in imports(path) if name in MODULES and name != "strategraph"} - {own}
    assert known <= set(LAYERS[: LAYERS.index(own)])


@pytest.mark.parametrize("path", MODULES.values(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    own = layer(name_of(path))
    assert "rdflib" not in roots or own not in BEFORE_THE_GRAPH
    assert "click" not in roots or own == "cli"
    assert not {"pyshacl", "shacl"} & roots or own == "validation"


def test_every_layer_is_there() -> None:
    assert {layer(name) for name in MODULES} == set(LAYERS)


def test_no_module_imports_one_that_imports_it() -> None:
    graph = {
        name: set(_imports(ast.parse(path.read_text(encoding="utf-8")), whole=False)) & MODULES.keys()
        for name, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("part", ONLY_THE_COMMAND_LINE_CALLS)
def test_only_the_command_line_fetches_and_asks(part: str) -> None:
    """What builds graphs never touches the network, whatever it is given."""
    for name, path in MODULES.items():
        if layer(name) != "cli" and not f"{name}.".startswith(f"{part}."):
            assert not any(f"{known}.".startswith(f"{part}.") for known in imports(path)), name


def test_the_package_is_small_at_its_top() -> None:
    entries = {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    assert len(entries) <= ENTRIES, sorted(entries)


@pytest.mark.parametrize("path", MODULES.values(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_longer_than_one_reads(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("package", MIRRORED)
def test_tests_are_called_after_the_modules_that_they_are_of(package: str) -> None:
    tests = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / package).glob("test_*.py")}
    assert tests <= {package, *(path.stem for path in (PACKAGE / package).glob("*.py"))}


def test_no_drawers() -> None:
    names = {part for name in MODULES for part in name.split(".")}
    assert not names & {"utils", "util", "helpers", "misc", "common"}


def test_a_name_of_a_class_has_one_meaning() -> None:
    named: dict[str, list[str]] = {}
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                named.setdefault(node.name, []).append(name)
    assert {name: modules for name, modules in named.items() if len(modules) > 1} == {}
