"""What a question can be put to: files in every format, folders, named graphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from strategraph.errors import UnusableInputError
from strategraph.querying import load_dataset, run
from strategraph.querying.dataset import known_prefixes
from strategraph.rdf.namespace import PREFIXES

EVERYTHING = "SELECT * { ?s ?p ?o } ORDER BY ?s ?o"


def answers(path: Path, query: str = EVERYTHING) -> int:
    answer = run(load_dataset(path), query)
    assert isinstance(answer, QuerySolutions)
    return len(list(answer))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "<urn:s> <urn:p> 1 ."),
        ("a.nt", "<urn:s> <urn:p> <urn:o> ."),
        ("a.trig", "<urn:g> { <urn:s> <urn:p> <urn:o> }"),
        ("a.nq", "<urn:s> <urn:p> <urn:o> <urn:g> ."),
        ("a.jsonld", '{"@id": "urn:s", "urn:p": 1}'),
        ("a.rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
                  '<rdf:Description rdf:about="urn:s"><u:p>1</u:p></rdf:Description></rdf:RDF>'),
        ("turtle.unknown", "@prefix u: <urn:> . u:s u:p 1 ."),
        ("quads.unknown", "<urn:s> <urn:p> <urn:o> <urn:g> ."),
        ("json.unknown", '{"@id": "urn:s", "urn:p": 1}'),
        ("xml.unknown", '<?xml version="1.0"?><rdf:RDF xmlns:u="urn:" '
                        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
                        '<rdf:Description rdf:about="urn:s"><u:p>1</u:p></rdf:Description></rdf:RDF>'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_formats(tmp_path: Path, name: str, content: str, mark: str) -> None:
    path = tmp_path / name
    path.write_text(mark + content, encoding="utf-8")
    assert answers(path) == 1


def test_a_folder_is_the_union_of_its_graphs_without_reports(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    (tmp_path / "a.trig").write_text("<urn:g> { <urn:a> <urn:p> 1 }", encoding="utf-8")
    (tmp_path / "a.report.ttl").write_text("<urn:report> <urn:p> 1 .", encoding="utf-8")
    (tmp_path / "a.coverage.json").write_text("{}", encoding="utf-8")
    (tmp_path / "b.nt").write_text("<urn:b> <urn:p> <urn:o> .", encoding="utf-8")
    assert answers(tmp_path) == 2
    assert answers(tmp_path, "SELECT * { GRAPH ?g { ?s ?p ?o } }") == 1


def test_blank_nodes_of_two_files_stay_apart_and_keep_their_names(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <urn:p> 1 . [] <urn:q> _:x .", encoding="utf-8")
    assert answers(tmp_path) == 4

    def named() -> list[str]:
        return [str(row["s"]) for row in run(load_dataset(tmp_path), EVERYTHING)]  # type: ignore[union-attr]

    assert named() == named()


def test_the_prefixes_and_the_base_of_the_file_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "@base <http://b.example/> . @prefix my: <http://my.example/> . <s> my:p 1 .", encoding="utf-8"
    )
    dataset = load_dataset(path)
    assert dataset.prefixes["my"] == "http://my.example/"
    assert dataset.base == "http://b.example/"
    assert answers(path, "ASK { ?s my:p 1 }".replace("ASK", "SELECT *")) == 1


def test_the_known_prefixes_are_those_of_everything_we_write() -> None:
    assert known_prefixes().items() <= PREFIXES.items()
    assert {"sg", "rdf", "rdfs", "skos", "dcterms", "oa", "org", "prov", "xsd"} <= set(known_prefixes())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.ttl", None, "missing.ttl: no such file"),
        ("bad.ttl", "<urn:a>\n<urn:b>\n", "does not parse: line"),
        ("bad.json", '{"@context": "http://127.0.0.1:9/", "@id": "urn:s", "urn:p": 1}', "nothing is fetched"),
        ("empty.ttl", "", "no triple in it"),
        ("bad.unknown", "Dear reader,", "does not parse"),
    ],
)
def test_files_that_are_no_graphs(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UnusableInputError, match=message):
        load_dataset(tmp_path / name)


def test_a_folder_without_graphs(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("none", encoding="utf-8")
    with pytest.raises(UnusableInputError, match=r"no graph in this folder; looked for \*\.ttl"):
        load_dataset(tmp_path)
