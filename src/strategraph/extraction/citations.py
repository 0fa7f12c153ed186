"""Finding citations: what was seen, not yet what it refers to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategraph.extraction.citation_grammar.patterns import Form, forms
from strategraph.extraction.citation_grammar.plain import PlainText, plain
from strategraph.extraction.citation_grammar.readings import Cited, read
from strategraph.model import CitationMention, Passage, Support


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a passage, by their positions in its plain text, and the instruments they cite."""

    start: int
    end: int
    rule: str
    cited: tuple[Cited, ...]


def find_citations(passages: Sequence[Passage]) -> tuple[CitationMention, ...]:
    """Return the citations in ``passages``, the readable texts of a document in reading order.

    There is one mention for each instrument; those of a list share the words of the whole list. Mentions
    come in reading order and their words do not overlap but for lists.
    """
    mentions: list[CitationMention] = []
    for passage in passages:
        text = plain(passage.text)
        for found in find_in(text):
            mentions.extend(_mentions(passage, text, found))
    return tuple(mentions)


def find_in(text: PlainText) -> tuple[Found, ...]:
    """Return the citations in one plain text, from left to right; of two that overlap, the longer."""
    folded = text.text.casefold()
    found = [
        one
        for form in forms()
        if not form.entry.triggers or any(trigger in folded for trigger in form.entry.triggers)
        for one in _matches(form, text.text)
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return tuple(kept)


def _matches(form: Form, text: str) -> Iterator[Found]:
    for match in form.pattern.finditer(text):
        cited = read(form, match)
        if cited:
            yield Found(match.start(), match.end(), form.entry.name, cited)


def _mentions(passage: Passage, text: PlainText, found: Found) -> Iterator[CitationMention]:
    start, end = text.position(found.start), text.position(found.end - 1) + 1
    surface, span = passage.text[start:end], passage.span(start, end)
    for cited in found.cited:
        yield CitationMention(
            kind=cited.kind,
            surface=surface,
            support=Support(span, f"citation/{found.rule}", cited.confidence),
            body=cited.body,
            number=cited.number,
            title=cited.title,
            session=cited.session,
            revised=cited.revised,
            revision_place=cited.place,
            revision_year=cited.year,
            identifiers=cited.identifiers,
        )
