"""Queries that would end the engine's stack are refused; long lists, names and texts are not.

What is asked and what is refused: queries, updates, mistakes, calls to other hosts.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions

from strategraph.errors import UnusableInputError
from strategraph.querying import Dataset, find_format, load_dataset, render, run
from strategraph.querying.dataset import known_prefixes
from strategraph.querying.engine import DEEPEST, LONGEST, MOST, check, refuse_deep

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
BOMBS: dict[str, Callable[[int], str]] = {
    "braces": lambda n: "SELECT * WHERE " + "{" * n + "}" * n,
    "braces that stay open": lambda n: "SELECT * WHERE " + "{" * n,
    "parentheses": lambda n: "ASK { FILTER" + "(" * n + "1" + ")" * n + "}",
    "square brackets": lambda n: "ASK { ?a ?b " + "[ ?p " * n + "1" + "]" * n + "}",
    "not": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "sums": lambda n: "SELECT (1" + "+1" * n + " AS ?x) {}",
    "spaced sums": lambda n: "SELECT (1" + " + 1" * n + " AS ?x) {}",
    "differences of variables": lambda n: "SELECT (?a" + "-?a" * n + " AS ?x) {}",
    "and": lambda n: "ASK { FILTER(?a" + " && ?a" * n + ") }",
    "paths": lambda n: "ASK { ?a <p:p>" + "/<p:p>" * n + " ?b }",
    "inverse paths": lambda n: "ASK { ?a " + "^(" * n + "<p:p>" + ")" * n + " ?b }",
    "unions": lambda n: "ASK { {?a ?b ?c}" + " UNION {?a ?b ?c}" * n + " }",
    "groups": lambda n: "ASK { " + "{?a ?b ?c}" * n + " }",
    "options": lambda n: "ASK { ?a ?b ?c" + " OPTIONAL {?a ?b ?c}" * n + " }",
    "minus": lambda n: "ASK { ?a ?b ?c" + " minus {?a ?b ?c}" * n + " }",
    "bindings": lambda n: "ASK { " + "".join(f" BIND(1 AS ?v{i})" for i in range(n)) + " }",
    "projections": lambda n: "SELECT (1 AS ?x0)" + "".join(f" (?x{i} AS ?x{i + 1})" for i in range(n)) + " {}",
    "filters": lambda n: "ASK { ?a ?b ?c " + "FILTER(?a) " * n + "}",
    "if within if": lambda n: "SELECT (" + "IF(1,1," * n + "1" + ")" * n + " AS ?x) {}",
    "exists within exists": lambda n: "ASK {" + "FILTER EXISTS {" * n + "}" * n + "}",
    "queries within queries": lambda n: "SELECT * { " + "{SELECT * {" * n + "}}" * n + "}",
    "reified triples": lambda n: "ASK { " + "<< " * n + "?a ?b ?c" + " >>" * n + " ?b ?c }",
    "a comparison that looks like an IRI": lambda n: "ASK { FILTER(?a<" + "(" * n + "1" + ")" * n + ">2) }",
    "an escape before a number sign": lambda n: r"ASK { FILTER(ex:a\#" + "(" * n + "1" + ")" * n + "\n) }",
    "what looks like a string behind an IRI": lambda n: (
        "ASK { FILTER(?a<'y>') FILTER" + "(" * n + "1" + ")" * n + "#'\n}"
    ),
    "signs in a name": lambda n: "ASK { FILTER(true" + "-true" * n + ":x) }",
    "after data": lambda n: "ASK { VALUES ?x { 1 } FILTER" + "(" * n + "1" + ")" * n + " }",
    "an unclosed string": lambda n: "ASK { FILTER('" + "(" * n,
}  # fmt: skip
LONG: dict[str, Callable[[int], str]] = {
    "values": lambda n: "SELECT * { VALUES ?x { " + "-1 +2.5 <http://x/a-b/(c)> ex:a-b " * n + "} }",
    "rows of values": lambda n: "PREFIX ex: <e:> SELECT * { VALUES (?x ?y) { " + "(-1 ex:a-b) " * n + "} }",
    "lists": lambda n: "ASK { FILTER(?a IN (1" + ",'a-b(c)'@en-GB,<http://x/a-b/c>" * n + ")) }",
    "strings": lambda n: "SELECT ('''" + "a(b) + {c}\n" * n + "''' AS ?x) {}",
    "comments": lambda n: "# (((( ++++ {{{{\n" * n + "ASK {}",
    "prefixes": lambda n: "".join(f"PREFIX p{i}: <http://x/a-b/{i}>\n" for i in range(n)) + "ASK {}",
    "templates": lambda n: "CONSTRUCT { " + "?a <http://x/a-b> ?c . " * n + "} WHERE {?a ?b ?c}",
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("number", [MOST + 100, 5_000])
def test_a_bomb_is_refused(name: str, number: int) -> None:
    with pytest.raises(UnusableInputError, match=r"limit: the engine|apostrophe|with an IRI|does not parse"):
        check("PREFIX ex: <e:> " + BOMBS[name](number), {})
    with pytest.raises(UnusableInputError, match=r"limit|apostrophe"):
        refuse_deep(BOMBS[name](number)) if name != "an unclosed string" else refuse_deep("(" * number)


@pytest.mark.parametrize("name", LONG)
def test_what_is_only_long_is_not(name: str) -> None:
    query = LONG[name](2_000)
    refuse_deep(query)
    check(query, {"ex": "e:"})


def test_the_catalogue_is_far_from_the_bounds() -> None:
    for path in (Path(__file__).parents[2] / "ontology" / "queries").glob("*.rq"):
        query = path.read_text("utf-8")
        refuse_deep(query)
        check(query, known_prefixes())
        assert len(re.findall(r"[({]", query)) < DEEPEST


def test_a_query_of_any_length_is_answered_or_refused() -> None:
    with pytest.raises(UnusableInputError, match=f"more than {LONGEST:,} characters"):
        run(load_dataset(VALID), "ASK {}" + " " * LONGEST)


@given(
    st.text(st.sampled_from("<>({[]})'\"\\#\n ?a:-+!*/|&^1@.VALUESfilter"), max_size=60), st.integers(1, 3)
)
def test_counting_is_no_reading(text: str, times: int) -> None:
    """Whatever the text, what stands behind it is counted unless the text leaves a string or comment open."""
    closed = text.translate({ord(c): None for c in "'\"#"})
    with pytest.raises(UnusableInputError):
        refuse_deep(closed * times + "} " + "(" * (2 * DEEPEST) + "<" + "!" * MOST)


ENGINE_VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(ENGINE_VALID)


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
