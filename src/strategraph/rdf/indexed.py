"""An rdflib graph that answers the questions of a build straight from its indexes.

A look-up in rdflib goes through three generators and compares each part of the pattern with None by way of
``Node.__eq__``; the checks and the writers make some 13,000 of them for one plan, and go through all of it
dozens of times. Here these are look-ups in dicts, and an IRI is one object wherever it stands, so that dicts
find it by identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import Graph, Literal
from rdflib.paths import Path
from rdflib.plugins.stores.memory import SimpleMemory

_NOTHING: dict[Any, Any] = {}


class IndexedGraph(Graph):
    """A graph in memory, without contexts, whose look-ups by node or by predicate and object are quick.

    What the graph says is all that counts: the order of what is yielded is that in which triples came.
    """

    def __init__(self) -> None:
        """Make an empty graph; no prefixes are bound."""
        self._indexes = _Indexes()
        super().__init__(self._indexes, bind_namespaces="none")

    def add(self, triple: tuple[Any, Any, Any]) -> IndexedGraph:
        """Add a triple of terms."""
        self._indexes.add(triple)
        return self

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]  # no generator, as below
        """Return the triples that have what is not None of a pattern."""
        if isinstance(triple[1], Path):
            return super().triples(triple)
        return self._indexes.matching(*triple)

    def __contains__(self, triple: Any) -> bool:
        subject, predicate, object_ = triple
        if subject is None or predicate is None or isinstance(predicate, Path):
            return super().__contains__(triple)
        found = self._indexes.by_subject.get(subject, _NOTHING).get(predicate, _NOTHING)
        return bool(found) if object_ is None else object_ in found

    def objects(  # type: ignore[override]
        self, subject: Any = None, predicate: Any = None, unique: bool = False
    ) -> Iterator[Any]:
        """Return the objects of a subject and predicate, or as rdflib has it."""
        if not isinstance(subject, str) or not isinstance(predicate, str):
            return super().objects(subject, predicate, unique)
        return iter(self._indexes.by_subject.get(subject, _NOTHING).get(predicate, _NOTHING))

    def subjects(  # type: ignore[override]
        self, predicate: Any = None, object: Any = None, unique: bool = False
    ) -> Iterator[Any]:
        """Return the subjects with a predicate and object, or as rdflib has it."""
        if not isinstance(predicate, str) or not isinstance(object, str):
            return super().subjects(predicate, object, unique)
        return iter(self._indexes.by_predicate.get(predicate, _NOTHING).get(object, _NOTHING))

    def predicates(  # type: ignore[override]
        self, subject: Any = None, object: Any = None, unique: bool = False
    ) -> Iterator[Any]:
        """Return the predicates between a subject and an object; those of all triples, each once, at once."""
        if subject is not None or object is not None or not unique:
            return super().predicates(subject, object, unique)
        return (one for one, named in self._indexes.by_predicate.items() if any(named.values()))


class _Indexes(SimpleMemory):
    """Triples by subject and predicate, and by predicate and object."""

    def __init__(self) -> None:
        super().__init__()
        self.by_subject: dict[Any, dict[Any, dict[Any, None]]] = {}
        self.by_predicate: dict[Any, dict[Any, dict[Any, None]]] = {}
        self._terms: dict[Any, Any] = {}

    def add(self, triple: tuple[Any, Any, Any], context: Any = None, quoted: bool = False) -> None:
        one = self._terms.setdefault
        subject, predicate, object_ = triple
        subject, predicate = one(subject, subject), one(predicate, predicate)
        if type(object_) is not Literal:  # equal literals may be spelt differently: "en", "EN"
            object_ = one(object_, object_)
        said = self.by_subject.get(subject)
        if said is None:
            said = self.by_subject[subject] = {}
        said.setdefault(predicate, {})[object_] = None
        named = self.by_predicate.get(predicate)
        if named is None:
            named = self.by_predicate[predicate] = {}
        named.setdefault(object_, {})[subject] = None

    def remove(self, triple_pattern: tuple[Any, Any, Any], context: Any = None) -> None:
        for (subject, predicate, object_), _ in list(self.triples(triple_pattern)):
            del self.by_subject[subject][predicate][object_]
            del self.by_predicate[predicate][object_][subject]

    def triples(self, triple_pattern: tuple[Any, Any, Any], context: Any = None) -> Iterator[Any]:
        return ((found, iter(())) for found in self.matching(*triple_pattern))

    def matching(self, subject: Any, predicate: Any, object_: Any) -> Iterator[tuple[Any, Any, Any]]:
        """Yield the triples that have what is not None."""
        if subject is not None:
            said = self.by_subject.get(subject, _NOTHING)
            for each in said if predicate is None else (predicate,):
                objects = said.get(each, _NOTHING)
                if object_ is None:
                    yield from ((subject, each, one) for one in objects)
                elif object_ in objects:
                    yield subject, each, object_
        elif predicate is None and object_ is None:
            for one, said in self.by_subject.items():
                for each, objects in said.items():
                    for value in objects:
                        yield one, each, value
        else:
            for each in self.by_predicate if predicate is None else (predicate,):
                named = self.by_predicate.get(each, _NOTHING)
                for one in named if object_ is None else (object_,):
                    yield from ((subject, each, one) for subject in named.get(one, _NOTHING))

    def __len__(self, context: Any = None) -> int:
        return sum(len(objects) for said in self.by_subject.values() for objects in said.values())
