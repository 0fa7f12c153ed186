"""Files made to do harm, built by the command as people run it: bounded, offline, one line each, valid RDF.

All are built in one process under a bound on its memory. What matters is how costs grow, so files are small;
docs/reading-documents.md tells of the large ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pyoxigraph
import pytest
from rdflib import Graph, URIRef

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as on Linux")

GOAL = "Goal 1: Connect women and girls"
SECRET = "Goal 9: Kiwi for persons with disabilities"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = (
    'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:b="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "lol">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
)
FORM = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 600>>stream\n"
    + b"/X Do " * 100
    + b"\nendstream"
)
# the command without any way to the network, within 2 GB
COMMAND = """
import resource, socket
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
def refuse(*_, **__):
    raise AssertionError("the network was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from strategraph.cli import main
main(prog_name="strategraph")
"""


def archive(first: tuple[str, str | bytes], *others: tuple[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        file.writestr(ZipInfo(first[0]), first[1], ZIP_STORED)
        for name, data in others:
            file.writestr(name, data)
    return out.getvalue()


def docx(body: str, kind: str = "", *others: tuple[str, str | bytes]) -> bytes:
    document = f'<?xml version="1.0"?>{kind}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    return archive(("[Content_Types].xml", "<Types/>"), ("word/document.xml", document), *others)


def word(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, kind: str = "") -> bytes:
    content = f'<?xml version="1.0"?>{kind}<o:document-content {OPEN}><o:body><o:text>{body}</o:text></o:body></o:document-content>'
    return archive(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content))


def pdf(
    drawn: bytes = b"", *, filters: bytes = b"", catalog: bytes = b"", box: str = "0 0 612 792", **more: bytes
) -> bytes:
    """Return a PDF with the goal and ``drawn`` on its page; ``more`` are further objects, as _6."""
    stream = b"BT /F 12 Tf 72 500 Td (%s) Tj ET " % GOAL.encode() + drawn if not filters else drawn
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 6 0 R>>>>"
    objects = {
        b"1": b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"2": b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"3": b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources%s>>" % (box.encode(), font),
        b"4": b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(stream), stream),
        **{name[1:].encode(): value for name, value in more.items()},
    }
    body = b"".join(b"%s 0 obj %s endobj\n" % entry for entry in objects.items())
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 99>>\n%%EOF"


def external(secret: Path) -> str:
    address = secret.as_uri()
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}">%p;<!ENTITY n SYSTEM "http://127.0.0.1:9/">]>'


def built(secret: Path) -> dict[str, bytes]:
    """Return files of which something can be made, whatever else is in them."""
    away = external(secret)
    texts = {
        "long.txt": f"{GOAL}. " + "women and girls (Rev. " * 3_000,
        "long.md": f"# {GOAL}\n\n" + "*[`" * 10_000,
        "long.rst": f"{GOAL}\n\n" + "`*|" * 10_000,
        "long.adoc": f"== {GOAL}\n\n" + "*_[" * 10_000,
        "long.html": f"<h1>{GOAL}</h1><p>" + "<b>&amp;" * 10_000,
        "deep.html": f"<html><h1>{GOAL}</h1>" + "<div><sup>" * 10_000,
        "turned.md": f"# {GOAL}\n\n## Goal 2\u202e: Teach \u2067youth\u2069 \u200f\u061c\n",
        "half.html": f"<html><h1>{GOAL}</h1><h2>Goal 2: Teach &#xD800; youth &#0; &#x110000;</h2>",
        "away.html": f"{away}<html><h1>{GOAL}</h1><p>&e; &n;<iframe src='{secret.as_uri()}'></iframe><img src=//127.0.0.1:9/x>",
        "away.rst": f"{GOAL}\n=====\n\n.. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n",
        "away.adoc": f"= Plan\n\n== {GOAL}\n\ninclude::{secret}[]\n",
        "iris.txt": 'Strategic Plan <../..> "a" {b}|c\\d^`%zz 2024-2027\n\nGoal ../../1: Connect women\n\n'
        f'Goal 1": "x> <y\n\nResolution <71>/../2 (Rev. "B u/c", 2022)\n\n{GOAL}\n',
    }
    return {
        **{name: text.encode() for name, text in texts.items()},
        # names: what they end in decides the format, and they reach IRIs, files and messages
        **{f"{name}.txt": GOAL.encode() for name in ("..%2F..%2Fx", "a b", 'q"', "<x>", "new\nline", "a#b?c", "%41", "-o", "\u202ex")},
        "away.docx": docx(word(GOAL) + word("&e; &n;"), away),
        "away.odt": odt(f"<t:p>{GOAL}</t:p><t:p>&e; &n;</t:p>", away),
        "nested.docx": docx(word(GOAL), "", ("word/embeddings/x.docx", docx(word(SECRET)) * 9)),
        "outside.docx": docx(word(GOAL), "", ("../../../evil.txt", "x"), ("/evil.txt", "x")),
        "wide.docx": docx(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{word(GOAL)}</w:tc></w:tr></w:tbl>'),
        "box.pdf": pdf(box="0 0 1e38 1e38"),
        "negative.pdf": pdf(box="9999999 9999999 -9999999 -9999999"),
        "deep.pdf": pdf(b"q " * 50_000 + b"[" * 50_000),
        "circle.pdf": pdf(
            catalog=b"/Outlines 5 0 R",
            _5=b"<</First 7 0 R>>",
            _7=b"<</Title(A)/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>",
        ),
        "pages.pdf": pdf().replace(b"Count 1/Kids[3 0 R]", b"Count 99/Kids[2 0 R 3 0 R 2 0 R]"),
        "xref.pdf": pdf().replace(b"%%EOF", b"startxref\n99999999999999999999\n%%EOF"),
    }  # fmt: skip


def refused(secret: Path) -> dict[str, bytes]:
    """Return files of which nothing can be made."""
    bomb = b"<a>" + b" " * 40_000_000
    inner = zlib.compress(b"0 0 m 9 9 l S " * 100, 9)
    return {
        "bomb.docx": archive(("[Content_Types].xml", ""), ("word/document.xml", bomb)),
        "bomb.odt": archive(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", bomb)),
        "laughs.docx": docx(word(GOAL) + word("&a10;"), LAUGHS),
        "laughs.odt": odt(f"<t:p>{GOAL}</t:p><t:p>&a10;</t:p>", LAUGHS),
        "square.docx": docx(word("&a;" * 20_000), f'<!DOCTYPE x [<!ENTITY a "{"B" * 20_000}">]>'),
        "cut.docx": docx(word(GOAL))[:-40],
        "nul.txt": GOAL.encode() + b"\0",
        "nul.md": bytes(10_000),
        "half.txt": b"\xff\xfe" + GOAL.encode("utf-16-le") + b"\x00\xd8a\x00",
        "half.md": GOAL.encode() + b"\xed\xa0\x80",
        "half.docx": docx(word(GOAL + "&#xD800;")),
        "flate.pdf": pdf(zlib.compress(inner, 9), filters=b"/Filter[/FlateDecode/FlateDecode]"),
        # a form that draws itself without end: PDFium breaks down, and its process with it
        "form.pdf": pdf(b"/X Do", _6=FORM),
        "cut.pdf": pdf()[:200],
        "noise.pdf": b"%PDF-1.7\n" + zlib.compress(GOAL.encode() * 9, 9) * 90,
    }


@dataclass(frozen=True, slots=True)
class Ended:
    """What the command left behind."""

    status: int
    said: list[str]
    out: Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def ended(folder: Path) -> Ended:
    secret = folder / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    sources = folder / "in"
    sources.mkdir()
    for name, data in {**built(secret), **refused(secret)}.items():
        (sources / name).write_bytes(data)
    Path(os.fsdecode(os.fsencode(sources) + b"/half\xff\xfe.txt")).write_text(GOAL, encoding="utf-8")
    out = folder / "out" / "deep"
    out.parent.mkdir()
    command = [
        sys.executable,
        "-c",
        COMMAND,
        "build",
        "--max-memory",
        "512MB",
        "-o",
        str(out),
        "--",
        str(sources),
    ]
    process = subprocess.run(command, capture_output=True, cwd=folder / "out", timeout=300, check=False)
    return Ended(process.returncode, process.stderr.decode("utf-8").splitlines(), out)


def test_one_line_for_each_that_is_refused(ended: Ended, folder: Path) -> None:
    assert ended.status == 2
    names = [Path(line.split(": ")[2]).name for line in ended.said]
    # whether a plan is recognised in letters heaped up is not what is tried here
    assert sorted(name for name in names if not name.startswith("long.")) == sorted(refused(folder))
    assert all(line.startswith("strategraph: error: ") for line in ended.said)


def test_a_graph_for_each_other(ended: Ended, folder: Path) -> None:
    sources = sum(
        not path.name.startswith(".") for path in (folder / "in").iterdir()
    )  # hidden ones are not looked at
    assert len(list(ended.out.glob("*.graphml"))) == sources - len(ended.said)


def graphs(out: Path) -> Iterator[Path]:
    yield from (Path(os.fsdecode(path)) for path in out.glob("*.ttl"))


def test_all_rdf_is_valid(ended: Ended) -> None:
    for path in graphs(ended.out):
        data = path.read_bytes()
        assert len(list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE))) > 0
        for triple in Graph().parse(data=data, format="turtle"):
            for term in triple:
                if isinstance(term, URIRef):
                    assert term.n3()  # rdflib warns of, and does not write, what is no IRI
                    assert ".." not in urlsplit(term).path.split("/")


def test_nothing_is_read_from_elsewhere_or_written_outside(ended: Ended, folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["in", "out", "secret.txt"]
    assert [path.name for path in (folder / "out").iterdir()] == ["deep"]
    for path in ended.out.iterdir():
        assert b"Kiwi" not in path.read_bytes()
