"""Print the table of constraints: ``python -m strategraph.validation > docs/shapes.md``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from strategraph.knowledge import resources
from strategraph.validation.shapes import SEVERITIES, SGSH, Constraint, load_shapes

_INTRODUCTION = """\
# Shapes

What `strategraph build` and `strategraph validate` hold a graph against, in SHACL. This page is made from
`shapes/*.ttl` by `python -m strategraph.validation > docs/shapes.md`; a test keeps the two together.

- A **Violation** is a broken graph: a program that relies on it would go wrong. Exit status 1.
- A **Warning** is something a real plan may lack, or that was not recognised. It counts with `--strict`.
- An **Info** is for the person who reviews the graph.

Each constraint is one restriction of one path. It has an IRI (`sgsh:` is
`https://w3id.org/strategraph/shapes#`), which is the source shape of its results, and one fixture
`tests/shapes/invalid/<name>.ru`, a SPARQL update that breaks `tests/shapes/valid.ttl` so that this
constraint fails and no other.

The shapes are SHACL Core but for two kinds: `period-is-in-order` is SPARQL, because Core cannot compare
years, and the constraints marked *code* are declared as `sgsh:CodeConstraint` and decided in
`strategraph/validation/checks.py`, because Core cannot say them and SPARQL, which runs once for each focus
node, is too slow. Other SHACL processors pass over them. Two of these tell what the
reading did not understand: they are checked when a graph is built, and have no fixture, for no graph shows
it. No inference and no ontology is needed: superclasses and `sg:hasElement` are written out in the data.

A validation in which nothing, or not what must be, was checked is an error (exit status 2), not a success:
a shape with `sgsh:mustApply true` needs a focus node in every graph, one with `sgsh:mustApplyWhen` where the
graph has an instance of that class or a triple with that property; every class and property that a shape
names must be known; a file given with `--shapes` must hold shapes, and one of them must apply.
"""


def page() -> str:
    """Return the page, in Markdown."""
    return "\n".join([_INTRODUCTION, *_totals(), *(line for file in _files() for line in _section(file))])


def _files() -> tuple[Path, ...]:
    return resources.files("shapes", ".ttl")


def _totals() -> Iterator[str]:
    constraints = load_shapes().constraints()
    counts = Counter(constraint.severity for constraint in constraints)
    parts = ", ".join(f"{counts[severity]} {severity}s" for severity in SEVERITIES)
    yield f"{len(constraints)} constraints: {parts}."


def _section(file: Path) -> Iterator[str]:
    shapes = load_shapes([file])
    yield f"\n## {file.name}\n"
    yield f"{_opening_comment(file)}\n"
    yield "| constraint | severity | holds if | why |"
    yield "| --- | --- | --- | --- |"
    for constraint in shapes.constraints():
        kind = " (code)" if constraint.shape in shapes.checks else ""
        yield _row(constraint, kind)


def _row(constraint: Constraint, kind: str) -> str:
    name = str(constraint.shape).removeprefix(str(SGSH))
    cells = (f"`{name}`{kind}", constraint.severity, constraint.name, constraint.description)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _opening_comment(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    end = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return " ".join(line.lstrip("# ") for line in lines[:end])


def one_file() -> str:
    """Return all shapes as one Turtle file, for processors that take one: ``pyshacl -s shapes.ttl``."""
    turtle = load_shapes().graph.serialize(format="longturtle")
    return f"# All shapes of strategraph in one file, made from shapes/*.ttl.\n{turtle}"


if __name__ == "__main__":
    sys.stdout.write(one_file() if sys.argv[1:] == ["--one-file"] else page())
