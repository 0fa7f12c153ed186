"""The table of stores."""

from __future__ import annotations

import pytest

from strategraph.errors import UnusableInputError
from strategraph.querying.stores.profiles import NAMES, PROFILES, StoreKind, find_profile


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_any_of_its_endpoints_leads_to_the_store(profile: StoreKind) -> None:
    expected = profile.endpoints(profile.address)
    for endpoint in (expected.query, expected.update, expected.graph_store, f"{profile.address}/"):
        assert endpoint is not None
        assert profile.endpoints(endpoint) == expected


def test_names() -> None:
    assert find_profile("Virtuoso").name == "virtuoso"
    with pytest.raises(UnusableInputError, match=r"unknown store 'stardog': known are oxigraph, .*, generic"):
        find_profile("stardog")
    assert NAMES[-1] == "generic"


def test_no_two_stores_have_the_same_sign_unless_they_have_the_same_endpoints() -> None:
    by_sign: dict[tuple[str, str], StoreKind] = {}
    for profile in PROFILES.values():
        other = by_sign.setdefault((profile.sign, profile.sign_value), profile)
        assert (other.query, other.update, other.graph_store) == (
            profile.query, profile.update, profile.graph_store,
        )  # fmt: skip
