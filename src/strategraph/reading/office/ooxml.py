"""What DOCX, PPTX and XLSX have in common: which part refers to which, and who made the document."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from strategraph.reading.office.archive import Package

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class PartRelation:
    """That a part refers to another: what for ("officeDocument", "slide"), and the name of the other."""

    kind: str
    target: str


def relations(package: Package, part: str) -> Mapping[str, PartRelation]:
    """Return what a part refers to within the package, by the names it gives; "" is the whole package."""
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, PartRelation] = {}
    for node in root.iter(_RELATION) if root is not None else ():
        if node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")
            found[node.get("Id", str(len(found)))] = PartRelation(
                node.get("Type", "").rpartition("/")[2], target
            )
    return found


def by_kind(found: Mapping[str, PartRelation]) -> dict[str, str]:
    """Return the part that is referred to, by what for; of several the last."""
    return {relation.kind: relation.target for relation in found.values()}


def metadata(package: Package) -> tuple[tuple[str, str], ...]:
    """Return the title, author and language that the package names."""
    root = package.xml(by_kind(relations(package, "")).get("core-properties", "docProps/core.xml"))
    if root is None:
        return ()
    entries = {"title": "title", "author": "creator", "language": "language"}
    found = {key: " ".join((root.findtext(f"{_DC}{name}") or "").split()) for key, name in entries.items()}
    return tuple((key, value) for key, value in found.items() if value)


def main_part(package: Package, otherwise: str) -> str:
    """Return the name of the part that the document begins with."""
    found = relations(package, "").values()
    return next((one.target for one in found if one.kind == "officeDocument"), otherwise)


def whole(digits: str, otherwise: int) -> int:
    """Return a number that a file gives in up to nine digits: no place, style or count needs more.

    >>> whole("12", 1), whole("", 1), whole("9" * 5_000, 1)
    (12, 1, 1)
    """
    return int(digits) if digits.isdecimal() and len(digits) < 10 else otherwise
