"""Measures, deadlines and doers of sections: their prose, the lines after them, and their rows of tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategraph.extraction.measures import (
    Named,
    cells_of,
    column_kinds,
    deadlines,
    measures,
    named_in,
    named_in_cell,
)
from strategraph.extraction.quantities import latin_digits, plain_decimal, quantities
from strategraph.knowledge.languages import rules
from strategraph.knowledge.measure_words import MeasureWords, measure_words, whole
from strategraph.knowledge.writing import sentences
from strategraph.model import (
    Block,
    DeadlineMention,
    Document,
    DoerMention,
    MeasureMention,
    Passage,
    Section,
    Span,
    Support,
)
from strategraph.model.document import SpanIndex, Spoken

SETTING_KINDS = frozenset(
    {"Goal", "Objective", "Outcome", "Output", "Target", "Indicator", "Action", "Priority"}
)
_CURRENCY = re.compile(r"[A-Z]{3}")
_PROSE, _CELL = 0.8, 0.85  # confidence


@dataclass(frozen=True, slots=True)
class Details:
    """What sections say of how much, by when and by whom."""

    measures: tuple[MeasureMention, ...] = ()
    deadlines: tuple[DeadlineMention, ...] = ()
    doers: tuple[DoerMention, ...] = ()


def find_details(document: Document, sections: Sequence[Section], spoken: Spoken) -> Details:
    """Return the measures, deadlines and doers of sections, in reading order.

    A language that ``data/measures`` has no table for gives none.
    """
    found_measures: list[MeasureMention] = []
    found_deadlines: list[DeadlineMention] = []
    found_doers: list[DoerMention] = []
    setting = [(index, section) for index, section in enumerate(sections) if section.kind in SETTING_KINDS]
    for index, section in setting:
        for passage in section.passages:
            words = measure_words(spoken.of(passage))
            if words is None:
                continue
            for start, end in sentences(passage.text, rules(spoken.of(passage))):
                said, due = _sentence(index, passage, start, end, words)
                found_measures += said
                found_deadlines += due
    for index, named in _labelled(document, setting, spoken):
        found_doers.append(_doer(index, named))
    for index, kind, passage, words in _beside(document, setting, spoken):
        if kind == "doer":
            found_doers += [_doer(index, named) for named in named_in_cell(passage)]
        elif kind == "due" and _says_deadline(passage.text, words):
            found_deadlines.append(_due_cell(index, passage, words))
        elif kind == "budget":
            found_measures += _money(index, passage, words)
    for index, named in _lines_after(document, setting, spoken):
        found_doers.append(_doer(index, named))
    return Details(tuple(found_measures), tuple(found_deadlines), tuple(found_doers))


def _sentence(
    section: int, passage: Passage, start: int, end: int, words: MeasureWords
) -> tuple[list[MeasureMention], list[DeadlineMention]]:
    """Return the measures and deadlines of one sentence; the only deadline is that of its measures."""
    text = passage.text[start:end]
    due = [
        DeadlineMention(
            section, one.value, Support(passage.span(start + one.start, start + one.end), "due:prose", _PROSE)
        )
        for one in deadlines(text, words)
    ]
    when = due[0].value if len(due) == 1 else None
    budget = re.compile(rf"(?:{whole(words.budget)})[\s:(]*$", re.IGNORECASE)
    said = [
        MeasureMention(
            section,
            plain_decimal(one.value),
            one.unit,
            one.comparator,
            Support(passage.span(start + one.start, start + one.end), "measure:prose", _PROSE),
            None if one.baseline is None else plain_decimal(one.baseline),
            one.baseline_year,
            when,
            budget=_CURRENCY.fullmatch(one.unit) is not None
            and budget.search(text, 0, one.start) is not None,
        )
        for one in measures(text, words)
    ]
    return said, due


def _money(section: int, passage: Passage, words: MeasureWords) -> Iterator[MeasureMention]:
    """Yield the sums of a cell in a column of budgets."""
    for one in quantities(passage.text, words):
        if _CURRENCY.fullmatch(one.unit):
            support = Support(passage.span(one.start, one.end), "measure:column", _CELL)
            yield MeasureMention(section, plain_decimal(one.value), one.unit, "equal", support, budget=True)


def _says_deadline(text: str, words: MeasureWords) -> bool:
    """Whether a cell in a column of deadlines says more than that none is set, or when something starts."""
    if text.casefold().strip(" .") in words.undecided:
        return False
    starts = re.match(rf"\s*(?:{whole(words.starts)})\s*[:：]", text, re.IGNORECASE)
    return starts is None or any(mark in text[starts.end() :] for mark in ":：")


def _due_cell(section: int, passage: Passage, words: MeasureWords) -> DeadlineMention:
    """Return what a cell in a column of deadlines says: the last year in it, else its words."""
    found = deadlines(passage.text, words)
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", latin_digits(passage.text))
    value = found[-1].value if found else years[-1] if years else " ".join(passage.text.split())
    return DeadlineMention(section, value, Support(passage.span(), "due:column", _CELL))


def _beside(
    document: Document, setting: Sequence[tuple[int, Section]], spoken: Spoken
) -> Iterator[tuple[int, str, Passage, MeasureWords]]:
    """Yield the cells in the row of a section whose columns say who, by when, or for how much."""
    rows = cells_of(document)
    heads: dict[int, list[Block]] = {}
    for (table, row), cells in rows.items():
        if row == 0 or any(cell.header for cell in cells):
            heads.setdefault(table, []).extend(cells)
    place = Blocks(document)
    for index, section in setting:
        for support in section.supports:
            block = place.at(support.span)
            if block is None or block.table is None:
                continue
            words = measure_words(spoken.at(support.span))
            kinds = column_kinds(heads.get(block.table, ()), words) if words else {}
            for cell in rows[block.table, block.row]:
                if words and cell.column in kinds and not cell.header and cell is not block and cell.passage:
                    yield index, kinds[cell.column], cell.passage, words


def _labelled(
    document: Document, setting: Sequence[tuple[int, Section]], spoken: Spoken
) -> Iterator[tuple[int, Named]]:
    """Yield the names after a label within the words that state a section: "(lead: Water Board)"."""
    place = Blocks(document)
    for index, section in setting:
        words = measure_words(spoken.at(section.supports[0].span))
        for support in section.supports if words else ():
            assert words is not None
            for block in place.within(support.span):
                for named in named_in(block.passage, words):
                    if support.span.contains(named.passage.span()):
                        yield index, named


def _lines_after(
    document: Document, setting: Sequence[tuple[int, Section]], spoken: Spoken
) -> Iterator[tuple[int, Named]]:
    """Yield the names in lines of their own, each with the section right before it: "Lead: Water Board"."""
    ends = sorted(
        (support.span.end, support.span.start, index) for index, one in setting for support in one.supports
    )
    stated = SpanIndex((Span(start, end), index) for end, start, index in ends)
    for block in document.blocks:
        if block.table is not None or not block.passage:
            continue
        words = measure_words(spoken.at(block.span))
        if words is None or stated.overlaps(block.span):
            continue
        at = bisect_right(ends, (block.span.start, 0, 0)) - 1
        named = list(named_in(block.passage, words)) if at >= 0 else []
        if named and block.passage.text.startswith(_label_of(block.passage.text)):
            yield from ((ends[at][2], one) for one in named)


def _label_of(text: str) -> str:
    return re.split(r"[:：]", text, maxsplit=1)[0]


class Blocks:
    """The blocks of a document by where they stand."""

    def __init__(self, document: Document) -> None:
        self._blocks = sorted((b for b in document.blocks if b.passage), key=lambda block: block.span)
        self._starts = [block.span.start for block in self._blocks]

    def at(self, span: Span) -> Block | None:
        """Return the block in which a span starts."""
        index = bisect_right(self._starts, span.start) - 1
        return self._blocks[index] if index >= 0 and self._blocks[index].span.end > span.start else None

    def within(self, span: Span) -> list[Block]:
        """Return the blocks that share words with a span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_right(self._starts, span.end)
        return [block for block in self._blocks[first:last] if block.span.overlaps(span)]


def _doer(section: int, named: Named) -> DoerMention:
    confidence = _CELL if named.rule == "doer:column" else _PROSE
    return DoerMention(section, named.passage.text, Support(named.passage.span(), named.rule, confidence))
