"""Values of parameters: of the kind that the default is, and never anything but one term."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from strategraph.errors import UnusableInputError
from strategraph.querying.values import kind_of, read_term, write_like

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"sg": "https://w3id.org/strategraph/ns#", "xsd": XSD}
EVIL = [
    '" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } VALUES ?x { "',
    "1 } UNION { ?s ?p ?o } VALUES ?x { 1",
    "https://example.org/> } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #",
    "sg:Goal> } #",
    "1\n2",
    "1 2",
    "\\u003e",
    "true } #",
]


def written(default: str, value: str) -> str:
    term = read_term(default, PREFIXES)
    assert term is not None
    return write_like(term, value, PREFIXES)


def terms(query: str) -> list[str]:
    answer = Store().query(query, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)
    return [row["x"].value for row in answer]


@pytest.mark.parametrize(
    ("default", "kind"),
    [
        ('""', "text"),
        ('"youth"@en-GB', "text"),
        ("2024", "integer"),
        ("-0.5", "decimal"),
        ("1e3", "double"),
        ("true", "boolean"),
        ('"2024"^^xsd:gYear', "gYear"),
        (f'"2024-01-02"^^<{XSD}date>', "date"),
        ("<https://example.org/a>", "IRI"),
        ("sg:Goal", "IRI"),
    ],
)
def test_kinds(default: str, kind: str) -> None:
    term = read_term(default, PREFIXES)
    assert term is not None
    assert kind_of(term) == kind


@pytest.mark.parametrize(
    "default", ["UNDEF", "1 2", "?x", "", "1 } #", "nowhere:x", '"a', "<a b>", "<relative>"]
)
def test_what_is_no_default(default: str) -> None:
    assert read_term(default, PREFIXES) is None


@pytest.mark.parametrize(
    ("default", "value", "expected"),
    [
        ("2024", "7", f'"7"^^<{XSD}integer>'),
        ("2024", "-07", f'"-7"^^<{XSD}integer>'),
        ("0.8", "0.50", f'"0.5"^^<{XSD}decimal>'),
        ("0.8", "1", f'"1"^^<{XSD}decimal>'),
        ("true", "false", f'"false"^^<{XSD}boolean>'),
        ('"2024"^^xsd:gYear', "2030", f'"2030"^^<{XSD}gYear>'),
        ('"youth"@en', "2024", '"2024"@en'),
        ('""', "2024", '"2024"'),
        ("sg:Goal", "sg:Objective", f"<{PREFIXES['sg']}Objective>"),
        ("sg:Goal", "https://example.org/é", "<https://example.org/é>"),
        ("sg:Goal", "<urn:x>", "<urn:x>"),
    ],
)
def test_a_value_is_of_the_defaults_kind(default: str, value: str, expected: str) -> None:
    assert written(default, value) == expected


@pytest.mark.parametrize(
    ("default", "value", "message"),
    [
        ("2024", "", "'' is no integer"),
        ("2024", "12.5", "'12.5' is no integer"),
        ("0.8", "1e3", "'1e3' is no decimal"),
        ("true", "yes", "'yes' is no boolean"),
        ('"2024"^^xsd:gYear', "soon", "'soon' is no gYear"),
        ("sg:Goal", "goal/2", "'goal/2' is no IRI"),
        ("sg:Goal", "https://example.org/a b", "is no IRI"),
        ('"x"^^xsd:token', "y", "no value can be given for a default of type"),
        ('""', "\udcff", "is not Unicode text"),
        ("2024", "\udcff", "is not Unicode text"),
        ("sg:Goal", "urn:\udcff", "is not Unicode text"),
    ],
)
def test_a_value_that_is_not(default: str, value: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=re.escape(message)) as caught:
        written(default, value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("default", ["2024", "0.5", "true", '"2024"^^xsd:gYear', "sg:Goal"])
@pytest.mark.parametrize("value", EVIL)
def test_no_value_of_any_kind_breaks_out(default: str, value: str) -> None:
    with pytest.raises(UnusableInputError):
        written(default, value)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.sampled_from(['""', '"a"@en']))
def test_text_arrives_as_it_is(value: str, default: str) -> None:
    assert terms(f"SELECT ?x {{ VALUES ?x {{ {written(default, value)} }} }}") == [value]


@given(
    st.one_of(st.sampled_from(EVIL), st.text(max_size=30)),
    st.sampled_from(["1", "0.5", "1e0", "false", '"2024"^^xsd:gYear', "<urn:x>"]),
)
def test_whatever_is_written_is_one_term(value: str, default: str) -> None:
    try:
        term = written(default, value)
    except UnusableInputError:
        return
    assert len(terms(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")) == 1
