"""``strategraph unload``: plans out of a triple store."""

from __future__ import annotations

import click

from strategraph.cli.store_options import Target, connect, store_options
from strategraph.cli.terminal import say
from strategraph.errors import UnusableInputError


@click.command(name="unload")
@click.argument("plans", nargs=-1, metavar="PLAN…")
@click.option("--from", "url", metavar="URL", help="The store's address.")
@store_options
@click.option(
    "--leftovers",
    is_flag=True,
    help="Remove the staging graphs of interrupted loads; not while a load is running.",
)
def command(target: Target, plans: tuple[str, ...], leftovers: bool) -> None:
    """Take each PLAN (its IRI, as `strategraph status` shows it) out of a triple store.

    Exit status 2 if one of them is not there.
    """
    from strategraph.querying.stores.loading import unload
    from strategraph.querying.stores.status import status

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
