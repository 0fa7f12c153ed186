"""Our citation grammar against one plain alternation of the same patterns, on the same text.

    python benchmarks/citations.py [FILE…] [--megabytes N]

The text is that of the files (by default the plans in ``data/gold``), a line a passage, repeated to the size
wanted; the second measurement is on the examples of the grammar, where every passage cites. The alternation
is what one would write without triggers and without readers: every form's pattern, joined by "|". It only
says that something is cited; ours also tells what, by whom, and what it did to the plan.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import all_fragments, expanded, forms
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.roles import role_rules
from strategraph.extraction.citations import find_cited, find_in
from strategraph.knowledge import resources
from strategraph.model import Passage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--megabytes", type=float, default=1.0)
    options = parser.parse_args()
    files = options.files or [
        path for folder in ("data/gold", "data/gold/held-out") for path in resources.files(folder, ".txt")
    ]
    lines = [line.strip() for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]
    examples = [example.text for entry in tables.form_entries() for example in entry.examples]
    start = time.perf_counter()
    forms()
    role_rules()
    print(f"{len(forms())} forms, compiled in {time.perf_counter() - start:.2f} s")
    alternation = joined()
    for name, once in (("plans", lines), ("examples", examples)):
        text = repeated(once, options.megabytes)
        print(f"{name}: {len(text)} passages, {size(text) / 1e6:.2f} MB")
        ours = measure("whole grammar", text, whole_grammar)
        measure("patterns with triggers", text, patterns_alone)
        naive = measure("one alternation", text, lambda text: matches(alternation, text))
        print(f"  the whole grammar takes {ours / naive:.2f} times the time of the alternation")


def joined() -> re.Pattern[str]:
    """Return every form's pattern in one alternation, its groups without names."""
    parts = (expanded(form.entry.pattern, all_fragments()) for form in forms())
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", part) for part in parts), re.VERBOSE)


def repeated(once: Sequence[str], megabytes: float) -> list[str]:
    """Return passages, repeated until they come to a size."""
    return list(once) * max(1, round(megabytes * 1e6 / size(once)))


def size(text: Sequence[str]) -> int:
    """Return the bytes of a text."""
    return sum(len(passage.encode()) for passage in text)


def measure(name: str, text: Sequence[str], find: Callable[[Sequence[str]], int]) -> float:
    """Print how fast ``find`` reads the text and what it finds; return the seconds it takes."""
    start = time.perf_counter()
    count = find(text)
    seconds = time.perf_counter() - start
    print(
        f"  {name:24} {seconds:7.2f} s, {size(text) / 1e6 / seconds:6.2f} MB/s,"
        f" {count:7} citations, {count / seconds:9.0f} a second"
    )
    return seconds


def whole_grammar(text: Sequence[str]) -> int:
    return len(find_cited([Passage(passage, ((0, 0),)) for passage in text])[0])


def patterns_alone(text: Sequence[str]) -> int:
    return sum(len(find_in(plain(passage).text)) for passage in text)


def matches(pattern: re.Pattern[str], text: Sequence[str]) -> int:
    return sum(1 for passage in text for _ in pattern.finditer(plain(passage).text))


if __name__ == "__main__":
    main()
