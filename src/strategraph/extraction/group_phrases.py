"""Phrases that may name a target group: their nouns, and how far they reach; not yet whether they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from strategraph.extraction.group_rules import GroupRules, Head
from strategraph.extraction.phrases import PhraseReader
from strategraph.extraction.tokens import names
from strategraph.gazetteer import Gazetteer, Hit, is_abbreviation
from strategraph.vocabulary import Entry

_PERSONS = Head("persons", "nothing", "")  # what a term is whose noun no rule knows


@dataclass(frozen=True, slots=True)
class Term:
    """A name in the vocabulary: its concept, the names of those above it, whether it needs context."""

    entry: Entry
    above: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def label(self) -> str:
        """Return the concept's preferred name."""
        return self.entry.name()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase around a noun, in positions of tokens.

    It begins with its quantifier at ``start``, without at ``core``; its noun reaches from ``first`` to
    before ``noun``, with what restricts it to before ``end``. ``modifiers`` counts what tells the group
    from others. ``entry`` is the vocabulary's concept that the noun alone names; ``rule`` says how the
    noun was known.
    """

    start: int
    core: int
    first: int
    noun: int
    end: int
    head: Head
    entry: Entry | None
    rule: str
    modifiers: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether it is its noun alone, but for a quantifier."""
        return self.core == self.first and self.end == self.noun


def phrases(
    reader: PhraseReader, known: Sequence[Hit[Term]], rules: GroupRules, terms: Gazetteer[Term]
) -> list[Phrase]:
    """Return the phrases around all nouns for groups in a text, in order, none within another.

    ``known`` are the vocabulary's target groups in it, as ``terms`` found them.
    """
    anchors = list(_compounds(_Nouns(reader, known, rules).anchors()))
    stops = frozenset(anchor.start for anchor in anchors)
    found: list[Phrase] = []
    for anchor in anchors:
        before = found[-1].end if found else 0
        if anchor.start < before:
            continue
        shared = _shares_noun(reader, anchor, terms)
        start, core, count = reader.left(anchor.start - shared)
        if start < before:
            start, core, count = anchor.start, anchor.start, 0
        kinds = {anchor.head.kind}
        if reader.word(anchor.noun - 1) in rules.generic:
            kinds.add("generic")
        if anchor.rule == "agent noun":
            kinds.add("agents")
        end = reader.right(anchor.noun, frozenset(kinds), stops)
        count += anchor.modifiers + bool(shared) + (end > anchor.noun)
        found.append(replace(anchor, start=start, core=core, end=end, modifiers=count))
    return found


def _shares_noun(reader: PhraseReader, anchor: Phrase, terms: Gazetteer[Term]) -> int:
    """Return how many tokens before a term share its noun: 2 for "marginal and" before "vulnerable groups".

    None where they name a group of their own with it: "developed and" before "developing countries".
    """
    adjective, joint = reader.run(anchor.start - 2, anchor.start) if anchor.start > 1 else ("", "")
    own_adjective = anchor.noun - anchor.first == 2 and reader.is_adjective(anchor.first)
    if not own_adjective or joint not in {"and", "or"} or not reader.is_adjective(anchor.start - 2):
        return 0
    return 0 if terms.get(f"{adjective} {reader.word(anchor.noun - 1)}") else 2


def _compounds(anchors: Iterator[Phrase]) -> Iterator[Phrase]:
    """Yield the anchors, with one right before another as its modifier: "women entrepreneurs"."""
    before: Phrase | None = None
    for anchor in anchors:
        if before and before.noun == anchor.first and (before.head.singular or not anchor.head.mass):
            anchor = replace(anchor, start=before.start, core=before.start, modifiers=1)  # noqa: PLW2901
        elif before:
            yield before
        before = anchor
    if before:
        yield before


