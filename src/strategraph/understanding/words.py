"""Words as evidence: a linear model over the words of a unit and of the texts above it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategraph.understanding.features import KINDS, View

OUTCOMES = ("O", *KINDS)
_MOST = 40  # words of a text that count
_NEAR = 14  # words of a heading or lead-in that count
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+")
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
    return _WORD.findall(text.casefold()[:400])[:_MOST]
