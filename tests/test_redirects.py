"""The redirects for w3id.org, asked of a small server that reads ``docs/w3id/.htaccess`` as Apache does."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rdflib import OWL, RDF, SKOS, Graph, URIRef

from strategraph.knowledge import resources
from strategraph.rdf.namespace import SG

ROOT = Path(__file__).resolve().parents[1]
HTACCESS = ROOT / "docs" / "w3id" / ".htaccess"
BASE = "https://w3id.org/strategraph/"
SITE = "https://strategraph.example/"
ONTOLOGY = f"{BASE}ns"
MADE = {"out/ontology.html", "out/shapes.ttl"}  # by `make ontology-page` and `make shapes`


@dataclass(frozen=True)
class Redirect:
    """A RewriteRule, with what its RewriteCond asks of the Accept header."""

    pattern: re.Pattern[str]
    target: str
    accept: re.Pattern[str] | None


def redirects() -> list[Redirect]:
    found: list[Redirect] = []
    accept = None
    for line in HTACCESS.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:2] == ["RewriteCond", "%{HTTP_ACCEPT}"]:
            accept = re.compile(words[2])
        elif words[:1] == ["RewriteRule"] and words[-1] == "[R=303,L]":
            found.append(Redirect(re.compile(words[1]), words[2].replace("%{ENV:SITE}/", SITE), accept))
            accept = None
    return found


class Handler(BaseHTTPRequestHandler):
    """Answers as Apache with mod_rewrite does in the folder of the .htaccess."""

    def do_GET(self) -> None:
        path = self.path.removeprefix("/strategraph/")
        for one in redirects():
            match = one.pattern.search(path)
            if match and (one.accept is None or one.accept.search(self.headers.get("Accept", ""))):
                self.send_response(303)
                target = re.sub(r"\$(\d)", lambda group, match=match: match[int(group[1])], one.target)  # type: ignore[misc]
                self.send_header("Location", target)
                break
        else:
            self.send_response(404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def asked(server: ThreadingHTTPServer, iri: str, accept: str = "text/turtle") -> str | None:
    """Return the file of a release that an IRI leads to, None for 404; the fragment is never sent."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
    path = URIRef(iri).partition("#")[0].removeprefix("https://w3id.org")
    connection.request("GET", path.encode("utf-8").decode("latin-1"), headers={"Accept": accept})
    response = connection.getresponse()
    location = response.getheader("Location")
    connection.close()
    assert (response.status == 303) == bool(location)
    return location.removeprefix(SITE) if location else None


@pytest.mark.parametrize(
    ("iri", "target"),
    [
        (ONTOLOGY, "ontology/strategraph.ttl"),
        (f"{ONTOLOGY}/0.1.0", "ontology/strategraph.ttl"),
        (f"{ONTOLOGY}/alignments", "ontology/alignments.ttl"),
        (f"{ONTOLOGY}/alignments/0.1.0", "ontology/alignments.ttl"),
        (f"{ONTOLOGY}/labels/fr", "ontology/labels/fr.ttl"),
        (f"{ONTOLOGY}/context.jsonld", "ontology/context.jsonld"),
        (f"{BASE}id/plan/x/goal/1", "docs/identifiers.md"),
        (f"{BASE}shapes", "out/shapes.ttl"),
        (f"{BASE}shapes/0.1.0", "out/shapes.ttl"),
        (f"{BASE}change#Kept", "ontology/changes.ttl"),
        (f"{BASE}concept/modality/strives", "data/modalities.ttl"),
        (f"{BASE}software/strategraph/0.1.0", "README.md"),
        (f"{BASE}nsx", None),
        (f"{ONTOLOGY}/labels/xx", None),
    ],
)
def test_iris_are_redirected(server: ThreadingHTTPServer, iri: str, target: str | None) -> None:
    assert asked(server, iri) == target


@pytest.mark.parametrize("iri", [ONTOLOGY, f"{ONTOLOGY}/0.1.0", str(SG.Goal)])
def test_browsers_get_the_page(server: ThreadingHTTPServer, iri: str) -> None:
    assert asked(server, iri, "text/html,application/xhtml+xml") == "out/ontology.html"


def test_each_iri_of_ours_in_a_graph_leads_to_a_file_of_the_project(server: ThreadingHTTPServer) -> None:
    graph = Graph().parse(ROOT / "tests" / "shapes" / "valid.ttl", format="turtle")
    for folder in (
        resources.path("ontology"),
        resources.path("ontology", "labels"),
        resources.path("shapes"),
    ):
        for path in sorted(folder.glob("*.ttl")):
            graph.parse(path, format="turtle")
    ours = {
        str(node) for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(BASE)
    }
    paths = {iri.partition("#")[0] for iri in ours}
    assert len(paths) > 40
    for iri in sorted(paths):
        target = asked(server, iri)
        assert target is not None, iri
        assert target in MADE or (ROOT / target).is_file(), target


def test_versions_and_headers_lead_to_the_file_that_has_them(server: ThreadingHTTPServer) -> None:
    for folder in ("ontology", "ontology/labels"):
        for path in sorted((ROOT / folder).glob("*.ttl")):
            graph = Graph().parse(path, format="turtle")
            for header in graph.subjects(RDF.type, OWL.Ontology):
                for iri in (header, graph.value(header, OWL.versionIRI)):
                    assert asked(server, str(iri)) == f"{folder}/{path.name}"


def test_concepts_lead_to_the_vocabulary_that_defines_them(server: ThreadingHTTPServer) -> None:
    schemes = 0
    for path in resources.files("data/vocabularies", ".ttl"):
        graph = Graph().parse(path, format="turtle")
        for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
            schemes += 1
            version = graph.value(scheme, OWL.versionIRI)
            for iri in (scheme, version, graph.value(predicate=SKOS.inScheme, object=scheme)):
                assert asked(server, str(iri)) == f"data/vocabularies/{path.name}"
    assert schemes >= 2


def test_the_page_and_the_shapes_are_made_by_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(target in makefile for target in MADE)
