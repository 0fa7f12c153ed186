"""Addresses, and the names of files that are made of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.reading.fetching.address import Address, file_name, is_address, stem


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://EXAMPLE.org:443/A?b=c#d", "https://example.org/A?b=c"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("http://[2606:4700::1]/x", "http://[2606:4700::1]/x"),
        (
            "https://bücher.example/план?ж=1",
            "https://xn--bcher-kva.example/%D0%BF%D0%BB%D0%B0%D0%BD?%D0%B6=1",
        ),
        ('https://example.org/a"b<c>|d{e}^`', "https://example.org/a%22b%3Cc%3E%7Cd%7Be%7D%5E%60"),
        ("https://example.org/100%25/a%20b", "https://example.org/100%25/a%20b"),
    ],
)
def test_addresses(url: str, address: str) -> None:
    assert str(Address.parse(url)) == address
    assert str(Address.parse(address)) == address


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://me:secret@example.org/", "user name or password"),
        ("https://me@example.org/", "user name or password"),
        ("https://@example.org/", "user name or password"),
        ("ftp://example.org/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https:///x", "no host"),
        ("https://example.org:0/", "port 0"),
        ("https://example.org:99999/", "is no URL"),
        ("https://example.org:x/", "is no URL"),
        ("https://[::1/", "is no URL"),
        ("https://[fe80::1%25eth0]/", "is no URL"),
        ("https://exa_mple.org\\@x.org/", "is no URL|user name"),
        ("https://example.org/a b", "spaces or control"),
        ("https://example.org/\r\nHost: x", "spaces or control"),
        ("https://example.org/\ud800", "spaces or control"),
        ("https://" + "a" * 300 + ".example/", "is no URL"),
        ("https://example.org/" + "a" * 9000, "too long"),
    ],
)
def test_what_is_refused(url: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message) as error:
        Address.parse(url)
    assert "secret" not in str(error.value)
    assert str(error.value).isprintable()


@given(st.text(max_size=60))
def test_any_text_is_an_address_of_ascii_or_refused(text: str) -> None:
    refused: list[str] = []
    for url in (f"https://example.org/{text}", f"http://{text}", text):
        try:
            address = Address.parse(url)
        except UnusableInputError as error:
            refused.append(str(error))
        else:
            assert str(address).isascii()
            assert not re.search(r'[\s<>"{}|\\^`]', str(address))
            assert str(Address.parse(str(address))) == str(address)
    assert all(message.isprintable() for message in refused)


@pytest.mark.parametrize("source", ["https://example.org", "HTTP://x", "ftp://x/y", "file:///x", "s3://a/b"])
def test_sources_that_are_addresses(source: str) -> None:
    assert is_address(source)


@pytest.mark.parametrize(
    "source", ["plan.txt", "a/b.txt", "C:\\plan.txt", "C://plan.txt", "https:", "-", "a b://c"]
)
def test_sources_that_are_files(source: str) -> None:
    assert not is_address(source)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/docs/Plan%202030.PDF?download=1", "Plan-2030"),
        ("https://example.org/docs/", "docs"),
        ("https://example.org", "example.org"),
        ("https://example.org/index.html", "index"),
        ("https://example.org/v1.2", "v1.2"),
        ("https://example.org/page.php", "page.php"),
        ("https://example.org/..%2f..%2fetc%2fpasswd", "passwd"),
        ("https://example.org/..", "example.org"),
        ("https://example.org/%2e%2e%5cwindows.txt", "windows"),
        ("https://example.org/.hidden", "hidden"),
        ("https://example.org/a%00b%0ac.txt", "a-b-c"),
        ("https://example.org/%E8%AE%A1%E5%88%92.txt", "计划"),
        ("https://example.org/%ff%fe", "example.org"),
        ("https://example.org/---", "example.org"),
        ("https://example.org/-rf", "rf"),
    ],
)
def test_stems(url: str, name: str) -> None:
    assert stem(Address.parse(url)) == name


@given(st.text(max_size=300))
def test_names_are_safe(text: str) -> None:
    try:
        address = Address.parse(f"https://example.org/{text}")
    except UnusableInputError:
        return
    name = stem(address)
    assert name
    assert not re.search(r"[/\\\x00-\x20:*?\"<>|]|\.\.", name)
    assert name[0] not in ".-"
    assert len(name.encode()) <= 160


@pytest.mark.parametrize(
    ("path", "media_type", "name"),
    [
        ("/plan", "application/pdf", "plan.pdf"),
        ("/plan.pdf", "application/pdf", "plan.pdf"),
        ("/plan.pdf", "application/octet-stream", "plan.pdf"),
        ("/plan.pdf", "", "plan.pdf"),
        ("/plan.md", "text/plain", "plan.md"),
        ("/plan", "text/plain", "plan.txt"),
        ("/plan.pdf", "text/html", "plan.html"),
        ("/plan.php", "application/xhtml+xml", "plan.php.html"),
        ("/plan", "", "plan"),
    ],
)
def test_suffixes(path: str, media_type: str, name: str) -> None:
    address = Address.parse(f"https://example.org{path}")
    assert file_name(address, address, media_type) == name
