"""Target groups in context: which phrases name a group that a plan is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategraph.extraction.group_phrases import Phrase, Term, phrases
from strategraph.extraction.group_rules import Context, GroupRules
from strategraph.extraction.phrases import PhraseReader
from strategraph.extraction.tokens import tokens
from strategraph.gazetteer import Gazetteer, Hit
from strategraph.vocabulary import Entry

# How sure each way of finding a group is.
_CONFIDENCE = {
    "vocabulary": 0.95,
    "word in context": 0.9,
    "modified group": 0.75,
    "group noun": 0.6,
    "agent noun": 0.55,
    "listed beside groups": 0.5,
}
_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)")
_FAR = 240  # characters before a list that its context may take
_LONGEST_ITEM = 5  # words of an unknown item in a list


@dataclass(frozen=True, slots=True)
class Group:
    """Words that name a group: their range in the text, the rule that found them, and what they name.

    ``entry`` is the concept of the vocabulary they name, ``broader`` the one they narrow, and ``label``
    the name of a group that no vocabulary has.
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
        return _CONFIDENCE[self.rule]


def find_groups(
    text: str, known: Sequence[Hit[Term]], rules: GroupRules, terms: Gazetteer[Term]
) -> list[Group]:
    """Return the target groups that a text names, from left to right, without overlaps.

    ``known`` are the vocabulary's target groups in it, as ``terms`` found them.
    """
    return _Reading(text, known, rules, terms).groups()


