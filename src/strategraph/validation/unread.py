"""The checks of what the reading did not understand: it says so itself, for no graph shows what it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF

from strategraph.rdf.namespace import SG
from strategraph.validation.subject import Fault, Subject


def text_is_understood(subject: Subject) -> Iterator[Fault]:
    """Fail for the source of a graph if the reading says that it understood little of it."""
    return _unread(subject, "text-is-understood")


def language_has_rules(subject: Subject) -> Iterator[Fault]:
    """Fail for the source of a graph if the reading says that it has no rules for its language."""
    return _unread(subject, "language-has-rules")


def _unread(subject: Subject, name: str) -> Iterator[Fault]:
    if words := subject.unread.get(name):
        for source in subject.graph.subjects(RDF.type, SG.SourceDocument):
            yield Fault(source, words=words)
