"""The elements of a plan: those its sections state, and the commitments and purposes of their prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from strategraph.model import Document, Element, Mentions, Passage, Section, Span, Support
from strategraph.model.document import Spoken
from strategraph.model.identifiers import segment, slug
from strategraph.model.text import whole_words
from strategraph.resolution.details import Links

_UNNUMBERED = frozenset({"Vision", "Mission"})  # a plan's only vision needs no number in its IRI


def elements_of(sections: Sequence[Section], plan: str, spoken: Spoken, links: Links) -> Iterator[Element]:
    """Yield one element for each section, in order, and link it to what encloses it."""
    iris: list[str] = []
    taken: dict[str, int] = {}
    positions: dict[tuple[str, str], int] = {}
    for section in sections:
        parent = plan if section.parent is None else iris[section.parent]
        position = positions[parent, section.kind] = positions.get((parent, section.kind), 0) + 1
        iri = _element_iri(parent, section.kind, section.identifier or section.number, position, taken)
        iris.append(iri)
        links.add(parent, f"has{section.kind}", iri, *section.supports)
        tongues = [spoken.of(passage) for passage in section.passages] or [spoken.usual]
        yield Element(
            iri,
            section.kind,
            parent,
            position,
            _label(section),
            section.number,
            _text(section.title),
            _text(section.statement),
            language=tongues[0],
            statement_language=tongues[-1],
        )


def _element_iri(parent: str, kind: str, number: str | None, position: int, taken: dict[str, int]) -> str:
    """Return an IRI that is not ``taken``, and take it; a number that comes back gets "-2", "-3" in order.

    ``taken`` says of each IRI how many elements asked for it.
    """
    name = f"{parent}/{slug(kind)}"
    if number is not None:
        name = f"{name}/{segment(number)}"
    elif kind not in _UNNUMBERED or position > 1:
        name = f"{name}/{position}"
    iri = name
    while iri in taken:
        taken[name] += 1
        iri = f"{name}-{taken[name]}"
    taken[iri] = 1
    return iri


def repeated_numbers(elements: Sequence[Element]) -> Iterator[str]:
    """Yield a note for each number that two elements of one class and parent print."""
    seen: dict[tuple[str, str, str], Element] = {}
    for element in elements:
        if element.number is None:
            continue
        first = seen.setdefault((element.parent, element.kind, element.number), element)
        if first is not element:
            name = f"{element.kind} {element.number}"
            yield f"{name} is printed with two texts: “{first.label}” and “{element.label}”"


def _label(section: Section) -> str:
    """Return an element's label: its class and number, and its title or, where it has none, its statement."""
    name = " ".join(part for part in (section.kind, section.number) if part)
    if section.title:
        return whole_words(f"{name}: {section.title.text}")
    statement = _text(section.statement)
    if not statement or (section.number is None and section.kind in _UNNUMBERED):
        return name
    return whole_words(f"{name}: {statement}" if section.number else statement)


def _text(passage: Passage | None) -> str | None:
    return " ".join(passage.text.split()) if passage else None


def commitments_of(
    mentions: Mentions, elements: list[Element], spoken: Spoken, links: Links
) -> Iterator[tuple[Span, str]]:
    """Append the commitments and purposes to ``elements``; yield each one's span and IRI."""
    positions: dict[tuple[str, str], int] = {}

    def element(kind: str, section: int, verb: str, object_: Passage, support: Support) -> str:
        parent = elements[section].iri
        position = positions[parent, kind] = positions.get((parent, kind), 0) + 1
        iri = f"{parent}/{slug(kind)}/{position}"
        words = f"{verb} {object_.text}".strip()
        elements.append(
            Element(
                iri,
                kind,
                parent,
                position,
                whole_words(words),
                statement=words,
                verb=verb,
                object=object_.text or None,
                language=spoken.at(support.span),
            )
        )
        links.add(parent, f"has{kind}", iri, support)
        return iri

    purposes = [element("Purpose", p.section, p.verb, p.object, p.support) for p in mentions.purposes]
    yield from zip((purpose.support.span for purpose in mentions.purposes), purposes, strict=True)
    for commitment in mentions.commitments:
        iri = element(
            "Commitment", commitment.section, commitment.verb, commitment.object, commitment.support
        )
        yield commitment.support.span, iri
        for index in commitment.purposes:
            links.add(iri, "aimsAt", purposes[index], mentions.purposes[index].support)


def section_spans(sections: Sequence[Section], elements: Sequence[Element]) -> list[tuple[Span, str]]:
    """Return the spans of each section's title and statement, with its element's IRI."""
    return [
        (passage.span(), element.iri)
        for section, element in zip(sections, elements, strict=False)
        for passage in section.passages
    ]


def printed_elements(sections: Sequence[Section], elements: Sequence[Element]) -> dict[Span, Element]:
    """Return the element of each section by every span that prints it."""
    return {
        support.span: element
        for section, element in zip(sections, elements, strict=False)
        for support in section.supports
    }


def remark_spans(document: Document, printed: Mapping[Span, Element]) -> list[tuple[Span, str]]:
    """Return the spans of what a structured source says of elements beside title and statement."""
    if document.stated is None:
        return []
    homes = [printed.get(section.supports[0].span) for section in document.stated.sections]
    return [
        (record.passage.span(), home.iri)
        for record in document.stated.records
        if record.passage and record.section is not None and (home := homes[record.section]) is not None
    ]
