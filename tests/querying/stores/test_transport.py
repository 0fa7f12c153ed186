"""HTTP with servers that fail, are slow, send us elsewhere, or ask who we are."""

from __future__ import annotations

import base64
import gzip
import logging
from pathlib import Path

import pytest
from requests.auth import HTTPDigestAuth

from strategraph.querying.stores import NoAnswerError, RefusedError, StoreError
from strategraph.querying.stores.transport import (
    PASSWORD,
    TOKEN,
    USER,
    Account,
    Login,
    StoreRequest,
    Transport,
    schemes,
)

from .conftest import Answer, Stage

SECRET = "a-very-secret-word"
ME = Login({USER: "me", PASSWORD: SECRET})


@pytest.fixture(autouse=True)
def _no_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


class Pauses(list[float]):
    """Stands in for sleeping, and remembers how long."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def put(stage: Stage, *, repeatable: bool = False) -> StoreRequest:
    return StoreRequest(
        "PUT", f"{stage.url}/data", {"graph": "urn:g"}, body=b"x" * 100_000, repeatable=repeatable
    )


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_tried_again(stage: Stage, status: int) -> None:
    stage.plays(Answer(status), Answer(status), Answer(200, body=b"done"))
    pauses = Pauses()
    with Transport(sleep=pauses) as transport:
        assert transport.send(put(stage, repeatable=True)).content == b"done"
    assert pauses == [0.5, 1.0]
    assert [len(seen.body) for seen in stage.seen] == [100_000] * 3


def test_a_broken_connection_is_tried_again(stage: Stage) -> None:
    stage.plays(Answer(hang_up=True), Answer(200))
    with Transport(sleep=Pauses()) as transport:
        transport.send(put(stage, repeatable=True))
    assert len(stage.seen) == 2


@pytest.mark.parametrize(
    ("answer", "error"), [(Answer(503), RefusedError), (Answer(hang_up=True), NoAnswerError)]
)
def test_what_must_not_be_done_twice_is_not(stage: Stage, answer: Answer, error: type[StoreError]) -> None:
    stage.plays(answer, Answer(200))
    with Transport(sleep=Pauses()) as transport, pytest.raises(error):
        transport.send(StoreRequest("POST", stage.url, body=b"an update"))
    assert len(stage.seen) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_what_does_not_pass_is_not_tried_again(stage: Stage, status: int) -> None:
    stage.plays(Answer(status, body=b"line 1:\n no such thing"))
    with Transport(sleep=Pauses()) as transport, pytest.raises(RefusedError) as caught:
        transport.send(put(stage, repeatable=True))
    assert caught.value.status == status
    assert str(caught.value).endswith("line 1: no such thing")
    assert len(stage.seen) == 1


def test_it_gives_up(stage: Stage) -> None:
    stage.plays(Answer(503))
    pauses = Pauses()
    with Transport(sleep=pauses) as transport, pytest.raises(RefusedError, match="HTTP 503"):
        transport.send(put(stage, repeatable=True))
    assert pauses == [0.5, 1.0, 2.0]


def test_it_waits_as_long_as_it_is_asked_to_within_reason(stage: Stage) -> None:
    stage.plays(
        Answer(503, {"Retry-After": "7"}),
        Answer(503, {"Retry-After": "86400"}),
        Answer(503, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}),
        Answer(200),
    )
    pauses = Pauses()
    with Transport(sleep=pauses) as transport:
        transport.send(put(stage, repeatable=True))
    assert pauses == [7.0, 30.0, 30.0]


def test_a_server_that_says_nothing(stage: Stage) -> None:
    stage.plays(Answer(wait=30))
    with Transport(timeout=0.2) as transport, pytest.raises(NoAnswerError, match=r"no answer within 0\.2 s"):
        transport.send(put(stage, repeatable=True))
    assert len(stage.seen) == 1


def test_no_server(stage: Stage) -> None:
    from tests.interop.stores.servers import free_port

    with Transport(sleep=Pauses()) as transport, pytest.raises(NoAnswerError, match="Connection refused"):
        transport.send(StoreRequest("GET", f"http://127.0.0.1:{free_port()}/", repeatable=True))


def test_credentials_are_not_sent_unasked(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login me password {SECRET}\n")
    with Transport(Login({USER: "me", PASSWORD: SECRET, TOKEN: SECRET})) as transport:
        transport.send(put(stage))
    assert "Authorization" not in stage.seen[0].headers


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_basic(stage: Stage) -> None:
    stage.plays(Answer(401, {"WWW-Authenticate": 'Basic realm="x"'}), Answer(200))
    with Transport(Login({USER: "mé", PASSWORD: "pä:ss"})) as transport:
        transport.send(put(stage))
        transport.send(put(stage))
    sent = [seen.headers.get("Authorization") for seen in stage.seen]
    assert sent == [None, basic("mé", "pä:ss"), basic("mé", "pä:ss")]
    assert [len(seen.body) for seen in stage.seen] == [100_000] * 3


def test_bearer(stage: Stage) -> None:
    stage.plays(Answer(401, {"WWW-Authenticate": 'Basic realm="x", Bearer realm="y"'}), Answer(200))
    with Transport(Login({USER: "me", PASSWORD: "p", TOKEN: "t0k3n"})) as transport:
        transport.send(put(stage))
    assert stage.seen[1].headers["Authorization"] == "Bearer t0k3n"


def test_digest_is_preferred_to_basic(stage: Stage) -> None:
    challenge = 'Basic realm="x", Digest realm="y", nonce="n", qop="auth", algorithm=MD5'
    stage.script = lambda seen: (
        Answer(200) if "Authorization" in seen.headers else Answer(401, {"WWW-Authenticate": challenge})
    )
    with Transport(ME) as transport:
        transport.send(put(stage))
        transport.send(put(stage))
    assert [seen.headers.get("Authorization", "")[:6] for seen in stage.seen[-2:]] == ["Digest"] * 2
    assert all(len(seen.body) == 100_000 for seen in stage.seen)
    assert SECRET not in str([seen.headers for seen in stage.seen])


def test_credentials_from_netrc(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login someone password {SECRET}\n")
    stage.plays(Answer(401, {"WWW-Authenticate": 'Basic realm="x"'}), Answer(200))
    with Transport() as transport:
        transport.send(put(stage))
    assert stage.seen[1].headers["Authorization"] == basic("someone", SECRET)


def test_credentials_from_a_person(stage: Stage) -> None:
    asked: list[tuple[str, str | None]] = []

    def ask(place: str, user: str | None) -> Account:
        asked.append((place, user))
        return Account(user or "typed", "typed too")

    stage.plays(Answer(401, {"WWW-Authenticate": "Basic"}), Answer(200))
    with Transport(Login({USER: "me"}, ask)) as transport:
        transport.send(put(stage))
    assert asked == [(f"{stage.url}/data", "me")]
    assert stage.seen[1].headers["Authorization"] == basic("me", "typed too")


@pytest.mark.parametrize(
    ("challenge", "message"),
    [
        ("Basic", "asks for a user and password: set STRATEGRAPH_USER"),
        ("Digest realm=x", "asks for a user and password"),
        ("Bearer", "asks for a token: set STRATEGRAPH_TOKEN"),
        ("Negotiate", "asks for authentication with negotiate; known are Basic, Digest, Bearer"),
        ("", "asks for authentication with no scheme at all"),
    ],
)
def test_a_challenge_that_cannot_be_met(stage: Stage, challenge: str, message: str) -> None:
    stage.plays(Answer(401, {"WWW-Authenticate": challenge}))
    with Transport(sleep=Pauses()) as transport, pytest.raises(StoreError, match=message):
        transport.send(put(stage, repeatable=True))
    assert len(stage.seen) == 1


def test_wrong_credentials_are_tried_once_and_shown_nowhere(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """A lock-out is a few wrong passwords away; and some servers repeat what they were sent."""
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    stage.plays(Answer(401, {"WWW-Authenticate": "Basic"}, body=SECRET.encode()))
    with (
        Transport(ME, sleep=Pauses(), notice=told.append) as transport,
        pytest.raises(RefusedError) as caught,
    ):
        transport.send(put(stage, repeatable=True))
    assert "does not accept these credentials" in str(caught.value)
    assert len(stage.seen) == 2
    assert SECRET not in str(caught.value) + "".join(told) + caplog.text + repr(ME)


def test_a_secret_that_the_server_repeats_is_not_shown(stage: Stage) -> None:
    stage.plays(Answer(400, body=f"bad password {SECRET}".encode()))
    with Transport(ME) as transport, pytest.raises(RefusedError) as caught:
        transport.send(put(stage))
    assert str(caught.value).endswith("bad password ***")


def test_another_server_gets_neither_data_nor_credentials(stage: Stage) -> None:
    stage.plays(Answer(307, {"Location": "http://elsewhere.example/data?token=x"}))
    with (
        Transport(ME) as transport,
        pytest.raises(StoreError, match=r"another server, http://elsewhere\.exam") as e,
    ):
        transport.send(put(stage))
    assert "token" not in str(e.value)


def test_a_redirect_within_the_server_is_followed(stage: Stage) -> None:
    stage.plays(Answer(308, {"Location": "/there"}), Answer(200))
    with Transport() as transport:
        transport.send(put(stage))
    assert [(seen.method, seen.path.partition("?")[0]) for seen in stage.seen] == [
        ("PUT", "/data"),
        ("PUT", "/there"),
    ]
    assert len(stage.seen[1].body) == 100_000


def test_a_redirect_that_would_turn_a_put_into_a_get_is_not(stage: Stage) -> None:
    stage.plays(Answer(302, {"Location": "/there"}), Answer(200))
    with (
        Transport() as transport,
        pytest.raises(StoreError, match=r"sends us on to .*/there; name that address"),
    ):
        transport.send(put(stage))


def test_a_circle_of_redirects(stage: Stage) -> None:
    stage.plays(Answer(307, {"Location": "/data"}))
    with Transport() as transport, pytest.raises(StoreError, match="on and on"):
        transport.send(put(stage))


def test_gzip_only_if_asked(stage: Stage) -> None:
    for compress in (False, True):
        with Transport(compress=compress) as transport:
            transport.send(put(stage))
    plain, packed = stage.seen
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_progress(stage: Stage) -> None:
    told: list[tuple[int, int]] = []
    with Transport() as transport:
        transport.send(
            StoreRequest(
                "PUT", stage.url, body=b"x" * 100_000, progress=lambda part, all_: told.append((part, all_))
            )
        )
    assert told[-1] == (100_000, 100_000)
    assert told == sorted(told)


def test_a_page_is_not_repeated(stage: Stage) -> None:
    stage.plays(Answer(500, body=b"<html><body>Stack trace</body></html>"))
    with Transport() as transport, pytest.raises(RefusedError, match=r"HTTP 500 Internal Server Error$"):
        transport.send(put(stage))


def test_login_picks_digest() -> None:
    assert isinstance(ME.answer('Digest realm="a", Basic realm="b"', "http://x.example"), HTTPDigestAuth)


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
