"""What two texts share, and which part of the old edition became which of the new.

Each pair that may be has a score between 0 and 1: how alike the words are (TEXT), and, each for a little
more, the same kind, the same printed number of the same kind, the same title, and parents that are a pair.
Pairs that are too unlike are none. Of all ways to pair parts, each at most once, that with the highest sum
of scores is taken: a maximum-weight matching (networkx), not greedy. Parts of two languages are paired by
their kind, number, place, and by the numbers, groups and instruments that both name.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from strategraph.export.editions.edition import Part

# Scripts that put no spaces between words are compared letter by letter.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:[\u0300-\u036f\u064b-\u0652'’]+[^\W_{_UNSPACED}]*)*")
_TOKEN = re.compile(rf"(?:[{_UNSPACED}]|[^\W_{_UNSPACED}]+|\S) ?")
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009 ]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[.,'’\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")

KEPT, OLD, NEW = "=", "-", "+"
TEXT, KIND, NUMBER, TITLE, PARENT = 0.6, 0.1, 0.1, 0.1, 0.1
ALIKE = 0.45
"""How alike words must be where nothing else speaks for a pair."""
_RELATED = 0.3  # with the same number or title, and of one kind
_OTHER_KIND = 0.6  # of two kinds
_ACROSS = 0.5  # the least score of a pair of two languages
_MOST = 40  # the likeliest partners of a part that are tried
_SHARED_FAMILIES = ("TargetGroup", "Instrument", "Organization")
_ACTS = frozenset({"Commitment", "Purpose"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that both texts have ("="), or one of them: the old ("-") or the new ("+")."""

    side: str
    text: str


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: NFKC, without case.

    >>> words("Women’s ＩＣＴ skills"), words("目标 1")
    (['women’s', 'ict', 'skills'], ['目', '标', '1'])
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text in a form that languages share; marks of thousands are left out.

    >>> sorted(numbers("12,500 of 3.5 % by 2030")), sorted(numbers("12 500, 3,5 %"))
    (['12500', '2030', '3.5'], ['12500', '3.5'])
    """
    found: Counter[str] = Counter()
    for match in _NUMBER.finditer(text):
        plain = "".join(str(unicodedata.digit(c, c)) for c in _THOUSANDS.sub("", match[0]))
        parts = re.split(r"[^\d]+", plain)
        found.update([".".join(parts)] if len(parts) == 2 and not plain.count(" ") else parts)
    return found


class WordWeights:
    """How much each word says: the rarer among the texts that are compared, the more."""

    def __init__(self, texts: Iterable[list[str]]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            counts.update(set(text))
        self._weights = {word: math.log((1 + total) / (0.5 + number)) for word, number in counts.items()}

    def of(self, counts: Mapping[str, int]) -> float:
        """Return how much some words say together."""
        return sum(self._weights.get(word, 0.0) * number for word, number in counts.items())

    def alike(self, old: Counter[str], new: Counter[str]) -> float:
        """Return how alike two texts are, from 0 to 1: the share of what they say that both say (Dice)."""
        whole = self.of(old) + self.of(new)
        return 2 * self.of(old & new) / whole if whole else float(old == new)


def difference(old: str, new: str) -> tuple[Run, ...]:
    """Return two texts as one row of runs, word by word; of what both have, as the new one spaces it.

    >>> [(run.side, run.text) for run in difference("for all women", "for women and girls")]
    [('=', 'for '), ('-', 'all '), ('=', 'women '), ('+', 'and girls')]
    """
    before, after = _TOKEN.findall(_one_line(old)), _TOKEN.findall(_one_line(new))
    found: list[Run] = []
    matcher = SequenceMatcher(
        None, [one.strip() for one in before], [one.strip() for one in after], autojunk=False
    )
    for how, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if how == "equal":
            found.append(Run(KEPT, "".join(after[new_from:new_to])))
            continue
        if old_from < old_to:
            found.append(Run(OLD, "".join(before[old_from:old_to])))
        if new_from < new_to:
            found.append(Run(NEW, "".join(after[new_from:new_to])))
    return tuple(_without_crumbs(found))


def _without_crumbs(runs: list[Run]) -> Iterator[Run]:
    """Join changes that only white space or a mark parts: "[-a b-]" reads better than "[-a-] [-b-]"."""
    pending = {OLD: "", NEW: ""}

    def flush() -> Iterator[Run]:
        for side in (OLD, NEW):
            if pending[side]:
                yield Run(side, pending[side])
            pending[side] = ""

    for number, run in enumerate(runs):
        changing = pending[OLD] or pending[NEW]
        crumb = run.side == KEPT and not words(run.text) and changing and number + 1 < len(runs)
        if crumb:
            pending[OLD] += run.text
            pending[NEW] += run.text
        elif run.side == KEPT:
            yield from flush()
            yield run
        else:
            pending[run.side] += run.text
    yield from flush()


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Pair:
    """Parts of the old and the new edition, by place, and how alike their words are, from 0 to 1."""

    old: int
    new: int
    alike: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    old: int
    new: int
    alike: float
    score: float


def match(old: Sequence[Part], new: Sequence[Part], *, across_languages: bool = False) -> tuple[Pair, ...]:
    """Return the pairs of parts of two editions, by their place in the new one."""
    candidates = list(_across(old, new) if across_languages else _within(old, new))
    pairs = _best(candidates, old, new, {})
    if not across_languages:
        # Once more, knowing which parents are pairs: it parts what is worded alike in several places.
        pairs = _best(candidates, old, new, {pair.new: pair.old for pair in pairs})
    return tuple(sorted(pairs, key=lambda pair: pair.new))


def _best(
    candidates: Sequence[_Candidate], old: Sequence[Part], new: Sequence[Part], known: dict[int, int]
) -> list[Pair]:
    """Return the candidates whose scores have the highest sum, each part in one at most."""
    import networkx

    network = networkx.Graph()
    alike = {}
    for each in candidates:
        before, after = old[each.old].parent, new[each.new].parent
        together = (before is None and after is None) or (
            after is not None and known.get(after, -1) == before
        )
        score = each.score + (PARENT * together if known else 0.0)
        # Whole numbers, so that sums are exact; of two ways with one sum, that which keeps the order.
        place = abs(each.old / max(1, len(old)) - each.new / max(1, len(new)))
        network.add_edge(
            each.old, len(old) + each.new, weight=round(score * 1_000_000) - round(place * 1_000)
        )
        alike[each.old, each.new] = each.alike
    pairs = []
    for component in sorted(networkx.connected_components(network), key=min):  # the smaller, the faster
        inside = networkx.Graph()
        inside.add_edges_from(
            sorted(network.subgraph(component).edges(data=True), key=lambda edge: sorted(edge[:2]))
        )
        for ends in networkx.max_weight_matching(inside):
            before, after = min(ends), max(ends) - len(old)
            pairs.append(Pair(before, after, round(alike[before, after], 4)))
    return sorted(pairs, key=lambda pair: (pair.new, pair.old))


def _within(old: Sequence[Part], new: Sequence[Part]) -> Iterator[_Candidate]:
    """Yield the pairs of one language that are alike enough, with their scores."""
    before = [Counter(words(part.text)) for part in old]
    after = [Counter(words(part.text)) for part in new]
    weights = WordWeights([list(text) for text in (*before, *after)])
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(after):
        for word in text:
            holders[word].append(place)
    for place, text in enumerate(before):
        shared: defaultdict[int, float] = defaultdict(float)
        for word in text:
            weight = weights.of({word: 1})
            for other in holders.get(word, ()):
                shared[other] += weight
        near = sorted(shared, key=lambda other: (-shared[other], other))[:_MOST]
        near += [other for other in range(len(new)) if _same_number(old[place], new[other])]
        for other in sorted(set(near)):
            alike = weights.alike(text, after[other])
            score = _score(old[place], new[other], alike)
            if score:
                yield _Candidate(place, other, alike, score)


def _score(old: Part, new: Part, alike: float) -> float:
    """Return the score of a pair, 0 for one that is none."""
    if (old.kind in _ACTS) != (new.kind in _ACTS):
        return 0.0
    same_number = _same_number(old, new)
    same_title = bool(old.title) and words(old.title) == words(new.title)
    if old.kind != new.kind:
        least = _OTHER_KIND
    elif same_title:
        least = 0.0
    else:
        least = _RELATED if same_number else ALIKE
    if alike < least:
        return 0.0
    return TEXT * alike + KIND * (old.kind == new.kind) + NUMBER * same_number + TITLE * same_title


def _same_number(old: Part, new: Part) -> bool:
    return bool(old.number) and old.number.casefold() == new.number.casefold() and old.kind == new.kind


def _across(old: Sequence[Part], new: Sequence[Part]) -> Iterator[_Candidate]:
    """Yield the pairs of two languages: of one kind, near in place, with what languages share."""
    before, after = [shared_facts(part) for part in old], [shared_facts(part) for part in new]
    ways_old, ways_new = _ways(old), _ways(new)
    for place, part in enumerate(old):
        for other, peer in enumerate(new):
            if part.kind != peer.kind or part.depth != peer.depth:
                continue
            near = 1 - abs(place / len(old) - other / len(new))
            both, either = before[place] & after[other], before[place] | after[other]
            shared = both.total() / either.total() if either else 1.0
            score = 0.4 * (ways_old[place] == ways_new[other]) + 0.3 * near + 0.3 * shared
            if score >= _ACROSS:
                yield _Candidate(place, other, shared, score)


def shared_facts(part: Part) -> Counter[str]:
    """Return what a part says that other languages write alike: numbers, and what has an IRI of its own."""
    text = part.text.removeprefix(part.number) if part.number else part.text
    named = {link.key for link in part.links if link.family in _SHARED_FAMILIES and "://" in link.key}
    return numbers(text) + Counter(named)


def _ways(parts: Sequence[Part]) -> list[tuple[tuple[str, str], ...]]:
    """Return for each part the way down to it: kind and number, or the position among its siblings."""
    seen: Counter[tuple[int | None, str]] = Counter()
    found: list[tuple[tuple[str, str], ...]] = []
    for part in parts:
        seen[part.parent, part.kind] += 1
        above = () if part.parent is None else found[part.parent]
        found.append((*above, (part.kind, part.number or str(seen[part.parent, part.kind]))))
    return found
