"""Acts: that a commitment or purpose is the verb and the whole object that a text says.

None needs the source: what an act is said in stands in the graph as the text of its element.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from rdflib import DCTERMS, RDF, Graph, Literal
from rdflib.term import Node

from strategraph.knowledge.languages import CommitmentWords, alternation, available, rules
from strategraph.rdf.namespace import OA, SG
from strategraph.validation.subject import Fault, Subject, evidence, literal, only

ACTS = (SG.Commitment, SG.Purpose)
_LINKS = (SG.hasCommitment, SG.hasPurpose)
_TEXTS = (SG.statement, DCTERMS.title)
_BEGIN = re.compile(r"(?<!\w)")


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
