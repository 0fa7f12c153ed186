"""Builds told to people: what was found in one, and how a run over many sources went."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from strategraph.cli.terminal import complain, put_up, tell
from strategraph.model import Instrument, Plan
from strategraph.system.terminal_text import columns, in_order

if TYPE_CHECKING:
    from strategraph.corpus.outputs import OutputFolder
    from strategraph.corpus.run import Outcome, Telling
    from strategraph.corpus.work import Done


_WIDTH = 100
_LISTED = (("Goal", "Priority"), ("Objective",))  # objectives where a plan has neither goals nor priorities
_PARTS = ("addresses", "involves", "mentionsGroup")
_ADOPTING = ("adoptedBy", "approvedBy", "endorsedBy")


def summarise(plan: Plan) -> Iterator[str]:
    """Yield the summary of a plan, line by line: the plan, counts by class, goals with their groups."""
    labels = _labels(plan)
    profile = plan.profile
    owners = [labels[link.object] for link in plan.links if link.predicate == "owner"]
    period = "–".join(reading.value for reading in (profile.start, profile.end) if reading)
    yield plan.label
    for name, value in (
        ("owner", ", ".join(owners)),
        ("period", period),
        ("language", profile.language),
        ("adopted by", "; ".join(_adopting(plan))),
        ("IRI", plan.iri),
    ):
        yield f"  {name:<12}{value or '–'}"
    yield ""
    yield from _counts(plan)
    listed = next(filter(None, ([e for e in plan.elements if e.kind in kinds] for kinds in _LISTED)), [])
    if listed:
        yield ""
        yield f"  Target groups by {listed[0].kind.lower()}"
        groups = _groups(plan, labels)
        for element in listed:
            yield f"  {element.label}"
            yield from _wrapped(groups.get(element.iri, ()), indent="      ")


def _adopting(plan: Plan) -> Iterator[str]:
    instruments = {instrument.iri: instrument for instrument in plan.instruments}
    issuers = {organization.iri: organization.label for organization in plan.organizations}
    for link in plan.links:
        if link.predicate in _ADOPTING:
            yield _instrument(instruments[link.object], issuers)


def _instrument(instrument: Instrument, issuers: Mapping[str, str]) -> str:
    issuer = issuers.get(instrument.issued_by or "")
    return f"{instrument.label}, {issuer}" if issuer else instrument.label


def _counts(plan: Plan) -> Iterator[str]:
    """Yield the number of nodes of each class, elements first in the order they appear."""
    kinds = Counter(element.kind for element in plan.elements)
    schemes = Counter(concept.scheme for concept in plan.concepts)
    groups, apart = _named_groups(plan)
    rows = [
        *kinds.items(),
        *sorted(Counter(one.part.capitalize() for one in plan.provisions).items()),
        ("TargetGroup", len(groups)),
        ("Theme", schemes["theme"]),
        *sorted(Counter(instrument.kind for instrument in plan.instruments).items()),
        ("Organization", len(plan.organizations)),
        ("Event", len(plan.events)),
    ]
    for kind, number in rows:
        if number:
            yield f"  {kind:<14}{number:>5}{apart if kind == 'TargetGroup' else ''}"


def _named_groups(plan: Plan) -> tuple[set[str], str]:
    """Return the groups that the plan names, and how many of them it is not for, if any."""
    by_part = {part: {link.object for link in plan.links if link.predicate == part} for part in _PARTS}
    groups = set().union(*by_part.values())
    others = groups - by_part["addresses"]
    involved = len(others & by_part["involves"])
    if not others:
        return groups, ""
    parts = ((len(groups - others), "addressed"), (involved, "involved"))
    told = [
        f"{number} {part}" for number, part in (*parts, (len(others) - involved, "only mentioned")) if number
    ]
    return groups, f"  {', '.join(told)}"


def _groups(plan: Plan, labels: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for link in plan.links:
        if link.predicate == "addresses":
            found.setdefault(link.subject, []).append(labels[link.object])
    return found


def _wrapped(words: Sequence[str], *, indent: str) -> Iterator[str]:
    line = indent
    for number, word in enumerate(map(in_order, words)):
        part = word + ("," if number + 1 < len(words) else "")
        if columns(line) + columns(part) > _WIDTH and line.strip():
            yield line.rstrip()
            line = indent
        line += part + " "
    yield line.rstrip() if words else f"{indent}–"


def _labels(plan: Plan) -> Mapping[str, str]:
    nodes: list[tuple[str, str]] = [
        *((node.iri, node.label) for node in plan.concepts),
        *((node.iri, node.label) for node in plan.organizations),
        *((node.iri, node.label) for node in plan.elements),
    ]
    return dict(nodes)


_FAILURES_LISTED = 10  # names in a list, before it is cut off


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
        yield f"  {'':<16}(earlier outputs of sources that failed, are no more, or are called otherwise now;"
        yield f"  {'':<16} --prune removes them)"
    yield f"  {'written':<16}{out}/{MANIFEST}"
    yield f"  {'':<16}{out}/{TABLE}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(names: list[str]) -> str:
    more = len(names) - _FAILURES_LISTED
    return ", ".join(names[:_FAILURES_LISTED]) + (f" and {more:,} more" if more > 0 else "")


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
