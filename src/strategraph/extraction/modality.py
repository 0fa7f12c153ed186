"""How a commitment is meant: will, strives, may, must, or on a condition, by the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.knowledge.languages import rules
from strategraph.knowledge.measure_words import MeasureWords, measure_words, whole
from strategraph.knowledge.sentences import sentences
from strategraph.model import Commitment, ModalityMention, Passage, Section, Support
from strategraph.model.span_index import Spoken

_CONDITION = "conditional"


def find_modalities(
    commitments: Sequence[Commitment], sections: Sequence[Section], spoken: Spoken
) -> Iterator[ModalityMention]:
    """Yield how each commitment is meant, where words say it: the last before its verb, and a condition."""
    for index, commitment in enumerate(commitments):
        section = sections[commitment.section]
        passage = section.statement or section.title
        words = measure_words(spoken.of(passage)) if passage else None
        if passage is None or words is None or not words.modality:
            continue
        at = _position(passage, commitment.support.span.start)
        for start, end in sentences(passage.text, rules(spoken.of(passage))):
            if start <= at < end:
                for name, first, last in said(passage.text, start, at, end, words):
                    support = Support(passage.span(first, last), "modality:words", 0.85)
                    yield ModalityMention(index, name, support)


def said(text: str, start: int, verb: int, end: int, words: MeasureWords) -> Iterator[tuple[str, int, int]]:
    """Yield the name and place of the modality of the verb in a sentence, and of a condition in it.

    >>> from strategraph.knowledge.measure_words import measure_words
    >>> text = "The Bank will make efforts to achieve parity."
    >>> [name for name, *_ in said(text, 0, 30, len(text), measure_words("en"))]
    ['strives']
    """
    best: tuple[int, int, str] | None = None
    for name, listed in words.modality.items():
        for match in re.finditer(whole(listed), text[start:end], re.IGNORECASE):
            first, last = start + match.start(), start + match.end()
            if name == _CONDITION:
                yield name, first, last
            elif last <= verb and (best is None or (last, -first) > (best[0], -best[1])):
                best = (last, first, name)
    if best is not None:
        yield best[2], best[1], best[0]


def _position(passage: Passage, offset: int) -> int:
    """Return where in a passage the character at an offset of the source stands."""
    position = 0
    for piece, source in passage.pieces:
        if source <= offset:
            position = piece + offset - source
    return min(position, len(passage.text))
