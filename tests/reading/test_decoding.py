from __future__ import annotations

import pytest

from strategraph.errors import UnusableInputError
from strategraph.reading.decoding import decode, refuse_unread_format


@pytest.mark.parametrize(
    "data",
    [
        "Größe – é".encode(),
        b"\xef\xbb\xbf" + "Größe – é".encode(),
        b"\xff\xfe" + "Größe – é".encode("utf-16-le"),
        b"\xfe\xff" + "Größe – é".encode("utf-16-be"),
        b"\xff\xfe\x00\x00" + "Größe – é".encode("utf-32-le"),
    ],
)
def test_bytes_that_say_their_encoding_are_decoded_without_the_mark(data: bytes) -> None:
    assert decode(data, name="x") == "Größe – é"


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    assert decode(b"a\r\nb\rc\n\x0cd \xc2\xa0e\t", name="x") == "a\nb\nc\n\x0cd \u00a0e\t"


@pytest.mark.parametrize(
    "declaration", ['<meta charset="iso-8859-1">', '<?xml version="1.0" encoding="iso-8859-1"?>']
)
def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8(declaration: str) -> None:
    assert decode(f"{declaration}é".encode("iso-8859-1"), name="x").endswith("é")


def test_a_given_encoding_wins() -> None:
    assert decode("é".encode("cp1252"), name="x", encoding="cp1252") == "é"


def test_an_unknown_encoding_is_never_guessed_silently() -> None:
    data = "Les objectifs stratégiques de l'année précédente ont été dépassés.".encode("cp1252")
    with pytest.raises(UnusableInputError, match=r"plan\.txt: is not valid UTF-8 .*--encoding \w+"):
        decode(data, name="plan.txt")


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"a\x00b", None, "NUL"),
        ("Goals".encode("utf-16-le"), None, "--encoding utf-16-le"),
        ("Goals".encode("utf-16-be"), None, "--encoding utf-16-be"),
        (b"\xff\x00\xfe", None, "NUL"),
        (b"abc\xe9", "ascii", "is not valid ascii"),
        (b"abc", "utf-88", "no text encoding called 'utf-88'"),
        (b"abc", "rot13", "no text encoding called 'rot13'"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message) as caught:
        decode(data, name="x", encoding=encoding)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", b"{\\rtf1 x}", b"\x89PNG\r\n\x1a\n"])
def test_well_known_formats_without_a_reader_are_named(data: bytes) -> None:
    with pytest.raises(
        UnusableInputError, match=r"looks like an? .* not yet read; these formats are: text, "
    ):
        refuse_unread_format(data, "x")


def test_text_is_not_refused() -> None:
    refuse_unread_format(b"Goal 1: Growth", "x")


@pytest.mark.parametrize("encoding", ["punycode", "idna", "unicode_escape", "raw-unicode-escape"])
def test_encodings_of_strings_are_no_character_sets_of_documents(encoding: str) -> None:
    page = f"<meta charset={encoding}>".encode() + b"\xff" * 9
    with pytest.raises(UnusableInputError, match="no text encoding"):
        decode(page, name="plan.html")


def test_half_characters_are_refused() -> None:
    with pytest.raises(UnusableInputError, match=r"half a character, U\+D800"):
        decode(b"+2AA- Goal 1", name="plan.txt", encoding="utf-7")