class _Nouns:
    """Finds the nouns for groups in one text."""

    def __init__(self, reader: PhraseReader, known: Sequence[Hit[Term]], rules: GroupRules) -> None:
        self._reader = reader
        self._words = reader.words
        self._rules = rules
        self._names = names(self._words, rules)
        starts = {token.start: position for position, token in enumerate(self._words)}
        ends = {token.end: position + 1 for position, token in enumerate(self._words)}
        self._known: dict[int, tuple[int, Term]] = {}
        for hit in known:
            if hit.start in starts and hit.end in ends and not self._is_in_name(hit.start, hit.end):
                start, end = starts[hit.start], ends[hit.end]
                self._known[self._without_lead(start, end, hit.value)] = (end, hit.value)

    def anchors(self) -> Iterator[Phrase]:
        """Yield each noun as a phrase of its own: what the vocabulary names first, then by the rules."""
        position = 0
        while position < len(self._words):
            anchor = self._term(position)
            token = self._words[position]
            if not anchor and not self._is_in_name(token.start, token.end):
                anchor = self._head_noun(position) or self._agent_noun(position)
            if anchor:
                yield anchor
            position = anchor.noun if anchor else position + 1

    def _is_in_name(self, start: int, end: int) -> bool:
        """Whether a range of the text is part of the name of an organisation, a law or a day."""
        return any(first <= start and end <= last for first, last in self._names)

    def _without_lead(self, start: int, end: int, term: Term) -> int:
        """Return where a term begins without the words that only lead to it: of "the poor", "poor"."""
        leads = [
            position for position in range(start, end) if self._reader.word(position) in self._rules.leads
        ]
        return leads[-1] + 1 if term.hidden and leads else start

    def _term(self, position: int) -> Phrase | None:
        if position not in self._known:
            return None
        end, term = self._known[position]
        rule = "word in context" if term.hidden else "vocabulary"
        return self._phrase(position, end, self._head(position, end, term), rule, term.entry)

    def _head_noun(self, position: int) -> Phrase | None:
        for end in (position + 2, position + 1):
            head = self._rules.heads.get(" ".join(self._reader.run(position, end)))
            if head and end <= len(self._words):
                return self._phrase(position, end, head, "group noun")
        return None

    def _agent_noun(self, position: int) -> Phrase | None:
        word = self._reader.word(position)
        if not self._rules.is_agent(word):
            return None
        return self._phrase(position, position + 1, Head("persons", "frame", word), "agent noun")

    def _phrase(self, start: int, end: int, head: Head, rule: str, entry: Entry | None = None) -> Phrase:
        return Phrase(start, start, start, end, end, head, entry, rule)

    def _head(self, start: int, end: int, term: Term) -> Head:
        """Return what the rules know of the noun in a term: by its words, else by the concepts above."""
        words = self._reader.run(start, end)
        led = self._reader.word(start - 1) in self._rules.leads
        counted = any(words[:size] in self._rules.quantifiers for size in (1, 2, 3))
        lone_singular = term.hidden and not led and not counted
        head = replace(_PERSONS, singular=lone_singular)
        if own := self._own_head(words):
            head = replace(own, singular=own.singular and not counted)
        elif inherited := next((self._rules.heads[up] for up in term.above if up in self._rules.heads), None):
            head = replace(inherited, singular=lone_singular, mass=False)
        if len(words) > 1:  # the term brings its own modifier
            needs = head.requires.split(" or ")
            head = replace(
                head, requires="frame" if "frame" in needs and "modifier" not in needs else "nothing"
            )
        text = " ".join(token.text for token in self._words[start:end])
        one_member = is_abbreviation(text) and not text.endswith(("s", "S"))
        return replace(head, mass=head.mass or (term.hidden and led) or one_member)

    def _own_head(self, words: Sequence[str]) -> Head | None:
        """Return the head of a term's last noun ("rural women") or, in front of more words, its first."""
        for key in (" ".join(words), words[-1], words[-1].rpartition("-")[2]):
            if key in self._rules.heads:
                return self._rules.heads[key]
        first = self._rules.heads.get(words[0])
        return first if first and not first.singular else None
