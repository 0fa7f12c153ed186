"""Wording: how a text is put, and its words as evidence.

What a plan states begins and speaks alike in all languages ("Protect …", "Schutz der …", "We will …"), and
what stands around it does not ("Read more", "was founded in 1990").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from strategraph.knowledge.languages import Rule, rules
from strategraph.knowledge.resources import cache
from strategraph.knowledge.word_classes import word_classes
from strategraph.understanding.units import Unit
from strategraph.understanding.view import KINDS, Features, View

WORD_FORMS = ("infinitive", "noun", "gerund", "finite", "third")
CLASSES = (
    "article", "auxiliary", "pronoun", "possessive", "preposition", "negation", "demonstrative", "relative",
    "quantifier", "conjunction",
)  # fmt: skip
SIGNALS = (
    "owner", "reader", "future", "duty", "past", "state", "change", "measure", "value", "world", "furniture",
    "date", "body", "plan",
)  # fmt: skip
_PEOPLE = frozenset({"person", "person+", "community", "community+"})
_WORD = re.compile(r"[^\W\d_]+")
_EDGE = 200  # characters at either end of a text that tell its forms
_STEM = "*"
_IDEOGRAPHS = 2  # to a word
NAMES = (
    *(f"begins with form {name}" for name in (*WORD_FORMS, "none")),
    *(f"share of {name} words" for name in (*CLASSES, *SIGNALS, "people")),
    "ends with a small letter",
)
_SERIES = tuple(f"series {name}" for name in NAMES)


@dataclass(frozen=True, slots=True, eq=False)  # is a key of what is kept
class _Lexicon:
    """What the words of a language are: by themselves, by their stems, behind their prefixes."""

    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    longest: int
    prefixes: tuple[str, ...]
    spaced: bool
    forms: tuple[Rule, ...]


def wording(unit: Unit) -> tuple[float, ...]:
    """Return how a unit is put: numbers from 0 to 1, in the order of :data:`NAMES`."""
    lexicon = _lexicon(unit.language)
    named = (unit.title or unit.statement or unit.whole).text
    words = _WORD.findall(unit.text)
    if not words:
        return (0.0,) * len(NAMES)
    form = _form(named, lexicon)
    if lexicon.spaced:
        found = [_senses(lexicon, word.casefold()) for word in words]
        length = len(words)
        counts = {name: sum(name in each for each in found) for name in (*CLASSES, *SIGNALS)}
        people = sum(not _PEOPLE.isdisjoint(each) for each in found)
    else:
        inside = {word: unit.text.count(word) for word in lexicon.words}
        length = max(1, len(unit.text) // _IDEOGRAPHS)
        counts = dict.fromkeys((*CLASSES, *SIGNALS), 0)
        people = 0
        for word, number in inside.items():
            for name in lexicon.words[word] if number else ():
                counts[name] = counts.get(name, 0) + number
            people += number * (not _PEOPLE.isdisjoint(lexicon.words[word]))
    last = _WORD.findall(named)
    return (
        *(float(name == form) for name in (*WORD_FORMS, "")),
        *(counts[name] / length for name in (*CLASSES, *SIGNALS)),
        people / length,
        float(bool(last) and last[-1][0].islower()),
    )


def _form(text: str, lexicon: _Lexicon) -> str:
    start = _WORD.search(text)
    if start is None:
        return ""
    text = text[start.start() :]
    looked = text if len(text) <= 2 * _EDGE else text[:_EDGE] + text[-_EDGE:]
    return next((rule.kind for rule in lexicon.forms if rule.pattern.match(looked)), "")


@lru_cache(maxsize=65536)
def _senses(lexicon: _Lexicon, word: str) -> frozenset[str]:
    """Return what a word in lower case is."""
    found = lexicon.words.get(word, frozenset())
    for length in range(1, min(len(word), lexicon.longest) + 1):
        found |= lexicon.stems.get(word[:length], frozenset())
    for prefix in lexicon.prefixes:
        if word.startswith(prefix):
            found |= lexicon.words.get(word.removeprefix(prefix), frozenset())
    return found


@cache
def _lexicon(language: str) -> _Lexicon:
    known = rules(language)
    words: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    for word, classes in word_classes(known.language).listed.items():
        words[word.casefold()] = frozenset(classes)
    for name, signalling in known.signals.items():
        for word in signalling:
            table, key = (stems, word[:-1]) if word.endswith(_STEM) else (words, word)
            table[key.casefold()] = table.get(key.casefold(), frozenset()) | {name}
    longest = max(map(len, stems), default=0)
    return _Lexicon(words, stems, longest, known.prefixes, known.spaced, known.forms)


def wordings(seen: View) -> list[Features]:
    """Return how each unit of a document is put, and how its series is in the mean."""
    rows = [wording(unit) for unit in seen.units]
    series = {group: _means([rows[at] for at in members]) for group, members in seen.members.items()}
    return [
        dict(zip(NAMES, row, strict=True)) | dict(zip(_SERIES, series[context.group], strict=True))
        for row, context in zip(rows, seen.contexts, strict=True)
    ]


def _means(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))


OUTCOMES = ("O", *KINDS)
_MOST = 40  # words of a text that count
_NEAR = 14  # words of a heading or lead-in that count
_WORD_AS_EVIDENCE = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+")
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class WordModel:
    """A multinomial linear model: for each token its weights by outcome, and the weights of none.

    ``scale`` is what the square root of the number of known tokens divides.
    """

    weights: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]
    scale: float

    def scores(self, tokens: Iterable[str]) -> tuple[float, ...]:
        """Return the logarithm of each outcome's probability, rounded."""
        known = [self.weights[token] for token in sorted(set(tokens)) if token in self.weights]
        factor = self.scale / math.sqrt(max(1, len(known)))
        sums = [bias + factor * sum(column) for bias, column in zip(self.bias, _columns(known), strict=True)]
        most = max(sums)
        total = most + math.log(sum(math.exp(value - most) for value in sums))
        return tuple(max(-11.5, round(value - total, _DECIMALS)) for value in sums)


def _columns(rows: Sequence[Sequence[float]]) -> Iterable[Sequence[float]]:
    return zip(*rows, strict=True) if rows else [()] * len(OUTCOMES)


def tokens(seen: View, index: int) -> list[str]:
    """Return the tokens of a unit: its words, how it begins, and the words of what stands above it.

    None has more than two words.
    """
    unit, context = seen.units[index], seen.contexts[index]
    words = _words(unit.text)
    found = [f"form:{unit.kind}", *(f"own:{word}" for word in set(words))]
    if words:
        found += [f"first:{words[0]}", f"ending3:{words[0][-3:]}", f"ending2:{words[0][-2:]}"]
        if len(words) > 1:
            found.append(f"pair:{words[0]} {words[1]}")
    above = [*context.headings[:2], -1, -1]
    for name, at in (
        ("heading", above[0]),
        ("heading2", above[1]),
        ("lead", context.lead),
        ("holder", context.holder),
        ("head", context.head),
    ):
        if at < 0:
            found.append(f"{name}:")
            continue
        near = _words(seen.units[at].text)
        near = near[-_NEAR:] if name == "lead" else near[:_NEAR]
        found += [f"{name}:{word}" for word in set(near)]
        found += [f"{name}:{one} {two}" for one, two in pairwise(near)]
    return found


def _words(text: str) -> list[str]:
    return _WORD_AS_EVIDENCE.findall(text.casefold()[:400])[:_MOST]
