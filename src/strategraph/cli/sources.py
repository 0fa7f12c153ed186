"""What a command line names as sources, and what their outputs are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from strategraph.errors import UnusableInputError


def expand(sources: Sequence[str]) -> list[str]:
    """Return the sources with folders replaced by the readable files in them."""
    from strategraph.reading.formats import FORMATS as READABLE

    suffixes = {suffix for format_ in READABLE for suffix in format_.suffixes}
    found: list[str] = []
    for source in sources:
        folder = Path(source)
        if source == "-" or not folder.is_dir():
            found.append(source)
            continue
        inside = sorted(str(p) for p in folder.iterdir() if p.is_file() and p.suffix.lower() in suffixes)
        if not inside:
            raise UnusableInputError(
                f"{source}: there is no source in this folder; looked for *{', *'.join(sorted(suffixes))}"
            )
        found += inside
    return found


def names_of(paths: Sequence[str]) -> list[str]:
    """Return what each source's outputs are called: its stem, with the suffix where two share a stem."""
    from strategraph.reading.fetching.address import Address, is_address
    from strategraph.reading.fetching.naming import stem as stem_of

    stems = [
        "stdin" if path == "-" else stem_of(Address.parse(path)) if is_address(path) else Path(path).stem
        for path in paths
    ]
    shared = {stem for stem, number in Counter(stems).items() if number > 1}
    return [
        Path(path).name if stem in shared and path != "-" and not is_address(path) else stem
        for path, stem in zip(paths, stems, strict=True)
    ]
