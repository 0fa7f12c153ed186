"""The organisations strategraph knows: labels, other names, parents, verified external IRIs.

The table is ``data/organizations.toml``. A lookup answers only where the name is certain; a name that two
organisations bear answers nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, read_table
from strategraph.model.identifiers import without_accents

LANGUAGE_OF_TABLES = "en"  # of the labels in the tables of organisations, conferences and instruments


@dataclass(frozen=True, slots=True)
class KnownOrganization:
    """One entry of the table; see the head of ``data/organizations.toml`` for what the fields mean."""

    slug: str
    label: str
    names: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    parent: str | None = None
    same_as: tuple[str, ...] = ()
    issuer: bool = False
    serves: tuple[str, ...] = ()
    decisions: str | None = None

    def is_organ_of(self, organizations: Container[str]) -> bool:
        """Whether this is an organ of one of ``organizations`` (slugs)."""
        return any(one in organizations for one in (self.parent, *self.serves) if one is not None)


@dataclass(frozen=True, slots=True)
class Directory:
    """All known organisations, by slug and by name."""

    by_slug: Mapping[str, KnownOrganization]
    by_name: Mapping[str, KnownOrganization]
    by_numbered_name: Mapping[str, KnownOrganization]
    by_short_name: Mapping[str, tuple[KnownOrganization, ...]]

    def find(self, name: str) -> KnownOrganization | None:
        """Return the organisation that ``name`` (or an acronym) certainly means, else None.

        >>> directory().find("International Telecommunication Union").slug
        'itu'
        >>> directory().find("Council") is None
        True
        """
        return self.by_name.get(_key(name))

    def find_issuer(self, name: str) -> KnownOrganization | None:
        """Return the organisation that ``name`` certainly means beside the number of an instrument.

        >>> directory().find_issuer("General Assembly").slug
        'united-nations-general-assembly'
        """
        return self.find(name) or self.by_numbered_name.get(_key(name))

    def find_within(self, name: str, contexts: Iterable[str]) -> KnownOrganization | None:
        """Return what ``name`` means in a text about the organisations ``contexts`` (slugs), else None.

        A short name ("Council") is certain only where exactly one organ of those organisations has it.

        >>> directory().find_within("Council", ["itu"]).slug
        'itu-council'
        """
        certain = self.find_issuer(name)
        if certain is not None:
            return certain
        wanted = set(contexts)
        fitting = [known for known in self.by_short_name.get(_key(name), ()) if known.is_organ_of(wanted)]
        return fitting[0] if len(fitting) == 1 else None

    def root(self, slug: str) -> str:
        """Return the slug of the organisation at the top of which ``slug`` is an organ (or itself)."""
        known = self.by_slug.get(slug)
        while known is not None and known.parent is not None:
            slug = known.parent
            known = self.by_slug[slug]
        return slug


@dataclass(frozen=True, slots=True)
class _Organizations:
    known: Annotated[tuple[KnownOrganization, ...], At("organization")]


@cache
def directory() -> Directory:
    """Return the directory that ``data/organizations.toml`` holds."""
    return index(read_table(_Organizations, resources.path("data", "organizations.toml")).known)


def index(known: Iterable[KnownOrganization]) -> Directory:
    """Return a directory of ``known``; names that two of them bear are left out of the lookup."""
    by_slug: dict[str, KnownOrganization] = {}
    bearers: dict[str, list[KnownOrganization]] = {}
    numbered: dict[str, list[KnownOrganization]] = {}
    short: dict[str, list[KnownOrganization]] = {}
    for organization in known:
        by_slug[organization.slug] = organization
        for key in dict.fromkeys(_key(name) for name in (organization.label, *organization.names)):
            bearers.setdefault(key, []).append(organization)
        for key in dict.fromkeys(_key(name) for name in organization.numbered):
            numbered.setdefault(key, []).append(organization)
        for key in dict.fromkeys(_key(name) for name in organization.short):
            short.setdefault(key, []).append(organization)
    return Directory(
        by_slug=by_slug,
        by_name=_unambiguous(bearers),
        by_numbered_name=_unambiguous(numbered),
        by_short_name={key: tuple(found) for key, found in short.items()},
    )


def _unambiguous(bearers: Mapping[str, list[KnownOrganization]]) -> dict[str, KnownOrganization]:
    return {key: found[0] for key, found in bearers.items() if len(found) == 1}


def _key(name: str) -> str:
    """Return what makes two spellings one name: an acronym keeps its case, or WHO would be "who"."""
    collapsed = " ".join(without_accents(unicodedata.normalize("NFKC", name)).replace("’", "'").split())
    acronym = " " not in collapsed and collapsed.upper() == collapsed
    return collapsed if acronym else collapsed.casefold()
