"""Akoma Ntoso: paragraphs, numbers, eIds; and files that are broken or hostile."""

from __future__ import annotations

import pytest
from rdflib import RDF

from strategraph.errors import UnusableInputError
from strategraph.model import Document
from strategraph.pipeline import Options, build
from strategraph.rdf.namespace import OA, SG
from strategraph.reading import read
from strategraph.reading.request import Original

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
FILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="{NAMESPACE}">
  <statement name="resolution">
    <meta><identification><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
    <preface>
      <longTitle eId="longTitle_1"><p><docType>RESOLUTION</docType> <docNumber>71 (REV. DUBAI, 2018)</docNumber></p></longTitle>
      <container name="title"><p>Meadows of the Union</p></container>
    </preface>
    <preamble>
      <formula name="enactingFormula"><p>The Plenipotentiary Conference (Dubai, 2018),</p></formula>
      <recitals eId="recs_1"><intro><p><i>considering</i></p></intro>
        <recital eId="rec_1"><num>a)</num><p>the drought<authorialNote><p>a note</p></authorialNote>;</p></recital>
        <recital eId="rec_2"><num>b)</num><p>Resolution 72 (Rev. Dubai, 2018),</p></recital>
      </recitals>
    </preamble>
    <mainBody>
      <hcontainer name="instructs"><heading><i>instructs the Secretary-General</i></heading>
        <paragraph eId="para_1"><num>1</num><content><p>to report annually to the Council;</p></content></paragraph>
        <paragraph eId="para_2"><num>2</num><content><p>to rest the meadows.</p></content></paragraph>
      </hcontainer>
    </mainBody>
  </statement>
</akomaNtoso>
"""


def document(text: str | bytes, name: str = "x.akn") -> Document:
    return read(Original(name, text.encode() if isinstance(text, str) else text))


def test_blocks_have_their_numbers_and_eids() -> None:
    made = document(FILE)
    assert made.source.media_type == "application/akn+xml"
    assert made.language == "en"
    assert [(block.kind, block.marker, block.anchor, block.passage.text) for block in made.blocks] == [
        ("heading", "", "longTitle_1", "RESOLUTION 71 (REV. DUBAI, 2018)"),
        ("paragraph", "", "", "Meadows of the Union"),
        ("paragraph", "", "", "The Plenipotentiary Conference (Dubai, 2018),"),
        ("paragraph", "", "recs_1", "considering"),
        ("item", "a)", "rec_1", "the drought;"),
        ("item", "b)", "rec_2", "Resolution 72 (Rev. Dubai, 2018),"),
        ("heading", "", "", "instructs the Secretary-General"),
        ("item", "1", "para_1", "to report annually to the Council;"),
        ("item", "2", "para_2", "to rest the meadows."),
    ]


def test_passages_read_the_text() -> None:
    made = document(FILE)
    for block in made.blocks:
        assert made.source.text[block.span.start : block.span.end] == block.passage.text


def test_evidence_has_the_eid() -> None:
    result = build(Original("x.xml", FILE.encode()), Options())
    assert result.report.conforms
    found = {str(result.graph.value(one, SG.eId)) for one in result.graph.subjects(RDF.type, SG.Evidence)}
    assert {"rec_2", "para_1", "para_2"} <= found
    assert list(result.graph.objects(None, OA.exact))


def test_other_prefixes_and_encodings_are_read() -> None:
    prefixed = FILE.replace("<akomaNtoso xmlns", "<a:akomaNtoso xmlns:a").replace(
        "</akomaNtoso>", "</a:akomaNtoso>"
    )
    assert len(document(prefixed).blocks) == 9
    assert len(document(FILE.replace("UTF-8", "UTF-16").encode("utf-16")).blocks) == 9


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FILE[:900], "is no XML"),
        ("<akomaNtoso>&undefined;</akomaNtoso", "is no XML"),
        ('<x xmlns:a="u" a:akomaNtoso="1"/>', "no Akoma Ntoso"),
        ("<akomaNtoso>" + "<a>" * 230 + "</a>" * 230 + "</akomaNtoso>", "deeper"),
        ("<akomaNtoso/>", "no text"),
    ],
    ids=["cut", "broken", "other-root", "deep", "empty"],
)
def test_broken_files_are_one_line(text: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message) as caught:
        document(text)
    assert "\n" not in str(caught.value)


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE akomaNtoso [<!ENTITY e0 "boom">{bomb}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    hostile = f"<?xml version='1.0'?>{doctype}<akomaNtoso><body><p>Meadows &e11; rest &file; well here.</p></body></akomaNtoso>"
    try:
        text = document(hostile).source.text
    except UnusableInputError:
        return
    assert "boom" not in text
    assert len(text) < 100
