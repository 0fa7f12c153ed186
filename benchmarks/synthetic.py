"""Plans made by a seeded generator, with facts that are known: to measure runs over many.

    python benchmarks/synthetic.py 1000 FOLDER [SEED]

Lengths are spread evenly on a logarithmic scale from 2 kB to 100 kB. Plan number N is the same whatever how
many are made. The words are invented here; no plan of anybody is in them.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

SHORTEST, LONGEST = 2_000, 100_000
_PLACES = [
    "Amber",
    "Birch",
    "Cedar",
    "Dune",
    "Elm",
    "Fjord",
    "Glen",
    "Heath",
    "Isle",
    "Juniper",
    "Kelp",
    "Lark",
]
_BODIES = [
    "Harbour Board",
    "Water Agency",
    "Forest Service",
    "Transport Office",
    "Health Council",
    "Library Trust",
]
_VERBS = [
    "expand",
    "improve",
    "restore",
    "protect",
    "simplify",
    "strengthen",
    "reduce the cost of",
    "open up",
]
_THINGS = [
    "access to broadband", "public libraries", "drinking water", "rural roads", "digital skills",
    "health services", "school meals", "open data", "flood protection", "innovation in small firms",
    "gender equality at work", "renewable energy",
]  # fmt: skip
_GROUPS = [
    "women and girls", "youth", "older persons", "persons with disabilities", "indigenous peoples",
    "migrants", "small businesses", "rural communities", "teachers", "fishers",
]  # fmt: skip
_FILL = [
    "The years behind us have shown what patience in small steps can do.",
    "Much of this work is done by people whose names stand in no report.",
    "Nothing here is free, and the budget for it is told apart.",
    "The board looks at the figures twice a year and says what it sees.",
    "Weather, prices and elections will change some of this before it ends.",
]


@dataclass(frozen=True, slots=True)
class Made:
    """A plan's text, and what a reader should find in it."""

    text: str
    title: str
    goals: int
    targets: int


def make(number: int, seed: int = 1) -> Made:
    """Return the plan of a number; the same for the same number and seed."""
    chance = random.Random(f"{seed}/{number}")
    size = int(SHORTEST * (LONGEST / SHORTEST) ** chance.random())
    place = f"{chance.choice(_PLACES)} {chance.choice(_PLACES)} {number}"
    body = f"{place} {chance.choice(_BODIES)}"
    start = chance.randrange(2018, 2027)
    title = f"{body} Strategic Plan {start}-{start + chance.randrange(3, 7)}"
    parts = [body, title, f"Adopted under Resolution {chance.randrange(1, 200)} (Rev. Bucharest, 2022)."]
    goals = targets = 0
    length = sum(map(len, parts))
    while length < size or not goals:
        goals += 1
        thing, verb = chance.choice(_THINGS), chance.choice(_VERBS)
        first, second = chance.sample(_GROUPS, 2)
        block = [f"Goal {goals}: {verb.capitalize()} {thing} for {first}"]
        block.append(f"We will {verb} {thing} in {place} for {first} and {second}. {chance.choice(_FILL)}")
        for _ in range(chance.randrange(4)):
            targets += 1
            share = chance.randrange(5, 96)
            block.append(
                f"Target {goals}.{len(block) - 1}: By {start + 3}, {share}% of {second} have {thing}"
            )
        block.append(" ".join(chance.choice(_FILL) for _ in range(chance.randrange(1, 12))))
        parts += block
        length += sum(map(len, block))
    return Made("\n\n".join(parts) + "\n", title, goals, targets)


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write so many plans, a hundred to a folder."""
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"plan-{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(number, seed).text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
