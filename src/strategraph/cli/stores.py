"""``strategraph load``, ``unload``, ``status``: graphs in a triple store."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.store_options import Connection, Target, connect, store_options
from strategraph.cli.terminal import mutter, say, tell, tell_if_mixed
from strategraph.errors import StrategraphError, UnusableInputError

if TYPE_CHECKING:
    from strategraph.querying.stores.loading import PlanGraph


_LARGE = 50_000  # triples from which a load takes long enough to be told about
_PAUSE = 2.0  # seconds between two words on how much was sent


@click.command(name="load")
@click.argument("graphs", nargs=-1, required=True, metavar="GRAPH…", type=click.Path(path_type=Path))
@click.option("--to", "url", metavar="URL", help="The store's address.")
@store_options
@click.option("--gzip", "compress", is_flag=True, help="Compress what is sent; not every store takes that.")
@click.option("--strict", is_flag=True, help="Let warnings count as violations.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.pass_context
def load_command(
    context: click.Context,
    target: Target,
    graphs: tuple[Path, ...],
    compress: bool,
    strict: bool,
    dry_run: bool,
) -> None:
    """Load each GRAPH (an RDF file) into a triple store: one named graph for each plan, {plan}/graph.

    Every file is parsed and validated here before the first is sent. A plan's old graph stays as it is until
    the new one is in the store as a whole; loading the same graph twice changes nothing. The address is that
    of the dataset or repository, as in docs/stores.md.

    If the store asks for it: user and password come from STRATEGRAPH_USER and STRATEGRAPH_PASSWORD, a netrc
    file or a prompt, a token from STRATEGRAPH_TOKEN.
    """
    from strategraph.corpus.collected import graphs_of
    from strategraph.querying.stores.loading import check_names, read

    plans: list[PlanGraph] = []
    status = 0
    for path in graphs_of(graphs):
        tell_if_mixed(path)
        report, parts = read(path)
        if report.exit_code(strict=strict):
            status = 1
            tell(f"{path}: {report.summary()}")
            for result in report.results:
                if result.severity in ("Violation", "Warning" if strict else "Violation"):
                    for line in result.lines():
                        mutter(line)
        plans += parts
    if status:
        tell("nothing was loaded")
        context.exit(status)
    check_names(plans)
    with connect(target, compress=compress) as connection:
        for number, plan in enumerate(plans):
            try:
                say(_preview(connection, plan) if dry_run else _load(connection, plan))
            except (StrategraphError, KeyboardInterrupt, SystemExit):
                if len(plans) > 1:
                    tell(f"{number} of {len(plans)} graphs were loaded before")
                raise


def _preview(connection: Connection, plan: PlanGraph) -> str:
    before = connection.store.count(plan.name)
    return f"would load {plan.triples} triples into <{plan.name}>, which has {before} now"


def _load(connection: Connection, plan: PlanGraph) -> str:
    from strategraph.querying.stores.loading import load, tidy

    left = tidy(connection.store, plan.name)
    if left:
        tell(f"removed {left} staging graph{'s' * (left > 1)} of interrupted loads of <{plan.name}>")
    teller = _Teller(plan)
    try:
        done = load(connection.store, plan, connection.swap, step=teller.step, progress=teller.sent)
    except (KeyboardInterrupt, SystemExit):
        tell(
            f"stopped while {teller.at}: <{plan.name}> has its old graph or the new one, as a whole, and"
            " there may be a staging graph; load again, which is safe and removes it"
        )
        raise
    return f"loaded {done.after} triples into <{done.name}>, which had {done.before}"


class _Teller:
    """Tells on standard error how a long load goes on."""

    def __init__(self, plan: PlanGraph) -> None:
        self._large = plan.triples >= _LARGE
        self._told = time.monotonic()
        self.at = "counting"

    def step(self, what: str) -> None:
        self.at = what
        if self._large:
            tell(f"{what}")

    def sent(self, part: int, whole: int) -> None:
        now = time.monotonic()
        if now - self._told >= _PAUSE:
            self._told = now
            tell(f"{part * 100 // whole} % of {whole // 2**20} MiB sent")


@click.command(name="unload")
@click.argument("plans", nargs=-1, metavar="PLAN…")
@click.option("--from", "url", metavar="URL", help="The store's address.")
@store_options
@click.option(
    "--leftovers",
    is_flag=True,
    help="Remove the staging graphs of interrupted loads; not while a load is running.",
)
def unload_command(target: Target, plans: tuple[str, ...], leftovers: bool) -> None:
    """Take each PLAN (its IRI, as `strategraph status` shows it) out of a triple store.

    Exit status 2 if one of them is not there.
    """
    from strategraph.querying.stores.loading import status, unload

    if not plans and not leftovers:
        raise UnusableInputError("nothing to unload: name a plan by its IRI, or --leftovers")
    with connect(target) as connection:
        missing = []
        for plan in plans:
            name = plan if plan.endswith("/graph") else f"{plan}/graph"
            triples = unload(connection.store, name)
            if triples:
                say(f"removed {triples} triples of <{name}>")
            else:
                missing.append(name)
        if leftovers:
            for leftover in status(connection.store).leftovers:
                say(f"removed {unload(connection.store, leftover.name)} triples of <{leftover.name}>")
        if missing:
            raise UnusableInputError(f"not in the store: {', '.join(f'<{name}>' for name in missing)}")


@click.command(name="status")
@click.argument("url", required=False)
@store_options
def status_command(target: Target) -> None:
    """Show which plans the triple store at URL holds: triples, the source's checksum, IRI, title."""
    from strategraph.querying.stores.loading import status

    with connect(target) as connection:
        found = status(connection.store)
        say(f"{connection.title}: {len(found.plans)} plan{'' if len(found.plans) == 1 else 's'}")
        for plan in found.plans:
            say(f"{plan.triples:>10}  {plan.source[:8] or '-':<8}  {plan.plan}  {plan.title}".rstrip())
        for leftover in found.leftovers:
            tell(
                f"<{leftover.name}> ({leftover.triples} triples) is of a load that was interrupted or is"
                " still running; `strategraph unload --leftovers` removes it"
            )
