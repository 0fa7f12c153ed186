"""Values of parameters: of the kind that the default is, and never anything but one term.

The catalogue's form: descriptions, parameters with defaults, values that cannot be anything but data.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.querying import Parameter, Question, catalogue, find_question
from strategraph.querying.catalogue import kind_of, read_term, write_like
from strategraph.rdf.namespace import PREFIXES as CATALOGUE_PREFIXES
from strategraph.rdf.namespace import SG

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


QUESTIONS = {question.name: question for question in catalogue()}
ECHO = Question.parse(
    "echo", '# description: What?\n# param: said — any text\nSELECT ?said {\n  VALUES ?said { "a\\"b" }\n}\n'
)


def echoed(query: str) -> list[str]:
    answer = Store().query(query)
    assert isinstance(answer, QuerySolutions)
    return [row["said"].value for row in answer]


TYPED = Question.parse(
    "typed",
    """# description: Which plans still run?
# param: year — a year
# param: kind — a class
# param: called — a name in English
SELECT ?year ?kind ?called {
  VALUES ?year { 2024 }
  VALUES ?kind { sg:Goal }
  VALUES ?called { "youth"@en }
}
""",
)


def test_there_are_questions_enough() -> None:
    assert len(QUESTIONS) >= 20
    assert set(QUESTIONS) == {path.stem for path in resources.files("ontology/queries", ".rq")}
    assert list(QUESTIONS) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_form(name: str) -> None:
    question = QUESTIONS[name]
    assert question.description.endswith("?")
    assert "ORDER BY" in question.text
    # What is declared has its default in a line of its own, and the other way round.
    declared = re.findall(r"^# param: (.*)$", question.text, re.MULTILINE)
    values = re.findall(r'VALUES \?(\w+) \{ "', question.text)
    assert [f"{p.name} — {p.description}" for p in question.parameters] == declared
    assert [p.name for p in question.parameters] == values


@pytest.mark.parametrize("name", QUESTIONS)
def test_only_known_terms_and_declared_prefixes_are_used(name: str) -> None:
    text = QUESTIONS[name].text
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", text, re.MULTILINE))
    body = re.sub(r'^(?:PREFIX|[ ]*#).*$|"[^"]*"', "", text, flags=re.MULTILINE)
    used = re.findall(r"(?<![\w?])(\w+):(\w*)", body)
    assert {prefix for prefix, _ in used} == set(declared)
    assert declared.items() <= CATALOGUE_PREFIXES.items()
    assert all(SG[term] for prefix, term in used if prefix == "sg" and term)


def test_plain_sparql_is_a_question_without_parameters() -> None:
    question = Question.parse("mine", "ASK {}")
    assert (question.description, question.parameters, question.bind({})) == ("", (), "ASK {}")


def test_a_default_is_read_as_the_engine_reads_it() -> None:
    assert ECHO.parameters == (Parameter("said", "any text", 'a"b'),)
    assert echoed(ECHO.bind({})) == ['a"b']


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_value_arrives_as_it_is(value: str) -> None:
    assert echoed(ECHO.bind({"said": value})) == [value]


@pytest.mark.parametrize(
    "value",
    [
        '" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } VALUES ?x { "',
        '\\" } #',
        "\\",
        '\n} VALUES ?said { "evil" } #',
        "'''",
        "\\1\\g<before>",
    ],
)
def test_a_value_cannot_break_out(value: str) -> None:
    assert echoed(ECHO.bind({"said": value})) == [value]


def test_a_value_that_is_no_text() -> None:
    with pytest.raises(UnusableInputError, match="not Unicode"):
        ECHO.bind({"said": "\udcff"})


def test_numbers_iris_and_languages() -> None:
    assert [(p.default, p.kind) for p in TYPED.parameters] == [
        ("2024", "integer"), (str(SG.Goal), "IRI"), ("youth", "text"),
    ]  # fmt: skip
    bound = TYPED.bind({"year": "2030", "kind": "sg:Target", "called": 'a"b'})
    assert f'VALUES ?year {{ "2030"^^<{CATALOGUE_PREFIXES["xsd"]}integer> }}' in bound
    assert f"VALUES ?kind {{ <{SG.Target}> }}" in bound
    assert 'VALUES ?called { "a\\"b"@en }' in bound


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("year", "2024 } SERVICE <http://127.0.0.1:9/> {} #", "typed: year: "),
        ("year", "", "typed: year: '' is no integer"),
        ("kind", "urn:x> } #", "typed: kind: "),
    ],
)
def test_a_value_of_another_kind(parameter: str, value: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=f"^{message}"):
        TYPED.bind({parameter: value})


def test_a_prefix_of_the_questions_own() -> None:
    question = Question.parse(
        "mine", "# param: x — any\nPREFIX ex: <urn:ex:>\nSELECT ?x {\n  VALUES ?x { ex:a }\n}"
    )
    assert question.parameters[0].default == "urn:ex:a"
    assert "VALUES ?x { <urn:ex:b> }" in question.bind({"x": "ex:b"})


@pytest.mark.parametrize(
    ("name", "parameter", "message"),
    [
        ("goals-for-group", "grup", "did you mean group?"),
        ("groups-only-here", "x", "it has element, other"),
        ("goals", "x", "it has none"),
    ],
)
def test_unknown_parameters(name: str, parameter: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=re.escape(message)):
        QUESTIONS[name].bind({parameter: "youth"})


def test_unknown_questions() -> None:
    with pytest.raises(UnusableInputError, match=r"did you mean .*goals"):
        find_question("goal")
    with pytest.raises(UnusableInputError, match=r"^no question 'zzzzzz': `strategraph query --list`"):
        find_question("zzzzzz")


# -- Folders of one's own


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_of_ones_own_joins_in(tmp_path: Path) -> None:
    mine = write(tmp_path, mine="\ufeff# description: Mine?\nASK {}", goals="ASK { ?s a sg:Goal }")
    (tmp_path / "other.SPARQL").write_text("ASK {}", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no query", encoding="utf-8")
    found = {question.name: question for question in catalogue([mine])}
    assert list(found) == sorted({*QUESTIONS, "mine", "other"})
    assert (found["mine"].description, found["mine"].folder, found["mine"].shipped) == ("Mine?", mine, False)
    assert found["goals"].text == "ASK { ?s a sg:Goal }"  # in place of ours
    assert (found["groups"].folder, found["groups"].shipped) == (None, True)
    assert find_question("mine", [mine]) == found["mine"]


def test_the_earlier_folder_goes_first(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", mine="ASK { ?s a ?c }"), write(tmp_path / "b", mine="ASK {}")
    assert find_question("mine", [first, second]).text == "ASK { ?s a ?c }"
    assert find_question("mine", [second, first]).text == "ASK {}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s", "bad.rq: the query does not parse: line 1, column 14"),
        ("DROP ALL", "bad.rq: DROP is an update"),
        ("# param: x — any\nASK {}", 'bad.rq: the parameter x has no default; .* VALUES \\?x { "" }'),
        ("# param: x — any\nASK { VALUES ?x { 1 } }", "bad.rq: the parameter x has no default"),
    ],
)
def test_malformed_questions(tmp_path: Path, text: str, message: str) -> None:
    folder = write(tmp_path, bad=text)
    for attempt in (lambda: catalogue([folder]), lambda: find_question("bad", [folder])):
        with pytest.raises(UnusableInputError, match=message) as caught:
            attempt()
        assert "\n" not in str(caught.value)
    assert find_question("goals", [folder]).shipped  # the others can be asked


def test_files_and_folders_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="missing: no folder of queries"):
        catalogue([tmp_path / "missing"])
    (tmp_path / "x.rq").write_bytes(b"ASK {} # caf\xe9")
    with pytest.raises(UnusableInputError, match=r"x.rq: is not UTF-8 text"):
        catalogue([tmp_path])
    (tmp_path / "x.rq").unlink()
    (tmp_path / "x.rq").mkdir()
    with pytest.raises(UnusableInputError, match=r"x.rq: cannot be read"):
        catalogue([tmp_path])
    write(tmp_path, y="ASK {}")
    (tmp_path / "y.sparql").write_text("ASK {}", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="two queries that are called y"):
        find_question("goals", [tmp_path])


def test_a_question_of_ones_own_may_call_others_if_it_is_allowed_to(tmp_path: Path) -> None:
    calling = "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    assert find_question("calling", [write(tmp_path, calling=calling)]).text == calling


def test_the_page_lists_the_questions_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w-]+)` \| (.*) \| (.*) \|$", page, re.MULTILINE)
    assert listed == [
        (q.name, q.description, ", ".join(f"`{p.name}`" for p in q.parameters)) for q in QUESTIONS.values()
    ]
