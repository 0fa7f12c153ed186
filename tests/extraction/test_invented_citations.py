"""Sentences that were invented before the patterns were looked at, most of them: what is read in them.

A third have no citation. In braces stands what is to be found; of a few lines nothing, or not all, is found.
The floors are what is reached, so that no change loses some unseen.
"""

from __future__ import annotations

import re
from pathlib import Path

from strategraph.evaluation.matching import contains, words
from strategraph.extraction.citation_grammar.short_forms import DEFINED_RULE
from strategraph.extraction.citation_grammar.tables import DOCUMENT
from strategraph.extraction.citations import RULE_PREFIX, find_cited
from strategraph.model.identifiers import DEFAULT_BASE, Namer
from strategraph.model.text import passage
from strategraph.resolution.instruments import resolve_instruments

_HERE = Path(__file__).parent
_MARKED = re.compile(r"\{([^}]*)\}")
_DEFINED = f"{RULE_PREFIX}{DEFINED_RULE}"


def test_most_of_what_sentences_cite_is_found_and_little_else() -> None:
    found, expected, hits = 0, 0, 0
    for line in (_HERE / "invented_citations.txt").read_text("utf-8").splitlines():
        wanted, text = _unmarked(line)
        cited = find_cited([passage(text, [(0, len(text))])])[0]
        met = {(one.support.span.start, one.support.span.end) for one in cited}
        repeated = {
            (one.support.span.start, one.support.span.end) for one in cited if one.support.rule == _DEFINED
        }
        right = {span for span in met if any(start < span[1] and span[0] < end for start, end in wanted)}
        found += len(met - (repeated - right))
        expected += len(wanted)
        hits += sum(any(start < end_ and start_ < end for start_, end_ in met) for start, end in wanted)
    assert expected > 450
    assert hits / expected >= 0.94
    assert hits / found >= 0.97


def test_adoption_is_told_where_a_line_says_so() -> None:
    told = {True: 0, False: 0}
    lines = (_HERE / "invented_adoptions.txt").read_text("utf-8").splitlines()
    for line in lines:
        wanted, _, rest = line.partition("|")
        parts = rest.split(" / ")
        text = "\n".join(parts)
        starts = [sum(len(part) + 1 for part in parts[:number]) for number in range(len(parts))]
        cited = find_cited(
            [passage(text, [(start, start + len(part))]) for start, part in zip(starts, parts, strict=True)]
        )[0]
        told[wanted == "Y"] += any(one.role == "adoptedBy" for one in cited)
    assert told[False] == 0
    assert told[True] >= sum(line.startswith("Y") for line in lines) - 9


def test_most_instruments_have_the_class_and_the_number_or_name_that_a_reader_gives_them() -> None:
    """Before a bar stand the instruments, each its class and number or name; behind it the sentence."""
    found, expected, hits = 0, 0, 0
    for line in (_HERE / "invented_instruments.txt").read_text("utf-8").splitlines():
        wanted, _, text = line.partition("|")
        left = [one.strip().split(" ", maxsplit=1) for one in wanted.split(";") if one.strip()]
        cited = find_cited([passage(text, [(0, len(text))])])[0]
        resolved = resolve_instruments(cited, Namer(DEFAULT_BASE), f"{DEFAULT_BASE}plan/invented", None)
        met = [one for one in resolved.instruments if one.iri in resolved.iris and one.kind != DOCUMENT]
        found, expected = found + len(met), expected + len(left)
        for one in met:
            same = [each for each in left if each[0] == one.kind and _alike(each[1], one.number, one.label)]
            for each in same[:1]:
                left.remove(each)
                hits += 1
    assert expected > 540
    assert hits / expected >= 0.93
    assert hits / found >= 0.96


def _alike(wanted: str, number: str | None, label: str) -> bool:
    """Whether words are a number, or a name that is part of a label or has it as a part."""
    named, given = words(wanted), words(number or label)
    return named == given or (not any(map(str.isdigit, " ".join(named)[:4])) and contains(named, given))


def _unmarked(line: str) -> tuple[list[tuple[int, int]], str]:
    """Return where the marked words of a line stand once the braces are gone, and the line without them."""
    spans: list[tuple[int, int]] = []
    text, last = "", 0
    for mark in _MARKED.finditer(line):
        text += line[last : mark.start()]
        spans.append((len(text), len(text) + len(mark[1])))
        text, last = text + mark[1], mark.end()
    return spans, text + line[last:]
