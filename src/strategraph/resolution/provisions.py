"""A document as a resolution: its paragraphs as provisions with IRIs, and what it cites as a text of its own.

A name in the table of organisations, or of an organ of the one that speaks, is that organisation; a group
of the vocabulary is that group; any other addressee is known only to this resolution.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.tables import DOCUMENT
from strategraph.extraction.provisions.openings import openings
from strategraph.knowledge.organizations import directory
from strategraph.model import (
    CitationMention,
    Instrument,
    Mentions,
    Organization,
    OwnText,
    Provision,
    ProvisionMention,
    Span,
    Support,
    Term,
    Value,
)
from strategraph.model.document import SpanIndex
from strategraph.model.identifiers import Namer, slug
from strategraph.model.text import whole_words
from strategraph.resolution.details import Links
from strategraph.resolution.instruments import ResolvedInstruments

_PREAMBULAR = "preambular"
_NAME = 6  # words of an opening over items that name it in its IRI

Add = Callable[..., None]


@dataclass(frozen=True, slots=True)
class OwnedText:
    """A resolution that the document is, with its IRI and the slug of the body that issued it, if known."""

    text: OwnText
    iri: str
    body: str | None


@dataclass(frozen=True, slots=True)
class ResolvedProvisions:
    """The provisions, the organisations they address, and what they state in words.

    ``places`` leads from a span to the provisions that hold it.
    """

    provisions: tuple[Provision, ...]
    organizations: tuple[Organization, ...]
    values: tuple[Value, ...]
    places: SpanIndex[str]


@dataclass(slots=True)
class _Made:
    """What has been made so far."""

    provisions: list[Provision] = field(default_factory=list)
    organizations: dict[str, Organization] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)
    places: list[tuple[Span, str]] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    def unique(self, iri: str) -> str:
        """Return an IRI that is not taken, and take it: a repeated number gets "-2", "-3" in order."""
        self.taken[iri] = self.taken.get(iri, 0) + 1
        return iri if self.taken[iri] == 1 else f"{iri}-{self.taken[iri]}"


def resolve_provisions(
    owned: Sequence[OwnedText], groups: SpanIndex[str], namer: Namer, add: Add
) -> ResolvedProvisions:
    """Return the provisions of the resolutions that a document is, and ``add`` the links of them.

    ``groups`` leads to the groups that words name.
    """
    made = _Made()
    for own in owned:
        _resolve(own, groups, namer, add, made)
    return ResolvedProvisions(
        tuple(made.provisions),
        tuple(made.organizations[name] for name in sorted(made.organizations)),
        tuple(made.values),
        SpanIndex(made.places),
    )


def _resolve(own: OwnedText, groups: SpanIndex[str], namer: Namer, add: Add, made: _Made) -> None:
    iris: list[str] = []
    positions: dict[str, int] = {}
    for mention in own.text.provisions:
        parent = own.iri if mention.parent is None else iris[mention.parent]
        position = positions[parent] = positions.get(parent, 0) + 1
        iri = made.unique(f"{parent}/{_segment(mention, position, top=mention.parent is None)}")
        iris.append(iri)
        made.provisions.append(_provision(mention, iri, parent, position))
        made.places.append((mention.support.span, iri))
        made.values.extend(_values(mention, iri))
        add(parent, "hasProvision", iri, mention.support)
        for term, predicate in ((mention.addressee, "addressee"), (mention.reports_to, "reportsTo")):
            if term is None:
                continue
            named = (
                next(iter(groups.containing(term.support.span)), None) if predicate == "addressee" else None
            )
            if named is None:
                organization = _organization(term, mention.language, own.body, namer, own.iri)
                made.organizations.setdefault(organization.iri, organization)
                named = organization.iri
            add(iri, predicate, named, term.support)


def _segment(mention: ProvisionMention, position: int, *, top: bool) -> str:
    """Return the last part of a provision's IRI: "provision/4", "a"; else by what it opens with."""
    if mention.number is not None:
        name = slug(mention.number)
    elif mention.part == _PREAMBULAR and len(mention.statement.text.split()) > _NAME:
        name = f"preamble-{position}"
    else:
        name = slug(" ".join(mention.statement.text.split()[:_NAME]))
    return f"provision/{name}" if top else name


def _provision(mention: ProvisionMention, iri: str, parent: str, position: int) -> Provision:
    text = " ".join(mention.statement.text.split())
    return Provision(
        iri=iri,
        part=mention.part,
        parent=parent,
        position=position,
        label=whole_words(text),
        number=mention.number,
        statement=text,
        force=mention.force,
        language=mention.language or "und",
    )


