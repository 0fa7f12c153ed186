"""What is done for one source: it is built, its set is written, and a record says what came of it."""

from __future__ import annotations

import gc
import hashlib
import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from strategraph import pipeline
from strategraph.corpus.outputs import OutputFolder, Recipe, write_outputs
from strategraph.corpus.records import CONFORMS, FAILED, VIOLATIONS, PlanRecord
from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.pipeline import Result
from strategraph.reading.request import Original
from strategraph.system.files import MANIFEST_SUFFIX

Obtain = Callable[[str], Original]
"""Returns what is at an address. Raises :class:`StrategraphError` where nothing can be had."""


@dataclass(frozen=True, slots=True)
class BuildTask:
    """A source to build.

    ``recorded`` is how the record names it; ``address`` says that it must be obtained first; ``known`` is
    the record of an earlier run; ``claimed`` the IRI that another plan claims, too; ``sources`` are the
    real paths of sources that its outputs could overwrite.
    """

    place: str
    name: str
    recorded: str
    recipe: str
    address: bool = False
    known: PlanRecord | None = None
    claimed: str = ""
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """What came of the source at a place: its record, whether that is of an earlier run, remarks."""

    place: str
    record: PlanRecord
    unchanged: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where and how tasks are done; it can be sent to other processes."""

    folder: OutputFolder
    recipe: Recipe
    obtain: Obtain | None = None

    def do_elsewhere(self, task: BuildTask) -> Done:
        """Do a task on another machine.

        Raises :class:`UnusableInputError` if what is there would make other outputs.
        """
        try:
            same = self.recipe.fingerprint(task.place, task.name) == task.recipe
        except OSError as error:
            raise UnusableInputError(
                f"{error.filename}: cannot be read on {socket.gethostname()} ({error.strerror})"
            ) from error
        if not same:
            raise UnusableInputError(
                f"{socket.gethostname()}: has another strategraph, other tables, libraries or files than here"
                " (or another SOURCE_DATE_EPOCH), and would build otherwise"
            )
        return self.do(task)

    def do(self, task: BuildTask) -> Done:
        """Build a source and write its set. What goes wrong is in the record: nothing is raised."""
        started = time.perf_counter()
        try:
            done = self._do(task)
        except StrategraphError as error:
            done = Done(task.place, failure(task, str(error)))
        except MemoryError:
            done = Done(task.place, failure(task, "there is not enough memory for this"))
        except RecursionError:
            done = Done(task.place, failure(task, "something in it is nested too deep"))
        except Exception as error:  # the last resort: the other plans of the run are not to be lost
            what = f"{type(error).__name__}: {' '.join(str(error).split())}"
            done = Done(
                task.place, failure(task, f"this is a fault of strategraph itself ({what}); please report it")
            )
        gc.collect(1)  # graphs and parsed documents are in circles, and would pile up from plan to plan
        seconds = done.record.seconds or round(time.perf_counter() - started, 3)
        return replace(done, record=replace(done.record, seconds=seconds))

    def _do(self, task: BuildTask) -> Done:
        source: str | Original = task.place
        if task.address:
            assert self.obtain is not None
            source = self.obtain(task.place)
            if task.known is not None and is_unchanged(task, self.folder, sha256(source.data)):
                return Done(task.place, task.known, unchanged=True)
        options = self.recipe.options_for(task.place, task.name, claimed=task.claimed)
        result = pipeline.build(source, options)
        files = write_outputs(
            result,
            self.folder,
            task.name,
            self.recipe.formats,
            original=source if isinstance(source, Original) and source.address else None,
            sources=task.sources,
            lasting=False,
        )
        record = _record(task, result, files)
        remarks = (*self.recipe.without_files(task.place, task.name), *result.remarks)
        return Done(task.place, replace(record, whole=_checksum(self.folder, files[-1])), remarks=remarks)


def is_unchanged(task: BuildTask, folder: OutputFolder, source_sha256: str) -> bool:
    """Whether a source, what it is built with and the set of an earlier run are what the record says."""
    known = task.known
    return (
        known is not None
        and known.verdict in (CONFORMS, VIOLATIONS)
        and known.recipe == task.recipe
        and known.source == task.recorded
        and known.sha256 == source_sha256
        and known.whole == _checksum(folder, f"{task.name}{MANIFEST_SUFFIX}")
        and folder.holds(f"{task.name}{MANIFEST_SUFFIX}")
    )


def sha256(data: bytes) -> str:
    """Return the checksum of some bytes."""
    return hashlib.sha256(data).hexdigest()


def file_sha256(place: str | Path) -> str:
    """Return the checksum of a file, "" if it cannot be read, or may have no end."""
    if not os.path.isfile(place):
        return ""
    try:
        with Path(place).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def failure(task: BuildTask, message: str) -> PlanRecord:
    """Return the record of a source that could not be built; what it had written before is left over."""
    about = f"{PurePath(task.place).name}: "  # which the record says itself
    return PlanRecord(
        task.name, task.recorded, FAILED, message=message.removeprefix(about), recipe=task.recipe
    )


def _checksum(folder: OutputFolder, name: str) -> str:
    data = folder.read(name)
    return "" if data is None else sha256(data)


def _record(task: BuildTask, result: Result, outputs: tuple[str, ...]) -> PlanRecord:
    plan, report = result.plan, result.report
    sha256_ = plan.source.sha256
    apart = task.claimed and plan.iri == f"{task.claimed}-{sha256_[:8]}"
    return PlanRecord(
        name=task.name,
        source=task.recorded,
        verdict=CONFORMS if report.conforms else VIOLATIONS,
        sha256=sha256_,
        plan=plan.iri,
        claimed=task.claimed if apart else plan.iri,
        plans=plan.is_plan,
        title=plan.label,
        language=plan.profile.language,
        outputs=tuple(sorted(outputs)),
        counts=_counts(result),
        violations=len(report.of_severity("Violation")),
        warnings=len(report.of_severity("Warning")),
        infos=len(report.of_severity("Info")),
        recipe=task.recipe,
    )


def _counts(result: Result) -> Mapping[str, int]:
    plan = result.plan
    kinds = Counter(element.kind for element in plan.elements)
    schemes = Counter(concept.scheme for concept in plan.concepts)
    found = {
        **kinds,
        "Provision": len(plan.provisions),
        "TargetGroup": schemes["target-group"],
        "Theme": schemes["theme"],
        "Instrument": len(plan.instruments),
        "Organization": len(plan.organizations),
        "triples": len(result.graph),
        "sentences": len(result.coverage.sentences),
        "sentences with facts": result.coverage.covered,
    }
    return {kind: number for kind, number in sorted(found.items()) if number}
