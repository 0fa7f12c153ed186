"""The questions in ``ontology/queries``: what each asks, its parameters, and how they are given values.

A question is a file of plain SPARQL that any engine runs as it is. Its head says in comments what it asks;
each parameter is declared there and has its default in a line of its own::

    # description: Which goals address a group, in which words?
    # param: group — its name in any language; every group if empty

    SELECT … WHERE {
      VALUES ?group { "" }
      …

A value replaces the default as a literal that the engine itself writes, so no value can be anything but data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from strategraph import resources
from strategraph.errors import UnusableInputError

FOLDER = "ontology/queries"

_DESCRIPTION = re.compile(r"^# description: (?P<text>.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^# param: (?P<name>\w+) — (?P<text>.+)$", re.MULTILINE)
_VALUE = re.compile(
    r"""
    ^(?P<before> [ \t]* VALUES [ \t]+ \?(?P<name>\w+) [ \t]* \{ [ \t]* )
    (?P<literal> " (?: [^"\\\n] | \\. )* " )
    (?= [ \t]* \} )
    """,
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question leaves open: the name, what to give, and what it is if nothing is given."""

    name: str
    description: str
    default: str


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query with a name; from the catalogue it has a description, and may have parameters."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    @classmethod
    def parse(cls, name: str, text: str) -> Question:
        """Read a question from its text; plain SPARQL is one without description and parameters."""
        described = _DESCRIPTION.search(text)
        defaults = {match["name"]: _read_literal(match["literal"]) for match in _VALUE.finditer(text)}
        parameters = tuple(
            Parameter(match["name"], match["text"], defaults[match["name"]])
            for match in _PARAMETER.finditer(text)
            if match["name"] in defaults
        )
        return cls(name, described["text"] if described else "", parameters, text)

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with these values in place of the defaults.

        Raises :class:`UnusableInputError` for a parameter that the question does not have.
        """
        known = [parameter.name for parameter in self.parameters]
        for name in values:
            if name not in known:
                raise UnusableInputError(f"{self.name}: no parameter {name!r}: {_instead(name, known)}")

        def with_value(match: re.Match[str]) -> str:
            value = values.get(match["name"])
            return match[0] if value is None else match["before"] + _write_literal(value)

        return _VALUE.sub(with_value, self.text)


def catalogue() -> tuple[Question, ...]:
    """Return the questions that come with strategraph, by name."""
    files = sorted(resources.files(FOLDER, ".rq"), key=lambda path: path.stem)
    return tuple(Question.parse(path.stem, path.read_text(encoding="utf-8")) for path in files)


def find_question(name: str) -> Question:
    """Return the question of that name; raise :class:`UnusableInputError` with the likeliest if none is.

    >>> find_question("gaols-for-group")
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: no question 'gaols-for-group': did you mean goals-for-group? ...
    """
    questions = {question.name: question for question in catalogue()}
    if name not in questions:
        close = get_close_matches(name, questions, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}? " if close else ""
        raise UnusableInputError(f"no question {name!r}: {hint}`strategraph query --list` shows them all")
    return questions[name]


def _instead(name: str, known: list[str]) -> str:
    if not known:
        return "it has none"
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"it has {', '.join(known)}"


def _write_literal(value: str) -> str:
    import pyoxigraph

    try:
        return str(pyoxigraph.Literal(value))
    except ValueError as error:  # bytes from the command line that are no text
        raise UnusableInputError(f"the value {value!a} is not Unicode text") from error


def _read_literal(literal: str) -> str:
    import pyoxigraph

    triple = f"<x:s> <x:p> {literal} ."
    quad = next(iter(pyoxigraph.parse(triple, format=pyoxigraph.RdfFormat.TURTLE)))
    assert isinstance(quad.object, pyoxigraph.Literal)
    return quad.object.value
