"""What a text cites and provides, without a plan or instrument around it.

This is what ``strategraph annotate`` prints of citations. Other than in a plan's graph, where nothing tells
whose a number is, the organ that most likely gave it is named, with a lower confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from strategraph.extraction.citation_grammar import numbering, tables
from strategraph.extraction.citations import find_cited
from strategraph.extraction.provisions.paragraphs import NONE, read_paragraph
from strategraph.model import CitationMention, Passage, passage
from strategraph.model.identifiers import Namer
from strategraph.resolution.instruments import resolve_instruments

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One instrument or document that words of a text cite.

    ``start`` and ``end`` are code points in the text; ``kind`` is "instrument" or "document"; ``type`` the
    local name of its class; ``body`` the IRI of who issued it; ``relation`` the local name of the property
    ("cites", "adoptedBy"). ``symbol`` is that of the document of the United Nations, ``year`` and ``date``
    those in which it was decided, as far as the words tell. Where another cited instrument amends, repeals
    … this one, ``relation`` says so, and ``of`` and ``of_text`` name that other; there is one for each
    relation.
    """

    start: int
    end: int
    text: str
    kind: str
    iri: str | None
    label: str
    confidence: float
    type: str
    number: str | None = None
    body: str | None = None
    year: int | None = None
    date: str | None = None
    symbol: str | None = None
    relation: str = "cites"
    of: str | None = None
    of_text: str | None = None


def citations_in(text: str, *, namer: Namer | None = None) -> tuple[Cited, ...]:
    """Return what ``text`` cites, in the order of its words; paragraphs are parted by blank lines.

    >>> [(one.text, one.symbol) for one in citations_in("Recalling resolutions 1325 (2000) and 1820 (2008),")]
    [('1325 (2000)', 'S/RES/1325 (2000)'), ('1820 (2008)', 'S/RES/1820 (2008)')]
    """
    namer = namer or Namer()
    citations, relations = find_cited(tuple(paragraphs(text)))
    found = list(_resolved(text, tuple(map(_presumed, citations)), namer))
    related = [
        replace(done_to, relation=relation.name, of=doing.iri, of_text=doing.text)
        for relation in relations
        for doing, done_to in ((found[relation.subject], found[relation.object]),)
        if doing is not None and done_to is not None
    ]
    said = {relation.object for relation in relations if found[relation.subject] is not None}
    alone = [one for index, one in enumerate(found) if one is not None and index not in said]
    return tuple(
        sorted((*alone, *related), key=lambda one: (one.start, one.end, one.iri or "", one.relation))
    )


def paragraphs(text: str) -> Iterator[Passage]:
    """Yield the paragraphs of a text, which blank lines part."""
    for match in _PARAGRAPH.finditer(text):
        made = passage(text, [match.span()])
        if made:
            yield made


def _presumed(citation: CitationMention) -> CitationMention:
    """Return a number of which nothing says whose it is as that of whoever most likely gave it."""
    if citation.body is not None or citation.issued or citation.number is None or citation.title is not None:
        return citation
    for likely in numbering.presumed():
        if likely.kind == citation.kind and likely.number.fullmatch(citation.number):
            support = replace(
                citation.support, confidence=min(citation.support.confidence, likely.confidence)
            )
            return replace(citation, body=likely.body, support=support)
    return citation


def _resolved(text: str, citations: tuple[CitationMention, ...], namer: Namer) -> Iterator[Cited | None]:
    nowhere = f"{namer.base}text"
    found = resolve_instruments(citations, namer, nowhere, None)
    by_iri = {one.iri: one for one in found.instruments}
    for citation, iri in zip(citations, found.iris, strict=True):
        if iri is None:
            yield None
            continue
        span = citation.item or citation.support.span
        instrument = by_iri[iri]
        is_document = instrument.kind == tables.DOCUMENT
        yield Cited(
            start=span.start,
            end=span.end,
            text=text[span.start : span.end],
            kind="document" if is_document else "instrument",
            iri=None if iri.startswith(f"{nowhere}/") else iri,
            label=instrument.label,
            confidence=citation.support.confidence,
            type=instrument.kind,
            number=instrument.number,
            body=instrument.issued_by,
            year=instrument.revision_year or instrument.year,
            date=instrument.date,
            symbol=instrument.symbol,
            relation=citation.role,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProvision:
    """One paragraph of a text that is preambular or operative.

    ``start`` and ``end`` are code points in the text; ``verb`` is the opening word of a preambular
    paragraph, and the verb of an operative one in its base form; ``force`` what it says ("binding",
    "hortatory", "declaratory"); ``addressee``, ``due`` and ``reports_to`` are words of the paragraph.
    """

    start: int
    end: int
    text: str
    part: str
    number: str | None = None
    verb: str | None = None
    force: str | None = None
    addressee: str | None = None
    due: str | None = None
    reports_to: str | None = None


def provisions_in(text: str, language: str | None = None) -> tuple[ReadProvision, ...]:
    """Return the preambular and operative paragraphs of ``text``; they are parted by blank lines.

    ``language`` is a language tag; without it, the words of every language that the tables have are tried.
    What is neither preambular nor operative is left out.

    >>> (one,) = provisions_in("3. Invites Member States to take part;")
    >>> one.part, one.verb, one.addressee
    ('operative', 'invite', 'Member States')
    """
    found = []
    for paragraph in paragraphs(text):
        read = read_paragraph(paragraph.text, language)
        if read.part == NONE:
            continue
        span = paragraph.span()
        found.append(
            ReadProvision(
                start=span.start,
                end=span.end,
                text=text[span.start : span.end],
                part=read.part,
                number=read.number,
                verb=read.verb,
                force=read.force,
                addressee=read.addressee.text if read.addressee else None,
                due=read.due.text if read.due else None,
                reports_to=read.reports_to.text if read.reports_to else None,
            )
        )
    return tuple(found)
