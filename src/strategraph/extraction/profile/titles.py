"""What may be the title of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from strategraph.extraction.profile.names import names_in
from strategraph.extraction.profile.periods import YEAR
from strategraph.extraction.profile.zones import Surroundings, likeness, parts_of, words_of
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.writing import STOPS, count_words
from strategraph.model import Block, Passage, join

_LONGEST = 30  # words
_OPENING = 60  # blocks
_COVER = 14  # blocks whose lines may together be a title
_PROSE = 60  # blocks in whose running text a plan's name is looked for
_NUMBERS = 0.3  # share of digits from which words are a date or a reference ("27 April 2026")
_LINES = 3  # of a title, at most
_PLACES = ("metadata", "header", "heading", "strong", "line", "item", "cell")
_WAYS = ("whole", "part", "quoted", "joined", "named")
_QUOTED = re.compile(r"[«“„\"《](?P<inner>[^«»“”„\"《》]{6,200})[»”“\"》]")
_FILE = re.compile(r"\(?\b(?:pdf|docx?|xlsx?|pptx?|html?|[kKmM][boBO])\b\)?", re.IGNORECASE)
# What is written for machines: tags, templates, addresses.
_MACHINE = re.compile(r"[<{}]|/>|\?>|->|=[\"']|\w://|@\w+\(|\w\(['\"]")
_ATTRIBUTES = re.compile(r"(?:\s*#+)?\s*\{[#.:-][^{}]*\}\s*$")  # of a heading: "Purpose # {#purpose}"
_BRACKET = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]$")
# The years after a plan's name: "Strategy 2022-31", "Plan for 2022 to 2025", "Plano – 2021/2025".
_YEARS = re.compile(
    r"\s*[,(]?\s*(?:[^\W\d]{1,4}\s+)?(?:19|20)\d\d(?:\s?[-–—‑/]\s?(?:20)?\d\d|\s+[^\W\d]{1,3}\s+20\d\d)?(?!\d)\)?"
)
_PERIOD = re.compile(r"(?<![\d-])20\d\d\s?[-–—‑/]\s?20\d\d(?![\d-])")
_DATED = re.compile(r"[:：]|\d-\d\d-\d")  # what follows a title and is no period of it
_LINKING = 4  # letters of a word that may stand between a name and its years ("for the")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])[.):\s]\s*\S")


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """Words that may be a title: ``place`` is where they stand, ``way`` how they were cut.

    ``block`` is the position of their block, or -1.
    """

    passage: Passage
    place: str
    way: str
    block: int

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(self.passage.text.split())


def title_candidates(around: Surroundings) -> list[TitleCandidate]:
    """Return what may be the title, in the order of the text, each span once."""
    found: dict[tuple[int, int], TitleCandidate] = {}
    for candidate in _candidates(around):
        if candidate.passage and _may_title(candidate.text, around):
            span = candidate.passage.span()
            found.setdefault((span.start, span.end), candidate)
    said = {" ".join(words_of(candidate.text)) for candidate in found.values()}
    for candidate in _named(around):
        words = " ".join(words_of(candidate.text))
        if words not in said and count_words(candidate.text) > 1 and _may_title(candidate.text, around):
            said.add(words)
            span = candidate.passage.span()
            found.setdefault((span.start, span.end), candidate)
    return list(found.values())


def with_years(chosen: TitleCandidate, candidates: Iterable[TitleCandidate]) -> TitleCandidate:
    """Return the candidate that is a title with the years after it in the same line, or the title itself."""
    longest = chosen
    for candidate in candidates if not YEAR.search(chosen.text) else ():
        more = candidate.text[len(chosen.text) :]
        if (
            candidate.block == chosen.block
            and candidate.text.startswith(chosen.text)
            and YEAR.search(more)
            and not _DATED.search(more)
            and all(len(word) <= _LINKING or any(map(str.isdigit, word)) for word in words_of(more))
            and len(candidate.text) > len(longest.text)
        ):
            longest = candidate
    return longest


def _may_title(text: str, around: Surroundings) -> bool:
    """Whether words are neither too many, nor written for machines, nor a date or a reference."""
    if not 0 < count_words(text) <= _LONGEST or not any(map(str.isalpha, text)) or _MACHINE.search(text):
        return False
    rest = _PERIOD.sub("", text)  # "2018-2019 Workplan" is no date
    numbers = sum(map(str.isdigit, rest)) >= _NUMBERS * len(rest)
    return not numbers or bool(around.nouns.search(text) or around.labels.search(text))


def _candidates(around: Surroundings) -> Iterator[TitleCandidate]:
    for zone in around.zones:
        if zone.kind in ("title", "header"):
            place = "metadata" if zone.kind == "title" else "header"
            yield from _cuts(zone.passage, place, -1)
    for index, block in enumerate(around.blocks):
        opening = index < _OPENING or (block.kind == "heading" and around.nouns.search(block.passage.text))
        if opening:
            place = _place(block)
            if count_words(block.passage.text) <= _LONGEST:
                yield from _cuts(_bare(block.passage), place, index)
            elif index < _COVER:
                yield from _sentence_parts(block.passage, place, index)
        if index < _COVER:
            yield from _joined(around, index)


def _named(around: Surroundings) -> Iterator[TitleCandidate]:
    """Yield the names with a plan's noun in running text, and with the years after them."""
    for index, block in enumerate(around.blocks[:_PROSE]):
        line = block.passage
        if block.kind == "heading" or not around.nouns.search(line.text):
            continue
        place = _place(block)
        for match in _QUOTED.finditer(line.text):
            if around.nouns.search(match["inner"]):
                yield TitleCandidate(line.cut(*match.span("inner")), place, "named", index)
        for name, whole in names_in(line, around.rules):
            if whole == 2 and around.nouns.search(name.text):
                start = line.text.find(name.text)
                years = _YEARS.match(line.text, start + len(name.text))
                if years:
                    yield TitleCandidate(line.cut(start, years.end()), place, "named", index)
                yield TitleCandidate(name, place, "named", index)


