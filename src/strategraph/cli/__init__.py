"""The command line: one module a command, imported only when it is called.

Results go to stdout, messages to stderr. Exit status: 0 conforms, 1 Violations (or warnings with
``--strict``), 2 unusable input or usage.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from importlib import import_module

import click

from strategraph import __version__
from strategraph.cli.terminal import complain, terminable
from strategraph.errors import StrategraphError, UnusableInputError

COMMANDS = (
    "build", "propose", "annotate", "view", "report", "validate", "verify", "explain", "export", "draw",
    "query", "store", "serve", "describe", "load", "unload", "status", "evaluate",
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
        """Run the command; show an error of ours as one line and leave with its exit status.

        One who stops the command, or stops reading what it says, gets the status of a program ended by
        the signal, 128 and its number: 1 and 2 would say something about the graph.
        """
        try:
            with terminable():
                return super().invoke(ctx)
        except StrategraphError as error:
            complain(error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            complain("interrupted")
            ctx.exit(128 + signal.SIGINT)
        except MemoryError:
            complain("there is not enough memory for this; build a part of the source, or smaller ones")
            ctx.exit(UnusableInputError.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:
                _leave_standard_output()
                ctx.exit(128 + 13)  # SIGPIPE, which not every system has
            place = f"{error.filename}: " if error.filename else ""
            complain(f"cannot go on: {place}{error.strerror or error}")
            ctx.exit(UnusableInputError.exit_code)


def _leave_standard_output() -> None:
    """Let nothing be written to a pipe that is closed, as the interpreter does when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="strategraph %(version)s")
def main() -> None:
    """Turn strategic plans into validated, evidence-backed knowledge graphs."""
