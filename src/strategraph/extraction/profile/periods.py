"""What may be the years that a plan is for.

Sentences that extend a plan: what a decision adds to a period is not the period that the plan states.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from strategraph.extraction.profile.zones import Surroundings
from strategraph.knowledge.languages import alternation, rules
from strategraph.knowledge.resources import cache
from strategraph.knowledge.writing import sentences
from strategraph.model import Block, Document, Passage, Span

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def find_extensions(document: Document) -> tuple[str, ...]:
    """Return a note for each sentence that extends a plan ("… extended until the year 2025")."""
    known = rules(document.language)
    nouns = re.compile(known.any_of(known.plan_nouns), re.IGNORECASE)
    extension = re.compile(known.any_of(known.extension_words), re.IGNORECASE)
    return tuple(
        f"an extension is no part of the period: “{block.passage.text[start:end]}”"
        for block in document.blocks
        for start, end in sentences(block.passage.text, known)
        if (word := extension.search(block.passage.text, start, end))
        and _YEAR.search(block.passage.text, word.start(), end)
        and nouns.search(block.passage.text, start, end)
    )


_LONGEST = 60  # years: more is no period of a plan
_NEAR = 80  # characters between a plan's noun and its period
_BLOCKS = 3_000  # that are looked through
YEAR = re.compile(r"(?<![\d/.])(?:19|20|١٩|٢٠)\d\d(?![\d/]|\.\d)")
# Ranges whose form alone says so, whatever the language: "2024-2027", "2022/23 – 2025/26", "FY13-FY19".
_RANGE = re.compile(
    r"(?<![\d/.-])(?:[A-Z]{2}\s?)?(?P<start>(?:19|20)\d\d)(?:/\d\d)?\s?[-–—‑~～/]+\s?(?:[A-Z]{2}\s?)?"
    r"(?P<end>(?:19|20)\d\d|\d\d(?!\d|[/.-]\d))(?:/(?P<end2>\d\d))?(?![\d/]|\.\d|-\d)"
)
_FISCAL = re.compile(r"(?<!\w)FY\s?[’']?(?P<start>\d\d)(?:\s?[-–—]\s?(?:FY\s?)?[’']?(?P<end>\d\d))?(?!\w)")
_KINDS = ("range", "short", "fiscal", "rule", "until", "only")


@dataclass(slots=True)
class PeriodCandidate:
    """Two years, of which one may be missing, the first place that says them, and where else they stand."""

    start: int | None
    end: int | None
    spans: tuple[Span | None, Span | None]
    kind: str
    block: int
    places: Counter[str] = field(default_factory=Counter)

    def has(self, other: PeriodCandidate) -> bool:
        """Whether another says the same, or only the last year of this."""
        return self.end == other.end and other.start in (self.start, None)


def period_candidates(around: Surroundings, title: Passage | None) -> list[PeriodCandidate]:
    """Return the periods that the zones, the title and the blocks say, in the order of the text."""
    found: dict[tuple[int | None, int | None], PeriodCandidate] = {}
    latest = 0
    for zone in around.zones:
        for candidate in _in(zone.passage, around, -1):
            candidate.places[zone.kind] += 1
            _keep(found, candidate)
    if title is not None:
        for candidate in _in(title, around, -1):
            candidate.places["chosen title"] += 1
            _keep(found, candidate)
    for index, block in enumerate(around.blocks[:_BLOCKS]):
        if not re.search(r"\d\d", block.passage.text):
            continue
        for candidate in _in(block.passage, around, index):
            _notice(candidate, around, block, index)
            _keep(found, candidate)
        latest = max(latest, *(int(year) for year in YEAR.findall(block.passage.text)), 0)
    for candidate in found.values():
        candidate.places["latest"] = latest
    return list(found.values())


def _keep(found: dict[tuple[int | None, int | None], PeriodCandidate], candidate: PeriodCandidate) -> None:
    first = found.setdefault((candidate.start, candidate.end), candidate)
    if first is not candidate:
        first.places.update(candidate.places)


def _in(words: Passage, around: Surroundings, block: int) -> Iterator[PeriodCandidate]:
    """Yield the periods that a passage says; a year alone only where nothing longer has it."""
    taken: list[tuple[int, int]] = []
    language = around.document.language
    patterns = [
        ("range", _RANGE),
        ("fiscal", _FISCAL),
        *(("rule", rule.pattern) for rule in rules(language).periods),
    ]
    patterns.append(("until", _until(language)))
    for kind, pattern in patterns:
        for match in pattern.finditer(words.text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            date = re.match(r"-\d", words.text[match.end() : match.end() + 2])  # "2010-12-01" is no period
            candidate = None if date else _candidate(words, match, kind, block)
            if candidate is not None:
                taken.append(match.span())
                yield candidate
    for match in YEAR.finditer(words.text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            year, span = int(match.group()), words.span(*match.span())
            yield PeriodCandidate(None, year, (None, span), "only", block)
            yield PeriodCandidate(year, year, (span, span), "only", block)


def _candidate(words: Passage, match: re.Match[str], kind: str, block: int) -> PeriodCandidate | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    first = "start" if "start" in groups else None
    last = "end2" if "end2" in groups else "end" if "end" in groups else "start"
    start = _year(groups[first], None) if first else None
    end = _year(groups[last], start)
    if end is None or (start is not None and not 0 <= end - start <= _LONGEST):
        return None
    if kind == "range" and len(groups["end"]) == 2:
        kind = "short"
    spans = words.span(*match.span(first)) if first else None, words.span(*match.span(last))
    return PeriodCandidate(start, end, spans, kind, block)


def _year(digits: str, before: int | None) -> int | None:
    year = int(digits)
    if len(digits) == 4:
        return year if 1900 <= year <= 2100 else None
    return (before // 100 if before is not None else 20) * 100 + year


@cache
def _until(language: str) -> re.Pattern[str]:
    """Return the pattern of a last year after the word that says so ("by 2030")."""
    words = alternation(rules(language).until)
    edge = r"(?<!\w)" if rules(language).spaced else ""
    return re.compile(rf"{edge}(?:{words})\s*(?P<end>(?:19|20)\d\d)(?![\d/-]|\.\d)", re.IGNORECASE)


def _notice(candidate: PeriodCandidate, around: Surroundings, block: Block, index: int) -> None:
    """Take note of where a period stands."""
    places, text = candidate.places, block.passage.text
    places["block"] += 1
    places[block.kind] += 1
    places["top"] += index < 4
    places["opening"] += index < 15
    places["strong"] += block.emphasised
    span = candidate.spans[0] or candidate.spans[1]
    assert span is not None
    start = next((at for at, offset in _offsets(block) if offset == span.start), None)
    at = start if start is not None else text.find(str(candidate.end))
    near = around.nouns.search(text, max(0, at - _NEAR), min(len(text), at + _NEAR))
    places["near noun"] += near is not None
    close = around.nouns.search(text, max(0, at - 25), min(len(text), at + 30))
    places["close noun"] += close is not None
    places["near label"] += around.labels.search(text, max(0, at - 30), min(len(text), at + 30)) is not None
    places["extension"] += _extension(around.document.language).search(text) is not None
    places["short block"] += len(text) < 100
    places["element"] += around.elements.overlaps(span)
    places["alone"] += len(text) < 16


def _offsets(block: Block) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\d+", block.passage.text):
        yield match.start(), block.passage.offset(match.start())


@cache
def _extension(language: str) -> re.Pattern[str]:
    return re.compile(rules(language).any_of(rules(language).extension_words), re.IGNORECASE)


def period_features(around: Surroundings, candidates: Sequence[PeriodCandidate]) -> list[dict[str, float]]:
    """Return the features of all candidates, in their order."""
    ranges = [candidate for candidate in candidates if candidate.start != candidate.end and candidate.start]
    most = max((candidate.places["block"] for candidate in candidates), default=1)
    years = Counter(
        int(year)
        for block in around.blocks[:_BLOCKS]
        for year in YEAR.findall(block.passage.text)
        if block.passage.text
    )
    return [_features(candidate, around, ranges, most, years) for candidate in candidates]


def _features(
    candidate: PeriodCandidate,
    around: Surroundings,
    ranges: Sequence[PeriodCandidate],
    most: int,
    years: Counter[int],
) -> dict[str, float]:
    places, end = candidate.places, candidate.end or 0
    return {
        "kind": float(_KINDS.index(candidate.kind)),
        "years": float(end - candidate.start if candidate.start is not None else -1),
        "title": float(places["title"] > 0),
        "chosen title": float(places["chosen title"] > 0),
        "header": float(places["header"] + places["footer"] > 0),
        "field": float(places["field"] > 0),
        "count": float(min(20, places["block"])),
        "share": round(places["block"] / max(1, most), 3),
        "first block": float(min(300, candidate.block)),
        "top": float(min(3, places["top"])),
        "opening": float(min(5, places["opening"])),
        "heading": float(min(5, places["heading"])),
        "strong": float(min(5, places["strong"])),
        "item": float(min(5, places["item"])),
        "cell": float(min(5, places["cell"])),
        "near noun": float(min(5, places["near noun"])),
        "close noun": float(min(5, places["close noun"])),
        "near label": float(min(5, places["near label"])),
        "extension": float(min(5, places["extension"])),
        "short block": float(min(5, places["short block"])),
        "element": float(min(5, places["element"])),
        "alone": float(min(5, places["alone"])),
        "ranges": float(min(30, len(ranges))),
        "earlier ranges": float(min(9, sum((other.end or 0) < end for other in ranges))),
        "later ranges": float(min(9, sum((other.end or 0) > end for other in ranges))),
        "before latest": float(min(50, places["latest"] - end)),
        "different years": float(min(30, len(years))),
        "end said": float(min(20, years[end])),
        "blocks": float(min(1000, len(around.blocks))),
    }
