"""How the readers' time grows with the text, for texts made to keep a pattern busy.

    python benchmarks/growth.py [READER…] [--largest 1000000] [--bait WORDS]

Each bait (see ``tests/fuzz/baits.py``) is read at 10 kB and three times as much again and again, up to the
largest size or three seconds. The exponent is the slope between the last two sizes that took at least 50 ms:
1 is linear, 2 is quadratic. What is above 1.2 is listed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.fuzz.baits import BAITS

from strategraph.reading.formats import TEXT_FORMATS

WORST = 1.2
ENOUGH, TOO_LONG = 0.05, 3.0  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("readers", nargs="*")
    parser.add_argument("--largest", type=int, default=1_000_000)
    parser.add_argument("--bait", default="")
    options = parser.parse_args()
    readers = {
        entry.name: entry.reader
        for entry in TEXT_FORMATS
        if entry.name in options.readers or not options.readers
    }
    steep = measured = 0
    for name, reader in readers.items():
        reader("warm")
        for bait, unit in BAITS.items():
            if options.bait and options.bait != bait:
                continue
            times = []
            size = 10_000
            while size <= options.largest and (not times or times[-1][1] < TOO_LONG):
                text = unit * (size // len(unit))
                begun = time.process_time()
                try:
                    reader(text)
                except RecursionError:  # refused in one line by what calls the reader
                    break
                times.append((len(text), time.process_time() - begun))
                size *= 3
            exponent = _exponent(times)
            measured += 1
            if exponent > WORST:
                steep += 1
                size, seconds = times[-1]
                print(f"{name:<18}{bait:<36}{exponent:>6.2f} {seconds:8.2f} s at {size:,}", flush=True)
    print(f"{measured} baits and readers, {steep} steeper than {WORST}")
    raise SystemExit(1 if steep else 0)


def _exponent(times: list[tuple[int, float]]) -> float:
    told = [pair for pair in times if pair[1] >= ENOUGH]
    if len(told) < 2:
        return 0.0
    (small, before), (large, after) = told[-2:]
    return math.log(after / before) / math.log(large / small)


if __name__ == "__main__":
    main()
