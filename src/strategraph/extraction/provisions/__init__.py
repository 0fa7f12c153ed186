"""A document that is itself a resolution, or several: its paragraphs, nested, and what each says.

Resolutions come with one paragraph a block, with an opening word as a heading over lettered items
("considering", "instructs the Secretary-General"), or run on in one block; all are read. What is annexed is
no provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from strategraph.extraction.citation_grammar.brackets import read_date
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.provisions.openings import openings
from strategraph.extraction.provisions.paragraphs import (
    NONE,
    OPERATIVE,
    PREAMBULAR,
    ParagraphWords,
    ProvisionParagraph,
    read_paragraph,
)
from strategraph.model import (
    Block,
    CitationMention,
    Document,
    OwnText,
    Passage,
    ProvisionMention,
    Support,
    Term,
)

RULE = "provision/"
_ITEM = re.compile(r"(?<=[\w;,:.]\s)(?P<item>[a-z]\)|\([a-z]{1,2}\))\s")
_FIRST = re.compile(r"(?:[\w'-]+\s){1,8}?(?P<item>1)\)?\s(?=[a-z])")
_NEXT = re.compile(r"(?<=[;,.]\s)(?P<item>\d{1,2})\)?\s(?=[a-z])")
_LETTER = re.compile(r"[a-z]{1,2}$")
_ROMAN = re.compile(r"[ivx]{2,5}$")
_ROMAN_LETTERS = re.compile(r"[ivx]{1,5}$")
_HEADING = 14  # words that an opening standing over its items has at most
_LINE = 200  # characters of a line that says when it was adopted
_LINES = 6  # blocks around the heading in which that line stands
_DATE = 3  # words of the date on which a resolution ends
_FEW = 2  # paragraphs with opening words that make a document a resolution
_RANKS = {"digit": 1, "letter": 2, "roman": 3}


def find_own_texts(
    document: Document, citations: Sequence[CitationMention], language: str | None = None
) -> tuple[OwnText, ...]:
    """Return the resolutions that the document is, or that follow one another in it, with their provisions.

    It is one where a citation stands as its heading and paragraphs below open as those of resolutions do.
    """
    heads = [index for index, citation in enumerate(citations) if citation.own]
    if not heads:
        return ()
    starts = [citations[index].support.span.start for index in heads]
    tag = language if language in openings() else None
    found = []
    for index, start, end in zip(heads, starts, [*starts[1:], len(document.source.text)], strict=True):
        blocks = [block for block in document.blocks if start <= block.span.start < end]
        before = [block for block in document.blocks if block.span.start < start] if index == heads[0] else []
        own = _own_text(index, blocks, before[-_LINES:], citations[index].support.span.end, tag)
        if own is not None:
            found.append(own)
    return tuple(found)


def _own_text(
    own: int, blocks: Sequence[Block], before: Sequence[Block], end: int, language: str | None
) -> OwnText | None:
    """Return the resolution whose heading, which ends at ``end``, begins ``blocks``; None if it is none."""
    pieces = [piece for block in _body(blocks) for piece in _pieces(block, language)]
    read = [(piece, _read(piece, marker, language)) for piece, marker in pieces]
    opened = [paragraph.part for _, paragraph in read if paragraph.verb is not None]
    if len(opened) < _FEW or OPERATIVE not in opened:
        return None
    return OwnText(own, _title(blocks, end), tuple(_provisions(read)), _date([*before, *blocks[:_LINES]]))


def _title(blocks: Sequence[Block], end: int) -> Passage | None:
    """Return the resolution's title: what follows its number in the same block, else the next short block."""
    for number, block in enumerate(blocks[:5]):
        passage = block.passage
        if number and _is_enacting(passage.text):
            continue
        if block.span.start < end < block.span.end:
            at = next((i for i in range(len(passage.text)) if passage.offset(i) >= end), len(passage.text))
            rest = passage.cut(at + len(passage.text[at:]) - len(passage.text[at:].lstrip(" .:–-")))
            if (
                rest
                and read_paragraph(rest.text).part == NONE
                and len(rest.text) > 3
                and rest.text[0].isalpha()
            ):
                return rest
        elif number and len(passage.text) < 250 and read_paragraph(passage.text).part == NONE:
            return passage if not passage.text.rstrip().endswith((",", ":")) else None
    return None


