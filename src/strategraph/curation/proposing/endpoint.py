"""A chat-completions endpoint, asked over HTTP: the protocol that local servers and most services speak.

Nothing is sent but to the address that the user names; a key comes from the environment only. A request is
repeated after failures that pass, and put more simply where the server does not know a part of it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests

from strategraph import __version__
from strategraph.curation.proposing import Prompt, schema
from strategraph.curation.proposing.answers import LONGEST, Reply
from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.system.http import (
    BLOCK,
    BROKEN,
    CONNECT_TIMEOUT,
    Session,
    TimeLimit,
    redacted,
    refusal,
    retry_after,
)

KEY = "STRATEGRAPH_API_KEY"
PATH = "/chat/completions"
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_UNKNOWN = frozenset({400, 404, 415, 422, 501})  # what servers answer to a parameter they do not know
_ATTEMPTS = 6
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 120.0


class EndpointError(StrategraphError):
    """An endpoint that does not answer, or not as the protocol says."""


class _PassingError(Exception):
    """A failure that may pass; ``pause`` is how many seconds the server wants us to wait."""

    def __init__(self, what: str, pause: float = 0.0) -> None:
        super().__init__(what)
        self.pause = pause


@dataclass
class Endpoint:
    """An endpoint and a model there.

    ``timeout`` is how many seconds an answer may take, from our first word to its last; ``stream`` asks for
    it in parts; ``most`` bounds its tokens, where given. ``notice`` is told what a person may want to know.
    """

    url: str
    model: str
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout: float = 300.0
    stream: bool = False
    most: int | None = None
    notice: Callable[[str], object] = lambda _: None
    sleep: Callable[[float], object] = time.sleep
    _form: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.url = completions(self.url)

    @property
    def shown(self) -> str:
        """Return the address without what may be secret."""
        return redacted(self.url)

    def ask(self, prompt: Prompt) -> Reply:
        """Return the model's reply. Raises :class:`EndpointError` if there is none."""
        pause = _FIRST_PAUSE
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._ask(prompt)
            except _PassingError as error:
                if attempt == _ATTEMPTS:
                    raise EndpointError(f"{self.shown}: {error}, {attempt} times in a row") from error
                wait = min(max(pause, error.pause), _LONGEST_PAUSE)
                self.notice(f"{self.shown}: {error}; again in {wait:g} s")
                self.sleep(wait)
                pause *= 2
        raise AssertionError("the last attempt returns or raises")

    def _ask(self, prompt: Prompt) -> Reply:
        """Ask once; more simply, and from then on, where the server does not know a part of the request."""
        while True:
            with TimeLimit(self.timeout) as deadline, self._post(prompt, deadline) as response:
                if response.status_code == requests.codes.ok:
                    return self._reply(response, deadline)
                said = self._said(response)
                if response.status_code in _PASSING:
                    raise _PassingError(f"HTTP {response.status_code}{said}", retry_after(response))
                if response.status_code not in _UNKNOWN or self._form + 1 == len(_FORMS):
                    raise EndpointError(
                        f"{self.shown}: refused, HTTP {response.status_code}{said}{self._advice(response)}"
                    )
            self._form += 1
            self.notice(f"{self.shown}: HTTP {response.status_code}{said}; asking more simply")

    def _post(self, prompt: Prompt, deadline: TimeLimit) -> requests.Response:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "stream": self.stream,
            **_FORMS[self._form](),
        }
        if self.most is not None:
            body["max_tokens"] = self.most
        try:
            with Session() as session:
                return session.post(
                    self.url,
                    data=json.dumps(body).encode(),
                    headers={"Content-Type": "application/json", "User-Agent": f"strategraph/{__version__}"},
                    auth=self._authorise,
                    timeout=(CONNECT_TIMEOUT, self.timeout),
                    allow_redirects=False,
                    stream=True,
                )
        except requests.Timeout as error:
            raise _PassingError(f"no answer within {self.timeout:g} s") from error
        except requests.exceptions.SSLError as error:
            raise EndpointError(f"{self.shown}: its certificate was not accepted") from error
        except requests.ConnectionError as error:
            if deadline.over:
                raise _PassingError(f"no answer within {self.timeout:g} s") from error
            if hasattr(error.args[0], "reason"):  # what urllib3 says when no connection came about
                raise EndpointError(f"{self.shown}: cannot be reached; is the server running?") from error
            raise _PassingError("the connection broke") from error
        except BROKEN as error:
            raise EndpointError(f"{self.shown}: cannot be asked ({type(error).__name__})") from error

    def _authorise(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Send the key, if there is one; and no password of a netrc file."""
        if key := self._key():
            request.headers["Authorization"] = f"Bearer {key}"
        return request

    def _key(self) -> str:
        return self.environ.get(KEY, "").strip()

    def _reply(self, response: requests.Response, deadline: TimeLimit) -> Reply:
        try:
            if response.headers.get("Content-Type", "").startswith("text/event-stream"):
                return _streamed(self._lines(response, deadline))
            return _whole(b"".join(self._chunks(response, deadline)))
        except _ProtocolError as error:
            raise EndpointError(f"{self.shown}: {error}") from error
        except BROKEN as error:
            self._check(deadline)
            raise _PassingError("the connection broke within the answer") from error

    def _check(self, deadline: TimeLimit) -> None:
        """Raise :class:`EndpointError` if time is up: what was read may be a part of the answer."""
        if deadline.over:
            raise EndpointError(
                f"{self.shown}: the answer took more than {self.timeout:g} s; raise --timeout"
            )

    def _chunks(self, response: requests.Response, deadline: TimeLimit) -> Iterator[bytes]:
        """Yield the answer as it comes, within bounds of time and size."""
        size = 0
        for chunk in response.iter_content(BLOCK):
            size += len(chunk)
            if size > 4 * LONGEST:
                raise EndpointError(f"{self.shown}: the answer does not end; stopped after {size:,} bytes")
            self._check(deadline)
            yield chunk
        self._check(deadline)

    def _lines(self, response: requests.Response, deadline: TimeLimit) -> Iterator[str]:
        rest = b""
        for chunk in self._chunks(response, deadline):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (line.decode("utf-8", "replace").strip() for line in lines)
        yield rest.decode("utf-8", "replace").strip()

    def _said(self, response: requests.Response) -> str:
        """Return what a refusal says, on one line and without our key."""
        try:
            text = next(response.iter_content(BLOCK), b"").decode("utf-8", "replace")
        except BROKEN:
            text = ""
        try:
            error = json.loads(text)["error"]
            text = error["message"] if isinstance(error, dict) else str(error)
        except (ValueError, KeyError, TypeError):
            pass
        return refusal(str(text), (key,) if (key := self._key()) else ())

    def _advice(self, response: requests.Response) -> str:
        if response.status_code in (401, 403):
            return f"; put the key into {KEY} in the environment"
        if response.is_redirect:
            return "; it sends us on to another address: name that one"
        return ""


class _ProtocolError(Exception):
    """An answer that is not what the protocol says."""


def completions(url: str) -> str:
    """Return the address that completions are asked of, from that of a server or of the interface itself.

    Raises :class:`UnusableInputError` if it is no http(s) address, or holds a password.

    >>> completions("http://localhost:11434/v1")
    'http://localhost:11434/v1/chat/completions'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnusableInputError(f"{redacted(url)}: not an address of an endpoint (http://… or https://…)")
    if "@" in parts.netloc:
        raise UnusableInputError(f"{redacted(url)}: no user or password in an address; put a key into {KEY}")
    path = parts.path.rstrip("/")
    path = path if path.endswith(PATH) else f"{path}{PATH}"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _with_schema() -> dict[str, Any]:
    wanted = {"name": "plan", "strict": True, "schema": schema()}
    return {"temperature": 0, "seed": 0, "response_format": {"type": "json_schema", "json_schema": wanted}}


def _as_json() -> dict[str, Any]:
    return {"temperature": 0, "seed": 0, "response_format": {"type": "json_object"}}


def _plain() -> dict[str, Any]:
    return {"temperature": 0}


_FORMS: tuple[Callable[[], dict[str, Any]], ...] = (_with_schema, _as_json, _plain, dict)
"""What is asked of the form of an answer, from the strictest on; servers differ in what they know."""


def _whole(body: bytes) -> Reply:
    try:
        data = json.loads(body)
        text = _text(data["choices"][0]["message"]["content"])
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise _ProtocolError("the answer is no chat completion") from error
    return Reply(text, *_usage(data))


def _streamed(lines: Iterator[str]) -> Reply:
    parts: list[str] = []
    usage = (0, 0)
    for line in lines:
        if not line.startswith("data:"):
            continue  # comments that keep the connection open, and names of events
        payload = line.removeprefix("data:").strip()
        if payload == "[DONE]":
            break
        try:
            data = json.loads(payload)
            if "error" in data:
                raise _PassingError("the server broke off its answer")
            choices = data.get("choices") or [{}]
            parts.append(_text((choices[0].get("delta") or {}).get("content")))
            usage = _usage(data) if data.get("usage") else usage
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise _ProtocolError("the stream is no chat completion") from error
    return Reply("".join(parts), *usage)


def _text(content: object) -> str:
    """Return the text of a message, which some servers send in parts."""
    if content is None:
        return ""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    if isinstance(content, str):
        return content
    raise TypeError(type(content))


def _usage(data: Mapping[str, Any]) -> tuple[int, int]:
    """Return the tokens of prompt and answer that the server counted; 0 where it did not."""
    usage = data.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    found = (counts.get("prompt_tokens"), counts.get("completion_tokens"))
    first, second = (n if isinstance(n, int) and not isinstance(n, bool) and n > 0 else 0 for n in found)
    return first, second
