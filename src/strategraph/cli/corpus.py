"""A run over many sources told to people: a bar, a line for each that failed, the summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from strategraph.cli.terminal import complain, put_up, tell

if TYPE_CHECKING:
    from strategraph.corpus.outputs import OutputFolder
    from strategraph.corpus.run import Outcome, Telling
    from strategraph.corpus.work import Done

_LISTED = 10  # names in a list, before it is cut off


@contextmanager
def progress_bar(total: int, out: OutputFolder) -> Iterator[Telling]:
    """Give what a run tells: failures and remarks as they come, how far it is where there is a terminal."""
    from strategraph.corpus.records import FAILED
    from strategraph.corpus.run import Telling

    shown = sys.stderr.isatty()
    failed = 0
    begun = time.monotonic()

    def figures(number: int | None) -> str:
        rate = f"{(number or 0) / max(time.monotonic() - begun, 0.001):.1f} a second"
        return f"{rate}, {failed} failed" if failed else rate

    with click.progressbar(
        length=total,
        label="building",
        show_pos=True,
        item_show_func=figures,
        file=sys.stderr,
        hidden=not shown,
    ) as bar:

        def done(what: Done, number: int, of: int) -> None:
            nonlocal failed
            if what.record.verdict == FAILED and not what.unchanged:
                failed += 1
            if shown and (what.remarks or what.record.verdict == FAILED):
                put_up("\r\x1b[2K")  # the bar is drawn again below what is told
            for remark in what.remarks:
                tell(remark)
            if what.record.verdict == FAILED:
                complain(f"{what.place}: {what.record.message.removeprefix(f'{what.place}: ')}")
            bar.length = of
            bar.update(number - bar.pos, number)

        yield Telling(done, lambda: tell(f"another build writes to {out}; this one waits until it is done"))


def summary(outcome: Outcome, out: OutputFolder, *, prune: bool) -> Iterator[str]:
    """Yield in a few lines what a run did."""
    from strategraph.corpus.records import MANIFEST, TABLE

    yield f"{_number(outcome.total, 'source')} in {_time(outcome.seconds)}"
    if outcome.built and outcome.seconds >= 1:
        yield f"  {'rate':<16}{outcome.built / outcome.seconds:>7.1f} a second"
    for name, number in (
        ("built", outcome.built),
        ("unchanged", outcome.unchanged),
        ("failed", outcome.failed),
        ("with violations", outcome.violating),
        ("with warnings", outcome.warned),
    ):
        if number or name == "built":
            yield f"  {name:<16}{number:>7,}"
    for iri, names in sorted(outcome.apart.items()):
        yield f"  {'told apart':<16}{_listed(names)}: each would be <{iri}>"
    for files, what in ((outcome.left, "left over"), (outcome.removed, "removed")):
        if files:
            yield f"  {what:<16}{_listed(files)}"
    if outcome.left and not prune:
        yield f"  {'':<16}(of sources that are no more, or called otherwise now; --prune removes them)"
    yield f"  {'written':<16}{out}/{MANIFEST}"
    yield f"  {'':<16}{out}/{TABLE}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(names: list[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more:,} more" if more > 0 else "")


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
