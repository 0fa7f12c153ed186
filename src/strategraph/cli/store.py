"""``strategraph store``: a collection of plans in a folder, to ask without a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from strategraph.cli.query import command as asking
from strategraph.cli.terminal import mutter, say, tell, tell_if_mixed

if TYPE_CHECKING:
    from strategraph.querying.stores.loading import PlanGraph


@click.group(name="store", subcommand_metavar="COMMAND [ARGS]…")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Keep a collection of plans in DIR, an embedded store, and ask it questions.

    \b
    strategraph store plans.db add out/*.ttl
    strategraph store plans.db list
    strategraph store plans.db query goals-for-group -p group=youth
    strategraph store plans.db remove itu-strategic-plan-2024-2027
    """
    context.obj = folder


@command.command()
@click.argument("graphs", nargs=-1, required=True, metavar="GRAPH…", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings count as violations.")
@click.pass_context
def add(context: click.Context, graphs: tuple[Path, ...], strict: bool) -> None:
    """Add the plans in each GRAPH (an RDF file), in place of what the store has of them.

    All files are validated before the first is added. Each plan is added as a whole or not at all; adding
    the same graph twice changes nothing. The store is made if there is none.
    """
    from strategraph.querying.stores.collection import add as add_plans
    from strategraph.querying.stores.loading import check_names, read
    from strategraph.rdf.parsing import without_reports

    plans: list[PlanGraph] = []
    status = 0
    for path in without_reports(graphs):
        tell_if_mixed(path)
        report, parts = read(path)
        if report.exit_code(strict=strict):
            status = 1
            tell(f"{path}: {report.summary()}")
            for line in (line for result in report.results for line in result.lines()):
                mutter(f"  {line}")
        plans += parts
    if status:
        tell("nothing was added")
        context.exit(status)
    check_names(plans)
    for done in add_plans(context.obj, plans):
        if done.changed:
            say(f"added {done.after} triples as <{done.graph}>, which had {done.before}")
        else:
            say(f"<{done.graph}> stays as it was, with {done.after} triples")


@command.command()
@click.argument("plan")
@click.pass_obj
def remove(folder: Path, plan: str) -> None:
    """Remove the PLAN with this IRI, last part of an IRI, or title."""
    from strategraph.querying.stores.collection import remove as remove_plan

    removed = remove_plan(folder, plan)
    say(f"removed {removed.triples} triples, <{removed.graph}>")


@command.command(name="list")
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
    assert asking.callback is not None
    folder: Path = click.get_current_context().obj
    asking.callback(graph=str(folder), kind=None, timeout=0.0, **options)


command.add_command(
    click.Command(
        "query",
        params=[each for each in asking.params if each.name not in ("graph", "kind", "timeout")],
        callback=_ask,
        help="Ask all plans of the store a question, as `strategraph query` does.",
    )
)
