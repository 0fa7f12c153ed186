"""What a document says as a text that cites, and as a resolution that it may itself be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from strategraph.extraction.citation_grammar.tables import DOCUMENT
from strategraph.model import Instrument, Mentions, Span, Support, Value
from strategraph.resolution.details import Links
from strategraph.resolution.instruments import ResolvedInstruments
from strategraph.resolution.provisions import OwnedText, related


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
