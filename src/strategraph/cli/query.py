"""``strategraph query``: put questions to a graph."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from strategraph.errors import UnusableInputError


@click.command(name="query")
@click.argument("graph", required=False, type=click.Path(path_type=Path))
@click.argument("name", required=False)
@click.option("-e", "--expression", metavar="SPARQL", help="A query of your own.")
@click.option(
    "--file", type=click.Path(path_type=Path), metavar="FILE", help="A file with one; - is standard input."
)
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for a parameter of the question.",
)
@click.option(
    "-f", "--format", "format_", default="table", show_default=True, metavar="FORMAT",
    help="table, csv, tsv, json or xml; for triples turtle, ntriples, jsonld or xml.",
)  # fmt: skip
@click.option("--allow-service", is_flag=True, help="Let SERVICE send parts of the query to other hosts.")
@click.option("--list", "listing", is_flag=True, help="Show the questions that have a NAME, and stop.")
def command(
    graph: Path | None,
    name: str | None,
    expression: str | None,
    file: Path | None,
    parameters: Sequence[str],
    format_: str,
    allow_service: bool,
    listing: bool,
) -> None:
    """Ask GRAPH the question called NAME, or a SPARQL query.

    GRAPH is an RDF file, a folder of them, or the folder of an embedded store (`strategraph store`).

    \b
    strategraph query --list
    strategraph query out/plan.ttl goals-for-group -p group="persons with disabilities"
    strategraph query out/plan.ttl -e 'SELECT ?goal { ?goal a sg:Goal }' -f csv

    The prefixes sg, rdf, rdfs, skos, dcterms, oa, org, prov and xsd need not be declared.
    """
    from strategraph.querying import find_format, load_dataset, render, run

    if listing:
        _list()
        return
    if graph is None:
        raise UnusableInputError("say which graph to ask, or --list to see what can be asked")
    chosen = find_format(format_)
    query = _query(name, expression, file, _values(parameters))
    dataset = load_dataset(graph)
    answer = run(dataset, query, allow_service=allow_service)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(render(answer, chosen, dataset, width=width), nl=False)


def _values(parameters: Sequence[str]) -> dict[str, str]:
    """Return what was given as NAME=VALUE, by name."""
    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise UnusableInputError(f"--param {parameter}: give a name and a value, as in --param {name}=…")
        if name in values:
            raise UnusableInputError(f"--param {name}: given twice")
        values[name] = value
    return values


def _query(name: str | None, expression: str | None, file: Path | None, values: dict[str, str]) -> str:
    """Return the SPARQL that is asked for in one of three ways, with the values of its parameters."""
    from strategraph.querying import Question, find_question

    if sum(way is not None for way in (name, expression, file)) != 1:
        raise UnusableInputError(
            "say what to ask in one way: a NAME (--list shows them), -e SPARQL or --file FILE"
        )
    if name is not None:
        question = find_question(name)
    elif expression is not None:
        question = Question.parse("the query", expression)
    else:
        assert file is not None
        question = Question.parse(str(file), _read(file))
    return question.bind(values)


def _read(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnusableInputError(f"{file}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{file}: is not UTF-8 text") from error


def _list() -> None:
    from strategraph.querying import catalogue

    questions = catalogue()
    indent = max(len(question.name) for question in questions) + 2
    for question in questions:
        click.echo(f"{question.name:<{indent}}{question.description}")
        for parameter in question.parameters:
            default = f' (default "{parameter.default}")' if parameter.default else ""
            click.echo(f"{'':<{indent}}  {parameter.name}: {parameter.description}{default}")
