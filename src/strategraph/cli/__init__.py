"""The command line: one module a command, imported only when it is called.

Results go to stdout, messages to stderr. Exit status: 0 conforms, 1 Violations (or warnings with
``--strict``), 2 unusable input or usage.
"""

from __future__ import annotations

from importlib import import_module

import click

from strategraph import __version__
from strategraph.errors import StrategraphError

COMMANDS = (
    "build", "validate", "verify", "explain", "export", "draw", "query", "store", "describe",
    "load", "unload", "status", "evaluate",
)  # fmt: skip


class CommandGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"{__name__}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; show an error of ours as one line and leave with its exit status."""
        try:
            return super().invoke(ctx)
        except StrategraphError as error:
            click.echo(f"strategraph: error: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="strategraph %(version)s")
def main() -> None:
    """Turn strategic plans into validated, evidence-backed knowledge graphs."""
