"""Reading graphs: every format, the same triples; every kind of broken file, one clear line."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef

from strategraph.errors import UnusableInputError
from strategraph.rdf.loading import FORMATS, load_graph

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
RDFLIB_NAMES = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".jsonld": "json-ld",
    ".json": "json-ld",
    ".trig": "trig",
    ".nq": "nquads",
    ".rdf": "xml",
    ".owl": "xml",
    ".xml": "xml",
}


def write(path: Path, format_: str) -> Path:
    """Write the valid graph in an rdflib format; the formats for datasets get it as a named graph."""
    if format_ in {"trig", "nquads"}:  # rdflib's writers of these two warn
        name = pyoxigraph.NamedNode("https://example.org/graph")
        triples = pyoxigraph.parse(path=VALID, format=pyoxigraph.RdfFormat.TURTLE)
        quads = [pyoxigraph.Quad(t.subject, t.predicate, t.object, name) for t in triples]
        form = pyoxigraph.RdfFormat.TRIG if format_ == "trig" else pyoxigraph.RdfFormat.N_QUADS
        pyoxigraph.serialize(quads, path, form)
    else:
        Graph().parse(VALID).serialize(path, format=format_, encoding="utf-8")
    return path


def test_every_format_has_a_test() -> None:
    assert set(RDFLIB_NAMES) == set(FORMATS)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize("named", [True, False], ids=["by suffix", "by content"])
def test_every_format_gives_the_same_triples(tmp_path: Path, suffix: str, named: bool) -> None:
    file = write(tmp_path / f"graph{suffix if named else '.data'}", RDFLIB_NAMES[suffix])
    assert set(load_graph(file)) == set(Graph().parse(VALID))


def test_prefixes_are_kept() -> None:
    prefixes = dict(load_graph(VALID).namespaces())
    assert prefixes["sg"] == URIRef("https://w3id.org/strategraph/ns#")
    assert "brick" not in prefixes  # none of rdflib's own


def test_graphs_of_a_dataset_are_joined(tmp_path: Path) -> None:
    file = tmp_path / "two.nq"
    file.write_text("<s:a> <s:p> <s:b> <s:g1> .\n<s:a> <s:p> <s:c> <s:g2> .\n<s:a> <s:p> <s:d> .\n")
    assert len(load_graph(file)) == 3


def test_literals_keep_their_form(tmp_path: Path) -> None:
    file = tmp_path / "literals.nt"
    integer = f"<{XSD.integer}>"
    file.write_text(f'<s:a> <s:p> "01"^^{integer} , "x"^^{integer} .\n'.replace(" ,", " .\n<s:a> <s:p>"))
    assert {str(o) for o in load_graph(file).objects()} == {"01", "x"}


def test_an_ill_typed_literal_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ill.nt"
    file.write_text(f'<s:a> <s:p> "x"^^<{XSD.integer}> .\n')
    load_graph(file)
    assert capfd.readouterr() == ("", "")


def test_language_tags_and_strings(tmp_path: Path) -> None:
    file = tmp_path / "text.ttl"
    file.write_text('<s:a> <s:p> "buts"@fr , "plain" .\n')
    assert set(load_graph(file).objects()) == {Literal("buts", lang="fr"), Literal("plain")}


def test_blank_nodes_are_named_in_order(tmp_path: Path) -> None:
    file = tmp_path / "blank.ttl"
    file.write_text("<s:a> <s:p> [ a <s:First> ] , [ a <s:Second> ] .\n")
    first, second = load_graph(file), load_graph(file)
    assert set(first) == set(second)
    assert (BNode("b0"), RDF.type, URIRef("s:First")) in first
    assert (BNode("b1"), RDF.type, URIRef("s:Second")) in first


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text("_:x a <s:First> .\n")
    two.write_text("_:x a <s:Second> .\n")
    assert len(set(load_graph(one, two).subjects())) == 2


def test_the_same_file_twice_is_one_graph() -> None:
    assert set(load_graph(VALID, VALID)) == set(load_graph(VALID))


def test_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "bom.ttl"
    file.write_bytes(b"\xef\xbb\xbf<s:a> <s:p> <s:b> .")
    assert len(load_graph(file)) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", "@prefix a: <s:> .\n\na:b a:c d:e .", "does not parse: line 3: The prefix d: has not been"),
        ("a.ttl", "<goal/1> <s:p> <s:b> .", "does not parse: line 1: No scheme found in an absolute IRI"),
        ("a.ttl", "# nothing\n", "no triple in it"),
        (
            "a.jsonld",
            '{"@context": "https://example.org/c", "p": 1}',
            "its JSON-LD context is on another host",
        ),
        ("a.json", "{", "does not parse: "),
        ("a.txt", "Goal 1: one", "does not parse: line 1: "),
        ("a.xml", "<?xml version='1.0'?><rdf", "does not parse: "),
        ("a.dat", "<?xml version='1.0'?><rdf", "does not parse: "),
    ],
)
def test_a_broken_file_gets_one_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(UnusableInputError) as caught:
        load_graph(file)
    assert str(caught.value).startswith(f"{file}: {message}")
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="no such file"):
        load_graph(tmp_path / "none.ttl")
    with pytest.raises(UnusableInputError, match="a folder"):
        load_graph(tmp_path)


@pytest.mark.parametrize("address", ["s3://bucket/out/x.ttl", "memory://x.ttl", "https://example.org/x.ttl"])
def test_an_address_is_told_what_can_be_read(address: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        load_graph(address)
    assert str(caught.value).startswith(f"{address}: is no file of this machine; graphs are read from files")
    assert "\n" not in str(caught.value)


def test_unreadable_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnusableInputError, match="cannot be read"):
        load_graph(tmp_path / "file" / "graph.ttl")


def test_triple_terms_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "star.ttl"
    file.write_text("<s:a> <s:p> <<( <s:b> <s:c> <s:d> )>> .\n")
    with pytest.raises(UnusableInputError, match="a triple within a triple"):
        load_graph(file)


def test_base_directions_are_refused(tmp_path: Path) -> None:
    """They would be lost without a word, as rdflib has none."""
    file = tmp_path / "x.nt"
    file.write_text('<s:a> <s:p> "\u0645"@ar--rtl .\n')
    with pytest.raises(UnusableInputError, match="a base direction"):
        load_graph(file)


_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.org/">{}</rdf:RDF>'


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in ("ab", "bc", "cd", "de", "ef", "fg", "gh")
    )
    broken = [entities, f'<!ENTITY h "{"ha" * 1000}">', "<!ENTITY h '&#38;h;'>"]
    for number, text in enumerate(broken):
        path = tmp_path / f"{number}.rdf"
        path.write_text(
            f"<!DOCTYPE r [{text}]>"
            + _RDF.format('<rdf:Description rdf:about="http://x.org/y"><x:z>&h;</x:z></rdf:Description>'),
            encoding="utf-8",
        )
        with pytest.raises(UnusableInputError, match="its entities stand for more than names"):
            load_graph(path)


def test_entities_for_the_beginnings_of_iris_are_read(tmp_path: Path) -> None:
    path = tmp_path / "names.rdf"
    path.write_text(
        '<!DOCTYPE rdf:RDF [<!ENTITY x "http://x.org/">]>'
        + _RDF.format('<rdf:Description rdf:about="&x;y"><x:z>1</x:z></rdf:Description>'),
        encoding="utf-8",
    )
    assert set(load_graph(path)) == {(URIRef("http://x.org/y"), URIRef("http://x.org/z"), Literal("1"))}
