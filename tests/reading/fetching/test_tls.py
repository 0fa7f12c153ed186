"""https: the certificate must be trusted, and for the host that was named, not for where it was found."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.reading.fetching import fetch

from .server import Site, leads, sends, serving

OPENSSL = shutil.which("openssl")
HOST = "plans.example"

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl, which makes the certificate, is not there")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and a certificate for ``HOST``, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, made, both = folder / "key.pem", folder / "certificate.pem", folder / "both.pem"
    subprocess.run(
        [str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(key), "-out", str(made), "-days", "2", "-subj", f"/CN={HOST}",
         "-addext", f"subjectAltName=DNS:{HOST}"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    both.write_bytes(key.read_bytes() + made.read_bytes())
    return both


@pytest.fixture
def site(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server that speaks TLS; every host's name leads to it."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, *rest, **named: real("127.0.0.1", port, *rest, **named)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as site:
        site.pages["/plan.txt"] = sends(b"Goal 1: Water\n")
        yield site


def get(site: Site, host: str, path: str = "/plan.txt") -> bytes:
    port = site.origin.rpartition(":")[2]
    return fetch(f"https://{host}:{port}{path}", size=1000, seconds=20, allow_private=True).data


def test_a_certificate_that_is_trusted(
    site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert get(site, HOST) == b"Goal 1: Water\n"


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_a_certificate_for_another_host(
    site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(UnusableInputError, match="mismatch"):
        get(site, host)
    assert site.asked == []


def test_a_certificate_that_nobody_vouches_for(site: Site) -> None:
    with pytest.raises(UnusableInputError, match="self-signed certificate"):
        get(site, HOST)
    assert site.asked == []


def test_a_redirect_to_http_is_refused(
    site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    site.pages["/out"] = leads(f"http://{HOST}/plan.txt")
    with pytest.raises(UnusableInputError, match="from https to http"):
        get(site, HOST, "/out")
