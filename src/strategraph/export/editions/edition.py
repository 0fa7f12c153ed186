"""One edition: the parts of a plan or resolution in reading order, and what each names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rdflib import Graph

from strategraph.errors import UnusableInputError
from strategraph.export.appearance import is_structural
from strategraph.export.digest import Digest, Fact, digest
from strategraph.knowledge.sdgs import sdg_of

_PARTS = ("PlanElement", "Provision")
_UNTOLD = frozenset({"aimsAt", "modality", "verb", "object", "addressee", "operativeVerb", "force", "number"})
"""Properties of a part that its own words say, or that are none of what an edition names."""
_FIELDS = (
    ("title", "http://purl.org/dc/terms/title"),
    ("owner", "owner"),
    ("start", "startYear"),
    ("end", "endYear"),
    ("language", "http://purl.org/dc/terms/language"),
    ("adopted by", "adoptedBy"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the source, and the line (and page, else 0) on which they stand."""

    text: str
    line: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class NamedThing:
    """What a part names: the property, what it leads to, and the words that say so.

    ``key`` is the same in every edition: the IRI, or the label where the IRI is the edition's own.
    ``family`` is that of what is named ("TargetGroup"; "Sdg" for a goal of the UN), "" for a literal.
    """

    property: str
    key: str
    iri: str
    label: str
    family: str
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """An element or a provision; ``parent`` is its place among the parts, None where that is the whole."""

    iri: str
    kind: str
    label: str
    number: str
    title: str
    statement: str
    language: str
    parent: int | None
    depth: int
    words: tuple[Words, ...] = ()
    links: tuple[NamedThing, ...] = ()

    @property
    def text(self) -> str:
        """Return title and statement, each once."""
        return "\n".join(dict.fromkeys(filter(None, (self.title, self.statement)))) or self.label


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan or resolution as it stood once. ``fields`` are what is known of the whole, by name.

    ``sources`` are the IRIs of the documents it was read from, ``files`` what these are called.
    """

    iri: str
    label: str
    language: str
    sources: tuple[str, ...]
    files: tuple[str, ...]
    fields: Mapping[str, str]
    parts: tuple[Part, ...]
    links: tuple[NamedThing, ...]

    def all_links(self) -> tuple[NamedThing, ...]:
        """Return all that is named in it, each once by property and key, with the words of every place."""
        found: dict[tuple[str, str], NamedThing] = {}
        for link in (*self.links, *(link for part in self.parts for link in part.links)):
            known = found.get((link.property, link.key))
            words = link.words if known is None else (*known.words, *link.words)
            found[link.property, link.key] = NamedThing(
                link.property, link.key, link.iri, link.label, link.family, tuple(dict.fromkeys(words))
            )
        return tuple(found[key] for key in sorted(found))


def edition(graph: Graph, name: str) -> Edition:
    """Return the edition that a graph holds; ``name`` is what messages call it.

    Raises :class:`UnusableInputError` where there is no plan or resolution in it, or more than one.
    """
    known = digest(graph)
    root, *texts = _roots(known, name)
    inside = [rank for each in (root, *texts) for rank in known.below(each)]
    places = {rank: place for place, rank in enumerate(r for r in inside if known.nodes[r].family in _PARTS)}
    behind = {
        fact.object: fact for fact in known.facts if fact.object in places and is_structural(fact.property)
    }
    depths: dict[int, int] = {}
    parts = []
    for rank in places:
        node = known.nodes[rank]
        depths[rank] = 0 if node.parent not in depths else depths[node.parent] + 1
        parts.append(
            Part(
                node.iri,
                node.class_,
                node.label,
                node.number,
                node.title,
                node.statement,
                node.language,
                places.get(node.parent) if node.parent is not None else None,
                depths[rank],
                tuple(_words(known, behind.get(rank))),
                tuple(_links(known, rank, known.nodes[root].iri)),
            )
        )
    whole = known.nodes[root]
    return Edition(
        iri=whole.iri,
        label=whole.label,
        language=_language(known, root) or whole.language,
        sources=tuple(node.iri for node in known.nodes if node.family == "SourceDocument"),
        files=tuple(node.label for node in known.nodes if node.family == "SourceDocument"),
        fields=MappingProxyType(dict(_fields(known, root))),
        parts=tuple(parts),
        links=tuple(link for each in (root, *texts) for link in _links(known, each, whole.iri)),
    )


def _roots(known: Digest, name: str) -> tuple[int, ...]:
    """Return the plan, and the resolution whose own text the source is; one of the two may be missing."""
    plans = list(known.of_family("StrategicPlan"))
    texts = sorted(
        {fact.object for fact in known.facts if fact.property == "textOf" and fact.object is not None}
    )
    for what, found in (("plans", plans), ("resolutions", texts)):
        if len(found) > 1:
            many = ", ".join(known.nodes[each].label for each in found[:3])
            raise UnusableInputError(f"{name}: holds {len(found)} {what} ({many}); give the graph of one")
    if not plans and not texts:
        raise UnusableInputError(f"{name}: there is no plan in it, nor a resolution's own text")
    return (*plans, *texts)


def _words(known: Digest, fact: Fact | None) -> Iterator[Words]:
    for each in fact.evidence if fact is not None else ():
        evidence = known.evidence[each]
        yield Words(evidence.exact, evidence.line, evidence.page)


def _links(known: Digest, rank: int, whole: str) -> Iterator[NamedThing]:
    """Yield what a node names, by property and label; quantities are named by what they say."""
    found = []
    for fact in known.of(rank):
        words = tuple(_words(known, fact))
        if fact.property in _UNTOLD:
            continue
        if fact.object is not None:
            node = known.nodes[fact.object]
            if node.family in _PARTS or (is_structural(fact.property) and node.family != "Measure"):
                continue
            own = node.iri.startswith(f"{whole}/")
            key = node.label.casefold() if own else node.iri
            found.append(NamedThing(fact.property, key, node.iri, node.label, node.family, words))
        elif "://" not in fact.property or fact.datatype == "iri":
            label = fact.value.rpartition("/")[2] if fact.datatype == "iri" else fact.value
            goal = sdg_of(fact.value)
            if "://" not in fact.property:
                label, family = (goal.label, "Sdg") if goal else (label, "")
                found.append(NamedThing(fact.property, fact.value, fact.value, label, family, words))
    return iter(sorted(found, key=lambda link: (link.property, link.label, link.iri)))


def _fields(known: Digest, root: int) -> Iterator[tuple[str, str]]:
    for name, property_ in _FIELDS:
        values = [
            fact.value if fact.object is None else known.nodes[fact.object].label
            for fact in known.of(root)
            if fact.property == property_
        ]
        yield name, "; ".join(values)


def _language(known: Digest, root: int) -> str:
    """Return the language of the plan, or of the document that is the resolution's text."""
    tag = "http://purl.org/dc/terms/language"
    documents = [fact.subject for fact in known.facts if fact.property == "textOf" and fact.object == root]
    return next(
        (fact.value for rank in (root, *documents) for fact in known.of(rank) if fact.property == tag), ""
    )
