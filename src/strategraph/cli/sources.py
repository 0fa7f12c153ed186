"""What a command line names as sources, and what their outputs are called."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from glob import has_magic
from typing import TYPE_CHECKING

from strategraph.cli.terminal import tell

if TYPE_CHECKING:
    from strategraph.corpus.sources import CorpusSource


@dataclass(frozen=True, slots=True)
class FoundSources:
    """The sources of a command, the addresses among them, and whether a folder was searched for any."""

    sources: tuple[CorpusSource, ...]
    addresses: tuple[str, ...]
    searched: bool


def find_sources(given: Sequence[str], *, outputs: Sequence[str], out: str | None = None) -> FoundSources:
    """Return what a command line names; ``outputs`` are the suffixes of what is written into ``out``.

    Raises :class:`UnusableInputError` where there is no source, or two would write one file.
    """
    from strategraph.corpus.records import FILES
    from strategraph.corpus.remote import as_path, is_remote
    from strategraph.corpus.sources import find
    from strategraph.reading.fetching.address import Address, is_address, stem

    given = [as_path(place) for place in given]
    addresses = {
        place: stem(Address.parse(place)) for place in given if is_address(place) and not is_remote(place)
    }
    found = find(given, outputs=outputs, out=out, addresses=addresses, taken=FILES, skipped=tell)
    return FoundSources(
        found,
        tuple(addresses),
        searched=any(_is_searched(place) for place in given if place not in addresses)
        or any(is_remote(source.place) and source.place not in given for source in found),
    )


def _is_searched(place: str) -> bool:
    """Whether a place stands for all the sources in it: a folder, a pattern, a list."""
    from strategraph.corpus.sources import LIST

    return os.path.isdir(place) or (
        not os.path.lexists(place) and (has_magic(place) or place.startswith(LIST))
    )
