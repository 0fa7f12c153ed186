"""Target groups in context: which phrases name a group that a plan is for, and how far they reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from strategraph.extraction.group_rules import GroupRules, Head
from strategraph.extraction.phrases import PhraseReader, Token, tokens
from strategraph.gazetteer import Hit, is_abbreviation
from strategraph.vocabulary import Entry

# How sure each way of finding a group is.
_SURE = {
    "vocabulary": 0.95,
    "word in context": 0.9,
    "modified group": 0.75,
    "group noun": 0.6,
    "agent noun": 0.55,
    "listed beside groups": 0.5,
}
_DEFAULT = Head("persons", "nothing", "")
_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)")
_VAGUE = re.compile(
    r"\b(?:(?:wide|wider|broad|broader|full) )?(?:range|variety|diversity|majority|set|types?|kinds?|proportion|share|percentage) of$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A name in the vocabulary: its concept, the names of the concepts above, and whether it needs context."""

    entry: Entry
    above: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A phrase that names a group: its range in the text, its rule, and the concept or name it has.

    ``entry`` is the concept of the vocabulary that it names, ``broader`` the one that it narrows, and
    ``label`` the name of a group that no vocabulary has.
    """

    start: int
    end: int
    rule: str
    label: str
    entry: Entry | None = None
    broader: Entry | None = None

    @property
    def confidence(self) -> float:
        """Return how sure the rule is."""
        return _SURE[self.rule]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A candidate before it is judged, in token positions; ``noun`` is where its own noun ends."""

    start: int
    core: int
    first: int
    noun: int
    end: int
    modifiers: int
    head: Head
    entry: Entry | None
    rule: str


def find_groups(text: str, known: Sequence[Hit[Term]], rules: GroupRules) -> Iterator[Group]:
    """Yield the target groups that a text names, from left to right, without overlaps.

    ``known`` are the vocabulary's target groups in it, as the gazetteer found them.
    """
    yield from _Reading(text, known, rules).groups()


