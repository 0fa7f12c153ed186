"""``build`` with a URL, as people run it: what it writes, and that others can verify it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef
from tests.reading.producers import to_pdf

from strategraph.cli import main
from strategraph.rdf.namespace import SG
from strategraph.reading import read

from .server import Site, leads, sends

SEED = Path(__file__).parents[3] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
PAGE = """<!doctype html><title>Plan</title><h1>Stratégie 2025-2028</h1>
<h2>Objectif 1 : De l’eau pour les élèves</h2><p>Nous voulons protéger les rivières « à temps ».</p>"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def build(out: Path, *arguments: object) -> Result:
    return run("build", *arguments, "-o", out, "--allow-private")


def source(turtle: Path) -> tuple[Graph, URIRef]:
    graph = Graph().parse(turtle)
    (document,) = graph.subjects(RDF.type, SG.SourceDocument)
    assert isinstance(document, URIRef)
    return graph, document


def verifies(turtle: Path, original: Path) -> bool:
    return run("verify", turtle, "--source", original).exit_code == 0


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_text(site: Site, tmp_path: Path) -> None:
    site.pages["/plans/seed.txt"] = sends(SEED.read_bytes(), content_type="text/plain")
    site.pages["/latest?from=home"] = leads("/plans/seed.txt")
    result = build(tmp_path, f"{site.origin}/latest?from=home")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "latest.coverage.json",
        "latest.graphml",
        "latest.original.txt",
        "latest.report.ttl",
        "latest.sha256",
        "latest.ttl",
        "latest.txt",
    ]
    assert (tmp_path / "latest.original.txt").read_bytes() == SEED.read_bytes()
    graph, document = source(tmp_path / "latest.ttl")
    assert list(graph.objects(document, DCTERMS.source)) == [URIRef(f"{site.origin}/plans/seed.txt")]
    assert verifies(tmp_path / "latest.ttl", tmp_path / "latest.original.txt")
    assert run("validate", tmp_path / "latest.ttl", "--strict").exit_code == 0
    assert f"<{site.origin}/plans/seed.txt>" in run("describe", tmp_path / "latest.ttl").stdout


def test_the_facts_are_those_of_the_file(site: Site, tmp_path: Path) -> None:
    site.pages[f"/{SEED.name}"] = sends(SEED.read_bytes(), content_type="text/plain")
    url = f"{site.origin}/{SEED.name}"
    assert build(tmp_path / "web", url).exit_code == 0
    assert build(tmp_path / "file", SEED).exit_code == 0
    web, document = source(tmp_path / "web" / f"{SEED.stem}.ttl")
    file, same = source(tmp_path / "file" / f"{SEED.stem}.ttl")
    assert document == same
    assert set(web) - set(file) == {(document, DCTERMS.source, URIRef(url))}
    assert set(file) <= set(web)
    assert not list(file.objects(document, DCTERMS.source)), "a file has no address"


def test_the_same_bytes_give_the_same_bytes(site: Site, tmp_path: Path) -> None:
    site.pages["/plan.txt"] = sends(SEED.read_bytes())
    for out in (tmp_path / "a", tmp_path / "b"):
        assert build(out, f"{site.origin}/plan.txt").exit_code == 0
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


@pytest.mark.parametrize(
    ("encoding", "charset", "format_"),
    [
        ("utf-8", "utf-8", "text/html"),
        ("utf-8", "iso-8859-1", "text/html"),  # what servers say by default
        ("cp1252", "iso-8859-1", "text/html; charset=windows-1252"),  # what browsers take it for
        ("cp1252", "Windows-1252", "text/html; charset=windows-1252"),
        ("utf-16-be", "utf-16be", "text/html; charset=utf-16be"),
    ],
)
def test_a_page_whose_encoding_only_the_server_tells(
    site: Site, tmp_path: Path, encoding: str, charset: str, format_: str
) -> None:
    site.pages["/plan"] = sends(PAGE.encode(encoding), content_type=f"text/html; charset={charset}")
    result = build(tmp_path, f"{site.origin}/plan")
    assert result.exit_code == 0, result.output
    assert "De l’eau pour les élèves" in (tmp_path / "plan.txt").read_text(encoding="utf-8")
    graph, document = source(tmp_path / "plan.ttl")
    assert graph.value(document, DCTERMS.format) == Literal(format_)
    assert verifies(tmp_path / "plan.ttl", tmp_path / "plan.original.html")


def test_what_the_user_says_of_the_encoding_wins(site: Site, tmp_path: Path) -> None:
    site.pages["/plan.txt"] = sends(
        "Цель 1: Вода для всех\n".encode("koi8-r"), content_type="text/plain; charset=windows-1251"
    )
    assert build(tmp_path, f"{site.origin}/plan.txt", "--encoding", "koi8-r").exit_code == 0
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8").startswith("Цель 1")
    assert verifies(tmp_path / "plan.ttl", tmp_path / "plan.original.txt")


def test_a_pdf_by_its_media_type(site: Site, tmp_path: Path) -> None:
    pdf = to_pdf(read(SEED), tmp_path / "made.pdf").read_bytes()
    site.pages["/download?id=7"] = sends(pdf, content_type="application/pdf")
    out = tmp_path / "out"
    result = build(out, f"{site.origin}/download?id=7")
    assert result.exit_code == 0, result.output
    assert (out / "download.original.pdf").read_bytes() == pdf
    graph, document = source(out / "download.ttl")
    assert str(graph.value(document, RDFS.label)) == "download.pdf"
    assert verifies(out / "download.ttl", out / "download.original.pdf")


def test_errors_are_one_line_and_status_2(site: Site, tmp_path: Path) -> None:
    for url, words in (
        (f"{site.origin}/gone.txt", "404 Not Found"),
        ("ftp://example.org/plan.txt", "only http and https"),
        (site.origin.replace("://", "://me:secret@") + "/plan.txt", "password"),
    ):
        result = build(tmp_path / "out", url)
        assert result.exit_code == 2
        assert words in result.stderr
        assert "secret" not in result.output
        assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_private_hosts_need_an_option(site: Site, tmp_path: Path) -> None:
    site.pages["/plan.txt"] = sends(SEED.read_bytes())
    result = run("build", f"{site.origin}/plan.txt", "-o", tmp_path)
    assert result.exit_code == 2
    assert "--allow-private" in result.stderr
    assert site.asked == []


def test_a_url_that_fails_does_not_stop_the_others(site: Site, tmp_path: Path) -> None:
    site.pages["/plan.txt"] = sends(SEED.read_bytes())
    result = build(tmp_path, f"{site.origin}/gone.txt", f"{site.origin}/plan.txt")
    assert result.exit_code == 2
    assert (tmp_path / "plan.ttl").exists()
    assert not (tmp_path / "gone.ttl").exists()


def test_the_limit_of_time(tmp_path: Path, site: Site) -> None:
    assert build(tmp_path, f"{site.origin}/plan.txt", "--max-seconds", "0").exit_code == 2


def test_the_core_takes_an_address_for_the_name_of_a_file(site: Site) -> None:
    """Only the command line fetches."""
    from strategraph import build as build_graph
    from strategraph.errors import UnusableInputError

    site.pages["/plan.txt"] = sends(SEED.read_bytes())
    with pytest.raises(UnusableInputError, match="no such file"):
        build_graph(f"{site.origin}/plan.txt")
    assert site.asked == []
