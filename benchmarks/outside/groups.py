"""How many group mentions of others' annotations are found, through ``strategraph annotate``.

    python benchmarks/outside/groups.py FOLDER [--misses]

FOLDER holds ``uk-dev.jsonl`` and ``de.jsonl``: sentences with tokens and labels, of which "social group"
counts. The shipped model has learnt from uk-train and from the German sentences, so that the German figures
here only show that it has; those that count are cross-validated:
``make train-groups HOW=--cross-validate``.
Articles, possessives and demonstratives that lead a span are left out on both sides.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from strategraph.resolution.annotation import annotate_lines

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from training.corpora import british, german
from training.scores import bare, group_scores


def main() -> None:
    """Print the scores of each set."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what differs")
    options = parser.parse_args()
    sets = (
        ("uk-dev", "en", british(options.folder, "dev")),
        ("de (learnt from)", "de", german(options.folder)),
    )
    for name, language, rows in sets:
        examples = list(dict.fromkeys(rows))
        found: dict = {example: [] for example in examples}
        for one in annotate_lines((example.text for example in examples), language):
            if one.kind == "group":
                found[examples[one.record]].append((one.start, one.end, one.confidence))
        print(f"{name:18}", group_scores(examples, found))
        if options.misses:
            for example in examples:
                wanted = {bare(example.text, group, language) for group in example.groups}
                told = {bare(example.text, group[:2], language) for group in found[example]}
                for sign, spans in (("-", wanted - told), ("+", told - wanted)):
                    for start, end in sorted(spans):
                        print(f"  {sign} {example.text[start:end]}  |  {example.text}")


if __name__ == "__main__":
    main()
