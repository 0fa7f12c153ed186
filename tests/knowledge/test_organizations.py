from __future__ import annotations

import re

import pytest

from strategraph.knowledge.organizations import KnownOrganization, directory, index

VERIFIED = re.compile(
    r"http://www\.wikidata\.org/entity/Q376150|http://eurovoc\.europa\.eu/4591"
)  # the only ones that were looked up


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ITU", "itu"),
        ("International  Telecommunication\u00a0Union", "itu"),
        ("Union internationale des telecommunications", "itu"),
        ("unga", None),
        ("UNGA", "united-nations-general-assembly"),
        ("ECOSOC", "united-nations-economic-and-social-council"),
        ("United Nations Children's Fund", "unicef"),
        ("United Nations Children’s Fund", "unicef"),
        ("who", None),
        ("WHO", "who"),
        ("Council", None),
        ("General Assembly", None),
        ("Ministry of Health", None),
    ],
)
def test_only_certain_names_are_found(name: str, slug: str | None) -> None:
    found = directory().find(name)
    assert (found.slug if found else None) == slug


def test_a_name_beside_a_number_can_be_shorter() -> None:
    known = directory().find_issuer("General Assembly")
    assert known is not None
    assert known.slug == "united-nations-general-assembly"
    assert directory().find_issuer("Council") is None


@pytest.mark.parametrize(
    ("name", "contexts", "slug"),
    [
        ("Council", ["itu"], "itu-council"),
        ("Council", ["fao"], "fao-council"),
        ("Council", ["itu", "united-nations"], "itu-council"),
        ("Council", ["itu", "fao"], None),
        ("Council", [], None),
        ("Executive Board", ["unicef"], "unicef-executive-board"),
        ("General Assembly", [], "united-nations-general-assembly"),
    ],
)
def test_a_short_name_needs_one_organisation(name: str, contexts: list[str], slug: str | None) -> None:
    found = directory().find_within(name, contexts)
    assert (found.slug if found else None) == slug


def test_organs_lead_to_their_organisation() -> None:
    assert directory().root("itu-council") == "itu"
    assert directory().root("itu") == "itu"
    assert directory().root("not-in-the-table") == "not-in-the-table"


def test_a_name_that_two_bear_is_not_certain() -> None:
    found = index(
        [
            KnownOrganization("health-a", "Ministry of Health (A)", names=("Ministry of Health",)),
            KnownOrganization("health-b", "Ministry of Health (B)", names=("Ministry of Health",)),
        ]
    )
    assert found.find("Ministry of Health") is None
    assert found.find("Ministry of Health (A)") is not None


def test_the_table_is_sound() -> None:
    known = list(directory().by_slug.values())
    assert all(one.parent in directory().by_slug for one in known if one.parent)
    assert all(re.fullmatch(r"[a-z0-9-]+", one.slug) for one in known)
    assert all(directory().find(one.label) is one for one in known)
    assert all(directory().find(name) is one for one in known for name in one.names)
    assert all(one.parent for one in known if one.short)
    assert all(VERIFIED.fullmatch(iri) for one in known for iri in one.same_as)


def test_an_organ_of_several_organisations() -> None:
    board = directory().by_slug["undp-unfpa-unops-executive-board"]
    assert directory().find_within("Executive Board", ["unfpa"]) is board
    assert directory().find_within("Executive Board", ["undp"]) is board
    assert board.is_organ_of({"unops"})
    assert not board.is_organ_of({"unicef"})


def test_numbers_of_decisions_are_patterns_of_organs() -> None:
    numbering = [one for one in directory().by_slug.values() if one.decisions]
    assert numbering
    assert all(one.parent and re.fullmatch(one.decisions or "", "2021/14") for one in numbering)
    assert all(slug in directory().by_slug for one in directory().by_slug.values() for slug in one.serves)


def test_each_slug_stands_once() -> None:
    labels = [one.label for one in directory().by_slug.values()]
    assert len(set(labels)) == len(labels)
