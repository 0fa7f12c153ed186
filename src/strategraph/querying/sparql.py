"""Runs SPARQL over graphs in files, with an embedded store; nothing leaves the machine unless asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from strategraph.errors import UnusableInputError

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

# The tokens of SPARQL 1.1 (its grammar, 19.8) in which a keyword may stand without being one.
_TOKEN = re.compile(
    r"""
      \#[^\r\n]*                                      # a comment
    | <[^<>"{}|^`\\\x00-\x20]*>                       # an IRI
    | \"\"\"(?:[^"\\]|\\.|"(?!\"\"))*\"\"\"           # strings, long and short
    | '''(?:[^'\\]|\\.|'(?!''))*'''
    | "(?:[^"\\\r\n]|\\.)*"
    | '(?:[^'\\\r\n]|\\.)*'
    | [?$]\w+                                         # a variable
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*                    # a language tag
    | (?:[^\W\d_][\w.-]*)?:[\w.:%\\~!$&'()*+,;=/?\#@-]*    # a prefixed name
    | (?P<word>[^\W\d_]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def calls_service(query: str) -> bool:
    """Whether a query calls another endpoint (SERVICE), wherever comments and strings have the word.

    >>> calls_service("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> calls_service('SELECT * { ?service ex:service "SERVICE" } # SERVICE')
    False
    """
    # code point escapes are resolved before anything else (SPARQL 1.1, 19.2)
    text = _ESCAPE.sub(lambda match: _character(match[1] or match[2]), query)
    return any((match["word"] or "").upper() == "SERVICE" for match in _TOKEN.finditer(text))


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 else " "


def load(paths: Sequence[Path]) -> ox.Store:
    """Return a store with the graphs in some files, and in the folders among them.

    Raises :class:`UnusableInputError` for what is missing or does not parse.
    """
    store = ox.Store()
    for path in [file for source in paths for file in _files(source)]:
        format_ = ox.RdfFormat.from_extension(path.suffix.lstrip(".")) or ox.RdfFormat.TURTLE
        try:
            store.bulk_extend(ox.parse(path=str(path), format=format_))
        except SyntaxError as error:
            where = f"line {error.lineno}: " if error.lineno else ""
            raise UnusableInputError(f"{path}: does not parse: {where}{error.msg}") from error
        except OSError as error:
            raise UnusableInputError(f"{path}: cannot be read: {error.strerror or error}") from error
    return store


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = [p for p in sorted(path.iterdir()) if p.suffix in _GRAPHS and not p.name.endswith(".report.ttl")]
    stems: dict[str, Path] = {}
    for file in found:  # one format of each graph is enough
        stems.setdefault(file.stem, file)
    if not stems:
        raise UnusableInputError(
            f"{path}: there is no graph in this folder; looked for *{', *'.join(_GRAPHS)}"
        )
    return list(stems.values())


_GRAPHS = (".ttl", ".nt", ".trig", ".nq", ".jsonld", ".rdf")


def ask(store: ox.Store, query: str, *, allow_service: bool = False) -> Answer:
    """Return the answer to a query over all the graphs of a store, named ones included.

    Raises :class:`UnusableInputError` for a query that does not parse, and for one that calls another
    endpoint where that is not allowed.
    """
    if calls_service(query) and not allow_service:
        raise UnusableInputError(
            "the query calls another endpoint (SERVICE); add --allow-service if it may go over the network"
        )
    try:
        return store.query(query, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise UnusableInputError(f"the query does not parse: {_one_line(str(error))}") from error
    except (OSError, ValueError) as error:
        raise UnusableInputError(f"the query cannot be answered: {_one_line(str(error))}") from error


def _one_line(text: str) -> str:
    return " ".join(text.split())
