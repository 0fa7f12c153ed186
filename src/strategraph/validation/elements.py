"""Elements: the tree of a plan, what its elements share with one another, and acts.

An act is a commitment or purpose: the verb and the whole object that a text says. None of these constraints
needs the source: what an act is said in stands in the graph as the text of its element.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.knowledge.languages import CommitmentWords, alternation, available, rules
from strategraph.rdf.namespace import ELEMENT_CLASSES, NAMING, OA, SG, TO_ELEMENTS
from strategraph.validation.subject import Fault, Subject, evidence, integer, literal, only

ACTS = (SG.Commitment, SG.Purpose)
_LINKS = (SG.hasCommitment, SG.hasPurpose)
_TEXTS = (SG.statement, DCTERMS.title)
_BEGIN = re.compile(r"(?<!\w)")


def element_hangs_under_its_plan(subject: Subject) -> Iterator[Fault]:
    """Fail where the way up from an element does not lead to its plan.

    An element without parent or with several, and one whose plan is none, have constraints of their own.
    """
    graph = subject.graph
    parents: defaultdict[Node, set[Node]] = defaultdict(set)
    for parent, child in graph.subject_objects(SG.hasElement):
        parents[child].add(parent)
    plans = set(graph.subjects(RDF.type, SG.StrategicPlan))
    for element, plan in graph.subject_objects(SG.inPlan):
        seen: set[Node] = set()
        node = element
        while len(parents[node]) == 1 and node not in seen and node not in plans:
            seen.add(node)
            (node,) = parents[node]
        if plan in plans and (node in seen or (node in plans and node != plan)):
            yield Fault(element, SG.inPlan, plan)


def siblings_differ_in_position(subject: Subject) -> Iterator[Fault]:
    """Fail where two elements of one kind and parent have the same position."""
    return _repeated(subject.graph, SG.position)


def siblings_differ_in_number(subject: Subject) -> Iterator[Fault]:
    """Fail where two elements of one kind and parent have the same printed number, in one and the same list.

    A list that begins anew, where a number is followed by a lower one, has its own numbers.
    """
    graph = subject.graph
    for siblings in _siblings(graph).values():
        seen: set[Node] = set()
        before: tuple[object, ...] = ()
        for element in sorted(siblings, key=lambda one: (integer(graph, one, SG.position) or 0, str(one))):
            for number in sorted(graph.objects(element, SG.number), key=str):
                place = _in_order(str(number))
                if place < before:
                    seen.clear()
                if number in seen:
                    yield Fault(element, SG.number, number)
                seen.add(number)
                before = place


def positions_have_no_gap(subject: Subject) -> Iterator[Fault]:
    """Fail where an element's position is greater than the number of elements of its kind and parent."""
    graph = subject.graph
    for siblings in _siblings(graph).values():
        for element in siblings:
            position = integer(graph, element, SG.position)
            if position is not None and position > len(siblings):
                yield Fault(element, SG.position, Literal(position))


def siblings_stand_in_order(subject: Subject) -> Iterator[Fault]:
    """Fail where an element stands before one of its kind and parent that has a lower position."""
    graph = subject.graph
    starts: dict[Node, int] = {}
    for fact, _, predicate, element in evidence(subject.quotes):
        start = integer(graph, fact, OA.start)
        if predicate in TO_ELEMENTS and start is not None:
            starts[element] = min(start, starts.get(element, start))
    for siblings in _siblings(graph).values():
        placed = [
            (position, starts[e], e)
            for e in siblings
            if (position := integer(graph, e, SG.position)) and e in starts
        ]
        furthest = -1
        for position, start, element in sorted(placed, key=lambda one: (one[0], str(one[2]))):
            if start < furthest:
                yield Fault(element, SG.position, Literal(position))
            furthest = max(furthest, start)


def aim_is_of_the_same_element(subject: Subject) -> Iterator[Fault]:
    """Fail where a commitment aims at a purpose in the prose of another element."""
    graph = subject.graph
    for commitment, purpose in graph.subject_objects(SG.aimsAt):
        if set(graph.subjects(SG.hasElement, commitment)) != set(graph.subjects(SG.hasElement, purpose)):
            yield Fault(commitment, SG.aimsAt, purpose)


