"""Questions with a name: those in ``ontology/queries`` and in folders of one's own, and how they get values.

A question is a file of plain SPARQL that any engine runs as it is. Its head says in comments what it asks;
each parameter is declared there and has its default in a line of its own::

    # description: Which goals address a group, in which words?
    # param: group — its name in any language; every group if empty

    SELECT … WHERE {
      VALUES ?group { "" }
      …

A value replaces the default as a term of the same kind (text, a number, an IRI …) that the engine itself
writes, so no value can be anything but data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.querying.answers import Expectations, absolute
from strategraph.querying.dataset import known_prefixes
from strategraph.querying.engine import check
from strategraph.system.files import read_given_text

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    Term = Literal | NamedNode


_XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = "text"
IRI = "IRI"
FOLDER = "ontology/queries"
SUFFIXES = (".rq", ".sparql")
_DESCRIPTION = re.compile(r"^# description: (?P<text>.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^# param: (?P<name>\w+) — (?P<text>.+)$", re.MULTILINE)
_NEEDS = re.compile(r"^# needs: (?P<terms>\w+:\w+(?:, \w+:\w+)*) — (?P<text>.+)$", re.MULTILINE)
_NONE = re.compile(r"^# none: (?P<text>.+)$", re.MULTILINE)
_NAMES = re.compile(r"^# names: (?P<name>\w+) — (?P<term>\w+:\w+)$", re.MULTILINE)
_PREFIX = re.compile(
    r"^[ \t]*PREFIX[ \t]+(?P<name>[\w-]*):[ \t]*<(?P<iri>[^<>\s]*)>", re.MULTILINE | re.IGNORECASE
)
_VALUE = re.compile(
    r"""
    ^(?P<before> [ \t]* VALUES [ \t]+ \?(?P<name>\w+) [ \t]* \{ [ \t]* )
    (?P<term>
      " (?: [^"\\\n] | \\. )* " (?: @[\w-]+ | \^\^ [^\s}]+ )?  # text, or a literal with language or datatype
      | <[^<>"\s]*>                                        # an IRI
      | [^\s{}<>"'()?$\#]+                                 # a number, true, false, an IRI with a prefix
    )
    (?= [ \t]* \} )
    """,
    re.MULTILINE | re.VERBOSE,
)


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


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question leaves open: the name, what to give, what it is if nothing is given, and its kind."""

    name: str
    description: str
    default: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query with a name; from a catalogue it has a description, and may have parameters.

    ``folder`` is where it is from if it is of a folder of the user's; ``shipped`` says that it comes with
    strategraph, so that nothing in its answer counts twice where a store has a triple twice.
    """

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    folder: Path | None = None
    shipped: bool = False

    @classmethod
    def parse(cls, name: str, text: str, *, folder: Path | None = None, shipped: bool = False) -> Question:
        """Read a question from its text; plain SPARQL is one without description and parameters."""
        described = _DESCRIPTION.search(text)
        prefixes = _prefixes(text)
        defaults = {match["name"]: read_term(match["term"], prefixes) for match in _VALUE.finditer(text)}
        parameters = tuple(
            Parameter(match["name"], match["text"], default.value, kind_of(default))
            for match in _PARAMETER.finditer(text)
            if (default := defaults.get(match["name"])) is not None
        )
        return cls(name, described["text"] if described else "", parameters, text, folder, shipped)

    def expectations(self, values: Mapping[str, str]) -> Expectations:
        """Return what must be so for an answer, given the values for parameters; see :mod:`emptiness`."""
        defaults = {parameter.name: parameter.default for parameter in self.parameters}
        given = {**defaults, **values}
        return Expectations(
            tuple(
                (given[match["name"]], absolute(match["term"]))
                for match in _NAMES.finditer(self.text)
                if given.get(match["name"])
            ),
            tuple(
                (tuple(map(absolute, match["terms"].split(", "))), match["text"])
                for match in _NEEDS.finditer(self.text)
            ),
            said["text"] if (said := _NONE.search(self.text)) else "",
        )

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with these values in place of the defaults.

        Raises :class:`UnusableInputError` for a parameter that the question does not have, or a value that is
        not of its kind.
        """
        known = [parameter.name for parameter in self.parameters]
        for name in values:
            if name not in known:
                raise UnusableInputError(f"{self.name}: no parameter {name!r}: {_instead(name, known)}")
        prefixes = _prefixes(self.text)

        def with_value(match: re.Match[str]) -> str:
            value = values.get(match["name"])
            default = None if value is None else read_term(match["term"], prefixes)
            if value is None or default is None:
                return match[0]
            try:
                return match["before"] + write_like(default, value, prefixes)
            except UnusableInputError as error:
                raise UnusableInputError(f"{self.name}: {match['name']}: {error}") from error

        return _VALUE.sub(with_value, self.text)


