"""One run over many sources: what is unchanged is left, the rest built, the manifest renewed."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from strategraph.corpus.crew import Crew, Processes, Workers
from strategraph.corpus.outputs import LocalFolder, OutputFolder, Recipe, libraries, made_by, suffixes
from strategraph.corpus.records import FAILED, PlanRecord, Records
from strategraph.corpus.remote import is_remote, is_there
from strategraph.corpus.sources import STANDARD_INPUT, CorpusSource
from strategraph.corpus.work import BuildTask, Done, Obtain, Workshop, failure, file_sha256, is_unchanged
from strategraph.errors import UnusableInputError
from strategraph.system.files import settle_all

GONE = "gone"
"""The verdict of a source that is no more, whose outputs are still there."""
_SETTLED = 100  # records between two times that all is made to outlast a loss of power
_WORTH_A_PROCESS = 4  # builds that take about as long as starting a process for them


@dataclass(slots=True)
class Outcome:
    """What a run did. ``gone`` are the records of sources that are no more; ``left`` files that nothing makes
    any more and that are still there, ``removed`` those that were removed; ``apart`` the plans that were told
    apart, by the IRI that they claim.
    """

    total: int = 0
    built: int = 0
    unchanged: int = 0
    failed: int = 0
    violating: int = 0
    warned: int = 0
    seconds: float = 0.0
    gone: list[PlanRecord] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    apart: dict[str, list[str]] = field(default_factory=dict)

    def exit_code(self, *, strict: bool) -> int:
        """Return 2 if a source failed, else 1 for Violations (with ``strict`` for warnings, too), else 0."""
        return 2 if self.failed else int(bool(self.violating or (strict and self.warned)))


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told what while a run goes on: each source that is done, and that another run is waited for.

    ``done`` gets what came of a source, how many are done, and how many there are.
    """

    done: Callable[[Done, int, int], object] | None = None
    waiting: Callable[[], object] | None = None


def run(
    sources: Sequence[CorpusSource],
    out: OutputFolder,
    recipe: Recipe,
    *,
    processes: int = 1,
    cluster: Workers | None = None,
    prune: bool = False,
    addresses: Sequence[str] = (),
    obtain: Obtain | None = None,
    telling: Telling | None = None,
) -> Outcome:
    """Build the sources into a folder and return what was done; the manifest there says what is in it.

    A source whose bytes, recipe and outputs are as the manifest has them is left. Where two plans claim one
    IRI, both get the checksum of their source in it, whatever the order and whenever the second came.
    ``processes`` are the most that work at a time here; ``cluster`` are workers elsewhere that build in
    their place, and see the same files by the same paths. With ``prune``, the outputs of sources that are no
    more are removed. ``addresses`` are the sources that ``obtain`` fetches. Raises
    :class:`UnusableInputError` if the folder cannot be written to; what is wrong with a source is in its
    record.
    """
    telling = telling or Telling()
    started = time.monotonic()
    with out.records(telling.waiting) as records:
        if isinstance(out, LocalFolder):
            out = LocalFolder(Path(os.path.realpath(out.path)))
        workshop = Workshop(out, recipe, obtain)
        one = _Run(records, workshop, frozenset(addresses), telling, processes, cluster)
        outcome = one.go(sources, prune=prune)
        settle_all()
        records.close({"made_by": dict(made_by()), "libraries": dict(libraries())})
    outcome.seconds = time.monotonic() - started
    return outcome


