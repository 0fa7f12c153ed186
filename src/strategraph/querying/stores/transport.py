"""HTTP as it is used with stores: time-outs, repetition where it is safe, credentials only when asked for.

Nothing here knows of RDF. Requests are repeated only if they are ``repeatable``, that is if doing them twice
is the same as doing them once, and only after a failure that passes. Credentials come from the environment, a
netrc file or a prompt, are looked for only when a store asks, and go to that store and to no other.
"""

from __future__ import annotations

import gzip
import re
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin

import requests
from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_netrc_auth

from strategraph import __version__
from strategraph.querying.stores import NoAnswerError, RefusedError, StoreError
from strategraph.system.http import (
    BLOCK,
    BROKEN,
    CONNECT_TIMEOUT,
    Session,
    TimeLimit,
    is_open_to_others,
    origin,
    redacted,
    refusal,
    retry_after,
)

USER = "STRATEGRAPH_USER"
PASSWORD = "STRATEGRAPH_PASSWORD"
TOKEN = "STRATEGRAPH_TOKEN"

# A scheme's name stands at the start or after a comma, and is followed by its parameters: no "=" after it.
_SCHEME = re.compile(r"(?:^|,)\s*([a-z][a-z0-9-]*)(?=\s+[^=\s]|\s*,|\s*$)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_PASSING = frozenset({429, 502, 503, 504})
_PASSING_ERRORS = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
_ATTEMPTS = 4
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_REDIRECTS = 5
_READ = 3000  # bytes of a refusal

Progress = Callable[[int, int], None]
"""Is told how many of how many bytes were sent."""


# --------------------------------------------------------------------------------------------------
# Who we are


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


# --------------------------------------------------------------------------------------------------
# Requests


@dataclass(frozen=True, slots=True)
class StoreRequest:
    """What to ask for; ``repeatable`` says that doing it twice is doing it once."""

    method: str
    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    repeatable: bool = False
    progress: Progress | None = None


class Transport:
    """A session with the servers of one store; a context manager, which closes its connections.

    ``timeout`` is how many seconds a server may be silent, ``longest`` how many a request may take with its
    answer of at most ``most`` bytes (of what a compressed one unpacks to); ``compress`` sends bodies as gzip;
    ``notice`` is told what a person may want to know.
    """

    def __init__(
        self,
        login: Login | None = None,
        *,
        timeout: float = 300.0,
        most: int = 2**30,
        longest: float = 3600.0,
        compress: bool = False,
        notice: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._login = login or Login()
        self._timeout = timeout
        self._most = most
        self._longest = longest
        self._compress = compress
        self._notice = notice
        self._sleep = sleep
        self._auth: dict[tuple[str, str, int | None], AuthBase] = {}
        self._session = Session()
        self._session.headers["User-Agent"] = f"strategraph/{__version__}"

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def send(self, request: StoreRequest) -> requests.Response:
        """Return the server's answer, which is a success.

        Raises :class:`RefusedError` if it says no, :class:`NoAnswerError` if none comes, and
        :class:`StoreError` if it asks for what we cannot or will not do.
        """
        pause = _FIRST_PAUSE
        for attempt in range(1, _ATTEMPTS + 1):
            last = attempt == _ATTEMPTS or not request.repeatable
            try:
                response = self._exchange(request)
            except requests.RequestException as error:
                problem = _reason(error, self._timeout)
                if last or isinstance(error, requests.Timeout) or not isinstance(error, _PASSING_ERRORS):
                    raise NoAnswerError(f"{redacted(request.url)}: {problem}") from error
            else:
                if response.ok:
                    return response
                if last or response.status_code not in _PASSING:
                    raise RefusedError(self._refusal(request, response), response.status_code)
                problem = f"HTTP {response.status_code}"
                pause = max(pause, min(retry_after(response), _LONGEST_PAUSE))
            self._notice(f"{redacted(request.url)}: {problem}; again in {pause:g} s")
            self._sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        raise AssertionError("the last attempt returns or raises")

    def _exchange(self, request: StoreRequest) -> requests.Response:
        """Return the answer after any redirect within the server and any challenge."""
        url = request.url
        for _ in range(_REDIRECTS):
            response = self._answered(request, url)
            location = response.headers.get("Location")
            if not response.is_redirect or location is None:
                return response
            try:
                target = urljoin(url, location)
                elsewhere = origin(target) != origin(url)
            except ValueError as error:
                raise StoreError(f"{redacted(url)} sends us on to what is no address") from error
            if elsewhere:
                raise StoreError(
                    f"{redacted(url)} sends us on to another server, {redacted(target)}, where neither data"
                    " nor credentials go unasked; name that address if it is the right one"
                )
            if request.method not in ("GET", "HEAD") and response.status_code not in (307, 308):
                raise StoreError(f"{redacted(url)} sends us on to {redacted(target)}; name that address")
            url = target
        raise StoreError(f"{redacted(request.url)} sends us on and on")

    def _answered(self, request: StoreRequest, url: str) -> requests.Response:
        """Return the answer, with credentials if the server asks for them."""
        server = origin(url)
        auth = self._auth.get(server)
        response = self._attempt(request, url, auth)
        if response.status_code != requests.codes.unauthorized:
            return response
        if auth is None:
            auth = self._login.answer(response.headers.get("WWW-Authenticate", ""), url)
            if is_open_to_others(url):
                self._notice(f"{redacted(url)}: not https, so others on the way can read what we send")
            response = self._attempt(request, url, auth)
        if response.status_code == requests.codes.unauthorized:
            raise RefusedError(f"{redacted(url)} does not accept these credentials", response.status_code)
        self._auth[server] = auth
        return response

    def _attempt(self, request: StoreRequest, url: str, auth: AuthBase | None) -> requests.Response:
        body, headers = request.body, dict(request.headers)
        if body and self._compress:
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        with TimeLimit(self._longest) as deadline:
            try:
                response = self._session.request(
                    request.method,
                    url,
                    params=request.params,
                    headers=headers,
                    data=_Upload(body, request.progress) if body else None,
                    auth=auth or _no_auth,
                    timeout=(CONNECT_TIMEOUT, self._timeout),
                    allow_redirects=False,
                    stream=True,
                )
                with response:
                    response._content = self._read(response, url)
            except BROKEN as error:
                if deadline.over:
                    raise self._too_long(url) from error
                if isinstance(error, requests.RequestException):
                    raise
                raise requests.ConnectionError(error) from error
            if deadline.over:  # what was read may be a part of the answer
                raise self._too_long(url)
        return response

    def _too_long(self, url: str) -> NoAnswerError:
        return NoAnswerError(
            f"{redacted(url)}: has been answering for more than {self._longest:g} s, the limit"
        )

    def _read(self, response: requests.Response, url: str) -> bytes:
        """Return what a server answers, as far as it is within the limit."""
        parts: list[bytes] = []
        size = 0
        for part in response.iter_content(BLOCK):
            parts.append(part)
            size += len(part)
            if size > self._most:
                raise StoreError(f"{redacted(url)}: answers more than {self._most:,} bytes, the limit")
        return b"".join(parts)

    def _refusal(self, request: StoreRequest, response: requests.Response) -> str:
        said = response.content[:_READ].decode("utf-8", "replace")  # whatever it calls its letters
        verdict = f"{request.method} refused, HTTP {response.status_code} {response.reason}"
        return f"{redacted(request.url)}: {verdict}{refusal(said, self._login.secrets())}"


class _Upload:
    """A body that says how far it has been read, and can be read again from its start."""

    def __init__(self, content: bytes, progress: Progress | None) -> None:
        self._content = memoryview(content)
        self._progress = progress
        self._position = 0

    def __len__(self) -> int:
        return len(self._content)

    def read(self, size: int = -1) -> bytes:
        end = len(self._content) if size < 0 else self._position + size
        piece = bytes(self._content[self._position : end])
        self._position += len(piece)
        if self._progress is not None and piece:
            self._progress(self._position, len(self._content))
        return piece

    def tell(self) -> int:
        return self._position

    def seek(self, position: int) -> int:
        self._position = position
        return position


def _no_auth(request: PreparedRequest) -> PreparedRequest:
    """Keep requests from sending the netrc's password to a server that has not asked for it."""
    return request


def _reason(error: requests.RequestException, timeout: float) -> str:
    """Say what went wrong without the error's own text, which may hold an address with a password."""
    if isinstance(error, requests.ConnectTimeout):
        return f"no connection within {CONNECT_TIMEOUT:g} s"
    if isinstance(error, requests.Timeout):
        return f"no answer within {timeout:g} s"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate was not accepted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy cannot be reached"
    cause = _system_error(error)
    if cause is not None and cause.strerror:
        return f"cannot be reached ({cause.strerror})"
    return "the connection broke"


def _system_error(error: BaseException) -> OSError | None:
    """Return the operating system's own error among the causes of an error."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        current = waiting.pop()
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        if (
            isinstance(current, OSError)
            and current.errno
            and not isinstance(current, requests.RequestException)
        ):
            return current
        waiting += [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
    return None