class _Reading:
    """One text while its groups are found."""

    def __init__(
        self, text: str, known: Sequence[Hit[Term]], rules: GroupRules, terms: Gazetteer[Term]
    ) -> None:
        self._text = text
        self._rules = rules
        self._words = tokens(text)
        self._reader = PhraseReader(text, self._words, rules)
        self._phrases = phrases(self._reader, known, rules, terms)
        self._begins = {phrase.end: phrase.start for phrase in self._phrases}

    def groups(self) -> list[Group]:
        possible = [phrase for phrase in self._phrases if not self._is_excluded(phrase)]
        accepted = [phrase for phrase in possible if self._has_what_it_requires(phrase)]
        accepted = self._with_neighbours(accepted, possible)
        accepted = [phrase for phrase in accepted if not self._repeats(phrase, accepted)]
        found = [self._named(phrase) for phrase in accepted]
        found.extend(self._listed(accepted))
        found.extend(self._bare(found))
        return sorted(found, key=lambda group: group.start)

    # -- judgement -----------------------------------------------------------------------------

    def _is_excluded(self, phrase: Phrase) -> bool:
        """Whether the form or the context of a phrase keeps it from naming a group the plan is for."""
        head = phrase.head
        if self._reader.begins_compound_name(phrase.noun):
            return True
        if self._reader.word(phrase.noun - 1) in self._rules.partners:
            return True
        if head.singular and (phrase.start == phrase.core or head.kind == "actors"):
            return True
        if (head.mass or head.singular) and self._reader.modifies(phrase.noun):
            return True
        return self._stands_in(phrase, self._rules.exclusions)

    def _has_what_it_requires(self, phrase: Phrase) -> bool:
        has = {
            "nothing": True,
            "article": self._reader.word(phrase.start - 1) in {"the", "general"},
            "modifier": phrase.modifiers > 0,
            "postmodifier": phrase.end > phrase.noun,
            "frame": self._stands_in(phrase, self._rules.frames),
        }
        return any(has[need] for need in phrase.head.requires.split(" or "))

    def _stands_in(self, phrase: Phrase, contexts: Sequence[Context]) -> bool:
        """Whether one of the contexts is around a phrase, or around the list it stands in."""
        before, after = self._before(phrase), self._text[self._words[phrase.end - 1].end :]
        # an adjective that no list has may stand between the context and the phrase
        return any(
            context.applies(phrase.head.kind, words, after)
            for words in (before, self._without_adjective(before))
            for context in contexts
        )

    def _with_neighbours(self, accepted: Sequence[Phrase], possible: Sequence[Phrase]) -> list[Phrase]:
        """Return the accepted phrases, and with them those for people that follow one in its list."""
        known = {phrase.start for phrase in accepted}
        kept: list[Phrase] = []
        for series in self._series(possible):
            sure = any(phrase.start in known and phrase.head.requires == "nothing" for phrase in series)
            for phrase in series:
                if phrase.start in known or (sure and phrase.head.kind in {"persons", "roles", "staffs"}):
                    kept.append(phrase)
        return kept

    def _repeats(self, phrase: Phrase, accepted: Sequence[Phrase]) -> bool:
        """Whether a phrase is the short form in brackets of the one before: "(LDCs)"."""
        in_brackets = self._reader.word(phrase.start - 1) == "(" and self._reader.word(phrase.end) == ")"
        return in_brackets and any(other.end == phrase.start - 1 for other in accepted)

    def _before(self, phrase: Phrase) -> str:
        """Return the words before the list that a phrase stands in, back to the sentence's beginning."""
        position = phrase.start
        while True:
            while self._reader.word(position - 1) in self._rules.determiners:
                position -= 1
            item = self._list_item_before(position)
            if item is None:
                break
            position = item
        edge = self._words[position].start
        text = self._text[max(0, edge - _FAR) : edge].rstrip()
        cut = max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
        return self._rules.measure.sub("", text[cut:].strip()).rstrip()

    def _without_adjective(self, before: str) -> str:
        rest, _, last = before.rpartition(" ")
        return before if last.lower() in self._rules.small_words or not last.isalpha() else rest

    # -- lists ---------------------------------------------------------------------------------

    def _list_item_before(self, position: int) -> int | None:
        """Return where the item before this one in a list begins, None where there is no list."""
        joint = position
        while self._joins(joint - 1):
            joint -= 1
        joint = self._before_brackets(joint)
        if joint == position:
            return None
        if joint in self._begins:
            return self._begins[joint]
        first = joint
        while first and joint - first <= _LONGEST_ITEM and self._is_plain(first - 1):
            first -= 1
        return first if first < joint else None

    def _before_brackets(self, end: int) -> int:
        """Return where an insertion in brackets that ends before a position begins."""
        if self._reader.word(end - 1) != ")":
            return end
        marks = [position for position in range(end) if self._reader.word(position) == "("]
        return marks[-1] if marks else end

    def _joins(self, position: int) -> bool:
        """Whether a token ends what joins two items of a list."""
        if self._reader.word(position) in {",", "/", ";"}:
            return True
        return any(
            self._reader.run(start, start + size) in self._rules.joiners
            for size in (1, 2, 3)
            for start in range(position - size + 1, position + 1)
        )

    def _is_plain(self, position: int) -> bool:
        """Whether a token may belong to a noun phrase that no list knows."""
        word = self._reader.word(position)
        return word[:1].isalpha() and word not in self._rules.small_words and not word.endswith("ing")

    def _listed(self, accepted: Sequence[Phrase]) -> Iterator[Group]:
        """Yield unknown phrases in lists of groups ("itinerant beekeepers, women and girls, youth")."""
        seen: set[int] = set()
        for series in self._series(accepted):
            first = series[0].start
            introduced = any(self._reader.run(first - n, first) in self._rules.introducers for n in (1, 2, 3))
            if len(series) < 2 and not introduced:
                continue
            for start, end in (self._item_before(first), self._item_after(series[-1].end)):
                if start < end and start not in seen and self._may_be_group(start, end):
                    seen.add(start)
                    a, b = self._words[start].start, self._words[end - 1].end
                    yield Group(a, b, "listed beside groups", _name(self._text[a:b]))

    def _series(self, found: Sequence[Phrase]) -> list[list[Phrase]]:
        """Return phrases by the lists they stand in."""
        series: list[list[Phrase]] = []
        for phrase in found:
            between = range(series[-1][-1].end, phrase.start) if series else range(0)
            if between and all(self._joins(position) for position in between):
                series[-1].append(phrase)
            else:
                series.append([phrase])
        return series

    def _item_before(self, position: int) -> tuple[int, int]:
        """Return the plain words before the comma before a position; an empty range where there are none."""
        end = first = position - 1
        while self._reader.word(end) == "," and first and self._is_plain(first - 1):
            first -= 1
        return (first, end) if end - first <= _LONGEST_ITEM else (end, end)

    def _item_after(self, position: int) -> tuple[int, int]:
        """Return the plain words after the joiners at a position; an empty range where there are none."""
        first = position
        while first < len(self._words) and self._joins(first):
            first += 1
        end = first
        while first > position and end < len(self._words) and self._is_plain(end):
            end += 1
        return (first, end) if end - first <= _LONGEST_ITEM else (end, end)

    def _may_be_group(self, first: int, end: int) -> bool:
        """Whether unknown words in a list of groups are plural, and neither things nor verbs."""
        words = self._reader.run(first, end)
        taken = any(phrase.start < end and first < phrase.end for phrase in self._phrases)
        plural = words[-1].endswith("s") and not words[-1].endswith("ss")
        known = words[-1] in self._rules.things or words[-1] in self._rules.partners
        return plural and not known and not taken and not any(map(self._rules.is_verb, words))

    # -- names ---------------------------------------------------------------------------------

    def _named(self, phrase: Phrase) -> Group:
        start, end = self._words[phrase.start].start, self._words[phrase.end - 1].end
        if phrase.entry and phrase.is_bare:
            return Group(start, end, phrase.rule, phrase.entry.name(), phrase.entry)
        rule = "modified group" if phrase.entry else phrase.rule
        return Group(start, end, rule, self._label(phrase), None, phrase.entry)

    def _label(self, phrase: Phrase) -> str:
        """Return the name of a group that the vocabulary does not have: its words, the noun in the plural."""
        words = list(self._reader.run(phrase.core, phrase.end))
        if phrase.head.singular:
            words[phrase.noun - phrase.core - 1] = phrase.head.plural.rpartition(" ")[2]
        elif phrase.is_bare and phrase.head.plural:
            return phrase.head.plural
        return _name(" ".join(words))

    def _bare(self, found: Sequence[Group]) -> Iterator[Group]:
        """Yield words such as the "all" of "for all" that are groups in their context only."""
        for rule in self._rules.bare:
            for match in rule.pattern.finditer(self._text):
                start, end = match.span(1)
                if not any(group.start < end and start < group.end for group in found):
                    yield Group(start, end, "word in context", rule.label)


def _name(words: str) -> str:
    """Return words as a label: lower case, no spaces before commas and genitive endings."""
    return re.sub(r" (?=[,'])", "", " ".join(words.lower().replace("’", "'").split()))