class _Run:
    def __init__(
        self,
        records: Records,
        workshop: Workshop,
        addresses: frozenset[str],
        telling: Telling,
        processes: int,
        cluster: Workers | None,
    ) -> None:
        self._records = records
        self._workshop = workshop
        self._addresses = addresses
        self._telling = telling
        self._processes = processes
        self._cluster = cluster
        self._built: dict[str, bool] = {}  # by name, whether it was built or left as it was
        self._outcome = Outcome()

    def go(self, sources: Sequence[CorpusSource], *, prune: bool) -> Outcome:
        outcome = self._outcome
        outcome.total = len(sources)
        self._forget_others(sources)
        self._work(self._changed(self._tasks(sources)))
        self._work(list(self._claims(sources)))
        self._close(sources, prune=prune)
        return outcome

    # -- what is to be done

    def _recorded(self, source: CorpusSource) -> str:
        if source.place == STANDARD_INPUT or self._is_address(source.place):
            return source.place
        return self._workshop.folder.recorded(source.place)

    def _is_address(self, place: str) -> bool:
        return place in self._addresses or ("://" in place and not os.path.lexists(place))

    def _forget_others(self, sources: Sequence[CorpusSource]) -> None:
        """Mark the records of sources that are no more, or whose outputs are now called otherwise."""
        named = {source.name for source in sources}
        places = {self._recorded(source) for source in sources}
        for record in list(self._records):
            if record.name in named or record.verdict == GONE:
                continue
            elsewhere = record.source in places
            if elsewhere or not self._exists(record):
                self._records.put(replace(record, verdict=GONE))

    def _exists(self, record: PlanRecord) -> bool:
        """Whether the source of a record that this run was not given is there, as far as can be known."""
        if is_remote(record.source):
            return is_there(record.source)
        if record.source == STANDARD_INPUT or self._is_address(record.source):
            return True
        return os.path.lexists(self._workshop.folder.place(record.source))

    def _tasks(self, sources: Sequence[CorpusSource]) -> list[BuildTask]:
        real = {self._address(source.place) for source in sources}
        ends = suffixes(self._workshop.recipe.formats)
        tasks = []
        for source in sources:
            outputs = {self._workshop.folder.address(f"{source.name}{end}") for end in ends}
            known = self._records.get(source.name)
            recorded = self._recorded(source)
            known = known if known is not None and known.source == recorded else None
            tasks.append(
                BuildTask(
                    self._seen_by_all(source.place),
                    source.name,
                    recorded,
                    self._fingerprint(source),
                    address=self._is_address(source.place),
                    known=known,
                    claimed=known.claimed if known is not None and known.is_apart else "",
                    sources=frozenset(real & outputs),
                )
            )
        return tasks

    def _address(self, place: str) -> str:
        """Return what a source is known by everywhere, however it is named."""
        return place if self._is_address(place) else os.path.realpath(place)

    def _seen_by_all(self, place: str) -> str:
        """Return a place as all who may build it know it."""
        if self._cluster is None or self._is_address(place):
            return place
        return os.path.abspath(place)

    def _fingerprint(self, source: CorpusSource) -> str:
        try:
            return self._workshop.recipe.fingerprint(source.place, source.name)
        except OSError as error:
            raise UnusableInputError(
                f"{error.filename}: cannot be read ({error.strerror or error})"
            ) from error

    def _changed(self, tasks: Sequence[BuildTask]) -> Iterator[BuildTask]:
        """Yield the tasks that must be done, and note the others."""

        def unchanged(task: BuildTask) -> bool:
            return (
                not task.address
                and task.known is not None
                and is_unchanged(task, self._workshop.folder, file_sha256(task.place))
            )

        with ThreadPoolExecutor(self._processes) as threads:
            for task, same in zip(tasks, threads.map(unchanged, tasks), strict=True):
                if same:
                    assert task.known is not None
                    self._note(task, Done(task.place, task.known, unchanged=True))
                else:
                    yield task

    # -- doing it

    def _work(self, tasks: Iterator[BuildTask] | Sequence[BuildTask]) -> None:
        todo = list(tasks)
        processes = min(self._processes, len(todo) // _WORTH_A_PROCESS)
        if self._cluster is not None:
            crew = Crew(self._workshop.do_elsewhere, self._cluster if todo else None, _died)
        else:
            crew = Crew(self._workshop.do, Processes(processes) if processes > 1 else None, _died)
        for number, (task, done) in enumerate(crew.work(todo), start=1):
            self._note(task, done)
            if number % _SETTLED == 0:
                settle_all()

    def _note(self, task: BuildTask, done: Done) -> None:
        self._built[task.name] = not done.unchanged
        if not done.unchanged:
            self._put(done.record)
        if self._telling.done is not None:
            self._telling.done(done, len(self._built), max(len(self._built), self._outcome.total))

    def _put(self, record: PlanRecord) -> None:
        """Note a record, and which files of the one before nothing writes any more."""
        before = self._records.get(record.name)
        made = () if before is None else (*before.outputs, *before.left)
        left = tuple(sorted(set(made) - set(record.outputs)))
        self._records.put(replace(record, left=left))

    # -- plans that claim one IRI

    def _claims(self, sources: Sequence[CorpusSource]) -> Iterator[BuildTask]:
        """Yield the plans that must be built again: because others claim their IRI, or no longer do."""
        claims: defaultdict[str, set[str]] = defaultdict(set)
        for record in self._records:
            if record.plans and record.verdict not in (FAILED, GONE):
                claims[record.claimed].add(record.sha256)
        places = {source.name: source.place for source in sources}
        again = []
        for record in self._records:
            if not record.plans or record.verdict in (FAILED, GONE):
                continue
            shared = len(claims[record.claimed]) > 1
            if shared:
                self._outcome.apart.setdefault(record.claimed, []).append(record.name)
            ends_apart = record.plan.endswith(record.sha256[:8])
            if shared != ends_apart and (shared or record.is_apart) and self._can_be_had(record, places):
                place = places.get(record.name) or self._place(record)
                again.append((record, CorpusSource(place, record.name), record.claimed if shared else ""))
        tasks = {task.name: task for task in self._tasks([source for _, source, _ in again])}
        for record, source, claimed in again:
            yield replace(tasks[source.name], claimed=claimed, known=None, recorded=record.source)

    def _can_be_had(self, record: PlanRecord, places: Mapping[str, str]) -> bool:
        return record.name in places or record.source != STANDARD_INPUT

    def _place(self, record: PlanRecord) -> str:
        return (
            record.source if self._is_address(record.source) else self._workshop.folder.place(record.source)
        )

    # -- the end

    def _close(self, sources: Sequence[CorpusSource], *, prune: bool) -> None:
        outcome = self._outcome
        named = {source.name for source in sources}
        made = {output for record in self._records if record.verdict != GONE for output in record.outputs}
        given = {self._address(source.place) for source in sources}
        for record in list(self._records):
            if record.name in named:
                outcome.failed += record.verdict == FAILED
                outcome.unchanged += not self._built[record.name]
                outcome.built += self._built[record.name] and record.verdict != FAILED
                outcome.violating += record.violations > 0
                outcome.warned += record.warnings > 0
            stale = [*record.left, *(record.outputs if record.verdict == GONE else ())]
            there = [
                file
                for file in sorted(set(stale) - made)
                if self._workshop.folder.has(file) and self._workshop.folder.address(file) not in given
            ]
            if prune and there:
                self._workshop.folder.remove(there)
                outcome.removed += there
                there = []
            outcome.left += there
            if record.verdict == GONE:
                if there:
                    outcome.gone.append(record)
                else:
                    self._records.drop(record.name)
            elif tuple(there) != record.left:
                self._records.put(replace(record, left=tuple(there)))


def _died(task: BuildTask) -> Done:
    why = "the process that built it ended: too little memory, or a fault of a library"
    return Done(task.place, failure(task, why))
