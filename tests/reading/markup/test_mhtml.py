"""Pages as browsers save them, with their site around them, in a folder or in one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.pipeline import read_plan
from strategraph.reading import read
from strategraph.reading.formats import find_binary
from strategraph.reading.markup import html, mhtml
from strategraph.reading.request import Limits, Original, Request

from ..producers import to_html
from ..saved_pages import archived, inner, saved

DATA = Path(__file__).parents[3] / "data"
PLANS = {
    path.name: path
    for path in (
        DATA / "plans" / "itu-strategic-plan-2024-2027.txt",
        DATA / "gold" / "kestrel-university-strategy-2030.md",
        DATA / "gold" / "office-national-eau-plan-2025-2029.fr.txt",
        DATA / "gold" / "upper-lakes-commission-strategy-2023-2027.md",
    )
}
WAYS: dict[str, Callable[[str], bytes]] = {
    "complete": lambda content: saved(content).encode(),
    "complete, no main": lambda content: saved(content, main=False).encode(),
    "mhtml": lambda content: archived(saved(content)),
    "mhtml, base64": lambda content: archived(saved(content, main=False), encoding="base64"),
    "mhtml, binary": lambda content: archived(saved(content), encoding="binary"),
}

Facts = list[tuple[object, ...]]


def facts(data: bytes) -> Facts:
    _, plan = read_plan(Original("page", data))
    return [
        (
            *(
                e.iri.removeprefix(plan.iri),
                e.kind,
                e.number,
                e.title,
                e.statement,
                e.parent.removeprefix(plan.iri),
            ),
            *sorted(
                link.object for link in plan.links if link.subject == e.iri and link.predicate == "addresses"
            ),
        )
        for e in plan.elements
    ]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PLANS)
def test_a_saved_page_has_the_elements_of_the_plain_one(name: str, way: str) -> None:
    plain = to_html(read(PLANS[name]))
    expected = facts(plain.encode())
    assert len(expected) > 3
    assert facts(WAYS[way](inner(plain))) == expected


def parse(data: bytes, *, limits: Limits | None = None) -> str:
    return mhtml.parse(data, Request("plan.mhtml", limits=limits or Limits())).text


def refusal(data: bytes, *, limits: Limits | None = None) -> str:
    with pytest.raises(UnusableInputError) as error:
        parse(data, limits=limits)
    assert str(error.value).isprintable()
    return str(error.value)


PAGE = "<!DOCTYPE html><meta charset={}><h1>Stratégie — élèves</h1><p>Objectif 1 : De l’eau</p>"
TEXT = "Stratégie — élèves\nObjectif 1 : De l’eau"


class TestOneFile:
    @pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "binary"])
    @pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
    def test_encodings(self, encoding: str, charset: str) -> None:
        page = PAGE.format(charset).replace("—" if charset.startswith("iso") else "\0", "-")
        page = page.replace("’" if charset.startswith("iso") else "\0", "'")
        text = html.parse(page).text
        assert parse(archived(page, encoding=encoding, charset=charset)) == text

    def test_the_page_tells_its_encoding_where_the_header_does_not(self) -> None:
        data = archived(PAGE.format("windows-1252"), charset="windows-1252")
        assert parse(data.replace(b"text/html; charset=windows-1252", b"text/html")) == TEXT

    def test_is_known_by_its_bytes(self, tmp_path: Path) -> None:
        data = archived(PAGE.format("utf-8"))
        for each in (data, data.replace(b"\r\n", b"\n"), b"\r\n" + data):
            found = find_binary(each)
            assert found is not None
            assert found.name == "mhtml"
            assert parse(each) == TEXT
        for other in (
            b"Goal 1: Water\n",
            b"From: me\nMIME-Version: 1.0\nContent-Type: text/plain\n\nGoal 1",
            b"",
        ):
            assert find_binary(other) is None
        late = b"A plan that tells of MIME-Version: 1.0\n\nmime-version: 1\ncontent-type: multipart/related\n"
        assert find_binary(late) is None

    def test_the_header_names_the_page(self) -> None:
        data = (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x; start=<b>\r\n\r\n"
            b"--x\r\nContent-Type: text/html\r\nContent-ID: <a>\r\n\r\n<p>A frame</p>\r\n"
            b"--x\r\nContent-Type: text/html\r\nContent-ID: <b>\r\n\r\n<p>The page</p>\r\n--x--\r\n"
        )
        assert parse(data) == "The page"

    def test_a_page_alone(self) -> None:
        data = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n<p>Alone</p>"
        assert find_binary(data) is not None
        assert parse(data) == "Alone"

    def test_a_page_within_alternatives(self) -> None:
        data = (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
            b"Content-Type: multipart/alternative; boundary=y\n\n--y\n\nplain\n--y\n"
            b"Content-Type: text/html\n\n<p>Rich</p>\n--y--\n--x--\n"
        )
        assert parse(data) == "Rich"

    def test_a_file_that_ends_early(self) -> None:
        data = archived(PAGE.format("utf-8"))
        assert parse(data[: data.index(b"Content-Type: text/css")]) == TEXT

    @pytest.mark.parametrize(
        "body",
        [b"", b"\n\n", b"\n\n--x\n\n--x--\n", b"\n\n--x\nContent-Type: image/gif\n\nGIF\n--x--", b"\n\n--x"],
    )
    def test_without_a_page(self, body: bytes) -> None:
        head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x"
        assert "without a page in it" in refusal(head + body)
        assert "without a page in it" in refusal(head.removesuffix(b"; boundary=x") + body)

    def test_a_header_that_is_not_ascii(self) -> None:
        head = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: 8bi\xd5\n\n"
        assert parse(head + b"<p>Goal</p>") == "Goal"

    @pytest.mark.parametrize("charset", [b"u\x00tf-8", b"none-such", b"\xff", b'""', b"hex"])
    def test_no_such_encoding(self, charset: bytes) -> None:
        head = b"MIME-Version: 1.0\nContent-Type: text/html; charset=" + charset
        if charset == b"hex":
            assert "no text encoding called 'hex'" in refusal(head + b"\n\n<p>Goal</p>")
        else:
            assert parse(head + b"\n\n<p>Goal</p>") == "Goal"

    def test_broken_base64(self) -> None:
        data = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nabcde"
        assert "damaged" in refusal(data)

    def test_limits(self) -> None:
        assert "more than 30 characters" in refusal(archived(PAGE), limits=Limits(characters=30))
        parts = b"--x\nContent-Type: image/gif\n\n" * 20_002
        head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        assert "more than 20,000 parts" in refusal(head + parts)

    def test_parts_within_parts_without_end(self) -> None:
        head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x0\n\n"
        deep = b"".join(
            b"--x%d\nContent-Type: multipart/related; boundary=x%d\n\n" % (number, number + 1)
            for number in range(5_000)
        )
        assert "without a page in it" in refusal(head + deep)

    @given(
        st.binary(max_size=300),
        st.sampled_from(["quoted-printable", "base64", "binary", "8bit", "x-uuencode"]),
    )
    def test_any_bytes_are_read_or_refused(self, body: bytes, encoding: str) -> None:
        head = f"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: {encoding}\n\n"
        try:
            parse(head.encode() + body)
        except UnusableInputError as error:
            message = str(error)
        else:
            message = ""
        assert message.isprintable()


def test_a_saved_page_is_built_and_verified(tmp_path: Path) -> None:
    plan = read(PLANS["itu-strategic-plan-2024-2027.txt"])
    for name, data in (
        ("plan.mht", archived(saved(inner(to_html(plan))))),
        ("page.htm", saved(inner(to_html(plan))).encode()),
    ):
        source = tmp_path / name
        source.write_bytes(data)
        result = CliRunner().invoke(main, ["build", str(source), "-o", str(tmp_path / "out")])
        assert result.exit_code == 0, result.output
        graph = tmp_path / "out" / f"{source.stem}.ttl"
        assert CliRunner().invoke(main, ["verify", str(graph), "--source", str(source)]).exit_code == 0
