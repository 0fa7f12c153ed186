"""``strategraph query``, ``serve``: put questions to graphs and stores, and let others do so."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.options import memory_option, seconds_option
from strategraph.cli.store_options import connect_to_ask, kind_option, timeout_option
from strategraph.cli.terminal import give, say, tell, tell_if_mixed
from strategraph.errors import UnusableInputError
from strategraph.system.files import read_given_text, read_standard_input_text

if TYPE_CHECKING:
    from strategraph.querying import Question

_PAUSE = 2.0  # seconds between two words on how much was fetched
QUERIES = "STRATEGRAPH_QUERIES"
"""The environment variable with folders of questions, as PATH has folders of programs."""


@click.command(name="query")
@click.argument("graph", required=False)
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
@click.option(
    "--queries",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"A folder of questions of your own, *.rq; more of them in {QUERIES}.",
)
@kind_option
@timeout_option
@click.option("--allow-service", is_flag=True, help="Let SERVICE send parts of the query to other hosts.")
@seconds_option("Longest time to load GRAPH and answer; not for a store elsewhere.")
@memory_option("4096MB", "Most memory to load GRAPH and answer with; not for a store elsewhere.")
@click.option(
    "--csv-safe", is_flag=True, help="With -f csv: mark cells that a spreadsheet would run as formulas."
)
@click.option("--list", "listing", is_flag=True, help="Show the questions that have a NAME, and stop.")
def query_command(
    graph: str | None,
    name: str | None,
    expression: str | None,
    file: Path | None,
    parameters: Sequence[str],
    format_: str,
    folders: Sequence[Path],
    kind: str | None,
    timeout: float,
    allow_service: bool,
    csv_safe: bool,
    listing: bool,
    seconds: float,
    memory: int,
) -> None:
    """Ask GRAPH the question called NAME, or a SPARQL query.

    GRAPH is an RDF file, a folder of them, the folder of an embedded store (`strategraph store`), or the
    address of a triple store, as for `strategraph load`, or of any SPARQL endpoint.

    \b
    strategraph query --list
    strategraph query out/plan.ttl goals-for-group -p group="persons with disabilities"
    strategraph query out/plan.ttl -e 'SELECT ?goal { ?goal a sg:Goal }' -f csv
    strategraph query http://localhost:3030/plans goals

    The prefixes sg, rdf, rdfs, skos, dcterms, oa, org, prov and xsd need not be declared.
    """
    from strategraph.querying import find_format, render
    from strategraph.querying.answers import safe_csv

    folders = (*folders, *_folders_of_the_environment())
    if listing:
        _list(folders)
        return
    if graph is None:
        raise UnusableInputError("say which graph to ask, or --list to see what can be asked")
    chosen = find_format(format_)
    if csv_safe and chosen.name != "csv":
        raise UnusableInputError("--csv-safe is for -f csv")
    question = _question(name, expression, file, folders)
    values = _values(parameters)
    query = question.bind(values)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if graph.startswith(("http://", "https://")):
        with connect_to_ask(graph, kind, timeout) as place:
            from strategraph.querying.stores.client import ask

            answer, dataset = ask(
                place,
                query,
                counts_once=question.shipped,
                allow_service=allow_service,
                notice=_now_and_then(),
            )
        content = render(answer, chosen, dataset, width=width)
    else:
        from strategraph.querying.guarded import GuardedQuery, ProcessBounds
        from strategraph.querying.guarded import ask as ask_guarded

        asked = GuardedQuery(
            Path(graph), query, chosen.name, width, allow_service, question.expectations(values)
        )
        tell_if_mixed(Path(graph))
        content = ask_guarded(asked, ProcessBounds(seconds, memory), lambda why: tell(f"no rows: {why}"))
    give(safe_csv(content) if csv_safe else content)


def _now_and_then() -> Callable[[str], None]:
    """Return what tells how a long fetching goes on, with pauses between its words."""
    last = time.monotonic()

    def notice(message: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _PAUSE:
            last = time.monotonic()
            tell(message)

    return notice


def _folders_of_the_environment() -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in os.environ.get(QUERIES, "").split(os.pathsep) if folder)


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


def _question(
    name: str | None, expression: str | None, file: Path | None, folders: Sequence[Path]
) -> Question:
    """Return the question that is asked in one of three ways."""
    from strategraph.querying import Question, find_question

    if sum(way is not None for way in (name, expression, file)) != 1:
        raise UnusableInputError(
            "say what to ask in one way: a NAME (--list shows them), -e SPARQL or --file FILE"
        )
    if name is not None:
        return find_question(name, folders)
    if expression is not None:
        return Question.parse("the query", expression)
    assert file is not None
    return Question.parse(str(file), _read(file))


def _read(file: Path) -> str:
    try:
        return read_standard_input_text() if str(file) == "-" else read_given_text(file, "utf-8-sig")
    except OSError as error:
        raise UnusableInputError(f"{file}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{file}: is not UTF-8 text") from error


def _list(folders: Sequence[Path]) -> None:
    from strategraph.querying import catalogue

    questions = catalogue(folders)
    indent = max(len(question.name) for question in questions) + 2
    for question in questions:
        origin = f" [{question.folder}]" if question.folder else ""
        say(f"{question.name:<{indent}}{question.description}{origin}")
        for parameter in question.parameters:
            default = f' (default "{parameter.default}")' if parameter.default else ""
            say(f"{'':<{indent}}  {parameter.name}: {parameter.description}{default}")


@click.command(name="serve")
@click.argument("graph", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=7979, show_default=True,
              help="The port to listen on; 0 takes any that is free.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True,
              help="The address to listen on; any but loopback lets other machines ask.")  # fmt: skip
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(0, min_open=True), default=30,
              show_default=True, help="How long a query may run before it is stopped.")  # fmt: skip
@click.option("--limit", metavar="ROWS", type=click.IntRange(0), default=10_000, show_default=True,
              help="Rows or triples after which an answer is cut; 0 for never.")  # fmt: skip
@click.option("--memory", metavar="MB", type=click.IntRange(256), default=1024, show_default=True,
              help="How much memory each process that answers queries may have.")  # fmt: skip
@click.option("--cors", metavar="ORIGIN", default="",
              help="Let web pages of this origin ask, such as https://example.org; * for all.")  # fmt: skip
def serve_command(
    graph: Path, port: int, host: str, timeout: float, limit: int, memory: int, cors: str
) -> None:
    """Answer SPARQL queries over the plans in DIR, read-only, until stopped with Ctrl-C.

    DIR is an embedded store (`strategraph store`), an RDF file or a folder of them. The page to ask from is
    at the address shown, the endpoint at /sparql below it.

    \b
    strategraph serve plans.db
    curl http://127.0.0.1:7979/sparql --data-urlencode 'query=SELECT * { ?goal a sg:Goal }'
    """
    from strategraph.querying.serving import Settings
    from strategraph.querying.serving.protocol import is_loopback
    from strategraph.querying.serving.server import serve

    settings = Settings(
        host=host, port=port, timeout=timeout, limit=limit, memory=memory, cors=cors.rstrip("/")
    )
    if not is_loopback(host):
        tell(f"warning: on {host} other machines can ask, without any password or encryption")
    serve(graph, settings, lambda url: say(f"{graph}: {url} (stop with Ctrl-C)"))