def _place(block: Block) -> str:
    if block.kind == "heading":
        return "heading"
    if block.kind in ("item", "cell"):
        return block.kind
    return "strong" if block.emphasised else "line"


def _bare(line: Passage) -> Passage:
    """Return a line without the stop and the attributes at its end."""
    attributes = _ATTRIBUTES.search(line.text)
    bare = line.cut(0, attributes.start()) if attributes else line
    return bare.cut(0, len(bare.text.rstrip(" .。:：")))


def _cuts(whole: Passage, place: str, block: int) -> Iterator[TitleCandidate]:
    """Yield a line, its parts between separators, and what it quotes."""
    yield TitleCandidate(whole, place, "whole", block)
    parts = list(parts_of(whole))
    for part in parts:
        yield TitleCandidate(part, place, "part", block)
    for first, last in pairwise(parts):
        if len(parts) > 2:
            text = whole.text
            start = text.find(first.text)
            end = text.find(last.text, start + len(first.text)) + len(last.text)
            yield TitleCandidate(whole.cut(start, end), place, "part", block)
    colon = re.search(r"[:：](?!//)\s*", whole.text)
    if colon:
        yield TitleCandidate(whole.cut(0, colon.start()), place, "part", block)
        yield TitleCandidate(whole.cut(colon.end()), place, "part", block)
    for period in _PERIOD.finditer(whole.text):  # "Plan, 2022-2025 Report of the Director"
        yield TitleCandidate(whole.cut(0, period.end()), place, "part", block)
    bracket = _BRACKET.search(whole.text)
    if bracket:
        yield TitleCandidate(whole.cut(0, bracket.start()), place, "part", block)
    for match in _QUOTED.finditer(whole.text):
        yield TitleCandidate(whole.cut(*match.span("inner")), place, "quoted", block)


def _sentence_parts(whole: Passage, place: str, block: int) -> Iterator[TitleCandidate]:
    for match in _QUOTED.finditer(whole.text):
        yield TitleCandidate(whole.cut(*match.span("inner")), place, "quoted", block)


def _joined(around: Surroundings, index: int) -> Iterator[TitleCandidate]:
    """Yield the lines from a block on that may together be a title."""
    blocks = around.blocks
    first, whole = blocks[index], blocks[index].passage
    words = count_words(first.passage.text)
    for last in range(index + 1, min(index + _LINES, len(blocks))):
        block = blocks[last]
        words += count_words(block.passage.text)
        if words > _LONGEST or block.kind in ("item", "cell") or first.kind in ("item", "cell"):
            return
        if blocks[last - 1].passage.text.endswith(STOPS):
            return
        if block.span.start < whole.span().end:
            return
        whole = join(whole, block.passage)
        yield TitleCandidate(_bare(whole), _place(first), "joined", index)
        for match in _QUOTED.finditer(whole.text):
            if "\n" in match["inner"]:
                yield TitleCandidate(whole.cut(*match.span("inner")), _place(first), "quoted", index)