def support_is_of_another(subject: Subject) -> Iterator[Fault]:
    """Fail where an element supports itself or one of another plan."""
    graph = subject.graph
    for element, other in graph.subject_objects(SG.supports):
        plans, others = (set(graph.objects(node, SG.inPlan)) for node in (element, other))
        if element == other or (plans and others and plans.isdisjoint(others)):
            yield Fault(element, SG.supports, other)


def element_names_what_its_acts_name(subject: Subject) -> Iterator[Fault]:
    """Fail where a commitment or purpose names a group or theme that the element whose prose it is lacks."""
    graph = subject.graph
    for link in (SG.hasCommitment, SG.hasPurpose):
        for element, act in graph.subject_objects(link):
            for predicate in NAMING:
                for concept in graph.objects(act, predicate):
                    if (element, predicate, concept) not in graph:
                        yield Fault(element, predicate, concept)


def broader_goes_in_no_circle(subject: Subject) -> Iterator[Fault]:
    """Fail where going from a concept to broader ones comes back to it."""
    graph = subject.graph
    for concept in set(graph.subjects(SKOS.broader)):
        if concept in graph.transitive_objects(concept, SKOS.broader) and any(
            concept in graph.transitive_objects(up, SKOS.broader)
            for up in graph.objects(concept, SKOS.broader)
        ):
            yield Fault(concept, SKOS.broader)


def text_is_in_a_language_of_its_source(subject: Subject) -> Iterator[Fault]:
    """Fail where a plan, or a title, statement or label in it, is of a language that no document has."""
    graph = subject.graph
    for source, plan in graph.subject_objects(SG.presents):
        spoken = {str(tag) for node in (source, plan) for tag in graph.objects(node, DCTERMS.language)}
        sources = {
            str(tag)
            for one in graph.subjects(SG.presents, plan)
            for tag in graph.objects(one, DCTERMS.language)
        }
        for tag in graph.objects(plan, DCTERMS.language):
            if sources and str(tag) not in sources:
                yield Fault(plan, DCTERMS.language, tag)
        for node in (plan, *graph.subjects(SG.inPlan, plan)):
            for predicate in (DCTERMS.title, SG.statement, RDFS.label):
                for text in graph.objects(node, predicate):
                    if (
                        isinstance(text, Literal)
                        and text.language
                        and not _spoken(graph, plan, spoken, text.language)
                    ):
                        yield Fault(node, predicate, text)


def _spoken(graph: Graph, plan: Node, here: set[str], tag: str) -> bool:
    """Whether a language is one of this document or of another that presents the plan."""
    return tag in {one.lower() for one in here} or any(
        str(other).lower() == tag
        for source in graph.subjects(SG.presents, plan)
        for other in graph.objects(source, DCTERMS.language)
    )


def _siblings(graph: Graph) -> dict[tuple[Node, Node], list[Node]]:
    """Return the elements of one kind under one parent, by both."""
    found: defaultdict[tuple[Node, Node], list[Node]] = defaultdict(list)
    for kind in ELEMENT_CLASSES:
        for element in graph.subjects(RDF.type, kind):
            for parent in graph.subjects(SG.hasElement, element):
                found[parent, kind].append(element)
    return found


def _in_order(number: str) -> tuple[object, ...]:
    """Return what sorts printed numbers as a list counts: 9 before 10, b before c.

    >>> _in_order("2") < _in_order("10"), _in_order("1.9") < _in_order("1.10")
    (True, True)
    """
    parts = re.findall(r"[^\W_]+", number)
    return tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)


def _repeated(graph: Graph, predicate: URIRef) -> Iterator[Fault]:
    """Yield the elements, but for the first, that share a value with a sibling of their kind."""
    for siblings in _siblings(graph).values():
        found: defaultdict[Node, list[Node]] = defaultdict(list)
        for element in siblings:
            for value in graph.objects(element, predicate):
                found[value].append(element)
        for value, elements in found.items():
            yield from (Fault(element, predicate, value) for element in sorted(elements, key=str)[1:])


# --------------------------------------------------------------------------------------------------
# Acts


