"""``strategraph status``: what a triple store holds of ours."""

from __future__ import annotations

import click

from strategraph.cli.store_options import Target, connect, store_options
from strategraph.cli.terminal import say, tell


@click.command(name="status")
@click.argument("url", required=False)
@store_options
def command(target: Target) -> None:
    """Show which plans the triple store at URL holds: triples, the source's checksum, IRI, title."""
    from strategraph.querying.stores.status import status

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
