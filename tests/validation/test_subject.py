"""What the constraints in code look at: words behind nodes and triples, however ill they are told."""

from __future__ import annotations

import pytest
from rdflib import URIRef
from tests.validation.builders import TEXT, VALID, broken, failing, updated

from strategraph.rdf.loading import load_graph
from strategraph.validation import validate
from strategraph.validation.shapes import SGSH
from strategraph.validation.subject import Quotes

LIGHT = "DELETE WHERE { ?evidence a sg:Evidence ; ?property ?value }"


def test_a_light_graph_conforms_and_says_that_it_is_light() -> None:
    report = validate(updated(LIGHT), text=TEXT)
    assert failing(report) == {"graph-has-evidence": "Info"}
    assert report.exit_code(strict=True) == 0
    assert report.results[0].quote is None


@pytest.mark.parametrize(
    ("name", "line", "quote"),
    [
        ("confidence-is-high", 3, "everyone"),  # the evidence itself
        ("addressed-is-target-group", 7, "young farmers"),  # another value of the property
        ("commitment-has-object", 7, "promote bee-friendly farming"),  # what states the node
        ("plan-has-language", 1, "Meadow Trust Plan from 2025"),  # anything about the node
        ("owner-is-organization", 1, "Meadow Trust"),  # the very triple
    ],
)
def test_results_quote_the_words_behind_them(name: str, line: int, quote: str) -> None:
    (result,) = (r for r in validate(broken(name)).results if r.shape == SGSH[name])
    assert (result.line, result.quote) == (line, quote)


def test_the_first_of_several_evidences_is_quoted() -> None:
    quotes = Quotes.of(load_graph(VALID))
    decision = URIRef("https://w3id.org/strategraph/id/instrument/meadow-assembly/decision/4")
    starts = [quote.start for quote in quotes.all]
    assert starts == sorted(start for start in starts if start is not None)
    quote = quotes.behind(decision)
    assert quote is not None
    assert quote.exact == "Decision 4 (MA-3)"


def test_ill_typed_evidence_is_a_finding_not_a_crash() -> None:
    graph = updated(
        'DELETE { ?e oa:start ?s ; oa:exact ?x ; sg:line ?l } INSERT { ?e oa:start "x" ; oa:exact <s:x> ; sg:line "y" }'
        " WHERE { ?e oa:start ?s ; oa:exact ?x ; sg:line ?l }"
    )
    assert {"start-is-integer", "quote-is-string", "line-is-integer"} <= set(
        failing(validate(graph, text=TEXT))
    )
