"""Queries that would end the engine's stack are refused; long lists, names and texts are not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.querying import load_dataset, run
from strategraph.querying.dataset import known_prefixes
from strategraph.querying.engine import check
from strategraph.querying.nesting import DEEPEST, LONGEST, MOST, refuse_deep

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
