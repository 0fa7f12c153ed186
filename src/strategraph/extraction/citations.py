"""Finding citations: what was seen, not yet what it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from strategraph.extraction.citation_grammar.layout import (
    begins_in_capitals,
    in_small_letters,
    numbers_below,
    with_known_acts,
    with_whole_stamps,
    without_own_name,
    without_own_symbols,
)
from strategraph.extraction.citation_grammar.patterns import Form, triggered
from strategraph.extraction.citation_grammar.plain import PlainText, plain
from strategraph.extraction.citation_grammar.readings import (
    CitedInstrument,
    Found,
    read,
    united,
    united_names,
)
from strategraph.extraction.citation_grammar.relations import CitedPlace, relations
from strategraph.extraction.citation_grammar.roles import own_heading, roles
from strategraph.extraction.citation_grammar.short_forms import (
    with_own_number,
    with_short_forms,
    with_speaker,
)
from strategraph.model import CitationMention, Passage, RelationMention, Support

RULE_PREFIX = "citation/"
# What every further number of a list has ("70/1", "1325 (2000)", "45/58 P", "A.1110(30)"), and how
# far off it may stand.
_FURTHER = re.compile(r"\d\s?[/(]|\d\s[A-Z]|[A-Z]\d{0,3}\s?[./-]?\s?\d")
_REACH = 800
_LONGEST_HEADING = 300  # characters of a heading in capitals
RELATION_PREFIX = "relation/"


def find_cited(
    passages: Sequence[Passage],
) -> tuple[tuple[CitationMention, ...], tuple[RelationMention, ...]]:
    """Return the citations in ``passages``, and what the cited instruments do to each other.

    ``passages`` are the readable texts of a document in reading order. There is one mention for each
    instrument; those of a list share the words of the whole list. Mentions come in reading order, and but for
    lists their words do not overlap. Words that point back ("the Resolution", "ibid.") are mentions without
    number and title: resolution says what they mean.
    """
    passages = with_whole_stamps(passages, find_in)
    plain_texts = [plain(passage.text) for passage in passages]
    texts = [one.text for one in plain_texts]
    findings = without_own_name(texts, without_own_symbols(texts, _find_in_all(texts)))
    findings = numbers_below(texts, findings, find_in)
    findings = with_own_number(texts, with_speaker(texts, findings))
    findings = with_known_acts(texts, findings)
    findings = _without_bare(with_short_forms(texts, findings))
    heading = own_heading(texts, findings)
    mentions: list[CitationMention] = []
    related: list[RelationMention] = []
    told = zip(passages, plain_texts, findings, roles(texts, findings), strict=True)
    for number, (passage, text, found, given) in enumerate(told):
        related.extend(_relations(passage, text, found, len(mentions)))
        for one, role in zip(found, given, strict=True):
            own = one is found[0] and heading is not None and number >= heading
            own = own and (number == heading or (one.start, one.end) == (0, len(text.text.rstrip())))
            mentions.extend(replace(made, own=own) for made in _mentions(passage, text, one, role))
    return tuple(mentions), tuple(related)


def _relations(
    passage: Passage, text: PlainText, found: Sequence[Found], first: int
) -> Iterator[RelationMention]:
    """Yield what the instruments cited in one text do to each other; ``first`` is the number of its first."""
    places = [CitedPlace(*(cited.words or (one.start, one.end))) for one in found for cited in one.cited]
    for relation in relations(text.text, places):
        span = passage.span(text.position(relation.start), text.position(relation.end - 1) + 1)
        support = Support(span, f"{RELATION_PREFIX}{relation.name}")
        yield RelationMention(relation.name, first + relation.subject, first + relation.object, support)


def find_in(text: str) -> tuple[Found, ...]:
    """Return the citations in one plain text, from left to right; of two that overlap, the longer."""
    met = triggered(text)
    return _find_in_any_case(text, met.forms, met.names)


def _find_in_all(texts: Sequence[str]) -> list[tuple[Found, ...]]:
    """Return the citations in each text; patterns are compiled once, with the names that all texts have."""
    met = [triggered(text) for text in texts]
    names = frozenset(name for one in met for name in one.names)
    return [_find_in_any_case(text, one.forms, names) for text, one in zip(texts, met, strict=True)]


def _find_in_any_case(text: str, forms: Sequence[Form], names: frozenset[str]) -> tuple[Found, ...]:
    """Return the citations in a plain text, a heading in capitals read as a sentence prints it, too."""
    found = _find(text, forms, names)
    if found or not forms or len(text) > _LONGEST_HEADING or not begins_in_capitals(text):
        return found
    return _find(in_small_letters(text), forms, names)


def _find(text: str, forms: Sequence[Form], names: frozenset[str]) -> tuple[Found, ...]:
    found = [one for form in forms for one in _matches(form, text, names)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end and united(kept[-1], one) is one.cited[0]:
            # "Water Framework Directive 2000/60/EC": the name ends where the number begins
            kept[-1] = replace(one, start=kept[-1].start, also=united_names(kept[-1], one))
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return tuple(kept)


def _matches(form: Form, text: str, names: frozenset[str]) -> Iterator[Found]:
    end = 0
    for match in form.pattern(names).finditer(text):
        if match.start() >= end:
            further = _further(form, text, match.end())
            cited = read(form, match, further)
            if cited:
                end = further[-1].end() if further else match.end()
                yield from _parts(form.entry.name, match.start(), end, cited, further)


def _parts(
    rule: str, start: int, end: int, cited: Sequence[CitedInstrument], further: Sequence[re.Match[str]]
) -> Iterator[Found]:
    """Yield a list in the parts between which words stand: those words are no citation."""
    whole = (start, end) if len(cited) > 1 else None
    breaks = [one.start("number") for one in further if one["and"] is None]
    for first, last in pairwise([start, *breaks, end]):
        part = tuple(one for one in cited if one.words is None or first <= one.words[0] < last)
        stop = end if last == end else max(one.words[1] for one in part if one.words)
        yield Found(first, stop, rule, part, listed=whole)


def _further(form: Form, text: str, end: int) -> list[re.Match[str]]:
    """Return the matches with which a list goes on after ``end``."""
    found: list[re.Match[str]] = []
    if form.entry.more is None or _FURTHER.search(text, end, end + _REACH) is None:
        return found
    while form.more is not None and (match := form.more.match(text, end)) is not None:
        found.append(match)
        end = match.end()
    return found


def _without_bare(findings: Sequence[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
    """Leave out bare numbers ("Decision 5") that the document nowhere cites in full."""
    all_cited = [cited for found in findings for one in found for cited in one.cited]
    full = {(cited.kind, cited.number) for cited in all_cited if not cited.bare}

    def kept(one: Found) -> Iterator[Found]:
        cited = tuple(c for c in one.cited if not c.bare or c.number is None or (c.kind, c.number) in full)
        if cited:
            yield replace(one, cited=cited)

    return [tuple(left for one in found for left in kept(one)) for found in findings]


def _mentions(passage: Passage, text: PlainText, found: Found, role: str) -> Iterator[CitationMention]:
    def place(start: int, end: int) -> tuple[int, int]:
        return text.position(start), text.position(end - 1) + 1

    start, end = place(found.start, found.end)
    words = text.text[found.start : found.end]
    for cited in found.cited:
        own = place(*cited.words) if cited.words else None
        yield CitationMention(
            kind=cited.kind,
            surface=passage.text[start:end],
            support=Support(passage.span(start, end), f"{RULE_PREFIX}{found.rule}", cited.confidence),
            body=cited.body,
            number=cited.number and _as_printed(cited.number, words, found.start, passage, text),
            title=cited.title and _as_printed(cited.title, words, found.start, passage, text),
            session=cited.session,
            revised=cited.revised,
            revision_place=cited.place,
            revision_year=cited.year,
            role=role,
            identifiers=cited.identifiers,
            issued=cited.issued,
            date=cited.date,
            item=passage.span(*own) if own else None,
            listed=passage.span(*place(*found.listed)) if found.listed else None,
        )


def _as_printed(name: str, words: str, start: int, passage: Passage, text: PlainText) -> str:
    """Return a number or name with its letters as the source has them: plain text has no "أ", "é" and "〔".

    Digits and dashes stay plain, so that "٧١" and "71" are one number. ``words`` are the citation's, which
    begins at ``start`` of the plain text. A name that a form put together is looked up word by word.
    """
    first = words.find(name)
    if first < 0:
        parts = name.split(" ")
        if len(parts) == 1:
            return name
        return " ".join(_as_printed(part, words, start, passage, text) for part in parts)
    printed = (passage.text[text.position(start + first + index)] for index in range(len(name)))
    return "".join(
        source if source.isalpha() or source in "〔〕" else plain_one
        for source, plain_one in zip(printed, name, strict=True)
    )
