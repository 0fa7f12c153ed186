"""From a text to its mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from strategraph.knowledge.vocabulary import Vocabulary, load
from strategraph.model import Passage
from strategraph.reading.language import UNDETERMINED, detect
from strategraph.resolution.annotation.finders import FINDERS, AnnotatedText
from strategraph.resolution.annotation.mention import FIELDS, Mention

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_LINE_ENDS = str.maketrans("\n\t\u00a0\u202f", "    ")
_KINDS = tuple(FIELDS)


def annotate(
    text: str, language: str | None = None, *, vocabulary: Vocabulary | None = None
) -> tuple[Mention, ...]:
    """Return what a text mentions, in the order of its words.

    ``language`` is a BCP 47 tag; without it the text tells. ``vocabulary`` replaces the groups and
    themes that strategraph knows.

    >>> [(one.kind, one.text) for one in annotate("Schools help young people to find work.")][-1]
    ('group', 'young people')
    """
    return _annotated(0, text, language or detect(text), vocabulary or load())


def annotate_lines(
    lines: Iterable[str], language: str | None = None, *, vocabulary: Vocabulary | None = None
) -> Iterator[Mention]:
    """Yield what each of many texts mentions; ``record`` is the number of the text, from 0.

    Without ``language`` each text tells its own; one too short to tell is read as most of the others.
    """
    texts = list(lines)
    known = vocabulary or load()
    usual = language or detect("\n".join(texts))
    for record, text in enumerate(texts):
        own = language or detect(text)
        yield from _annotated(record, text, usual if own == UNDETERMINED else own, known)


def _annotated(record: int, source: str, language: str, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    text = AnnotatedText(record, source, tuple(_passages(source)), language, vocabulary)
    found = dict.fromkeys(mention for find in FINDERS for mention in find(text))
    return tuple(
        sorted(found, key=lambda one: (one.start, one.end, _KINDS.index(one.kind), one.iri or "", one.label))
    )


def _passages(source: str) -> Iterator[Passage]:
    """Yield the paragraphs of a text, their line ends as spaces, so that positions stay."""
    for match in _PARAGRAPH.finditer(source):
        paragraph = match.group().rstrip()
        if paragraph:
            yield Passage(paragraph.translate(_LINE_ENDS), ((0, match.start()),))
