"""The order in which a graph reads best: the plan, its elements as they stand in the text, what they name,
and last the evidence, from the start of the source to its end.

It depends on the triples alone, not on the order in which they were added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rdflib import DCTERMS, PROV, RDF, RDFS, SH, SKOS, Literal, URIRef
from rdflib.term import Node

from strategraph.export.snapshot import Triples
from strategraph.rdf.namespace import (
    CHANGE,
    ELEMENT_CLASSES,
    HAS,
    INSTRUMENT_CLASSES,
    OA,
    PROVISION_CLASSES,
    SG,
)

_SECTIONS: Mapping[str, tuple[URIRef, ...]] = {
    "Plans": (SG.StrategicPlan,),
    "Elements": (*ELEMENT_CLASSES, SG.PlanElement),
    "Measures": (SG.Measure,),
    "Stakeholders": (SG.Stakeholder, SG.Role, SG.Person),
    "Relationships": (SG.Relationship,),
    "Target groups": (SG.TargetGroup,),
    "Themes": (SG.Theme,),
    "Instruments": (*INSTRUMENT_CLASSES, SG.Instrument),
    "Provisions": (*PROVISION_CLASSES, SG.Provision),
    "Documents": (SG.CitedDocument,),
    "Organizations": (SG.Organization,),
    "Events": (SG.Event,),
    "Sources": (SG.SourceDocument,),
    "Evidence": (SG.Evidence,),
    "Given facts": (SG.GivenFact,),
}
# Nodes that are not of our classes: headings in Turtle, but nothing that a network shows.
_OUTSIDE: Mapping[str, tuple[URIRef, ...]] = {
    "Modalities": (SKOS.Concept,),
    "What made the graph": (PROV.SoftwareAgent, PROV.Activity, PROV.Entity),
    "Comparison": (CHANGE.Comparison,),
    "Changes": (CHANGE.Change,),
    "Report": (SH.ValidationReport,),
    "Results": (SH.ValidationResult,),
}
_REST = "Other"

# A subclass stands before its superclass, which closes its group above.
_CLASS_RANK: dict[URIRef, int] = {
    class_: rank for rank, class_ in enumerate(class_ for group in _SECTIONS.values() for class_ in group)
}

_PREDICATES: tuple[URIRef, ...] = (
    RDF.type,
    RDFS.label,
    SKOS.prefLabel,
    SKOS.altLabel,
    DCTERMS.title,
    SG.inPlan,
    SG.position,
    SG.number,
    SG.statement,
    SG.verb,
    SG.object,
    SG.owner,
    SG.startYear,
    SG.endYear,
    DCTERMS.language,
    *HAS.values(),
    RDF.subject,
    RDF.predicate,
    RDF.object,
    DCTERMS.source,
    OA.prefix,
    OA.exact,
    OA.suffix,
    OA.start,
    OA.end,
    SG.line,
    SG.page,
    SG.rule,
    SG.confidence,
)
_LAST = (SG.hasElement,)  # it repeats what its subproperties have said
_PREDICATE_RANK: dict[Node, int] = {
    **{predicate: rank for rank, predicate in enumerate(_PREDICATES)},
    **{predicate: len(_PREDICATES) + 1 for predicate in _LAST},
}
_KIND_RANK: dict[Node, int] = {predicate: rank for rank, predicate in enumerate(HAS.values())}


class SubjectGroup(NamedTuple):
    """Subjects of one kind, in reading order, under a heading."""

    title: str
    subjects: tuple[Node, ...]


class ReadingOrder:
    """The reading order of one graph: its sections, and keys to sort predicates and objects by."""

    def __init__(self, graph: Triples) -> None:
        """Take the order from the graph's triples; later changes to it are not seen."""
        self.graph = graph
        #: Of each node of ours the class that says most of it: Goal rather than PlanElement.
        self.classes: dict[Node, URIRef] = {}
        self.sections: tuple[SubjectGroup, ...] = tuple(_sections(graph, self.classes))
        subjects = (subject for section in self.sections for subject in section.subjects)
        self._rank: dict[Node, int] = {subject: rank for rank, subject in enumerate(subjects)}

    def properties(self, subject: Node) -> Iterator[tuple[Node, list[Node]]]:
        """Yield each predicate of a subject with its objects, both in reading order."""
        properties: dict[Node, list[Node]] = {}
        for predicate, object_ in self.graph.predicate_objects(subject):
            properties.setdefault(predicate, []).append(object_)
        for predicate in sorted(properties, key=predicate_key):
            objects = properties[predicate]
            yield predicate, objects if len(objects) == 1 else sorted(objects, key=self._object_key)

    def rank(self, subject: Node) -> int:
        """Return the place of a subject in the reading order; what is no subject comes last."""
        return self._rank.get(subject, len(self._rank))

    def _object_key(self, term: Node) -> tuple[int, tuple[str, str, str, str]]:
        rank = _CLASS_RANK.get(term) if type(term) is URIRef else None
        return self.rank(term) if rank is None else rank, term_key(term)


