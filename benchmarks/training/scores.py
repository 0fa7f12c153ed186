"""Scores of group mentions: equal spans, spans that meet, sentences that have any; and of confidences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from training.corpora import Example, without_article

Found = Mapping[Example, Sequence[tuple[int, int, float]]]
_LEADING = re.compile(
    r"(?:the|an?|our|their|its|my|your|his|her|these|those|this|that)\s+(?=\S)", re.IGNORECASE
)


def group_scores(examples: Iterable[Example], found: Found) -> str:
    """Return precision, recall and F1 of equal spans, and F1 of overlap and of sentences, as a line."""
    equal = gold = said = met_gold = met_said = both = sentences_gold = sentences_said = 0
    for example in examples:
        wanted = {bare(example.text, group, example.language) for group in example.groups}
        told = {bare(example.text, one[:2], example.language) for one in found[example]}
        equal, gold, said = equal + len(wanted & told), gold + len(wanted), said + len(told)
        met_gold += sum(any(a < d and c < b for c, d in told) for a, b in wanted)
        met_said += sum(any(a < d and c < b for c, d in wanted) for a, b in told)
        both += bool(wanted and told)
        sentences_gold, sentences_said = sentences_gold + bool(wanted), sentences_said + bool(told)
    precision, recall = equal / max(said, 1), equal / max(gold, 1)
    return (
        f"{gold:5d} mentions  strict P {precision:.3f} R {recall:.3f} F1 {f1(precision, recall):.3f}"
        f"  overlap F1 {f1(met_said / max(said, 1), met_gold / max(gold, 1)):.3f}"
        f"  sentence F1 {f1(both / max(sentences_said, 1), both / max(sentences_gold, 1)):.3f}"
    )


def bare(text: str, span: tuple[int, int], language: str) -> tuple[int, int]:
    """Return a span without leading articles, possessives and demonstratives."""
    start, end = without_article(text, span, language)
    while language == "en" and (match := _LEADING.match(text[start:end])):
        start += match.end()
    return start, end


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def reliability(examples: Iterable[Example], found: Found) -> Iterator[tuple[float, float, int]]:
    """Yield, for ten bins of claimed confidence, the mean claim, the share that is right, and how many."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for example in examples:
        wanted = {bare(example.text, group, example.language) for group in example.groups}
        for start, end, sure in found[example]:
            right = bare(example.text, (start, end), example.language) in wanted
            bins[min(9, int(sure * 10))].append((sure, right))
    for rows in bins:
        if rows:
            yield sum(s for s, _ in rows) / len(rows), sum(r for _, r in rows) / len(rows), len(rows)