def _values(mention: ProvisionMention, iri: str) -> Iterator[Value]:
    for term, predicate in ((mention.verb, "operativeVerb"), (mention.due, "due")):
        if term is not None and (predicate == "due" or mention.part != _PREAMBULAR):
            yield Value(iri, predicate, " ".join(term.value.split()), (term.support,))


def _organization(
    term: Term, language: str | None, body: str | None, namer: Namer, instrument: str
) -> Organization:
    """Return the organisation that a name means: one of the table, or one known only to this resolution."""
    name = " ".join(term.value.split())
    words = openings().get(language or "")
    article = words.article.match(plain(name).text.casefold()) if words else None
    bare = name[article.end() :] if article and article.end() < len(name) else name
    contexts = [directory().root(body)] if body else []
    known = directory().find_within(bare, contexts)
    if known is not None:
        return Organization(namer.organization(known.slug), known.label, known.names, known.same_as)
    return Organization(namer.organization(bare, instrument), bare[:1].upper() + bare[1:])


def related(
    owned: Sequence[OwnedText], citations: Sequence[CitationMention]
) -> Iterator[tuple[str, str, int]]:
    """Yield what resolutions do to instruments that their provisions cite: IRI, property, and which citation.

    "Recalling its resolution 70/1" recalls it; what opens over lettered items holds for each of them.
    """
    for own in owned:
        said = [
            (mention.support.span, name)
            for mention in own.text.provisions
            if (name := _said(own.text, mention)) is not None
        ]
        if not said:
            continue
        places = SpanIndex(said)
        for index, citation in enumerate(citations):
            names = places.containing(citation.support.span)
            if names and index != own.text.citation:
                yield own.iri, names[-1], index


def _said(own: OwnText, mention: ProvisionMention) -> str | None:
    """Return the property that the opening word of a provision, or of the one over it, stands for."""
    over: ProvisionMention | None = mention
    while over is not None:
        words = openings().get(over.language or "")
        if over.opening and words is not None:
            opening = " ".join(re.split(r"\s+", plain(over.opening).text.casefold()))
            return words.relations.get(opening)
        over = own.provisions[over.parent] if over.parent is not None else None
    return None


def add_citations(
    mentions: Mentions,
    resolved: ResolvedInstruments,
    owned: Sequence[OwnedText],
    home: Callable[[Span], str],
    root: str,
    links: Links,
) -> None:
    """Link what cites to what is cited, and instruments to those they do something to.

    ``home`` returns what states the words at a span, ``root`` is the plan or resolution as a whole.
    """
    for doing, name, index in related(owned, mentions.citations):
        recalled = resolved.iris[index]
        if recalled is not None and recalled != doing:
            links.add(doing, name, recalled, mentions.citations[index].support)
    headings = {one.text.citation for one in owned}
    for index, (citation, instrument) in enumerate(zip(mentions.citations, resolved.iris, strict=True)):
        if instrument is None:
            continue
        if citation.role != "cites":
            links.add(root, citation.role, instrument, citation.support)
        if citation.role != "adoptedBy" and index not in headings:
            predicate = "citesDocument" if citation.kind == DOCUMENT else "cites"
            links.add(home(citation.support.span), predicate, instrument, citation.support)
    for relation in mentions.relations:
        subject, done_to = resolved.iris[relation.subject], resolved.iris[relation.object]
        if subject is not None and done_to is not None and subject != done_to:
            links.add(subject, relation.name, done_to, relation.support)


def with_own_date(instrument: Instrument, owned: Sequence[OwnedText]) -> Instrument:
    """Return an instrument, one that the document is with the day on which it says it was adopted."""
    dates = [one.text.date.value for one in owned if one.iri == instrument.iri and one.text.date is not None]
    if not dates or instrument.date is not None:
        return instrument
    return replace(instrument, date=dates[0], year=instrument.year or int(dates[0][:4]))


def body_of(text_of: str | None, resolved: ResolvedInstruments) -> str | None:
    """Return the slug of the body that issued the instrument which the document is, where it is known."""
    issuer = next((one.issued_by for one in resolved.instruments if one.iri == text_of), None)
    return issuer.rpartition("/")[2] if issuer else None


def own_label(own: OwnedText, resolved: ResolvedInstruments) -> str:
    """Return what to call the resolution that the document is: its number, and its title."""
    label = next(one.label for one in resolved.instruments if one.iri == own.iri)
    return f"{label}: {' '.join(own.text.title.text.split())}" if own.text.title is not None else label


def own_titles(owned: Sequence[OwnedText]) -> Iterator[Value]:
    """Yield the titles of the resolutions that the document is."""
    for own in owned:
        if own.text.title is not None:
            support = Support(own.text.title.span(), "provision/title")
            yield Value(own.iri, "title", " ".join(own.text.title.text.split()), (support,))
