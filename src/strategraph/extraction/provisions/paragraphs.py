"""One paragraph of a resolution: preambular or operative, its verb, whom it addresses, by when.

Only the words of the paragraph are read. The words of each language are in ``data/provisions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from strategraph.extraction.citation_grammar.plain import PlainText, plain
from strategraph.extraction.provisions.openings import Openings, Verb, openings

BINDING, DECLARATORY = "binding", "declaratory"
PREAMBULAR, OPERATIVE, NONE = "preambular", "operative", "none"

_MARKER = re.compile(
    r"\s*(?:(?P<number>\d{1,3}(?:\.\d{1,2})?(?:\s?(?:bis|ter))?)\s?[.)]?(?=\s|[A-Z\"]|$)|\(?(?P<letter>[a-z]{1,3}|[ivx]{1,5})\)|(?P<roman>[IVX]{1,5})\s?[.)]|[-*•–])\s*"
)
_WORD = re.compile(r"[\w'’-]+")
_LONG = 12  # words of a paragraph that ends in a comma, as preambles do
_HEADING = 12  # words that follow the verb of a heading at most
_SHORTEST = 7  # words that a paragraph without an opening verb has at least
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class ParagraphWords:
    """Words of a paragraph: where they stand in its text, and what they are."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ProvisionParagraph:
    """What one paragraph says: see the module. ``number`` is the printed one, without its punctuation."""

    part: str
    number: str | None = None
    verb: str | None = None
    verb_words: ParagraphWords | None = None
    force: str | None = None
    addressee: ParagraphWords | None = None
    due: ParagraphWords | None = None
    reports_to: ParagraphWords | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Opening:
    """The opening words of a paragraph, by their place in its plain text."""

    words: Openings
    part: str
    start: int
    end: int
    verb: Verb | None = None


def read_paragraph(text: str, language: str | None = None) -> ProvisionParagraph:
    """Return what a paragraph of a resolution says; of all languages where ``language`` is not known.

    >>> read = read_paragraph("4. Requests the Secretary-General to tell the meadows annually;")
    >>> read.part, read.number, read.verb, read.force, read.addressee.text, read.due.text
    ('operative', '4', 'request', 'binding', 'the Secretary-General', 'annually')
    >>> read_paragraph("Recalling its resolution 70/1,").part
    'preambular'
    """
    made = plain(text)
    marker = _MARKER.match(made.text)
    number = (marker["number"] or marker["letter"] or marker["roman"]) if marker else None
    first = marker.end() if marker else 0
    order = _languages(language)
    for words in order:
        if words.enacting.search(made.text.lower().strip()):
            return ProvisionParagraph(NONE, number)
    for words in order:
        opening = _opened(words, made.text, first)
        if opening is not None and not _goes_on(opening, made.text, numbered=number is not None):
            return _read(made, text, number, opening)
    if any(words.speaking.search(made.text.lower().strip()) for words in order):
        return ProvisionParagraph(NONE, number)
    part = _without_opening(order, made.text[first:], numbered=number is not None)
    if part != OPERATIVE or len(order) > 1:
        return ProvisionParagraph(part, number)
    due, reports_to = _tasks(made, text, order[0], first)
    return ProvisionParagraph(part, number, due=due, reports_to=reports_to, language=order[0].language)


def _languages(language: str | None) -> list[Openings]:
    known = openings().get((language or "").partition("-")[0])
    return [known] if known else list(openings().values())


