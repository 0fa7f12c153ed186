"""Why a question has no answer: nothing here has that name, or what it asks about is not there at all.

What a question is about, its file says: ``# names: group — sg:TargetGroup`` that a parameter names
instances of a class, ``# needs: sg:Provision — provisions of resolutions`` what must be there for any
answer, ``# none: no instrument is cited by two plans here`` what no answer means if all that is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from strategraph.querying.dataset import Dataset, known_prefixes
from strategraph.querying.engine import run

_ALIKE = 0.6  # how alike a name must be to be offered, from 0 to 1
_SHOWN = 3
_NAMES = """
SELECT DISTINCT ?name ?node ?label WHERE {
  ?node a <%s> ; rdfs:label ?label ; rdfs:label|skos:prefLabel|skos:altLabel|dcterms:title ?name
}
"""


@dataclass(frozen=True, slots=True)
class Expectations:
    """What must be so for a question to have an answer.

    ``names`` are the values that were given for parameters which name things, each with the class of these;
    ``needs`` classes or properties of which one must occur, with what they are called and, behind a
    semicolon, what to ask instead; ``none`` is what it means to have no answer all the same.
    """

    names: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[tuple[str, ...], str], ...] = ()
    none: str = ""


def reasons(dataset: Dataset, expected: Expectations) -> Iterator[str]:
    """Yield in a line each why there is no answer; one line in any case."""
    found = [*_unknown(dataset, expected), *_missing(dataset, expected)]
    yield from found or [expected.none or "nothing in the graph answers this"]


def _unknown(dataset: Dataset, expected: Expectations) -> Iterator[str]:
    for value, class_ in expected.names:
        names = list(_names(dataset, class_))
        wanted = value.casefold()
        if not names or any(
            name.casefold() == wanted or node.casefold().endswith(f"/{wanted}") for name, node, _ in names
        ):
            continue
        shown = list(_closest(wanted, names))
        hint = f"; did you mean {' or '.join(f'“{one}”' for one in shown)}?" if shown else ""
        yield f"nothing here is called “{value}”{hint}"


def _closest(wanted: str, names: Iterable[tuple[str, str, bool]]) -> Iterator[str]:
    """Yield the names most likely meant, as a whole or in one of their words, one for each thing."""
    scored = sorted(
        (-_likeness(wanted, name.casefold()), not first, name.casefold(), name, node)
        for name, node, first in names
    )
    seen: set[str] = set()
    for score, _, _, name, node in scored:
        if -score < _ALIKE or len(seen) == _SHOWN:
            return
        if node not in seen:
            seen.add(node)
            yield name


def _likeness(wanted: str, name: str) -> float:
    whole = SequenceMatcher(None, wanted, name).ratio()
    words = max((SequenceMatcher(None, wanted, word).ratio() for word in name.split()), default=0.0)
    return max(whole, words)


def _names(dataset: Dataset, class_: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the names of the instances of a class, with the IRI, and whether the name is the label."""
    for row in run(dataset, _NAMES % class_):  # type: ignore[union-attr]  # a SELECT
        yield row["name"].value, row["node"].value, row["label"] == row["name"]


def _missing(dataset: Dataset, expected: Expectations) -> Iterator[str]:
    for terms, words in expected.needs:
        places = " UNION ".join(f"{{ ?s a <{term}> }} UNION {{ ?s <{term}> ?o }}" for term in terms)
        if not run(dataset, f"ASK {{ {places} }}"):
            missing, instead, hint = words.partition("; ")
            yield f"there are no {missing} in the graph{instead}{hint}"
            return


def absolute(name: str) -> str:
    """Return the IRI of a term with a known prefix."""
    prefix, _, local = name.partition(":")
    return f"{known_prefixes()[prefix]}{local}"
