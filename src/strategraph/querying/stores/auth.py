"""Who we are to a store: credentials, where they come from, and how they answer a challenge.

They come from the environment, a netrc file or a prompt, are looked for only when a store asks, and go to
the store that asked and to no other.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_netrc_auth

from strategraph.querying.stores.errors import StoreError
from strategraph.system.web_addresses import redacted

USER = "STRATEGRAPH_USER"
PASSWORD = "STRATEGRAPH_PASSWORD"
TOKEN = "STRATEGRAPH_TOKEN"

# A scheme's name stands at the start or after a comma, and is followed by its parameters: no "=" after it.
_SCHEME = re.compile(r"(?:^|,)\s*([a-z][a-z0-9-]*)(?=\s+[^=\s]|\s*,|\s*$)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Account:
    """A user and a password, which is never shown."""

    user: str
    password: str = field(repr=False)


Ask = Callable[[str, str | None], Account]
"""Asks a person for the account at an address, given the user if that much is known."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where credentials are looked for: the environment, netrc, then ``ask`` if there is someone to ask."""

    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    ask: Ask | None = None
    _said: set[str] = field(default_factory=set, init=False, repr=False, compare=False)

    def answer(self, challenge: str, url: str) -> AuthBase:
        """Return what answers a ``WWW-Authenticate`` challenge of the store at an address.

        The strongest scheme that is both offered and possible wins: Bearer with a token, Digest, Basic.
        Raises :class:`StoreError` if none is.
        """
        offered = schemes(challenge)
        token = self.environ.get(TOKEN)
        if "bearer" in offered and token:
            self._said.add(token)
            return BearerAuth(token)
        if offered & {"digest", "basic"}:
            account = self._account(url)
            if account is not None:
                self._said.update(_forms(account))
                if "digest" in offered:
                    return HTTPDigestAuth(account.user, account.password)
                # As bytes, since requests would write a string in Latin-1, which RFC 7617 has left behind.
                return HTTPBasicAuth(account.user.encode(), account.password.encode())
            raise StoreError(
                f"{redacted(url)} asks for a user and password: set {USER} and {PASSWORD}"
                " in the environment, or put the host into a netrc file"
            )
        if "bearer" in offered:
            raise StoreError(f"{redacted(url)} asks for a token: set {TOKEN} in the environment")
        known = ", ".join(sorted(offered)) or "no scheme at all"
        raise StoreError(
            f"{redacted(url)} asks for authentication with {known}; known are Basic, Digest, Bearer"
        )

    def _account(self, url: str) -> Account | None:
        user, password = self.environ.get(USER), self.environ.get(PASSWORD)
        if user and password is not None:
            return Account(user, password)
        found = None if user else get_netrc_auth(url)
        if found:
            return Account(*found)
        return self.ask(redacted(url), user) if self.ask else None

    def secrets(self) -> tuple[str, ...]:
        """Return what must not be shown, should a store repeat it: in every form it is sent in."""
        known = {value for name in (PASSWORD, TOKEN) if (value := self.environ.get(name))}
        user, password = self.environ.get(USER), self.environ.get(PASSWORD)
        if user and password:
            known |= _forms(Account(user, password))
        return tuple(sorted(known | self._said, key=lambda secret: (-len(secret), secret)))


def _forms(account: Account) -> set[str]:
    """Return a password as it is, as it stands in an address, and as the header of Basic has it."""
    both = f"{account.user}:{account.password}".encode()
    found = {account.password, quote(account.password, safe=""), b64encode(both).decode()}
    return {form for form in found if form}


class BearerAuth(AuthBase):
    """Sends a token with each request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put the token into the request's headers."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def schemes(challenge: str) -> frozenset[str]:
    """Return the schemes that a ``WWW-Authenticate`` header offers, in lower case.

    >>> sorted(schemes('Digest realm="a, Basic b", nonce="x", qop="auth", Basic realm="c"'))
    ['basic', 'digest']
    """
    return frozenset(name.lower() for name in _SCHEME.findall(_QUOTED.sub('""', challenge)))