def title_features(around: Surroundings, candidates: list[TitleCandidate]) -> list[dict[str, float]]:
    """Return the features of all candidates, in their order."""
    told = [words_of(zone.passage.text) for zone in around.zones if zone.kind == "title"]
    metadata = told[0] if told else []
    first = next((words_of(around.blocks[index].passage.text) for index in around.headings), [])
    lines = [words_of(block.passage.text) if len(block.passage.text) < 400 else [] for block in around.blocks]
    folded = [" ".join(line) for line in lines]
    whole = " ".join(" ".join(words_of(block.passage.text)) for block in around.blocks[:400])
    names = [
        [word for word in words_of(zone.passage.text) if not word.isdigit()]
        for zone in around.zones
        if zone.kind in ("footer", "site", "author")
    ]
    return [_features(around, candidate, metadata, first, folded, whole, names) for candidate in candidates]


def _features(
    around: Surroundings,
    candidate: TitleCandidate,
    metadata: list[str],
    first: list[str],
    lines: list[str],
    whole: str,
    footers: list[list[str]],
) -> dict[str, float]:
    text = candidate.text
    words = words_of(text)
    block = around.blocks[candidate.block] if candidate.block >= 0 else None
    nouns = list(around.nouns.finditer(text))
    labels = list(around.labels.finditer(text))
    years = YEAR.findall(text)
    named = sum(match.end() - match.start() for match in labels)
    heading = block is not None and block.kind == "heading"
    before = [index for index in around.headings if index < candidate.block]
    folded = " ".join(words)
    language = around.rules
    letters = [character for character in text if character.isalpha()]
    joined = "".join(words)
    return {
        "place": float(_PLACES.index(candidate.place)),
        "way": float(_WAYS.index(candidate.way)),
        "block": float(min(candidate.block, 200)),
        "level": float(block.level) if block is not None and heading else 9.0,
        "level below top": float(block.level - around.top) if block is not None and heading else 9.0,
        "headings before": float(min(len(before), 30)),
        "headings": float(min(len(around.headings), 100)),
        "top headings": float(
            min(9, sum(around.blocks[index].level == around.top for index in around.headings))
        ),
        "blocks": float(min(len(around.blocks), 1000)),
        "words": float(count_words(text)),
        "plan nouns": float(len(nouns)),
        "words before noun": float(count_words(text[: nouns[0].start()])) if nouns else -1.0,
        "words after noun": float(count_words(text[nouns[-1].end() :])) if nouns else -1.0,
        "labels": float(len(labels)),
        "share of labels": round(named / max(1, len(text)), 3),
        "documents": float(len(list(around.documents.finditer(text)))),
        "about": float((about := around.about.match(text)) is not None),
        "only about": float(about is not None and not words_of(text[about.end() :])),
        "part": float((part := around.parts.match(text)) is not None),
        "only part": float(part is not None and not words_of(text[part.end() :])),
        "years": float(len(years)),
        "digits": round(sum(map(str.isdigit, text)) / max(1, len(text)), 3),
        "bodies": float(len(list(around.bodies.finditer(text)))),
        "listed": float(directory().find(text) is not None),
        "host": float(len(joined) > 2 and any(joined in host.replace("-", "") for host in around.hosts)),
        "footer": max((round(likeness(words, zone), 3) for zone in footers), default=0.0),
        "verb": float(language.finite_verbs.search(text) is not None),
        "determined": float(around.possessive.match(text) is not None),
        "stop": float(text.endswith(STOPS)),
        "comma": float(bool(re.search(r"[,;，；、]", text))),
        "colon": float(bool(re.search(r"[:：]", text))),
        "file": float(bool(_FILE.search(text))),
        "numbered": float(bool(_NUMBERED.match(text))),
        "capitals": round(sum(map(str.isupper, letters)) / max(1, len(letters)), 3),
        "like metadata": round(likeness(words, metadata), 3) if metadata else -1.0,
        "like first heading": round(likeness(words, first), 3) if first else -1.0,
        "same lines": float(min(9, lines.count(folded))),
        "times said": float(min(20, whole.count(folded))) if folded else 0.0,
        "element": float(block is not None and around.elements.overlaps(candidate.passage.span())),
        "cased": float(language.names.capitals),
        "spaced": float(language.spaced),
        "page": float(min(block.page or 0, 9)) if block is not None else -1.0,
    }
