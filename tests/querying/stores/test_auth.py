"""Challenges, as servers write them."""

from __future__ import annotations

import pytest

from strategraph.querying.stores.auth import Account, Login, schemes


@pytest.mark.parametrize(
    ("challenge", "found"),
    [
        ("Basic", {"basic"}),
        ("Basic, Bearer", {"basic", "bearer"}),
        ('basic realm="rdf4j"', {"basic"}),
        ('Digest realm="SPARQL", domain="/sparql-auth", nonce="8", stale="false", qop="auth"', {"digest"}),
        ('Basic realm="say \\"Digest x\\", Bearer"', {"basic"}),
        ('Digest qop="auth", nonce=1, Basic realm="b"', {"digest", "basic"}),
        ("", set()),
    ],
)
def test_schemes(challenge: str, found: set[str]) -> None:
    assert schemes(challenge) == found


def test_secrets_are_not_in_a_representation() -> None:
    login = Login({"STRATEGRAPH_PASSWORD": "hidden", "STRATEGRAPH_TOKEN": "hidden"})
    assert "hidden" not in repr(login) + repr(Account("me", "hidden"))
