"""No word of any human language stands in Python code: rules are data, with examples (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "strategraph"
FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
ALLOWED = {
    # The words of formats: names of tags, attributes, directives, schemes and MIME types.
    "reading/decoding.py": "the document type of XML",
    "reading/markup/": "names of markup",
    "reading/office/": "names of markup",
    "reading/stratml/": "names of markup and of properties, messages of the XML parser",
    "reading/fetching/": "schemes and headers",
    "reading/pdf/characters.py": "names of fonts tell their weight and slope",
    "system/": "names of files and schemes",
    "rdf/": "RDF syntax",
    "export/": "RDF and XML syntax",
    "querying/": "SPARQL and HTTP syntax",
    "curation/": "the syntax of answers and of files of corrections",
    "validation/": "RDF syntax",
    "model/identifiers.py": "schemes of IRIs, subtags of languages",
    "cli/": "what the commands themselves print",
    "extraction/citation_grammar/__main__.py": "the page of the docs that it prints",
    "knowledge/rule_names.py": "keys of TOML, which it reads without a parser",
    # Addresses.
    "extraction/profile/zones.py": "schemes of addresses",
    "understanding/view.py": "schemes of addresses",
    # Latin, which numbers paragraphs in all languages: 3 bis, 3 ter.
    "extraction/provisions/paragraphs.py": "Latin numbering",
}
"""Where patterns may have words, each with the reason."""
FORMATS = frozenset({"pdf", "doc", "xls", "ppt", "html", "htm", "xml", "doctype", "docx", "xlsx", "pptx"})
"""Names of formats are the same in all languages."""
ROMAN = re.compile(r"[ivxlcIVXLC]+")
"""Numerals are no words."""


def words_of(pattern: str) -> list[str]:
    """Return the words of three letters or more in a pattern, without its syntax and its {fragments}.

    >>> words_of(r"(?P<page>\\bpage\\b)[ivxlc]{3,4}{name}")
    ['page']
    """
    bare = re.sub(r"\(\?P[<=]\w+[>)]?|\(\?[a-z]+[:)]|\{\w*\}|\[\^?(?:\\.|[^\]])*\]|#.*", " ", pattern)
    bare = re.sub(r"\\(?:[xuU][0-9a-fA-F]{2,8}|N\{[^}]*\}|.)", " ", bare)
    return [
        word
        for word in re.findall(r"[^\W\d_]{3,}", bare)
        if not ROMAN.fullmatch(word) and word not in FORMATS
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


class Literal(NamedTuple):
    """A string in the code: where it starts and ends, and what it says."""

    node: ast.Constant
    first: int
    last: int
    text: str


def literals(node: ast.AST) -> Iterator[Literal]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield Literal(part, part.lineno, part.end_lineno or part.lineno, part.value)


def patterns(module: ast.Module) -> Iterator[Literal]:
    """Yield the literals that make patterns: in calls of re, and in constants that are put into them.

    What is called or looked up there is named by a key, which is no part of the pattern.
    """
    constants = {
        target.id: statement.value
        for statement in module.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(module):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        if (
            isinstance(call.func.value, ast.Name)
            and call.func.value.id == "re"
            and call.func.attr in FUNCTIONS
        ):
            yield from written(call.args[0])
            for name in ast.walk(call.args[0]):
                if isinstance(name, ast.Name) and isinstance(
                    constants.get(name.id), ast.Constant | ast.JoinedStr
                ):
                    yield from written(constants[name.id])


def written(pattern: ast.AST) -> Iterator[Literal]:
    keys = {
        id(literal.node)
        for part in ast.walk(pattern)
        if isinstance(part, ast.Call | ast.Subscript)
        for literal in literals(part)
    }
    yield from (literal for literal in literals(pattern) if id(literal.node) not in keys)


def docstrings(module: ast.Module) -> set[int]:
    """Return the lines of docstrings, and of strings that stand alone."""
    return {
        line
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_letters_but_ascii(path: Path) -> None:
    """The range of a script is written in escapes: a letter would be read as a word of it."""
    if path.name == "__main__.py":
        return
    module, source = tree(path), path.read_text(encoding="utf-8").splitlines()
    lines = {line for one in literals(module) for line in range(one.first, one.last + 1)}
    code = {line: source[line - 1].split("  # ")[0] for line in lines - docstrings(module)}
    found = {line: text for line, text in code.items() if re.search(r"[^\W\d_\x00-\x7f]", text)}
    assert found == {}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_words_in_patterns(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    if any(name.startswith(allowed) for allowed in ALLOWED):
        return
    found = {one.first: words for one in patterns(tree(path)) if (words := words_of(one.text))}
    assert found == {}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_small_words_in_sets(path: Path) -> None:
    """Sets hold names of classes and of fields; none holds what stands between words in some language."""
    if "markup" in path.parts:
        return
    small = small_words()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            held = {one.text for part in node.elts for one in literals(part)} & small
            assert len(held) < 3 or max(map(len, held)) < 3, (node.lineno, held)


@cache
def small_words() -> frozenset[str]:
    classes = ("article", "auxiliary", "conjunction", "demonstrative", "possessive", "preposition", "pronoun")
    rows = [
        line.partition("\t")
        for table in (PACKAGE.parents[1] / "data" / "words").glob("??.tsv")
        for line in table.read_text(encoding="utf-8").splitlines()
    ]
    return frozenset(word for kind, _, words in rows if kind in classes for word in words.split())
