"""Asking an endpoint: the protocol, whole and streamed, what passes and what does not, and what stays secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
from tests.curation.proposing.conftest import Chat, Says

from strategraph.curation.proposing import Prompt, schema
from strategraph.curation.proposing import endpoint as module
from strategraph.curation.proposing.answers import Reply
from strategraph.curation.proposing.endpoint import (
    KEY,
    Endpoint,
    EndpointError,
    completions,
)
from strategraph.errors import UnusableInputError

PROMPT = Prompt(1, "You read a plan.", "BEGIN x\n[0] p: Text\nEND x")
Ask = Callable[..., Endpoint]


@pytest.fixture
def endpoint(chat: Chat) -> Ask:
    """Return a function that makes an endpoint which notes its pauses and notices."""

    def made(**options: Any) -> Endpoint:
        pauses: list[float] = []
        notices: list[str] = []
        options = {"timeout": 10, **options}
        found = Endpoint(chat.url, "test", sleep=pauses.append, notice=notices.append, **options)
        vars(found)["pauses"], vars(found)["notices"] = pauses, notices
        return found

    return made


def test_what_is_asked(chat: Chat, endpoint: Ask) -> None:
    endpoint(environ={KEY: "secret"}, most=500).ask(PROMPT)
    (asked,) = chat.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == "Bearer secret"
    assert asked.body["model"] == "test"
    assert asked.body["messages"] == [
        {"role": "system", "content": PROMPT.system},
        {"role": "user", "content": PROMPT.user},
    ]
    assert (asked.body["temperature"], asked.body["seed"], asked.body["max_tokens"]) == (0, 0, 500)
    assert asked.body["response_format"]["json_schema"]["schema"] == schema()


def test_without_a_key_none_is_sent(chat: Chat, endpoint: Ask) -> None:
    endpoint().ask(PROMPT)
    assert "Authorization" not in chat.asked[0].headers
    assert "max_tokens" not in chat.asked[0].body


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("words", ['{"elements": []}', "goals: “Ziele” – 目标 🎯", ""])
def test_answers_whole_and_streamed(chat: Chat, endpoint: Ask, words: str, stream: bool) -> None:
    chat.says(words)
    assert endpoint(stream=stream).ask(PROMPT) == Reply(words, 1000, 50)
    assert chat.asked[0].body["stream"] is stream


def test_a_server_that_streams_unasked(chat: Chat, endpoint: Ask) -> None:
    chat.says(Says("{}", stream=True, usage=False))
    assert endpoint().ask(PROMPT) == Reply("{}")


def test_content_in_parts(chat: Chat, endpoint: Ask) -> None:
    message = {"content": [{"type": "text", "text": "{"}, {"type": "text", "text": "}"}]}
    chat.says(
        Says(raw=json.dumps({"choices": [{"message": message}], "usage": {"prompt_tokens": "x"}}).encode())
    )
    assert endpoint().ask(PROMPT) == Reply("{}")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_waited_for(chat: Chat, endpoint: Ask, status: int) -> None:
    chat.says(
        Says(status=status, raw=b"busy", headers={"Retry-After": "7"}), Says(status=status, raw=b"{}"), "{}"
    )
    ask = endpoint()
    assert ask.ask(PROMPT).text == "{}"
    assert vars(ask)["pauses"] == [7.0, 2.0]
    assert f"HTTP {status}: busy; again in 7 s" in vars(ask)["notices"][0]


def test_a_date_to_wait_for(chat: Chat, endpoint: Ask) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    chat.says(Says(status=429, raw=b"", headers={"Retry-After": when}), "{}")
    ask = endpoint()
    ask.ask(PROMPT)
    assert 50 < vars(ask)["pauses"][0] <= 60


@pytest.mark.parametrize("wish", ["soon", "999999", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_wishes_that_are_none(chat: Chat, endpoint: Ask, wish: str) -> None:
    chat.says(Says(status=429, raw=b"", headers={"Retry-After": wish}), "{}")
    ask = endpoint()
    ask.ask(PROMPT)
    assert vars(ask)["pauses"] in ([1.0], [120.0])


def test_a_key_with_a_line_end_is_not_shown(chat: Chat, endpoint: Ask) -> None:
    chat.says(Says(status=401, raw=b"no such key: s3cret"))
    with pytest.raises(EndpointError, match=r"no such key: \*\*\*"):
        endpoint(environ={KEY: "s3cret\n"}).ask(PROMPT)


def test_what_never_passes(chat: Chat, endpoint: Ask) -> None:
    chat.says(Says(status=503, raw=b'{"error": {"message": "overloaded"}}'))
    ask = endpoint()
    with pytest.raises(EndpointError, match="HTTP 503: overloaded, 6 times in a row"):
        ask.ask(PROMPT)
    assert vars(ask)["pauses"] == [1, 2, 4, 8, 16]


def test_a_broken_connection_is_tried_again(chat: Chat, endpoint: Ask) -> None:
    chat.says(Says('{"elements"', stream=True, hang_up=True), "{}")
    ask = endpoint()
    assert ask.ask(PROMPT).text in ("{}", '{"elements"')
    chat.says(Says(raw=b'{"choi', hang_up=True), "{}")
    assert ask.ask(PROMPT).text == "{}"
    assert "the connection broke within the answer" in vars(ask)["notices"][-1]


def test_nobody_listens() -> None:
    pauses: list[float] = []
    ask = Endpoint("http://127.0.0.1:9/v1", "test", sleep=pauses.append)
    with pytest.raises(EndpointError, match="cannot be reached; is the server running"):
        ask.ask(PROMPT)
    assert not pauses


def test_a_server_that_knows_no_schema_is_asked_more_simply(chat: Chat, endpoint: Ask) -> None:
    chat.script = lambda asked: (
        Says(status=400, raw=b'{"error": "unknown field"}') if "seed" in asked.body else Says("{}")
    )
    ask = endpoint()
    ask.ask(PROMPT)
    ask.ask(PROMPT)
    formats = [asked.body.get("response_format", {}).get("type") for asked in chat.asked]
    assert formats == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    ("says", "message"),
    [
        (Says(status=400, raw=b"no such model"), "refused, HTTP 400: no such model"),
        (Says(status=401, raw=b"{}"), "HTTP 401: {}; put the key into STRATEGRAPH_API_KEY"),
        (Says(status=403, raw=b"<html>no</html>"), "HTTP 403; put the key"),
        (Says(status=302, raw=b"", headers={"Location": "http://elsewhere.example"}), "name that one"),
        (Says(status=307, raw=b"", headers={"Location": "http://[::1"}), "name that one"),
        (Says(raw=b"not json"), "the answer is no chat completion"),
        (Says(raw=b'{"choices": []}'), "the answer is no chat completion"),
        (Says(raw=b'{"choices": [{"message": {"content": 3}}]}'), "the answer is no chat completion"),
        (Says(raw=b"data: nonsense\n\n", stream=True), "the stream is no chat completion"),
        (Says(raw=b"[" * 100_000), "the answer is no chat completion"),
    ],
)
def test_answers_that_are_none(chat: Chat, endpoint: Ask, says: Says, message: str) -> None:
    chat.says(says)
    with pytest.raises(EndpointError, match=message.replace("{}", r"\{\}")):
        endpoint().ask(PROMPT)


def test_a_stream_that_breaks_off_with_an_error(chat: Chat, endpoint: Ask) -> None:
    chat.says(Says(raw=b'data: {"error": {"message": "x"}}\n\n', stream=True), "{}")
    assert endpoint().ask(PROMPT).text == "{}"


def test_an_answer_that_does_not_end(chat: Chat, endpoint: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 500_000)
    chat.says(Says("{", stream=True, endless=True))
    with pytest.raises(EndpointError, match=r"does not end; stopped after 2,0\d\d,\d{3} bytes"):
        endpoint(stream=True).ask(PROMPT)


def test_the_key_is_never_shown(chat: Chat, endpoint: Ask) -> None:
    chat.says(Says(status=401, raw=b"bad key s3cret"))
    ask = endpoint(environ={KEY: "s3cret"})
    with pytest.raises(EndpointError) as caught:
        ask.ask(PROMPT)
    assert "s3cret" not in str(caught.value) + repr(ask)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions"),
        ("https://a.example/v1/chat/completions?v=1", "https://a.example/v1/chat/completions?v=1"),
    ],
)
def test_addresses(url: str, asked: str) -> None:
    assert completions(url) == asked


@pytest.mark.parametrize("url", ["localhost:11434", "ftp://a.example", "http://me:pw@a.example/v1", ""])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        completions(url)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (requests.exceptions.SSLError("x"), "its certificate was not accepted"),
        (requests.exceptions.InvalidHeader("x"), r"cannot be asked \(InvalidHeader\)"),
        (requests.ReadTimeout("x"), "no answer within 10 s, 6 times in a row"),
    ],
)
def test_what_goes_wrong_on_the_way(
    chat: Chat, endpoint: Ask, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def post(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "post", post)
    with pytest.raises(EndpointError, match=message):
        endpoint().ask(PROMPT)
