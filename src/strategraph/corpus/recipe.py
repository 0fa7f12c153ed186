"""What the outputs of a source depend on beside the source: software, tables, libraries, options."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

import strategraph
from strategraph import __version__
from strategraph.pipeline import Options, told
from strategraph.rdf.provenance import checksums

_DISTRIBUTION = "strategraph"
_UNSAID = ("base_iri", "min_confidence", "own")  # options that a graph does not tell, as its content does


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the sources of a run are built.

    The corrections and readings of the options are files, or folders that have one for some of the sources.
    """

    options: Options
    formats: tuple[str, ...]

    def options_for(self, place: str, name: str, *, claimed: str = "") -> Options:
        """Return the options for a source; with ``claimed``, its plan is told apart from others of it."""
        return replace(
            self.options,
            corrections=_file(self.options.corrections, place, name, ".corrections.toml"),
            readings=_file(self.options.readings, place, name, ".readings.toml"),
            taken={claimed: ""} if claimed else {},
        )

    def seen_by_all(self) -> Recipe:
        """Return the recipe with its files named as processes in other folders know them."""
        given = self.options
        options = replace(
            given,
            vocabularies=tuple(map(Path.absolute, given.vocabularies)),
            rules=given.rules and given.rules.absolute(),
            corrections=given.corrections and given.corrections.absolute(),
            readings=given.readings and given.readings.absolute(),
        )
        return replace(self, options=options)

    def without_files(self, place: str, name: str) -> Iterator[str]:
        """Yield what folders of decisions and proposals lack for a source, in words."""
        files = ((self.options.corrections, ".corrections.toml"), (self.options.readings, ".readings.toml"))
        for given, suffix in files:
            if given is not None and _file(given, place, name, suffix) is None:
                yield f"{given}: has no {name}{suffix}; {place} is built without"

    def fingerprint(self, place: str, name: str) -> str:
        """Return what is another for a source if anything that its outputs depend on is another.

        Raises :class:`OSError` for a file of decisions, proposals or a vocabulary that cannot be read.
        """
        whole = {**self._common(), "for this source": sorted(told(self.options_for(place, name)))}
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:32]

    def _common(self) -> Mapping[str, object]:
        options = self.options
        return {
            **made_by(),
            **libraries(),
            **{name: getattr(options, name) for name in _UNSAID},
            "limits": asdict(options.limits),
            "formats": self.formats,
            "moment": os.environ.get("SOURCE_DATE_EPOCH", ""),
        }


def _file(given: Path | None, place: str, name: str, suffix: str) -> Path | None:
    if given is None:
        return None
    from strategraph.curation import find_readings

    return find_readings(given, place, name, suffix)


@cache
def made_by() -> Mapping[str, str]:
    """Return the version of the software, and the SHA-256 of its code and of each kind of table it reads."""
    tables = {str(name).rpartition("#")[2].removesuffix("Sha256"): sum_ for name, sum_ in checksums().items()}
    return {"software": __version__, "code": _code(), **tables}


@cache
def libraries() -> Mapping[str, str]:
    """Return the versions of the libraries that a build uses, by name."""
    found = {}
    for requirement in metadata.requires(_DISTRIBUTION) or ():
        name = requirement.split(";")[0]
        if "extra" not in requirement:
            name = name[: next((i for i, c in enumerate(name) if not (c.isalnum() or c in "-_.")), len(name))]
            found[name] = metadata.version(name)
    return found


def _code() -> str:
    """Return the SHA-256 of our own code, which in a checkout changes without its version."""
    package = Path(strategraph.__file__).parent
    whole = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        whole.update(f"{path.relative_to(package).as_posix()}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()
