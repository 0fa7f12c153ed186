"""What is known of each plan of a collection: the manifest, ``manifest.json`` and ``manifest.csv``.

While a run goes on, each record is a line of a journal as soon as it is true, so that a run that was
interrupted goes on where it was. The journal is locked: one run at a time has a folder. At the end the
manifest takes up what the journal says.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from strategraph.errors import UnusableInputError
from strategraph.system.files import read_given, write_files
from strategraph.system.terminal_text import spelled_out

MANIFEST = "manifest.json"
TABLE = "manifest.csv"
JOURNAL = "manifest.journal"
FILES = (MANIFEST, TABLE, JOURNAL)
_VERSION = 1

CONFORMS, VIOLATIONS, FAILED = "conforms", "violations", "failed"
"""The verdicts."""


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """What came of a source.

    ``source`` is its path from the folder of the manifest, or its address; ``sha256`` that of the bytes
    that were read; ``plan`` the IRI of what it is, and ``claimed`` the one it would have if no other plan
    had it; ``plans`` whether it is a plan, not a resolution alone. ``outputs`` are paths below the folder,
    ``whole`` the checksum of the file that has theirs; ``left`` files of earlier builds of it that nothing
    makes any more. ``counts`` are numbers of nodes by class, and of triples. ``recipe`` stands for
    everything but the source that the outputs depend on; ``seconds`` is how long it took.
    """

    name: str
    source: str
    verdict: str
    sha256: str = ""
    plan: str = ""
    claimed: str = ""
    plans: bool = True
    title: str = ""
    language: str = ""
    outputs: tuple[str, ...] = ()
    whole: str = ""
    left: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    violations: int = 0
    warnings: int = 0
    infos: int = 0
    message: str = ""
    recipe: str = ""
    seconds: float = 0.0

    @property
    def is_apart(self) -> bool:
        """Whether the plan was told apart from another that claims the same IRI."""
        return self.plan != self.claimed

    def to_json(self) -> str:
        """Return the record as a line of JSON."""
        return json.dumps({name: getattr(self, name) for name in _FIELDS}, ensure_ascii=True)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PlanRecord:
        """Read a record; what is unknown is left aside. Raises :class:`TypeError` if it is none."""
        known = {name: data[name] for name in _FIELDS if name in data}
        return cls(**known | {name: tuple(known.get(name, ())) for name in ("outputs", "left")})


_FIELDS = tuple(one.name for one in fields(PlanRecord))
_COLUMNS = (
    "name", "source", "verdict", "plan", "title", "language", "violations", "warnings", "infos", "message",
    "seconds", "sha256",
)  # fmt: skip


class Journal(Protocol):
    """Where the records of a run are noted one by one, until the manifest takes them up."""

    def lines(self) -> Iterator[bytes]:
        """Yield what a run that was interrupted noted."""

    def note(self, line: bytes) -> None:
        """Add a line."""

    def end(self, files: Mapping[str, bytes]) -> None:
        """Write files in place of the journal."""


class Records:
    """The records of a folder, by name."""

    def __init__(self, known: Iterable[PlanRecord], journal: Journal) -> None:
        """Take what the manifest says, and what the journal of a run that was interrupted does."""
        self._journal = journal
        self._by_name = {record.name: record for record in known}
        for line in journal.lines():
            self._take(PlanRecord.from_json(json.loads(line)))

    def __iter__(self) -> Iterator[PlanRecord]:
        """Yield the records by name."""
        yield from (self._by_name[name] for name in sorted(self._by_name))

    def get(self, name: str) -> PlanRecord | None:
        """Return the record of that name."""
        return self._by_name.get(name)

    def put(self, record: PlanRecord) -> None:
        """Note a record."""
        self._journal.note(f"{record.to_json()}\n".encode())
        self._take(record)

    def drop(self, name: str) -> None:
        """Forget a record."""
        self.put(PlanRecord(name, "", ""))

    def _take(self, record: PlanRecord) -> None:
        if record.verdict:
            self._by_name[record.name] = record
        else:
            self._by_name.pop(record.name, None)

    def close(self, about: Mapping[str, Any]) -> None:
        """Write the manifest, with what it says of the run as a whole, and end the journal."""
        self._journal.end({TABLE: _as_table(self), MANIFEST: _as_json(self, about)})


def load_records(folder: Path) -> tuple[PlanRecord, ...]:
    """Return what the manifest of a folder says, without a lock: for those who read. By name.

    Raises :class:`UnusableInputError` if there is none, or it is not of a build.
    """
    if not (folder / MANIFEST).is_file():
        raise UnusableInputError(
            f"{folder}: has no {MANIFEST}; `strategraph build FOLDER -o {folder}` writes it"
        )
    return tuple(sorted(_manifest(folder), key=lambda record: record.name))


@contextmanager
def open_records(folder: Path, waiting: Callable[[], object] | None = None) -> Iterator[Records]:
    """Give the records of a folder to the only run that may change them; another waits until this is left.

    ``waiting`` is told, once, that it does. The folder is made if there is none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        journal = _locked(folder / JOURNAL, waiting)
    except OSError as error:
        raise UnusableInputError(f"cannot write {folder / JOURNAL}: {error.strerror or error}") from error
    with journal:
        try:
            yield Records(_manifest(folder), _LocalJournal(folder, journal))
        finally:
            if not os.fstat(journal.fileno()).st_size:  # nothing was noted: leave no trace
                with suppress(OSError):
                    (folder / JOURNAL).unlink()