def statement_is_verb_and_object(subject: Subject) -> Iterator[Fault]:
    """Fail where the statement of a commitment or purpose is not its verb with its object."""
    graph = subject.graph
    for kind in ACTS:
        for act in graph.subjects(RDF.type, kind):
            verb, object_, statement = (only(graph, act, p) for p in (SG.verb, SG.object, SG.statement))
            if verb is None or statement is None or len(list(graph.objects(act, SG.object))) > 1:
                continue
            if str(statement) != " ".join(str(part) for part in (verb, object_) if part is not None):
                yield Fault(act, SG.statement, statement)


def act_is_said_whole(subject: Subject) -> Iterator[Fault]:
    """Fail where a commitment or purpose has lost words of its object, or its evidence begins at no verb.

    In the text of its element the object follows the verb at once, or other verbs that share it, and goes on
    to where the clause ends: a mark, or a word that leads to the next act.
    """
    graph = subject.graph
    for act, quote in _quotes(subject):
        verb = literal(graph, act, SG.verb)
        if verb is not None and not re.match(rf"{_spaced(verb)}(?!\w)", quote, re.IGNORECASE):
            yield Fault(act, SG.verb, Literal(verb))
    for element, acts in _acts(graph).items():
        texts = [text for p in _TEXTS for text in graph.objects(element, p) if isinstance(text, Literal)]
        verbs: defaultdict[str, set[str]] = defaultdict(set)
        for verb, object_ in acts.values():
            verbs[object_].add(verb)
        for act, (verb, object_) in acts.items():
            if texts and not any(_says(text, verb, object_, verbs[object_]) for text in texts):
                yield Fault(act, SG.object, only(graph, act, SG.object))


def _quotes(subject: Subject) -> Iterator[tuple[Node, str]]:
    """Yield each act with the words behind it; a structured source says them in parts."""
    for node, _, predicate, act in evidence(subject.quotes):
        quote = literal(subject.graph, node, OA.exact)
        if predicate in _LINKS and quote is not None and (node, SG.xpath, None) not in subject.graph:
            yield act, quote


def _acts(graph: Graph) -> dict[Node, dict[Node, tuple[str, str]]]:
    """Return the acts of each element, with verb and object; those that lack a verb have another fault."""
    found: defaultdict[Node, dict[Node, tuple[str, str]]] = defaultdict(dict)
    for link in _LINKS:
        for element, act in graph.subject_objects(link):
            verb = literal(graph, act, SG.verb)
            if verb is not None:
                found[element][act] = verb, literal(graph, act, SG.object) or ""
    return found


def _says(text: Literal, verb: str, object_: str, verbs: set[str]) -> bool:
    """Whether a text has a verb with its whole object; ``verbs`` are those that share the object."""
    for words in _words_of(text.language or ""):
        between, after = _joints(words)
        if _says_at_once(text, f"{verb} {object_}", after):
            return True
        shared = "|".join(sorted(map(_spaced, verbs)))
        gap = rf"(?:[\s,;/]|(?<!\w)(?:{between}|{shared})(?:(?!\w)|(?<=['’])))*"
        said = rf"(?<!\w){_spaced(verb)}(?!\w){gap}{_spaced(object_)}(?:\s*\Z|\s*[^\w\s]|\s+(?:{after}))"
        if re.search(said, str(text), re.IGNORECASE):
            return True
    return False


def _says_at_once(text: str, act: str, after: str) -> bool:
    """Whether a text has the words of an act without a break: the common case, which needs no new pattern."""
    said, act = (" ".join(words.split()).casefold() for words in (text, act))
    at = said.find(act)
    return (
        at >= 0 and _BEGIN.match(said, at) is not None and _end(after).match(said, at + len(act)) is not None
    )


@cache
def _end(after: str) -> re.Pattern[str]:
    return re.compile(rf"\s*\Z|\s*[^\w\s]|\s+(?:{after})", re.IGNORECASE)


@cache
def _words_of(language: str) -> tuple[CommitmentWords, ...]:
    """Return the words around commitments of a language; of all where it has none of its own."""
    own = rules(language).commitment if language else None
    return (own,) if own else tuple(words for one in available() if (words := rules(one).commitment))


@cache
def _joints(words: CommitmentWords) -> tuple[str, str]:
    """Return the patterns of what may stand between verbs that share an object, and after an object."""
    joining = (*words.conjunctions, *words.additions, *words.markers, *words.purpose_markers)
    return alternation((*joining, *words.light)), rf"(?:{alternation(joining)})(?:(?!\w)|(?<=['’]))"


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))