def _opened(words: Openings, text: str, first: int) -> _Opening | None:
    """Return the opening words of a plain text from ``first`` on, as far as this language has them."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    lead = words.lead.match(lowered, first)
    starts = [first]
    if lead is not None:
        marker = _MARKER.match(text, lead.end())
        starts.append(marker.end() if marker else lead.end())
    for start in starts:
        opening = _opening_at(words, lowered, start)
        if opening is not None:
            stated = opening.part == OPERATIVE and words.stating.match(lowered[opening.start :])
            return (
                _Opening(words, PREAMBULAR, *_ends(opening), opening.verb)
                if stated and start != first
                else opening
            )
    return None


def _goes_on(opening: _Opening, text: str, *, numbered: bool) -> bool:
    """Whether what begins like a preamble is a numbered sentence of its own: "3. Given …, it should …"."""
    return opening.part == PREAMBULAR and numbered and text.rstrip().endswith(".")


def _ends(opening: _Opening) -> tuple[int, int]:
    return opening.start, opening.end


def _opening_at(words: Openings, text: str, start: int) -> _Opening | None:
    if not words.spaced:
        return _unspaced(words, text, start)
    tokens: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start):
        if match.start() - (tokens[-1][1] if tokens else start) > 2:
            break
        tokens.append(match.span())
        if len(tokens) > words.longest + 4:
            break
    skipped = 0
    while skipped < len(tokens):
        for length in range(min(words.longest, len(tokens) - skipped), 0, -1):
            begin, end = tokens[skipped][0], tokens[skipped + length - 1][1]
            phrase = " ".join(text[begin:end].split())
            if phrase in words.preambular:
                return _Opening(words, PREAMBULAR, begin, end)
            if phrase in words.operative:
                return _Opening(words, OPERATIVE, begin, end, words.operative[phrase])
        begin, end = tokens[skipped]
        if text[begin:end] not in words.adverbs:
            break
        skipped += 1
    rest = text[start:]
    if words.participle.match(rest) and tokens:
        return _Opening(words, PREAMBULAR, *tokens[0])
    return None


def _unspaced(words: Openings, text: str, start: int) -> _Opening | None:
    """Return the opening words of a text that is written without spaces."""
    position = start
    while True:
        for phrase in sorted((*words.preambular, *words.operative), key=len, reverse=True):
            if text.startswith(phrase, position):
                verb = words.operative.get(phrase)
                part = OPERATIVE if verb else PREAMBULAR
                return _Opening(words, part, position, position + len(phrase), verb)
        adverb = next((one for one in words.adverbs if text.startswith(one, position)), None)
        if adverb is None:
            return None
        position += len(adverb)


def _without_opening(order: list[Openings], text: str, *, numbered: bool) -> str:
    """Return what a paragraph is that no opening word begins: a heading, or prose that obliges."""
    counted = len(_WORD.findall(text))
    if counted < _SHORTEST and not text.rstrip().endswith((";", ".")):
        return NONE
    if _LATIN.search(text) and text.upper() == text:
        return NONE
    if not numbered and counted >= _LONG and text.rstrip().endswith(","):
        return PREAMBULAR
    lowered = text.lower()
    if numbered or any(words.obliging.search(lowered) for words in order):
        return OPERATIVE
    return NONE


# --------------------------------------------------------------------------------------------------
# What the paragraph asks, of whom, by when


def _printed(made: PlainText, text: str, start: int, end: int) -> ParagraphWords:
    """Return words by their place in the text itself."""
    begin, stop = made.position(start), made.position(end - 1) + 1
    return ParagraphWords(begin, stop, text[begin:stop])


def _read(made: PlainText, text: str, number: str | None, opening: _Opening) -> ProvisionParagraph:
    words = opening.words

    verb_words = _printed(made, text, opening.start, opening.end)
    if opening.part == PREAMBULAR or opening.verb is None:
        return ProvisionParagraph(
            opening.part,
            number,
            verb=" ".join(verb_words.text.lower().split()),
            verb_words=verb_words,
            language=words.language,
        )
    addressee = _addressee(words, made.text, opening)
    asks = opening.verb.force != DECLARATORY
    due, reports_to = _tasks(made, text, words, opening.end) if asks else (None, None)
    return ProvisionParagraph(
        opening.part,
        number,
        verb=opening.verb.base,
        verb_words=verb_words,
        force=opening.verb.force,
        addressee=_printed(made, text, *addressee) if addressee else None,
        due=due,
        reports_to=reports_to,
        language=words.language,
    )


def _tasks(
    made: PlainText, text: str, words: Openings, start: int
) -> tuple[ParagraphWords | None, ParagraphWords | None]:
    """Return by when, and to whom it is reported, what the words from ``start`` on ask for."""
    due = _due(words, made.text, start)
    reports = words.reports.search(made.text, start)
    told = _trimmed(made.text, *reports.span("to")) if reports else None
    return (
        _printed(made, text, *due) if due else None,
        _printed(made, text, *told) if told else None,
    )


def _addressee(words: Openings, text: str, opening: _Opening) -> tuple[int, int] | None:
    """Return where the name stands of whom the paragraph addresses, by its opening verb or a later one."""
    verb = opening.verb
    found = _addressed(
        words,
        text,
        opening.end,
        addresses=verb is not None and verb.base in words.addressing,
        binds=verb is not None and verb.force == BINDING,
    )
    if found is not None:
        return found
    for match in words.later.finditer(text.lower(), opening.end):
        if words.later_base[" ".join(match["verb"].split())] in words.addressing:
            found = _addressed(words, text, match.end("verb"), addresses=True, binds=False)
            if found is not None:
                return found
    return None


def _addressed(
    words: Openings, text: str, end: int, *, addresses: bool, binds: bool
) -> tuple[int, int] | None:
    """Return where the name stands behind a verb that ends at ``end``, if it ``addresses`` or ``binds``."""
    start = _after_adverbs(words, text, end)
    rest = text[start:].lower()
    if len(rest) != len(text) - start:
        return None
    clause = words.addressee_subject.match(rest) if binds else None
    if addresses and clause is None:
        clause = words.addressee_clause.match(rest)
    if clause is not None:
        return _named(words, text, start, *clause.span("name"))
    ending = words.addressee_ends.search(rest) if addresses else None
    if ending is not None:
        return _named(words, text, start, 0, ending.start())
    if addresses and len(rest.split()) <= _HEADING and not rest.rstrip().endswith((".", ";")):
        return _named(words, text, start, 0, len(rest.rstrip(" ,:")))  # a heading: what is asked stands below
    return None


def _named(words: Openings, text: str, start: int, first: int, last: int) -> tuple[int, int] | None:
    """Return the place of a name in ``text``, ``first`` to ``last`` from ``start``, cut where it ends."""
    rest = text[start:].lower()
    cut = words.addressee_cut.search(rest, first, last)
    if cut is not None and cut.start() > first:
        last = cut.start()
    stop = re.search(r"[.;:]", rest[first:last])
    if stop is not None:
        last = first + stop.start()
    place = _trimmed(rest, first, last)
    name = text[start + place[0] : start + place[1]]
    if not name or words.abstract.match(name.lower()):
        return None
    known = words.heads is None or name != name.lower() or words.heads.search(name)
    return (start + place[0], start + place[1]) if known else None


def _after_adverbs(words: Openings, text: str, start: int) -> int:
    """Return where the words behind the verb begin, adverbs left out: "requests once again the …"."""
    for match in _WORD.finditer(text, start):
        if match.group().lower() not in words.adverbs:
            return match.start()
        if match.start() - start > 2:
            return match.start()
        start = match.end()
    return len(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,\n":
        start += 1
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return start, end


def _due(words: Openings, text: str, start: int) -> tuple[int, int] | None:
    """Return where the first words stand that say by when, if the paragraph has a task."""
    return min(_dues(words, text, start), default=None)


def _dues(words: Openings, text: str, start: int) -> Iterator[tuple[int, int]]:
    lowered = text.lower()
    if len(lowered) == len(text):
        for pattern in words.due:
            match = pattern.search(lowered, start)
            if match is not None:
                yield _trimmed(text, *match.span())