def _locked(path: Path, waiting: Callable[[], object] | None) -> BinaryIO:
    while True:
        journal = path.open("a+b")
        if sys.platform == "win32":
            return journal
        import fcntl

        try:
            fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting is not None:
                waiting()
                waiting = None
            fcntl.flock(journal, fcntl.LOCK_EX)
        except OSError:
            return journal  # a file system without locks
        with suppress(OSError):
            if os.path.samestat(os.fstat(journal.fileno()), path.stat()):
                return journal
        journal.close()  # whoever had it has ended it meanwhile; there may be another by now


@dataclass(frozen=True, slots=True)
class _LocalJournal:
    """A file, which is locked; what is noted in it outlasts the process."""

    folder: Path
    file: BinaryIO

    def lines(self) -> Iterator[bytes]:
        """Yield the lines; a last one that was cut off is taken out of the file."""
        self.file.seek(0)
        good = 0
        for line in whole_lines(self.file.readlines()):
            good += len(line)
            yield line
        self.file.truncate(good)

    def note(self, line: bytes) -> None:
        self.file.write(line)
        self.file.flush()

    def end(self, files: Mapping[str, bytes]) -> None:
        write_files({self.folder / name: content for name, content in files.items()})
        with suppress(OSError):
            (self.folder / JOURNAL).unlink()


def whole_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a journal up to the first that is no record, or was cut off."""
    for line in lines:
        try:
            PlanRecord.from_json(json.loads(line))
        except (ValueError, TypeError):
            return
        if not line.endswith(b"\n"):
            return
        yield line


def _manifest(folder: Path) -> list[PlanRecord]:
    path = folder / MANIFEST
    try:
        return read_manifest(read_given(path), str(path))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _no_manifest(str(path)) from error


def read_manifest(data: bytes, place: str) -> list[PlanRecord]:
    """Return what a manifest says; ``place`` is named in errors.

    Raises :class:`UnusableInputError` for what is not of a build.
    """
    try:
        return [PlanRecord.from_json(one) for one in json.loads(data)["plans"]]
    except (ValueError, TypeError, KeyError) as error:
        raise _no_manifest(place) from error


def _no_manifest(place: str) -> UnusableInputError:
    return UnusableInputError(
        f"{place}: is not the manifest of a build; move it away, or choose another --out"
    )


def _as_json(records: Iterable[PlanRecord], about: Mapping[str, Any]) -> bytes:
    """Return the manifest: a plan a line, so that two of them can be compared by lines."""
    head = json.dumps({"manifest": _VERSION, **about}, ensure_ascii=True, sort_keys=True, indent=1)
    lines = ",\n".join(record.to_json() for record in records)
    return f'{head.removesuffix(chr(10) + "}")},\n "plans": [\n{lines}\n ]\n}}\n'.encode()


def _as_table(records: Iterable[PlanRecord]) -> bytes:
    """Return the table for people: one line a source, and nothing in it that a spreadsheet would run."""
    from strategraph.querying.answers import safe_cell

    rows = list(records)
    kinds = sorted({kind for record in rows for kind in record.counts})
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow([*_COLUMNS, *kinds, "outputs"])
    for record in rows:
        cells = [
            *(getattr(record, column) for column in _COLUMNS),
            *(record.counts.get(kind, 0) for kind in kinds),
            " ".join(record.outputs),
        ]
        table.writerow([safe_cell(spelled_out(str(cell))) for cell in cells])
    return buffer.getvalue().encode("utf-8")
