"""A good graph cannot be made to lie unseen: each mutation of the table is caught, by what the table says."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from strategraph.errors import StrategraphError
from strategraph.rdf.loading import load_graph
from strategraph.validation import validate
from strategraph.validation.claims import evidence_names
from strategraph.validation.subject import Quotes
from strategraph.validation.verification import verify

HERE = Path(__file__).parent
TABLE = HERE / "mutations" / "mutations.toml"
PAGE = HERE.parent / "docs" / "mutations.md"
VALID, TEXT = HERE / "shapes" / "valid.ttl", HERE / "shapes" / "valid.txt"
PROLOGUE = (HERE / "shapes" / "prologue.ru").read_text(encoding="utf-8")
LIGHT = "DELETE WHERE { ?evidence a sg:Evidence ; ?property ?value }"
Mutation = dict[str, object]


@cache
def mutations() -> tuple[Mutation, ...]:
    return tuple(tomllib.loads(TABLE.read_text(encoding="utf-8"))["mutation"])


def mutated(mutation: Mutation) -> Graph:
    graph = load_graph(VALID)
    if mutation.get("light"):
        graph.update(PROLOGUE + LIGHT)
    before = set(graph)
    graph.update(PROLOGUE + str(mutation["update"]))
    assert set(graph) != before, "the update changes nothing"
    return renamed(graph) if mutation.get("renamed") else graph


def renamed(graph: Graph) -> Graph:
    """Return the graph with each evidence named by what it says now, as a patient forger would leave it."""
    names = {
        node: URIRef(name)
        for node, name in evidence_names(graph, Quotes.of(graph)).items()
        if str(node) != name
    }
    found = Graph()
    for subject, predicate, object_ in graph:
        found.add((names.get(subject, subject), predicate, names.get(object_, object_)))
    return found


def catchers(mutation: Mutation) -> set[str]:
    """Return what catches a mutation: violations and warnings by their shapes, and the verifier."""
    graph = mutated(mutation)
    caught = {str(r.shape).rpartition("#")[2] for r in validate(graph).results if r.severity != "Info"}
    if not mutation.get("light"):
        try:
            caught |= {"verify"} if verify(graph, [TEXT]).failures else set()
        except StrategraphError:
            caught.add("verify")
    return caught


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: str(mutation["name"]))
def test_each_mutation_is_caught(mutation: Mutation, regenerate: bool) -> None:
    caught = catchers(mutation)
    assert caught
    if regenerate:
        _write(str(mutation["name"]), caught)
    else:
        assert set(_listed(mutation, "caught")) <= caught


def test_the_table_is_of_at_least_ninety_and_its_page_is_up_to_date(regenerate: bool) -> None:
    assert len({str(mutation["name"]) for mutation in mutations()}) == len(mutations()) >= 90
    if regenerate:
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def page() -> str:
    """Return the page that shows the table."""
    mutations.cache_clear()
    table = mutations()
    first = sum(bool(_listed(mutation, "first")) for mutation in table)
    now = sum(bool(_listed(mutation, "caught")) for mutation in table)
    rows = "\n".join(
        f"| {mutation['name']}{_how(mutation)} | "
        f"{_code(_listed(mutation, 'first')) or 'nothing'} | {_code(_listed(mutation, 'caught')) or 'nothing'} |"
        for mutation in table
    )
    return f"""# Mutations

Ways to make a good graph lie, and what catches each: constraints of `shapes/*.ttl` by name (a Violation or a
Warning), or `verify`, which needs the source. The table is `tests/mutations/mutations.toml`, in which each
mutation is a SPARQL update of `tests/shapes/valid.ttl`; this page is made from it by
`pytest tests/test_mutations.py --regenerate`, and a test keeps the two together.

Of {len(table)} mutations {first} were caught when they were written down, before anything was mended; {now} are now. In those
that are *renamed*, each evidence has the name that its forged words make, as one who knows how would leave it.

What nothing in the graph or its source can tell is not caught: another confidence, another rule that is known, another
page, format or name of a source; other versions and checksums of what made the graph, or that all of this was taken out; a
decision that an editorial note tells; that an instrument which is cited adopted the plan, or what part a provision has;
a fact that is said to be given by a person, which `verify` counts; other names of an organisation or a concept, which a
text may bring with it, or that two organisations or instruments are the same.

| what is done to the graph | caught at first by | caught now by |
| --- | --- | --- |
{rows}
"""


def _how(mutation: Mutation) -> str:
    return "".join(
        f" ({words})"
        for field, words in (("light", "light graph"), ("renamed", "renamed"))
        if mutation.get(field)
    )


def _listed(mutation: Mutation, field: str) -> list[str]:
    value = mutation.get(field, [])
    assert isinstance(value, list)
    return [str(name) for name in value]


def _code(names: list[str]) -> str:
    return ", ".join(name if name == "verify" else f"`{name}`" for name in names)


def _write(name: str, caught: set[str]) -> None:
    """Put what caught a mutation into the table."""
    lines: list[str] = []
    here = False
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        here = line == f'name = "{name}"' if line.startswith("name = ") else here
        if not (here and line.startswith("caught = ")):
            lines.append(line)
        if here and line.startswith("first = "):
            lines.append(f"caught = [{', '.join(f'{chr(34)}{one}{chr(34)}' for one in sorted(caught))}]")
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
