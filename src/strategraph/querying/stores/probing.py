"""Finds out which store is at an address, by asking each kind's question."""

from __future__ import annotations

from strategraph.querying.stores.errors import RefusedError, UnknownStoreError
from strategraph.querying.stores.profiles import PROFILES, StoreKind
from strategraph.querying.stores.transport import StoreRequest, Transport
from strategraph.system.web_addresses import redacted


def probe(transport: Transport, url: str) -> StoreKind:
    """Return the profile of the store at an address; only harmless questions are asked.

    Raises :class:`StoreError` if it cannot be reached, :class:`UnknownStoreError` if it is none of those that
    are known.
    """
    for profile in PROFILES.values():
        if _answers(transport, profile, url):
            return profile
    examples = "; ".join(f"{profile.title}: {profile.address}" for profile in PROFILES.values())
    raise UnknownStoreError(
        f"{redacted(url)}: no store that we know answers here. An address looks like this: {examples}."
        " Where a proxy hides what the store is, name it with --store"
    )


def _answers(transport: Transport, profile: StoreKind, url: str) -> bool:
    request = StoreRequest(
        "GET",
        profile.base(url) + profile.probe,
        {} if profile.sign == "body" else {"query": "ASK {}"},
        {"Accept": "text/plain" if profile.sign == "body" else "application/sparql-results+json"},
        repeatable=True,
    )
    try:
        response = transport.send(request)
    except RefusedError as error:
        if error.status in (401, 403):  # a store, and it does not want us: no other question will change that
            raise
        return False
    if profile.sign == "body":
        return response.content.strip().isdigit()
    return profile.sign in response.headers and response.headers[profile.sign].startswith(profile.sign_value)
