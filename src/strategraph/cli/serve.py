"""``strategraph serve``: a SPARQL endpoint on this machine, with a page to ask from."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import say, tell


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
def command(graph: Path, port: int, host: str, timeout: float, limit: int, memory: int, cors: str) -> None:
    """Answer SPARQL queries over the plans in DIR, read-only, until stopped with Ctrl-C.

    DIR is an embedded store (`strategraph store`), an RDF file or a folder of them. The page to ask from is
    at the address shown, the endpoint at /sparql below it.

    \b
    strategraph serve plans.db
    curl http://127.0.0.1:7979/sparql --data-urlencode 'query=SELECT * { ?goal a sg:Goal }'
    """
    from strategraph.querying.serving.protocol import is_loopback
    from strategraph.querying.serving.server import serve
    from strategraph.querying.serving.source import Settings

    settings = Settings(
        host=host, port=port, timeout=timeout, limit=limit, memory=memory, cors=cors.rstrip("/")
    )
    if not is_loopback(host):
        tell(f"warning: on {host} other machines can ask, without any password or encryption")
    serve(graph, settings, lambda url: say(f"{graph}: {url} (stop with Ctrl-C)"))