def _is_enacting(text: str) -> bool:
    words = plain(text).text.lower().strip()
    return any(one.enacting.search(words) for one in openings().values())


def _date(blocks: Sequence[Block]) -> Term | None:
    """Return the day on which it was adopted, as a line below or above its number says."""
    for block in blocks:
        text = plain(block.passage.text).text
        if len(text) < _LINE and _is_enacting(text) and (date := read_date(text)) is not None:
            return Term(date, Support(block.passage.span(), f"{RULE}date"))
    return None


def _body(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of the resolution itself, up to its first annex."""
    for number, block in enumerate(blocks):
        words = plain(block.passage.text).text.lower()
        if number and any(one.annex.match(words) for one in openings().values()):
            return
        yield block


# --------------------------------------------------------------------------------------------------
# Pieces: one paragraph each


def _pieces(block: Block, language: str | None) -> Iterator[tuple[Passage, str]]:
    """Yield the paragraphs of a block, each with the marker that the reader took from it."""
    passage = block.passage
    cuts = _cuts(passage.text, language)
    if not cuts:
        yield passage, block.marker
        return
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(passage.text)], strict=True)):
        piece = passage.cut(start, end)
        if piece:
            yield piece, block.marker if number == 0 else ""


def _cuts(text: str, language: str | None) -> list[int]:
    """Return where new paragraphs begin in a text that runs on: at opening words and at lettered items.

    Only a text that begins with who speaks runs on; after the first operative verb no preamble follows.
    """
    made = plain(text)
    lowered = made.text.lower()
    spoken = [one for tag, one in openings().items() if language in (None, tag)]
    words = next(
        (one for one in spoken if (match := one.lead.match(lowered)) and match.end() < len(lowered)), None
    )
    if words is None or len(lowered) != len(made.text):
        return []
    cuts: list[int] = []
    openers: list[int] = []
    operative = False
    for match in words.inline.finditer(lowered):
        if match["operative"] is None and operative:
            continue
        operative = operative or match["operative"] is not None
        cuts.append(match.start("opening"))
        if match["operative"] is not None:
            openers.append(match.start("opening"))
    if not cuts:
        return []
    items = [*_lettered(made.text, cuts[0]), *_numbered(made.text, openers)]
    return [made.position(cut) for cut in sorted({*cuts, *items})]


def _lettered(text: str, start: int) -> Iterator[int]:
    """Yield where lettered items begin in a text that runs on."""
    for match in _ITEM.finditer(text, start):
        yield match.start("item")


def _numbered(text: str, openers: Sequence[int]) -> Iterator[int]:
    """Yield where numbered items begin: the first soon after an operative verb, others behind commas."""
    for opener, end in zip(openers, [*openers[1:], len(text)], strict=True):
        first = _FIRST.match(text, opener, end)
        if first is None:
            continue
        yield first.start("item")
        expected = 2
        for match in _NEXT.finditer(text, first.end(), end):
            if int(match["item"]) == expected:
                yield match.start("item")
                expected += 1


# --------------------------------------------------------------------------------------------------
# Provisions


@dataclass(frozen=True, slots=True)
class _OpenProvision:
    """A provision that others may stand below: its position, its marker and that marker's rank, its part."""

    index: int
    rank: int
    part: str
    number: str | None


def _read(piece: Passage, marker: str, language: str | None) -> ProvisionParagraph:
    read = read_paragraph(piece.text, language)
    number = marker.strip(" .()[]-–•*:·●▪") or None
    return replace(read, number=number) if number is not None and number.isalnum() else read


def _provisions(read: Sequence[tuple[Passage, ProvisionParagraph]]) -> Iterator[ProvisionMention]:
    """Yield the provisions in order, each with the one it stands below."""
    above: list[_OpenProvision] = []
    part = ""
    for index, (piece, paragraph) in enumerate(_kept(read)):
        rank = _rank(paragraph.number, above)
        over = _is_over(piece, paragraph)
        opens = paragraph.verb is not None
        while above and not _stands_below(rank, above[-1], paragraph):
            above.pop()
        part = paragraph.part if opens and not (above and paragraph.part != above[-1].part) else part
        said = above[-1].part if above else (part or paragraph.part)
        yield _provision(piece, paragraph, said, above[-1].index if above else None)
        above.append(
            _OpenProvision(index, 0 if over and paragraph.number is None else rank, said, paragraph.number)
        )


def _kept(read: Sequence[tuple[Passage, ProvisionParagraph]]) -> Iterator[tuple[Passage, ProvisionParagraph]]:
    """Yield the paragraphs that are provisions: what stands before the first opening word is none."""
    begun = decided = False
    for piece, paragraph in read:
        begun = begun or paragraph.verb is not None
        decided = decided or (paragraph.verb is not None and paragraph.part == OPERATIVE)
        marked = paragraph.number is not None and len(piece.text.split()) > _DATE
        if decided and paragraph.part == PREAMBULAR and paragraph.number is not None:  # "7 in considering …"
            yield piece, replace(paragraph, part=OPERATIVE, verb=None, verb_words=None)
        elif begun and (paragraph.part != NONE or marked):
            yield piece, paragraph


def _rank(number: str | None, above: Sequence[_OpenProvision]) -> int:
    """Return the rank of a marker: numbers stand over letters, letters over Roman numbers.

    "i" is a Roman number but behind "h", and so are "v" and "x" beside Roman numbers.
    """
    if number is None or (not _LETTER.fullmatch(number) and not _ROMAN.fullmatch(number)):
        return _RANKS["digit"]
    ranks = [one.rank for one in above]
    letters = [one.number for one in above if one.rank == _RANKS["letter"]]
    begins = number == "i" and bool(letters) and letters[-1] != "h"
    goes_on = _ROMAN_LETTERS.fullmatch(number) is not None and _RANKS["roman"] in ranks
    return _RANKS["roman" if begins or goes_on else "letter"]


def _stands_below(rank: int, above: _OpenProvision, paragraph: ProvisionParagraph) -> bool:
    """Whether a paragraph is part of the one above it: its marker is lower, and it opens nothing."""
    numbered = paragraph.number is not None
    opens = paragraph.verb is not None and (not numbered or (rank == 1 and paragraph.part != above.part))
    return not opens and above.rank < rank


def _is_over(piece: Passage, paragraph: ProvisionParagraph) -> bool:
    """Whether a paragraph is an opening alone, over the items that follow."""
    short = len(piece.text.split()) <= _HEADING
    return paragraph.verb is not None and short and not piece.text.rstrip().endswith((".", ";"))


def _provision(
    piece: Passage, paragraph: ProvisionParagraph, part: str, parent: int | None
) -> ProvisionMention:
    def term(value: str, words: ParagraphWords | None) -> Term | None:
        return Term(value, Support(piece.span(words.start, words.end), f"{RULE}{part}")) if words else None

    verb = term(paragraph.verb or "", paragraph.verb_words)
    return ProvisionMention(
        part=part if part in (PREAMBULAR, OPERATIVE) else OPERATIVE,
        number=paragraph.number,
        statement=piece,
        parent=parent,
        support=Support(piece.span(), f"{RULE}{part}"),
        verb=verb,
        opening=paragraph.verb_words.text if paragraph.verb_words else None,
        force=paragraph.force,
        addressee=term(paragraph.addressee.text, paragraph.addressee) if paragraph.addressee else None,
        due=term(paragraph.due.text, paragraph.due) if paragraph.due else None,
        reports_to=term(paragraph.reports_to.text, paragraph.reports_to) if paragraph.reports_to else None,
        language=paragraph.language,
    )