def catalogue(folders: Sequence[Path] = ()) -> tuple[Question, ...]:
    """Return the questions that come with strategraph and those in the folders, by name.

    Of two with one name, the one in the earlier folder is asked, and any folder goes before ours. Raises
    :class:`UnusableInputError` for a folder or file that cannot be used.
    """
    files = _files(folders)
    return tuple(_read(name, *files[name]) for name in sorted(files))


def find_question(name: str, folders: Sequence[Path] = ()) -> Question:
    """Return the question of that name; raise :class:`UnusableInputError` with the likeliest if none is.

    >>> find_question("gaols-for-group")
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: no question 'gaols-for-group': did you mean goals-for-group? ...
    """
    files = _files(folders)
    if name not in files:
        close = get_close_matches(name, files, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}? " if close else ""
        raise UnusableInputError(f"no question {name!r}: {hint}`strategraph query --list` shows them all")
    return _read(name, *files[name])


def _files(folders: Sequence[Path]) -> dict[str, tuple[Path, Path | None]]:
    """Return for each name the file to read, and the user's folder that it is in, if it is in one."""
    found: dict[str, tuple[Path, Path | None]] = {}
    for folder in folders:
        for path in _in_folder(folder):
            found.setdefault(path.stem, (path, folder))
    for path in resources.files(FOLDER, ".rq"):
        found.setdefault(path.stem, (path, None))
    return found


def _in_folder(folder: Path) -> Iterator[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError as error:
        raise UnusableInputError(f"{folder}: no folder of queries ({error.strerror or error})") from error
    names = [path.stem for path in files]
    for path in files:
        if names.count(path.stem) > 1:
            raise UnusableInputError(f"{folder}: has two queries that are called {path.stem}")
        yield path


def _read(name: str, path: Path, folder: Path | None) -> Question:
    """Return the question in a file; one of the user's is checked first, so that its mistakes are told."""
    if folder is None:
        return Question.parse(name, path.read_text(encoding="utf-8"), shipped=True)
    try:
        question = Question.parse(name, read_given_text(path, "utf-8-sig"), folder=folder)
        check(question.text, known_prefixes(), allow_service=True)
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{path}: is not UTF-8 text") from error
    except UnusableInputError as error:
        raise UnusableInputError(f"{path}: {error}") from error
    usable = [parameter.name for parameter in question.parameters]
    for match in _PARAMETER.finditer(question.text):
        if match["name"] not in usable:
            raise UnusableInputError(
                f"{path}: the parameter {match['name']} has no default; give it one in a line of its own,"
                f' such as VALUES ?{match["name"]} {{ "" }}'
            )
    return question


def _prefixes(text: str) -> dict[str, str]:
    """Return the prefixes that may be used in a question: those that need no declaration, and its own."""
    return {**known_prefixes(), **{match["name"]: match["iri"] for match in _PREFIX.finditer(text)}}


def _instead(name: str, known: list[str]) -> str:
    if not known:
        return "it has none"
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"it has {', '.join(known)}"
