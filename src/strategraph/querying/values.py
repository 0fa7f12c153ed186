"""Values of parameters: read from a question's default, and written as the same kind of term.

What is written is always one term, and the engine writes it: no value can be anything but data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    Term = Literal | NamedNode

_XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = "text"
IRI = "IRI"


def read_term(written: str, prefixes: Mapping[str, str]) -> Term | None:
    """Return a literal or IRI that is written as in SPARQL; None for what is neither.

    >>> read_term("2024", {})
    <Literal value=2024 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    >>> read_term("sg:Goal", {})
    """
    from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

    try:
        answer = Store().query(f"SELECT ?x {{ VALUES ?x {{ {written} }} }}", prefixes=dict(prefixes))
        assert isinstance(answer, QuerySolutions)
        terms = [row["x"] for row in answer]
    except SyntaxError:
        return None
    return terms[0] if len(terms) == 1 and isinstance(terms[0], Literal | NamedNode) else None


def kind_of(term: Term) -> str:
    """Return what a value in place of the term must be: "text", "IRI", or a datatype, such as "integer"."""
    from pyoxigraph import NamedNode

    if isinstance(term, NamedNode):
        return IRI
    return TEXT if _is_text(term) else term.datatype.value.removeprefix(_XSD)


def write_like(term: Term, value: str, prefixes: Mapping[str, str]) -> str:
    """Return the value as SPARQL writes it, of the same kind as a term: text stays in the term's language.

    An IRI may be given with one of the prefixes. Raises :class:`UnusableInputError` for a value that cannot
    be of that kind.

    >>> write_like(read_term('"youth"@en', {}), 'girls"', {})
    '"girls\\\\""@en'
    >>> write_like(read_term("2024", {}), "soon", {})
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: 'soon' is no integer
    """
    from pyoxigraph import Literal, NamedNode

    if not value.isprintable() and any("\ud800" <= character <= "\udfff" for character in value):
        raise UnusableInputError(f"{value!a} is not Unicode text")  # bytes from the command line
    if isinstance(term, NamedNode):
        try:
            return str(NamedNode(_absolute(value, prefixes)))
        except ValueError as error:
            raise UnusableInputError(f"{value!r} is no {IRI} ({error})") from error
    if _is_text(term):
        return str(Literal(value, language=term.language))
    found = _cast(Literal(value), term.datatype)
    if found is None:
        raise UnusableInputError(f"{value!r} is no {kind_of(term)}")
    return str(found)


def _is_text(term: Literal) -> bool:
    return term.language is not None or term.datatype.value == f"{_XSD}string"


def _absolute(value: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, rest = value.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + rest
    return value.removeprefix("<").removesuffix(">")


def _cast(literal: Literal, datatype: NamedNode) -> object:
    """Return the literal as one of the datatype, None where its text is none of these."""
    from pyoxigraph import QuerySolutions, Store

    try:
        answer = Store().query(f"SELECT ({datatype}({literal}) AS ?x) {{}}")
        assert isinstance(answer, QuerySolutions)
        return next(row["x"] for row in answer)
    except (RuntimeError, ValueError) as error:
        raise UnusableInputError(f"no value can be given for a default of type {datatype}") from error