class _Reading:
    """One text while its groups are found."""

    def __init__(self, text: str, known: Sequence[Hit[Term]], rules: GroupRules) -> None:
        self._text = text
        self._rules = rules
        self._words = tokens(text)
        self._reader = PhraseReader(text, self._words, rules)
        self._names = find_names(self._words, rules)
        self._phrases = self._measured(list(self._anchors(known)))

    def groups(self) -> Iterator[Group]:
        accepted = [phrase for phrase in self._phrases if self._is_group(phrase)]
        found = [self._named(phrase) for phrase in accepted]
        found += self._bare(found)
        found += self._listed(accepted)
        yield from sorted(found, key=lambda group: group.start)

    # -- candidates ----------------------------------------------------------------------------

    def _anchors(self, known: Sequence[Hit[Term]]) -> Iterator[_Phrase]:
        """Yield the nouns that may name groups; adjacent ones ("women entrepreneurs") are one."""
        starts = {token.start: position for position, token in enumerate(self._words)}
        ends = {token.end: position + 1 for position, token in enumerate(self._words)}
        hits: dict[int, Hit[Term]] = {}
        for hit in map(self._without_lead, known):
            if hit and hit.start in starts and hit.end in ends:
                hits[starts[hit.start]] = hit
        position = 0
        pending: _Phrase | None = None
        while position < len(self._words):
            anchor = self._anchor(position, hits.get(position), ends)
            if pending and anchor and not anchor.head.mass and pending.noun == anchor.first:
                pending = replace(
                    anchor, first=pending.first, start=pending.first, entry=None, rule="modified group"
                )
            else:
                if pending:
                    yield pending
                pending = anchor
            position = anchor.noun if anchor else position + 1
        if pending:
            yield pending

    def _anchor(self, position: int, hit: Hit[Term] | None, ends: dict[int, int]) -> _Phrase | None:
        if hit:
            end = ends[hit.end]
            return _Phrase(
                position, position, position, end, end, 0, self._head(position, end), hit.value, "vocabulary"
            )
        for size in (2, 1):
            end = position + size
            words = " ".join(token.word for token in self._words[position:end])
            head = self._rules.heads.get(words)
            if head and end <= len(self._words):
                return _Phrase(position, position, position, end, end, 0, head, None, "group noun")
        token = self._words[position]
        if token.is_word and self._rules.is_agent(token.word):
            head = Head("persons", "frame", token.word)
            return _Phrase(
                position, position, position, position + 1, position + 1, 0, head, None, "agent noun"
            )
        return None

    def _without_lead(self, hit: Hit[Term]) -> Hit[Term] | None:
        """Return a hit without the words that only lead to a group: of "the poor", "poor"."""
        if not hit.value.hidden:
            return hit
        words = [token for token in self._words if hit.start <= token.start and token.end <= hit.end]
        leads = [number for number, token in enumerate(words) if token.word in self._rules.leads]
        if not leads:
            return hit
        rest = words[leads[-1] + 1 :]
        # words such as "all" stand for a group in contexts that the rules for bare words know
        return replace(hit, start=rest[0].start) if rest and rest[0].word not in self._rules.function else None

    def _head(self, start: int, end: int, term: Term) -> Head:
        """Return what is known of the noun in a term of the vocabulary."""
        words = [token.word for token in self._words[start:end]]
        lone = len(words) == 1
        led = term.hidden and self._reader.word(start - 1) in self._rules.leads
        for key in (" ".join(words), words[-1], words[-1].rpartition("-")[2], words[0], *term.above):
            if head := self._rules.heads.get(key):
                if key in term.above:
                    head = replace(head, singular=term.hidden and not led, mass=False)
                if not lone and head.requires in {"modifier", "postmodifier", "article"}:
                    head = replace(head, requires="nothing")
                break
        else:
            head = replace(_DEFAULT, singular=term.hidden and not led)
        text = self._text[self._words[start].start : self._words[end - 1].end]
        single = is_abbreviation(text) and not text.endswith(("s", "S"))
        return replace(head, mass=head.mass or led or single)

    def _measured(self, anchors: list[_Phrase]) -> list[_Phrase]:
        """Return the anchors with the phrases around them, without those that lie in another's phrase."""
        stops = frozenset(anchor.first for anchor in anchors)
        kept: list[_Phrase] = []
        for anchor in anchors:
            if kept and anchor.first < kept[-1].end:
                continue
            start, core, count = self._reader.left(anchor.first)
            kinds = {anchor.head.kind}
            if self._words[anchor.noun - 1].word in self._rules.generic:
                kinds.add("generic")
            end = self._reader.right(anchor.noun, frozenset(kinds), stops)
            if kept and start < kept[-1].end:
                start = core = anchor.first
                count = 0
            kept.append(
                replace(anchor, start=start, core=core, end=end, modifiers=count + (end > anchor.noun))
            )
        return kept

    # -- judgement -----------------------------------------------------------------------------

    def _is_group(self, phrase: _Phrase) -> bool:
        head = phrase.head
        start, end = self._words[phrase.first].start, self._words[phrase.noun - 1].end
        if any(a <= start and end <= b for a, b in self._names):
            return False
        if self._words[phrase.noun - 1].word in self._rules.partners:
            return False
        if head.singular and phrase.start == phrase.core:
            return False
        if (head.mass or head.singular) and self._reader.follows_noun(phrase.noun):
            return False
        before, after = self._before(phrase), self._text[self._words[phrase.end - 1].end :]
        # an adjective that no list has may stand between the context and the phrase
        for context in (before, re.sub(r"(?<=\w )[a-z]+$", "", before).rstrip()):
            if any(rule.applies(head.kind, context, after) for rule in self._rules.exclusions):
                return False
        if head.requires == "article":
            return self._reader.word(phrase.start - 1) in {"the", "general"}
        if head.requires == "modifier":
            return phrase.modifiers > 0
        if head.requires == "postmodifier":
            return phrase.end > phrase.noun
        if head.requires == "frame":
            return any(rule.applies(head.kind, before, after) for rule in self._rules.frames)
        return True

    def _before(self, phrase: _Phrase) -> str:
        """Return the words before the list that a phrase stands in, back to the sentence's beginning."""
        position = phrase.start
        ends = {other.end: other.start for other in self._phrases}
        while True:
            position = self._skip_determiners(position)
            earlier = self._list_item_before(position, ends)
            if earlier is None:
                break
            position = earlier
        text = self._text[: self._words[position].start].rstrip()
        cut = max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
        return self._trimmed(text[cut:].strip())

    def _skip_determiners(self, position: int) -> int:
        while self._reader.word(position - 1) in self._rules.determiners:
            position -= 1
        return position

    def _trimmed(self, text: str) -> str:
        while match := _VAGUE.search(text):
            text = re.sub(
                r"(?:^|\s)(?:an?|the|different|all)$", "", text[: match.start()].rstrip(), flags=re.IGNORECASE
            )
        return text

    def _list_item_before(self, position: int, ends: dict[int, int]) -> int | None:
        """Return where the item before this one in a list begins, None where there is no list."""
        joint = position
        while self._joins(joint - 1):
            joint -= 1
        if self._reader.word(joint - 1) == ")":
            while joint and self._reader.word(joint - 1) != "(":
                joint -= 1
            joint = max(joint - 1, 0)
        if joint == position:
            return None
        if joint in ends:
            return ends[joint]
        first = joint
        while first and self._is_plain(first - 1) and joint - first < 6:
            first -= 1
        return first if first < joint else None

    def _joins(self, position: int) -> bool:
        word = self._reader.word(position)
        return (
            word in {",", "/", ";"}
            or any(
                tuple(self._reader.word(position - n + k + 1) for k in range(n))
                in self._rules.joiners | self._rules.introducers
                for n in (1, 2, 3)
            )
            or (
                word in {"well", "as"}
                and "well" in {self._reader.word(position + 1), self._reader.word(position - 1), word}
            )
        )

    def _is_plain(self, position: int) -> bool:
        token = self._words[position]
        return token.text[0].isalpha() and token.word not in self._rules.small_words and not token.word.endswith("ing")

    # -- names ---------------------------------------------------------------------------------

    def _named(self, phrase: _Phrase) -> Group:
        start, end = self._words[phrase.start].start, self._words[phrase.end - 1].end
        plain = phrase.core == phrase.first and phrase.end == phrase.noun
        if phrase.entry and plain:
            return Group(start, end, phrase.rule, phrase.entry.name(), phrase.entry)
        rule = phrase.rule if plain else "modified group"
        return Group(start, end, rule, self._label(phrase), None, phrase.entry)

    def _label(self, phrase: _Phrase) -> str:
        words = self._text[self._words[phrase.core].start : self._words[phrase.end - 1].end]
        last = self._words[phrase.noun - 1]
        if phrase.head.singular:
            offset = last.start - self._words[phrase.core].start
            words = words[:offset] + phrase.head.plural.rpartition(" ")[2] + words[offset + len(last.text) :]
        return " ".join(words.lower().split())

    def _bare(self, found: Sequence[Group]) -> Iterator[Group]:
        """Yield words such as the "all" of "for all" that are groups in their context only."""
        for rule in self._rules.bare:
            for match in rule.pattern.finditer(self._text):
                start, end = match.span(1)
                if not any(group.start < end and start < group.end for group in found):
                    yield Group(start, end, "word in context", rule.label)

    def _listed(self, accepted: Sequence[_Phrase]) -> Iterator[Group]:
        """Yield unknown phrases in lists of groups ("itinerant beekeepers, women and girls, youth")."""
        taken = {position for phrase in self._phrases for position in range(phrase.start, phrase.end)}
        for number, phrase in enumerate(accepted):
            first = self._item_left(phrase.start, taken)
            if first is not None and self._beside(accepted, number):
                yield from self._candidate(*first)

    def _item_left(self, position: int, taken: set[int]) -> tuple[int, int] | None:
        """Return the unknown item between the comma before ``position`` and the mark before that."""
        if self._reader.word(position - 1) not in {","}:
            return None
        end = first = position - 1
        while first and self._is_plain(first - 1) and first - 1 not in taken and end - first < 5:
            first -= 1
        return (first, end) if first < end else None

    def _beside(self, accepted: Sequence[_Phrase], number: int) -> bool:
        """Whether a phrase is followed by another in the same list."""
        if number + 1 == len(accepted):
            return False
        here, there = accepted[number], accepted[number + 1]
        between = range(here.end, there.start)
        return bool(between) and all(self._joins(position) for position in between)

    def _candidate(self, first: int, end: int) -> Iterator[Group]:
        last = self._words[end - 1]
        opens = first == 0 or not self._is_plain(first - 1)
        if opens and last.word.endswith("s") and last.word not in self._rules.things:
            start = self._words[first].start
            label = self._text[start : last.end].lower()
            yield Group(start, last.end, "listed beside groups", label)


def find_names(words: Sequence[Token], rules: GroupRules) -> list[tuple[int, int]]:
    """Return the ranges of organisations', laws' and days' names among some words."""
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        end = _name_end(words, position, rules)
        if end is None:
            position += 1
            continue
        found.append((words[position].start, words[end - 1].end))
        position = end
    return found


def _name_end(words: Sequence[Token], start: int, rules: GroupRules) -> int | None:
    for name in rules.whole_names:
        if tuple(token.text for token in words[start : start + len(name)]) == name:
            return start + len(name)
    if not (words[start].is_word and words[start].is_capitalised):
        return None
    end = position = start
    while position < len(words):
        token = words[position]
        if token.is_word and token.is_capitalised:
            end = position + 1
        elif token.word not in rules.name_links and not token.text.startswith(("'", "’")):
            break
        position += 1
    run = list(_texts(words[start:end]))
    if len(run) > 1 and any(text in rules.name_words for text in run):
        return end
    return None


def _texts(run: Iterable[Token]) -> Iterator[str]:
    for token in run:
        yield token.text
