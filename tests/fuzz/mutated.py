"""Read documents that were mutated at random, with a seed: no exception but ours, no reading without end.

    nice -n 19 python tests/fuzz/mutated.py 100000 [SEED] [FINDS] [inputs|graphs]

The documents to mutate are those that the fuzzer begins with and the plans in ``data/``, of every format that is
read. They are read in this process, in parts of a few hundred, each part in a child of it, so that a fault of
native code is one find and not the end. With ``inputs``, queries, graphs, corrections, tables of rules and gold are
read instead (see ``inputs.py``); with ``graphs``, graphs are shown and written in every way (see ``shown.py``).
What is found is written to FINDS (``out/mutated``). The last line says how many were tried, read and refused; the
exit status is 1 if anything was found.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fuzz.inputs import READERS, examples
from tests.fuzz.targets import TARGETS

from strategraph.errors import StrategraphError
from strategraph.rdf.loading import load_graph
from strategraph.reading import read
from strategraph.reading.formats import FORMATS
from strategraph.reading.request import Limits, ReadingOptions
from strategraph.system.processes import at_most

PART = 500
LIMITS = Limits(unpacked=2**24, pages=50, characters=500_000, seconds=20)
ROOT = Path(__file__).parents[2]
PIECES = (
    b"Goal 1: ", b"\n\n", b"| a | b |\n|---|---|\n", b"<table>", b"</div>", b"&#xD800;", b"\xff\xfe", b"\x00", b"\xe2\x80\xae",
    b"1" * 5_000, b"(" * 500, b"[[", b"{{", b"%PDF-1.7\n", b"PK\x03\x04", b"endobj", b"<<", b">>", b"\xcc\x81" * 20, b"w:val=\"-1\"",
    b"\r", b"\xc2\xa0", b"====\n", b"****\n", b".. note::\n", b"::\n", b"```", b"<!--", b"]]>", b"\\", b"\xf0\x9e\xa4\x80",
)  # fmt: skip


Sources = list[tuple[str, str | None, bytes]]
Attempt = tuple[str, bytes, Callable[[], object]]
Made = Callable[[random.Random, Sources, Path], Attempt]


def documents() -> Sources:
    """Return what is mutated: the format's name, None to have it found, and the bytes."""
    found = [
        (name, target.format, target.made(seed)) for name, target in TARGETS.items() for seed in target.seeds
    ]
    suffixes = {suffix: entry.name for entry in FORMATS for suffix in entry.suffixes}
    for path in sorted((ROOT / "data").rglob("*")):
        if path.suffix in suffixes and path.stat().st_size < 60_000:
            found.append((path.name, suffixes[path.suffix], path.read_bytes()))
    return found


def mutated(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Return the document after one to eight changes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) + 1)
        length = min(len(changed) - at, int(chance.expovariate(1 / 40)))
        kind = chance.randrange(7)
        if kind == 0 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = chance.choice(PIECES)
        elif kind == 3:
            changed[at:at] = changed[at : at + length] * chance.randint(1, 30)
        elif kind == 4:
            start = chance.randrange(len(other) + 1)
            changed[at:at] = other[start : start + length * 4]
        elif kind == 5:
            changed[at : at + length] = bytes(chance.randrange(256) for _ in range(length))
        else:
            del changed[at:]
    return bytes(changed)


def document(chance: random.Random, sources: Sources, folder: Path) -> Attempt:
    """Return how to read one document, or other input, that was mutated."""
    name, format_, data = chance.choice(sources)
    changed = mutated(chance, data, chance.choice(sources)[2])
    suffix, reader = READERS.get(format_ or "", (".txt", None))
    path = folder / f"x{suffix}"
    path.write_bytes(changed)

    def attempt() -> object:
        if reader is None:
            return read(path, ReadingOptions(format=format_, limits=LIMITS, isolated=False))
        with at_most(LIMITS.seconds, "reading it"):
            return reader(path)

    return name, changed, attempt


def graph(chance: random.Random, sources: Sources, folder: Path) -> Attempt:
    """Return how to show one graph that was mutated."""
    from tests.fuzz import shown

    changed, name = shown.mutated(chance), chance.choice(sorted(shown.SHOWN))
    path = folder / "x.nt"
    path.write_bytes(changed)

    def attempt() -> object:
        with at_most(LIMITS.seconds, "showing it"):
            return shown.SHOWN[name](load_graph(path))

    return name, changed, attempt


def ended(name: str, attempt: Callable[[], object]) -> tuple[str, str]:
    """Try it; return how it ended, and for a find what was raised."""
    try:
        attempt()
    except StrategraphError as error:
        message = str(error)
        if "processor time" in message:
            return "without end", f"{name}: {message}"
        return ("refused" if len(message.splitlines()) == 1 else "two lines"), message
    except Exception:  # whatever it is, it is a find
        return "raised", f"{name}: {traceback.format_exc()}"
    return "read", ""


def part(
    seed: int, number: int, count: int, finds: Path, sources: Sources, made: Made = document
) -> Counter[str]:
    """Read a part in a child process and return how many ended how."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        ends: Counter[str] = Counter()
        with tempfile.TemporaryDirectory() as folder:
            for index in range(count):
                chance = random.Random(f"{seed} {number} {index}")
                name, data, attempt = made(chance, sources, Path(folder))
                end, said = ended(name, attempt)
                ends[end] += 1
                os.write(writing, f"{end}\n".encode())
                if end not in ("read", "refused"):
                    (finds / f"{seed}-{number}-{index}").write_bytes(data)
                    (finds / f"{seed}-{number}-{index}.txt").write_text(said, encoding="utf-8")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said_by_child:
        counted = Counter(line.strip() for line in said_by_child)
    _, status = os.waitpid(child, 0)
    if status:
        done = sum(counted.values())
        counted["native fault"] += 1
        (finds / f"{seed}-{number}-{done}.txt").write_text(f"status {status}", encoding="utf-8")
        print(f"native fault at {seed} {number} {done}: status {status}", flush=True)
    return counted


def main() -> None:
    """Read as many as are asked for."""
    warnings.simplefilter("ignore")  # as the command has it: ill-typed literals are for the shapes to judge
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    finds = Path(sys.argv[3] if len(sys.argv) > 3 else "out/mutated")
    finds.mkdir(parents=True, exist_ok=True)
    sources = documents()
    if "inputs" in sys.argv[4:]:
        sources = [(kind, kind, data) for kind, data in examples()]
    made = graph if "graphs" in sys.argv[4:] else document
    total: Counter[str] = Counter()
    for number in range(-(-count // PART)):
        total += part(seed, number, min(PART, count - number * PART), finds, sources, made)
        if number % 10 == 9:
            print(f"{sum(total.values())} so far: {dict(total)}", flush=True)
    found = sum(total[end] for end in total if end not in ("read", "refused"))
    print(f"{sum(total.values())} mutated documents of {len(sources)}: {dict(total)}, seed {seed}")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
