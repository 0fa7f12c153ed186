"""StratML files that are broken, hostile or none: one line, and with ``recover`` what can be read of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stratml.instances import PART_1, document

from strategraph.errors import UnusableInputError
from strategraph.pipeline import Options, build
from strategraph.reading import read
from strategraph.reading.request import Limits, Original, ReadingOptions


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            PART_1.replace("&amp;", "&"),
            r"line 22, column \d+: is no well-formed XML: a bare “&”, which XML writes &amp;",
        ),
        (PART_1.replace("&amp;", "&nbsp;"), r"line 22, column \d+: .*Entity 'nbsp' not defined"),
        (PART_1[:900], r"line \d+, column \d+: "),
        (PART_1.replace("</Vision>", ""), r"line \d+, column \d+: "),
        (
            PART_1.replace("?>", "?><!DOCTYPE StrategicPlan [<!ENTITY a 'b'>]>", 1),
            "line 1, column 39: has a document type",
        ),
        (
            PART_1.replace("?>", '?>\n<!DOCTYPE StrategicPlan SYSTEM "https://example.org/x.dtd">', 1),
            "line 2, column 1: ",
        ),
        ("<StrategicPlan>" + "<Goal>" * 300, r"line 1, column \d+: .*(depth|Depth)"),
        (PART_1.replace("Care", "Ca\x01re"), r"line \d+, column \d+: "),
        ("<StrategicPlan><Name/></StrategicPlan>", "no text"),
    ],
    ids=["bare", "entity", "cut", "unclosed", "entities", "external", "deep", "control", "empty"],
)
def test_broken_files_are_one_line(text: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message) as caught:
        document(text)
    assert "\n" not in str(caught.value)


def test_recover_reads_what_can_be_read_and_says_what_was_lost() -> None:
    broken = (
        PART_1.replace("&amp;", "&").replace("Care", "Caf&eacute; &lost; A&amp;B").replace("</Vision>", "")
    )
    made = document(broken, recover=True)
    assert "Stone comes from the old mole & the beach." in made.source.text
    assert "Café" in made.source.text
    assert "A&B" in made.source.text
    assert any(told.startswith("bare “&” mended: line 22, column ") for told in made.left_out)
    assert any(told.startswith("entities of HTML mended: line ") for told in made.left_out)
    assert any("lost: " in told for told in made.left_out)
    assert made.stated is not None
    assert [section.kind for section in made.stated.sections].count("Goal") == 1


def test_a_prefix_that_nothing_defines_is_lost_but_not_its_element() -> None:
    made = document(
        PART_1.replace("<Vision>", "<s:Vision>").replace("</Vision>", "</s:Vision>"), recover=True
    )
    assert made.stated is not None
    assert "Vision" in [section.kind for section in made.stated.sections]
    assert any("prefix s on Vision" in told for told in made.left_out)


def test_a_recovered_graph_can_be_verified(tmp_path: Path) -> None:
    from strategraph.validation.verification import verify

    file = tmp_path / "broken.xml"
    file.write_text(PART_1.replace("&amp;", "&"), encoding="utf-8")
    made = build(file, Options(recover=True)).graph
    assert verify(made, [file]).failures == ()


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = (
        f'<!DOCTYPE StrategicPlan [<!ENTITY e0 "boom">{bomb}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    )
    hostile = PART_1.replace("?>", f"?>{doctype}", 1).replace("Care", "Meadows &e11; rest &file; well")
    with pytest.raises(UnusableInputError, match="has a document type"):
        document(hostile)
    made = document(hostile, recover=True)
    assert "boom" not in made.source.text
    assert "Meadows" in made.source.text
    assert "line 1, column 39: the document type was left out" in made.left_out


def test_what_is_made_to_keep_a_reader_busy_is_read_in_passing() -> None:
    many = " ".join(f'a{number}="x"' for number in range(20_000))
    fragments = "&lt;strategraph " * 50_000
    text = PART_1.replace("<Goal>", f"<Goal {many}>", 1).replace("Care", fragments)
    assert "the attributes of 1 <Goal>, more than 100 each" in document(text).left_out


def test_a_file_of_many_characters_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnusableInputError, match="--max-characters"):
        read(Original("x.xml", PART_1.encode()), ReadingOptions(limits=Limits(characters=200)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<?xml version='1.0'?>\n<rss><channel/></rss>", "x.rss"),
        ("<!-- Goal 1: read me --><rdf:RDF xmlns:rdf='urn:r'/>", "x.xml"),
        ("\ufeff<?xml version='1.0'?><x:plan xmlns:x='urn:x'>Goal 1</x:plan>", "-"),
    ],
)
def test_other_xml_says_so_in_one_line(text: str, name: str) -> None:
    with pytest.raises(
        UnusableInputError, match="is XML, but neither StratML nor Akoma Ntoso: its root is <"
    ) as caught:
        document(text, name)
    assert "\n" not in str(caught.value)


def test_pages_and_texts_are_not_taken_for_xml() -> None:
    page = '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Goal 1: Kites</h1></body></html>'
    assert document(page, "x.xml").source.media_type == "text/html"
    assert document("Goal 1: Kites", "x.xml").source.media_type == "text/plain"


def test_another_root_is_refused_when_stratml_is_asked_for() -> None:
    with pytest.raises(UnusableInputError, match="is no StratML: its root is <rss>"):
        read(Original("x.xml", b"<rss/>"), ReadingOptions(format="stratml"))
