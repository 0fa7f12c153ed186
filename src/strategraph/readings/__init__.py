"""Readings from elsewhere: a curator's decisions and a model's proposals, held against the words."""

from strategraph.readings.entries import Readings
from strategraph.readings.file import entry_text, find_readings, load_readings, write_readings
from strategraph.readings.joined_mentions import join_mentions
from strategraph.readings.joined_sections import join_sections
from strategraph.readings.placing import Placed, place

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