def term_key(term: Node) -> tuple[str, str, str, str]:
    """Return a key that puts terms into one total order: rdflib's own leaves some literals unordered."""
    if type(term) is Literal:
        return "literal", str(term), term.language or "", term.datatype or ""
    return type(term).__name__, str(term), "", ""


def predicate_key(predicate: Node) -> tuple[int, str]:
    """Return a key that puts predicates into reading order."""
    return _PREDICATE_RANK.get(predicate, len(_PREDICATES)), str(predicate)


def _sections(graph: Triples, taken: dict[Node, URIRef]) -> Iterator[SubjectGroup]:
    """Yield the sections; put each of their subjects with its class among those taken."""
    for title, classes in _SECTIONS.items():
        members: set[Node] = set()
        for class_ in classes:
            found = [subject for subject in graph.subjects(RDF.type, class_) if subject not in taken]
            taken.update(dict.fromkeys(found, class_))
            members.update(found)
        if members:
            yield SubjectGroup(title, tuple(_sorted(graph, title, members)))
    rest = set(graph.subjects()) - taken.keys()
    for title, classes in _OUTSIDE.items():
        members = {subject for class_ in classes for subject in graph.subjects(RDF.type, class_)} & rest
        if members:
            rest -= members
            yield SubjectGroup(title, tuple(sorted(members, key=term_key)))
    if rest:
        yield SubjectGroup(_REST, tuple(sorted(rest, key=term_key)))


def _sorted(graph: Triples, title: str, members: set[Node]) -> list[Node]:
    if title == "Elements":
        return _elements_in_order(graph, members)
    if title == "Provisions":
        return _provisions_in_order(graph, members)
    if title in ("Evidence", "Given facts"):
        return sorted(members, key=lambda node: _place(graph, node))
    return sorted(members, key=term_key)


def _elements_in_order(graph: Triples, elements: set[Node]) -> list[Node]:
    """Return the elements, each followed by its own; those that hang on no plan come last."""
    found: dict[Node, None] = {}
    waiting = sorted(graph.subjects(RDF.type, SG.StrategicPlan), key=term_key, reverse=True)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = None
            waiting += reversed(children(graph, node))
    return [node for node in found if node in elements] + sorted(elements - found.keys(), key=term_key)


def _provisions_in_order(graph: Triples, provisions: set[Node]) -> list[Node]:
    """Return the provisions of each text, each followed by its own."""
    above = {node: parent for node in provisions for parent in graph.subjects(SG.hasProvision, node)}
    found: dict[Node, None] = {}
    tops = {node for node in provisions if above.get(node) not in provisions}
    waiting = sorted(
        tops,
        key=lambda o: (str(above.get(o)), integer(graph.value(o, SG.position)), term_key(o)),
        reverse=True,
    )
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = None
            below = graph.objects(node, SG.hasProvision)
            waiting += sorted(
                below, key=lambda o: (integer(graph.value(o, SG.position)), term_key(o)), reverse=True
            )
    return [node for node in found if node in provisions] + sorted(provisions - found.keys(), key=term_key)


def children(graph: Triples, parent: Node) -> list[Node]:
    """Return the elements right under a plan or an element: by kind, then by position."""
    found = dict(parts(graph, parent))
    if len(found) < 2:
        return list(found)
    return sorted(found, key=lambda o: (found[o], integer(graph.value(o, SG.position)), term_key(o)))


def parts(graph: Triples, parent: Node) -> Iterator[tuple[Node, int]]:
    """Yield the elements right under a plan or an element, each with the rank of its kind."""
    return ((o, _KIND_RANK[p]) for p, o in graph.predicate_objects(parent) if p in _KIND_RANK)


def _place(graph: Triples, evidence: Node) -> tuple[object, ...]:
    return (
        str(graph.value(evidence, DCTERMS.source)),
        integer(graph.value(evidence, OA.start)),
        integer(graph.value(evidence, OA.end)),
        str(graph.value(evidence, RDF.subject)),
        predicate_key(graph.value(evidence, RDF.predicate) or RDF.predicate),
        term_key(evidence),
    )


def integer(term: Node | None) -> int:
    """Return the number a literal says, or 0 if it says none."""
    value = term.toPython() if isinstance(term, Literal) else None
    return value if isinstance(value, int) else 0
