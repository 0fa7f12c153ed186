"""Files: what the user names is read whole, but not without end; what is ours is written whole or not at all.

A file, a pipe or a device is read up to a bound. One file or a set is written, by one writer to a folder at a
time, with a manifest.

The lock is on the folder itself and ends with the process that holds it, however that ends. Whoever holds it
knows that hidden files of ours are of a writer that is no more, and removes them. Where the system or the
file system knows no such locks (Windows, some network drives) there are none, and nothing is removed.

Each file is first written in full beside its place, under a hidden name, and then renamed over it. If
anything fails before the last rename, files that were there stay as they were and new ones do not appear. A
process that is killed between two renames can leave some files new and some old: the manifest tells, which is
renamed last; its hidden files are removed by the next who writes there.

The manifest says which files a build wrote together, with their checksums, as ``sha256sum`` writes and checks
them: the report and the coverage of a plan are of the graph beside them. A set with which it does not agree
is of a build that was interrupted, or was changed afterwards.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, BinaryIO

from strategraph.errors import UnusableInputError

FILE, PIPE, DEVICE = 2**32, 2**30, 2**24
"""How many bytes are read at most: what a file has is on a disk, what a pipe gives may have no end, and of
devices only a terminal has words to read."""

_STEP = 2**20


def read_given(path: Path) -> bytes:
    """Return what a file, pipe or device gives.

    Raises :class:`OSError` where the system refuses, and for more than the bounds; its ``strerror`` says so.
    """
    with path.open("rb", buffering=0) as file:
        return _read(file, str(path))


def read_given_text(path: Path, encoding: str = "utf-8", errors: str = "strict") -> str:
    """Return the text of a file, pipe or device with its line ends as LF.

    Raises :class:`OSError` as :func:`read_given` does, and :class:`UnicodeDecodeError`.
    """
    return _text(read_given(path), encoding, errors)


def read_standard_input() -> bytes:
    """Return what comes on standard input; raises :class:`OSError` as :func:`read_given` does."""
    return _read(sys.stdin.buffer, "standard input")


def read_standard_input_text() -> str:
    """Return the text that comes on standard input; raises as :func:`read_given_text` does."""
    return _text(read_standard_input(), "utf-8-sig", "strict")


def _text(data: bytes, encoding: str, errors: str) -> str:
    return TextIOWrapper(BytesIO(data), encoding, errors).read()


def _read(file: IO[bytes], name: str) -> bytes:
    most, whole = _most(file)
    if whole:
        return file.read()
    found = bytearray()
    while part := file.read(_STEP):
        found += part
        if len(found) > most:
            raise OSError(errno.EFBIG, f"gives more than {most:,} bytes, and may have no end", name)
    return bytes(found)


def _most(file: IO[bytes]) -> tuple[int, bool]:
    """Return how many bytes are read at most, and whether it is known that there are no more."""
    try:
        told = os.fstat(file.fileno())
    except OSError:  # what is read is no file, as in tests
        return PIPE, False
    if stat.S_ISREG(told.st_mode):
        return FILE, told.st_size <= FILE
    device = stat.S_ISCHR(told.st_mode) or stat.S_ISBLK(told.st_mode)
    return DEVICE if device else PIPE, False


HIDDEN = ".strategraph-"
"""How the names of files begin that are not in place yet, or no more."""
Content = bytes | Callable[[BinaryIO], object]
"""What goes into a file: its bytes, or a function that writes them to the open file."""
MANIFEST_SUFFIX = ".sha256"
_LINE = re.compile(r"(?P<escaped>\\?)(?P<sum>[0-9a-f]{64})  (?P<name>.+)")


@contextmanager
def only_writer(folders: Iterable[Path]) -> Iterator[None]:
    """Wait until nobody else writes to the folders, and keep others waiting until this is left.

    The folders are locked in the order of their names, so that two writers never wait for each other.
    """
    with ExitStack() as locks:
        for folder in sorted({folder for folder in folders if folder.is_dir()}):
            locks.enter_context(_locked(folder))
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import fcntl

    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX)
        except OSError:
            pass  # there are no locks here
        else:
            _remove_litter(folder)
        yield
    finally:
        os.close(place)


def _remove_litter(folder: Path) -> None:
    for left in folder.glob(f"{HIDDEN}*"):
        with suppress(OSError):
            left.unlink()


def settle(folder: Path) -> None:
    """Have the names in a folder outlast a loss of power, where the system can promise that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # the files are in place, whether or not that can be promised
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def write_files(files: Mapping[Path, Content], *, manifest: Path | None = None, lasting: bool = True) -> None:
    """Write all the files, or none of them; folders that are missing are made.

    ``lasting`` has them outlast a loss of power before this returns; a run that writes thousands does
    without and calls :func:`settle_all` now and then.

    With ``manifest``, that file gets the checksums of the others and is put in place last. A path that leads
    to a device or pipe ("/dev/null") is written to directly, since it cannot be renamed over. While others
    write to one of the folders, this waits. Raises
    :class:`UnusableInputError`, one line, where the system refuses; what a content function raises passes
    through. In both cases nothing has changed.
    """
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    current = Path()
    try:
        targets: dict[Path, tuple[Path, Content]] = {}
        for current, content in files.items():
            _check(current)
            if current.exists() and not current.is_file():
                with current.open("wb") as device:
                    _fill(device, content)
                continue
            targets[current] = real_path(current), content  # through links, so that they stay
        for current, (target, _) in targets.items():  # noqa: B007 (the error names it)
            made += _make_folders(target.parent)
        with only_writer(target.parent for target, _ in targets.values()):
            for current, (target, content) in targets.items():  # noqa: B007
                _stage(target, content, staged, lasting=lasting)
            if manifest is not None:
                current = manifest
                _check(current)
                sums = {target.name: _checksum(temporary) for temporary, target in staged}
                _stage(real_path(manifest), list_checksums(sums), staged, lasting=lasting)
            _rename_all(staged)
            if lasting:
                # A new folder is a name in the one that it is in.
                for folder in {target.parent for _, target in staged} | {folder.parent for folder in made}:
                    settle(folder)
    except BaseException as error:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):  # someone else may have put something there meanwhile
                folder.rmdir()
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise UnusableInputError(f"cannot write {error.filename2 or current}: {reason}") from error
        raise


