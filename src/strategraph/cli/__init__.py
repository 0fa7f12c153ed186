"""The command line: one module a command, imported only when it is called.

Results go to stdout, messages to stderr. Exit status: 0 conforms, 1 Violations (or warnings with
``--strict``), 2 unusable input or usage.
"""

from __future__ import annotations

import errno
import gc
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import StringIO
from typing import Any

import click

from strategraph import __version__
from strategraph.cli.terminal import (
    Terminated,
    complain,
    fill_closed_streams,
    leave_standard_output,
    mutter,
    terminable,
)
from strategraph.errors import StrategraphError, UnusableInputError

COMMANDS = (
    "build", "propose", "review", "annotate", "view", "report", "validate", "verify", "explain", "export",
    "merge", "diff", "renew", "draw", "query", "store", "serve", "describe", "load", "unload", "status",
    "evaluate",
)  # fmt: skip
_JOINED = {
    **dict.fromkeys(("validate", "verify", "merge", "renew", "describe", "export"), "graphs"),
    **dict.fromkeys(("view", "report", "draw", "diff", "explain"), "showing"),
    **dict.fromkeys(("load", "unload", "status", "store"), "stores"),
    **dict.fromkeys(("propose", "review"), "propose"),
    **dict.fromkeys(("query", "serve"), "query"),
}
"""The modules of several commands; any other command is alone in the module of its name."""
_UNUSABLE = UnusableInputError.exit_code
_SIGPIPE = 13  # which not every system has


class CommandGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        joined = _JOINED.get(cmd_name)
        module = import_module(f"{__name__}.{joined or cmd_name}")
        command = getattr(module, f"{cmd_name}_command" if joined else "command")
        assert isinstance(command, click.Command)
        return command

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command and leave with its exit status, whatever is closed, full or broken."""
        if not options.get("standalone_mode", True):
            return super().main(*arguments, **options)
        fill_closed_streams()
        options["standalone_mode"] = False
        try:
            with terminable(), _ended_as_the_contract_says():
                status = super().main(*arguments, **options)
                sys.stdout.flush()
        except click.exceptions.Exit as ended:
            status = ended.exit_code
        sys.exit(status if isinstance(status, int) else 0)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the command's words; what is shown at once, such as help, may meet a full disk, too."""
        with _ended_as_the_contract_says():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. What libraries warn of, of data that is for us to judge, is told to nobody."""
        with _ended_as_the_contract_says(), warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            return super().invoke(ctx)


@contextmanager
def _ended_as_the_contract_says() -> Iterator[None]:
    """Show an error as one line, and end with its exit status.

    One who stops the command, or stops reading what it says, gets the status of a program ended by the
    signal, 128 and its number: 1 and 2 would say something about the graph. A fault of our own is told as
    such, with the way to it, and never with status 1, which would say that the graph has Violations.
    """
    try:
        yield
    except Terminated as ended:
        complain("; ".join(["terminated", *getattr(ended, "__notes__", ())]))
        status = int(ended.code or 0)
    except (click.exceptions.Exit, SystemExit):
        raise
    except StrategraphError as error:
        complain(error)
        status = error.exit_code
    except click.ClickException as error:
        shown = StringIO()
        error.show(file=shown)
        for line in shown.getvalue().splitlines():
            mutter(line)
        status = error.exit_code
    except (KeyboardInterrupt, click.Abort) as ended:
        complain("; ".join(["interrupted", *getattr(ended, "__notes__", ())]))
        status = 128 + signal.SIGINT
    except MemoryError:
        complain("there is not enough memory for this; build a part of the source, or smaller ones")
        status = _UNUSABLE
    except RecursionError:
        complain("something in the input is nested too deep")
        status = _UNUSABLE
    except OSError as error:
        status = _ended_by_the_system(error)
    except Exception as error:  # the last resort: the interpreter would end with 1
        for line in "".join(traceback.format_exception(error)).splitlines():
            mutter(line)
        complain(f"this is a fault of strategraph itself: {type(error).__name__}; please report it")
        status = _UNUSABLE
    else:
        return
    raise click.exceptions.Exit(status)


def _ended_by_the_system(error: OSError) -> int:
    leave_standard_output()
    if error.errno == errno.EPIPE:
        return 128 + _SIGPIPE
    place = f"{error.filename}: " if error.filename else ""
    complain(f"cannot go on: {place}{error.strerror or error}")
    return _UNUSABLE


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="strategraph %(version)s")
def main() -> None:
    """Turn strategic plans into validated, evidence-backed knowledge graphs."""
    gc.set_threshold(500_000, 20, 100)  # most of what a command makes stays until it ends
