"""Readings from elsewhere: a curator's decisions and a model's proposals, held against the words."""

from strategraph.curation.entries import Readings
from strategraph.curation.joined_mentions import join_mentions
from strategraph.curation.joined_sections import join_sections
from strategraph.curation.placing import Placed, place
from strategraph.curation.readings_file import entry_text, find_readings, load_readings, write_readings

__all__ = [
    "Placed",
    "Readings",
    "entry_text",
    "find_readings",
    "join_mentions",
    "join_sections",
    "load_readings",
    "place",
    "write_readings",
]
