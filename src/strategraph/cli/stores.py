"""``strategraph load``, ``unload``, ``status``, ``store``: plans in a triple store, or in a folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from strategraph.cli.options import strict_option
from strategraph.cli.query import query_command
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
@strict_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def load_command(
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
    faults = ("Violation", "Warning") if strict else ("Violation",)
    plans = _checked(graphs, strict=strict, shown=faults, indent="", otherwise="nothing was loaded")
    with connect(target, compress=compress) as connection:
        for number, plan in enumerate(plans):
            try:
                say(_preview(connection, plan) if dry_run else _load(connection, plan))
            except (StrategraphError, KeyboardInterrupt, SystemExit):
                if len(plans) > 1:
                    tell(f"{number} of {len(plans)} graphs were loaded before")
                raise


def _checked(
    graphs: tuple[Path, ...], *, strict: bool, shown: tuple[str, ...], indent: str, otherwise: str
) -> list[PlanGraph]:
    """Return the plans in files; where one does not conform, show its faults and end with status 1."""
    from strategraph.corpus.collected import graphs_of
    from strategraph.querying.stores.loading import check_names, read

    plans: list[PlanGraph] = []
    faulty = False
    for path in graphs_of(graphs):
        tell_if_mixed(path)
        report, parts = read(path)
        if report.exit_code(strict=strict):
            faulty = True
            tell(f"{path}: {report.summary()}")
            for line in (line for one in report.results if one.severity in shown for line in one.lines()):
                mutter(f"{indent}{line}")
        plans += parts
    if faulty:
        tell(otherwise)
        click.get_current_context().exit(1)
    check_names(plans)
    return plans


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


@click.group(name="store", subcommand_metavar="COMMAND [ARGS]…")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def store_command(context: click.Context, folder: Path) -> None:
    """Keep a collection of plans in DIR, an embedded store, and ask it questions.

    \b
    strategraph store plans.db add out/*.ttl
    strategraph store plans.db list
    strategraph store plans.db query goals-for-group -p group=youth
    strategraph store plans.db remove itu-strategic-plan-2024-2027
    """
    context.obj = folder


@store_command.command()
@click.argument("graphs", nargs=-1, required=True, metavar="GRAPH…", type=click.Path(path_type=Path))
@strict_option
@click.pass_obj
def add(folder: Path, graphs: tuple[Path, ...], strict: bool) -> None:
    """Add the plans in each GRAPH (an RDF file, or a folder of them), in place of what the store has of them.

    All files are validated before the first is added. Each plan is added as a whole or not at all; adding
    the same graph twice changes nothing. The store is made if there is none.
    """
    from strategraph.querying.stores.collection import add as add_plans
    from strategraph.validation.shapes import SEVERITIES

    plans = _checked(graphs, strict=strict, shown=SEVERITIES, indent="  ", otherwise="nothing was added")
    for done in add_plans(folder, plans):
        if done.changed:
            say(f"added {done.after} triples as <{done.graph}>, which had {done.before}")
        else:
            say(f"<{done.graph}> stays as it was, with {done.after} triples")


@store_command.command()
@click.argument("plan")
@click.pass_obj
def remove(folder: Path, plan: str) -> None:
    """Remove the PLAN with this IRI, last part of an IRI, or title."""
    from strategraph.querying.stores.collection import remove as remove_plan

    removed = remove_plan(folder, plan)
    say(f"removed {removed.triples} triples, <{removed.graph}>")


@store_command.command(name="list")
@click.pass_obj
def list_(folder: Path) -> None:
    """Show the plans: number of triples, period, name, title and owner."""
    from strategraph.querying.stores.collection import plans

    found = plans(folder)
    say(f"{folder}: {len(found)} plan{'' if len(found) == 1 else 's'}")
    widest = max((len(plan.slug) for plan in found), default=0)
    for plan in found:
        owner = f" ({plan.owner})" if plan.owner else ""
        say(f"{plan.triples:>10}  {plan.period:<9}  {plan.slug:<{widest}}  {plan.title}{owner}")


def _ask(**options: Any) -> None:
    assert query_command.callback is not None
    folder: Path = click.get_current_context().obj
    query_command.callback(graph=str(folder), kind=None, timeout=0.0, **options)


store_command.add_command(
    click.Command(
        "query",
        params=[each for each in query_command.params if each.name not in ("graph", "kind", "timeout")],
        callback=_ask,
        help="Ask all plans of the store a question, as `strategraph query` does.",
    )
)
