"""Claims are held against quotes, and quotes against the text."""

from __future__ import annotations

import pytest
from tests.validation.builders import TEXT, VALID, broken, failing, updated

from strategraph.rdf.loading import load_graph
from strategraph.validation import validate
from strategraph.validation.shapes import SGSH


def test_without_the_text_quotes_are_not_checked() -> None:
    graph = broken("quote-stands-in-text")
    assert validate(graph).results == ()
    assert failing(validate(graph, text=TEXT)) == {"quote-stands-in-text": "Violation"}


def test_another_text_is_found_out() -> None:
    report = validate(load_graph(VALID), text="Another text.")
    assert set(failing(report)) == {"text-has-checksum", "quote-stands-in-text"}


@pytest.mark.parametrize(
    ("format", "number", "right"),
    [
        ("text/html", "3", True),  # the items between are no elements, and have lines of their own
        ("text/html", "5", True),
        ("text/html", "6", False),  # there are not so many lines
        ("text/plain", "5", False),  # where nothing counts by itself, numbers are printed
        ("text/html", "9999999", False),
    ],
)
def test_a_list_that_counts_by_itself_may_have_items_that_are_no_elements(
    format: str, number: str, right: bool
) -> None:
    graph = updated(
        f"""DELETE {{ ?s dcterms:format ?f . <goal/2> sg:number ?n }}
        INSERT {{ ?s dcterms:format "{format}" . <goal/2> sg:number "{number}" }}
        WHERE {{ ?s dcterms:format ?f . <goal/2> sg:number ?n }}"""
    )
    assert ("words-are-quoted" not in failing(validate(graph))) == right


def test_a_group_is_quoted_also_where_its_article_is_written_on_to_a_word() -> None:
    graph = updated(
        """DELETE { ?e oa:exact ?x } INSERT { ?e oa:exact "للطلبة" ; rdf:object ?group . <vision> sg:addresses ?group }
        WHERE { ?e rdf:subject <vision> ; rdf:predicate sg:addresses ; oa:exact ?x .
        BIND(<https://w3id.org/strategraph/concept/target-group/students> AS ?group) }"""
    )
    wrong = [r for r in validate(graph).results if r.shape == SGSH["concept-is-quoted"]]
    assert not [r for r in wrong if str(r.value).endswith("/students")]
