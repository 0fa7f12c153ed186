"""How many acts of the European Union, and what one does to another, are found.

    python benchmarks/outside/eu_acts.py FOLDER [--misses]

FOLDER holds ``paragraphs.jsonl``: a text a line, with triples "subject,  verb,  object"; acts are printed
in small letters, without domain. An act counts as found where a mention overlaps it as printed. Pairs are
scored with their relation, whatever form the verb has; verbs that are no property of ours (supplementing)
are left out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from strategraph.resolution.annotation.citations import citations_in

RELATIONS = {"amend": "amends", "repeal": "repeals", "replac": "replaces", "implement": "implements"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what differs")
    options = parser.parse_args()
    acts: Counter[bool] = Counter()
    pairs: Counter[str] = Counter()
    main_pairs: Counter[str] = Counter()
    for line in (options.folder / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        found = citations_in(text)
        wanted = {triple for each in row["triples"] if (triple := read(each)) is not None}
        printed = {part.strip() for each in row["triples"] for part in each.split(",  ")[::2]}
        for act in printed:
            start = text.casefold().find(act.casefold())
            is_found = any(one.start < start + len(act) and start < one.end for one in found)
            acts[is_found] += 1
        got = {(bare(one.of_text), one.relation, bare(one.text)) for one in found if one.of_text}
        for counted, kept in ((pairs, set(RELATIONS.values())), (main_pairs, {"amends", "repeals"})):
            of_gold = {triple for triple in wanted if triple[1] in kept}
            of_ours = {triple for triple in got if triple[1] in kept}
            counted["right"] += len(of_gold & of_ours)
            counted["gold"] += len(of_gold)
            counted["ours"] += len(of_ours)
        if options.misses and wanted != got:
            print(text[:700], "\n  missed", sorted(wanted - got), "\n  extra", sorted(got - wanted))
    print(f"acts {acts[True] / sum(acts.values()):.3f} of {sum(acts.values())}")
    for name, counted in (("pairs", pairs), ("amends and repeals", main_pairs)):
        precision, recall = counted["right"] / counted["ours"], counted["right"] / counted["gold"]
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({counted['gold']})")


def read(triple: str) -> tuple[str, str, str] | None:
    """Return a triple with the verb as a property of ours, or None."""
    parts = [part.strip() for part in triple.split(",  ")]
    if len(parts) != 3:
        return None
    relation = next((name for stem, name in RELATIONS.items() if parts[1].startswith(stem)), None)
    return (parts[0], relation, parts[2]) if relation is not None else None


def bare(text: str | None) -> str:
    """Return an act as the annotations print it: no organ before its type."""
    words = (text or "").casefold().split()
    return " ".join(words[-2:])


if __name__ == "__main__":
    main()
