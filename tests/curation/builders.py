"""Documents and readings as tests need them."""

from __future__ import annotations

from pathlib import Path

from strategraph.curation import Readings, load_readings
from strategraph.model import Document
from strategraph.reading import read

PLAN = """Harbour Trust Strategic Plan 2025-28

Harbour Trust

Our goals

Goal 1: Clean water

We clean the bay for the people of the har-
bour and for women and girls.

Goal 2: “Safe” piers

Everyone walks safely.

Objective 2.1
Mend the planks

As Resolution 12 (Rev. Oslo, 2021) of the Harbour Assembly asks.

Clean water is a right.
"""

MODEL = '[reader]\nmodel = "test"\n'


def document(folder: Path, text: str = PLAN, name: str = "plan.txt") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def readings(folder: Path, text: str, *, model: bool = True) -> Readings:
    path = folder / "plan.readings.toml"
    path.write_text((MODEL if model else "") + text, encoding="utf-8")
    return load_readings(path)
