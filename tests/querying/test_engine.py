"""What is asked and what is refused: queries, updates, mistakes, calls to other hosts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from strategraph.errors import UnusableInputError
from strategraph.querying import Dataset, find_format, load_dataset, render, run

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(VALID)


class Endpoint:
    """A host that counts who calls it."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.iri = f"http://127.0.0.1:{self.socket.getsockname()[1]}/sparql"
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        while not self.done.is_set():
            try:
                connection, _ = self.socket.accept()
            except TimeoutError:
                continue
            self.calls += 1
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self.done.set()
        self.thread.join()
        self.socket.close()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    yield server
    server.close()


CALLING = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "select * {{ service silent <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ SeRvIcE<{0}>{{ ?s ?p ?o }} }}",
    "CONSTRUCT WHERE {{ ?s ?p ?o }} # SERVICE\nVALUES ?x {{ 1 }}\n#\nSERVICE <{0}> {{}}",
    "SELECT * {{ ?s ?p '''it''s''' . # nothing\n SERVICE <{0}> {{ ?s ?p ?o }} }}",
    'SELECT * {{ ?s ?p "a # b" . SERVICE <{0}> {{ ?s ?p ?o }} }}',
    "SELECT * {{ <http://example.org/#x> ?p ?o . SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{0}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "PREFIX e: <{0}> SELECT * {{ SERVICE e: {{ ?s ?p ?o }} }}",
    "PREFIX : <{0}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b ?c FILTER(?a<?b#>'''\n) SERVICE <{0}> {{ ?s ?p ?o }} #'''\n}}",
    "SELECT * {{ ?a ?b ?c FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ ?service ?p ?o . SERVICE # x\n <{0}> {{ ?s ?p ?o }} }}",
]

NOT_CALLING = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT $SERVICE { $SERVICE ?p ?o }",
    "PREFIX SERVICE: <http://example.org/> SELECT * { ?s SERVICE:SERVICE ?o }",
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1:9/> {}' }",
    "SELECT * { ?s ?p '''SERVICE\n<http://127.0.0.1:9/>''' }",
    'SELECT * { ?s ?p "\\"SERVICE ?x {}" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://127.0.0.1:9/>",
    "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { _:service ?p ?o FILTER(?o < 5) } #'service",
]


@pytest.mark.parametrize("query", CALLING)
def test_nobody_is_called(dataset: Dataset, endpoint: Endpoint, query: str) -> None:
    with pytest.raises(UnusableInputError):
        render(run(dataset, query.format(endpoint.iri)), find_format("table"), dataset)
    assert endpoint.calls == 0


@pytest.mark.parametrize("query", [CALLING[0], CALLING[1], CALLING[2], CALLING[7], CALLING[9]])
def test_the_option_is_named(dataset: Dataset, endpoint: Endpoint, query: str) -> None:
    with pytest.raises(UnusableInputError, match="--allow-service"):
        run(dataset, query.format(endpoint.iri))


def test_who_allows_it_calls(dataset: Dataset, endpoint: Endpoint) -> None:
    with pytest.raises(UnusableInputError, match=r"the query failed: .*500"):
        render(run(dataset, CALLING[0].format(endpoint.iri), allow_service=True), find_format("csv"), dataset)
    assert endpoint.calls == 1


@pytest.mark.parametrize("query", NOT_CALLING)
def test_the_word_elsewhere_is_no_call(dataset: Dataset, query: str) -> None:
    assert isinstance(run(dataset, query), QuerySolutions)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT is an update"),
        ("PREFIX x: <urn:x> # first\ndelete where { ?s ?p ?o }", "DELETE is an update"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD is an update"),
        ("\n" * 10_000 + "DROP ALL", "DROP is an update"),
        ("SELEKT *", "line 1, column 1"),
        ("SELECT *\n{ ?s nowhere:p ?o }", "line 2, column 15: Prefix not found"),
        ("SELECT * { ?s ?p <a b> }", "IRI parsing failed"),
        ("SELECT (COUNT(?a) AS ?c) ?b {?a ?c ?b}", "contains a variable that is unbound"),
        ("SELECT * { ?s ?p", "line 1, column 17: the query is not finished"),
        ("SELECT * { ?s ?p ?o . ) }", "unexpected '\\)'"),
        ("SELECT * { ?s ?p 'SERVICE' . ) }", "unexpected '\\)'"),
        ("", "line 1, column 1: the query is not finished"),
        ("SELECT *\n\n  WHERE ( ?s ?p ?o }", "line 3, column 9: unexpected '\\('"),
        ("SELECT ?s WHERE { ?s ?p ?o } GROUP ?s", "line 1, column 36: unexpected '\\?s'"),
    ],
)
def test_mistakes_are_told_in_one_line_with_their_place(dataset: Dataset, query: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message) as caught:
        run(dataset, query)
    assert "\n" not in str(caught.value)


def test_updates_leave_the_graph_alone(dataset: Dataset) -> None:
    before = len(dataset.store)
    with pytest.raises(UnusableInputError):
        run(dataset, "DELETE WHERE { ?s ?p ?o }")
    assert len(dataset.store) == before


def test_the_usual_prefixes_need_no_declaration(dataset: Dataset) -> None:
    answer = run(dataset, "SELECT ?g { ?g a sg:Goal ; rdfs:label ?l FILTER(xsd:string(?l) != '') }")
    assert len(list(answer)) == 2  # type: ignore[arg-type]
