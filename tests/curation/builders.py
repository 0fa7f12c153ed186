"""Documents and readings as tests need them."""

from __future__ import annotations

from pathlib import Path

from strategraph.curation import Readings, load_readings
from strategraph.curation.placing import PROPOSAL
from strategraph.curation.quotations import Quotations
from strategraph.model import Document, Section, Support
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


def section(
    plan: Document, kind: str, words: str, *, sure: float, rule: str = "test", **more: str | int
) -> Section:
    """Return a section whose title is some words of the plan, the first place of them."""
    passage = Quotations(plan).place(words, after=0).passage
    support = Support(passage.span(), rule, sure)
    number, parent = more.get("number"), more.get("parent")
    assert not isinstance(number, int)
    assert not isinstance(parent, str)
    return Section(kind, number, passage, None, parent, (support,))


def proposed(plan: Document, kind: str, words: str, **more: str | int) -> Section:
    return section(plan, kind, words, sure=PROPOSAL, rule="proposed", **more)