def settle_all() -> None:
    """Have all that was written outlast a loss of power, where the system can promise that."""
    if hasattr(os, "sync"):
        os.sync()


def _stage(target: Path, content: Content, staged: list[tuple[Path, Path]], *, lasting: bool) -> None:
    """Write what is to be at a target beside it; add both to ``staged`` as soon as there is a file."""
    temporary = _hidden_beside(target)
    with temporary.open("xb") as file:
        staged.append((temporary, target))
        _fill(file, content)
        file.flush()
        if target.exists():
            shutil.copymode(target, temporary)
        if lasting:
            os.fsync(file.fileno())


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def real_path(path: Path) -> Path:
    """Return where a path leads through links; raise :class:`OSError` where they lead round in circles."""
    real = Path(os.path.realpath(path))
    if real.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return real


def _check(target: Path) -> None:
    """Refuse what a rename would not: a folder, and a file that its owner made read-only."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _fill(file: BinaryIO, content: Content) -> None:
    if isinstance(content, bytes):
        file.write(content)
    else:
        content(file)


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder with its parents; return those that were not there, outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if not (missing[-1].parent if missing else folder).is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _hidden_beside(target: Path) -> Path:
    # Not made from the target's name, which may already be as long as the file system allows.
    return target.with_name(f"{HIDDEN}{secrets.token_hex(8)}")


def _rename_all(staged: list[tuple[Path, Path]]) -> None:
    """Rename every (temporary, target); if one fails, bring back what the targets were."""
    kept: dict[Path, Path | None] = {}
    renamed: list[Path] = []
    try:
        for temporary, target in staged:
            kept[target] = _keep(target) if len(staged) > 1 else None
            os.replace(temporary, target)
            renamed.append(target)
    except BaseException:
        for target in renamed:
            previous = kept[target]
            if previous is None:
                target.unlink()
            else:
                os.replace(previous, target)
        raise
    finally:
        for previous in kept.values():
            if previous is not None:
                previous.unlink(missing_ok=True)


def _keep(target: Path) -> Path | None:
    """Keep the present file under a second, hidden name; None if there is none."""
    if not target.exists():
        return None
    kept = _hidden_beside(target)
    try:
        os.link(target, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(target, kept)
    return kept


def list_checksums(named: Mapping[str, str]) -> bytes:
    """Return the manifest of files by name, given their SHA-256 in hexadecimal digits.

    >>> list_checksums({"x.ttl": "0" * 64}).decode()[-8:]
    '  x.ttl\\n'
    """
    return "".join(_line(name, named[name]) for name in sorted(named)).encode("utf-8", "surrogateescape")


def _line(name: str, checksum: str) -> str:
    shown = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if shown == name else chr(92)}{checksum}  {shown}\n"


def mixed(path: Path) -> str | None:
    """Return in one line how a file of a set disagrees with the set's manifest; None if it does not.

    None also for a file that no manifest beside it names.
    """
    for place in _manifests(path):
        wrong = [name for name, checksum in _sums(place).items() if not _is(place.parent / name, checksum)]
        if wrong:
            return (
                f"{path}: its set is not as {place.name} says ({', '.join(wrong)}): a build was interrupted,"
                " or a file was changed since; build it again"
            )
    return None


def is_of_a_set(path: Path) -> bool:
    """Whether a file was written by a build, as the manifest beside it says."""
    return bool(_manifests(path))


def holds(place: Path) -> bool:
    """Whether there is such a manifest, and every file that it names is as it says."""
    named = _sums(place)
    return bool(named) and all(_is(place.parent / name, checksum) for name, checksum in named.items())


def members(place: Path) -> tuple[Path, ...]:
    """Return the files that a manifest names; none where there is no manifest."""
    return tuple(place.parent / name for name in sorted(_sums(place)))


def _manifests(path: Path) -> list[Path]:
    """Return the manifests beside a file that name it: those called like the file without its endings."""
    parts = path.name.split(".")
    names = [".".join(parts[:number]) for number in range(len(parts) - 1, 0, -1)]
    places = [path.with_name(name + MANIFEST_SUFFIX) for name in names if name]
    return [
        place for place in places if place != path and os.path.isfile(place) and path.name in _sums(place)
    ]


def _sums(place: Path) -> dict[str, str]:
    try:
        return sums(place.read_bytes())
    except OSError:
        return {}


def sums(data: bytes) -> dict[str, str]:
    """Return the checksums that a manifest gives, by name; the way back from :func:`list_checksums`."""
    found = {}
    for line in data.decode("utf-8", "surrogateescape").split("\n"):
        match = _LINE.fullmatch(line)
        if match:
            name = match["name"]
            if match["escaped"]:
                name = re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r"}.get(m[1], m[1]), name)
            if "/" not in name and name not in ("", ".", ".."):
                found[name] = match["sum"]
    return found


def _is(path: Path, checksum: str) -> bool:
    if not os.path.isfile(path):
        return False  # a pipe would keep us waiting
    try:
        return _checksum(path) == checksum
    except OSError:
        return False
