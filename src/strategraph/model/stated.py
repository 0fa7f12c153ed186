"""What a source in a structured format states by itself."""

from __future__ import annotations

from dataclasses import dataclass

from strategraph.model.mentions import Profile, Section, Support
from strategraph.model.text import Passage, Span


@dataclass(frozen=True, slots=True)
class Record:
    """Something that a structured source says of the plan, of a section, or of another record.

    ``link`` is the local name of the property that leads to it; ``kind`` that of its class, "" for a literal,
    whose words are ``value``; of a node that is its name. ``section`` and ``record`` are positions in
    :attr:`Stated.sections` and :attr:`Stated.records` of what it is said of, both None for the plan.
    ``facts`` are its own literals, by property, which stand in the same words. ``passage`` are words that
    may name groups.
    """

    link: str
    value: str
    support: Support
    kind: str = ""
    section: int | None = None
    record: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class StatedAct:
    """A commitment or purpose (``kind``) of a section; ``aims`` are positions of its purposes among these."""

    kind: str
    section: int
    verb: str
    object: Passage
    support: Support
    aims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source in a structured format states of the plan by itself.

    ``name`` is the last part of the plan's IRI, "" where the source does not give it; then ``digest`` stands
    in it for the checksum of the bytes, which change with every edit. ``acts`` are all commitments and
    purposes, None where they are to be found in the words. ``citations`` are words that cite an instrument
    for the whole plan, each with the local name of the property that they stand for; ``language`` is that of
    the plan, where it is certain.
    """

    sections: tuple[Section, ...]
    profile: Profile
    records: tuple[Record, ...] = ()
    acts: tuple[StatedAct, ...] | None = None
    citations: tuple[tuple[Span, str], ...] = ()
    name: str = ""
    digest: str = ""
    language: str | None = None
