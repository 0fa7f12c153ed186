"""Target groups by patterns: in all languages but English.

A phrase is built around a noun for a group (a vocabulary's label, a head of the language's ``groups.toml``
or an agent noun), takes in its modifiers and what restricts it on either side, and is then judged by its
context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from strategraph.extraction.group_patterns import GroupPatterns, group_patterns
from strategraph.extraction.group_phrases import Term
from strategraph.extraction.group_rules import Context, Head
from strategraph.extraction.groups import Group
from strategraph.gazetteer import Hit
from strategraph.vocabulary import Entry

_PERSONS = Head("persons", "nothing", "")  # what a label is whose noun no table has
_NEAR = 60  # characters before a noun in which its modifiers stand
_FAR = 160  # characters before a list in which its context stands
_MOST_MODIFIERS = 4
_MOST_POSTMODIFIERS = 4
_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)|[。！？；：]")
_UNSPACED = "\u3400"  # from here on scripts without spaces


def label_forms(text: str, language: str) -> Iterator[str]:
    """Yield a label and its other cases: its listed words in the same form, all others as they are.

    >>> list(label_forms("коренные народы", "ru"))[:3]
    ['коренные народы', 'коренных народов', 'коренным народам']
    """
    yield text
    patterns = group_patterns(language)
    if patterns is None:
        return
    words = text.split(" ")
    known = [patterns.forms.get(word.strip(",")) for word in words]
    number = max((len(forms) for forms in known if forms), default=0)
    for case in range(number):
        yield " ".join(
            word.replace(word.strip(","), forms[case]) if forms and case < len(forms) else word
            for word, forms in zip(words, known, strict=True)
        )


def plain_groups(text: str, known: Sequence[Hit[Term]], language: str) -> list[Group]:
    """Return the groups that a text names, from left to right, without overlaps.

    ``known`` are the vocabulary's target groups in it; a language without patterns has these alone.
    """
    patterns = group_patterns(language)
    if patterns is not None:
        return _Reading(text, known, patterns).groups()
    found: list[Group] = []
    for hit in known:
        if not found or hit.start >= found[-1].end:
            found.append(Group(hit.start, hit.end, "vocabulary", hit.value.label, hit.value.entry))
    return found


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase around a noun, in positions of characters.

    It begins with its quantifier at ``start``, without at ``core``; its noun reaches from ``first`` to
    before ``noun``, with what restricts it to before ``end``. ``opening`` is where the list begins that it
    stands in; ``modified`` is whether its words tell the group from others.
    """

    start: int
    core: int
    first: int
    noun: int
    end: int
    opening: int
    head: Head
    entry: Entry | None
    rule: str
    modified: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it is its noun alone, but for a quantifier."""
        return self.core == self.first and self.end == self.noun


class _Reading:
    """One text while its groups are found."""

    def __init__(self, text: str, known: Sequence[Hit[Term]], patterns: GroupPatterns) -> None:
        self._text = text
        self._patterns = patterns
        self._nouns = self._all_nouns(known)

    def groups(self) -> list[Group]:
        found: list[Group] = []
        accepted_end = -1
        for phrase in self._phrases():
            follows = accepted_end >= 0 and self._is_joint(accepted_end, phrase.start)
            if self._is_excluded(phrase):
                continue
            if self._has_what_it_requires(phrase) or follows:
                found.append(self._named(phrase))
                accepted_end = phrase.end
        found.extend(self._bare(found))
        return sorted(found, key=lambda group: group.start)

    # -- nouns ---------------------------------------------------------------------------------

    def _all_nouns(self, known: Sequence[Hit[Term]]) -> list[_Phrase]:
        """Return each noun as a phrase of its own, the longest where several begin, none within another."""
        nouns = [
            self._term(hit)
            for hit in known
            if self._text[hit.start : hit.end].lower() not in self._patterns.contextual
        ]
        nouns += [
            self._noun(hit.start, hit.end, hit.value, "group noun")
            for hit in self._patterns.heads.find(self._text)
        ]
        nouns += [
            self._noun(
                match.start(), match.end(), Head("persons", "frame", match.group().lower()), "agent noun"
            )
            for match in self._patterns.agents.finditer(self._text)
            if match.group().lower() not in self._patterns.agent_except
        ]
        kept: list[_Phrase] = []
        for noun in sorted(nouns, key=lambda noun: (noun.start, -noun.end, noun.entry is None)):
            if not kept or noun.start >= kept[-1].end:
                kept.append(noun)
        return kept

    def _noun(self, start: int, end: int, head: Head, rule: str, entry: Entry | None = None) -> _Phrase:
        return _Phrase(start, start, start, end, end, start, head, entry, rule)

    def _term(self, hit: Hit[Term]) -> _Phrase:
        """Return a label as a noun, without the article that it may begin with."""
        article = self._patterns.leading_article.match(self._text, hit.start, hit.end)
        start = article.end() if article else hit.start
        return self._noun(
            start, hit.end, self._head(self._text[start : hit.end]), "vocabulary", hit.value.entry
        )

    def _head(self, words: str) -> Head:
        """Return what the tables know of a label: by all its words, or by its first or last noun."""
        own = self._patterns.heads.get(words)
        if own:
            return own
        parts = list(self._patterns.heads.find(words))
        if not parts:
            return _PERSONS
        head = parts[-1 if self._patterns.head_last else 0].value
        needs = head.requires.split(" or ")  # the label brings its own modifier
        return replace(head, requires="frame" if "frame" in needs and "modifier" not in needs else "nothing")

    # -- phrases -------------------------------------------------------------------------------

    def _phrases(self) -> list[_Phrase]:
        """Return the phrases around all nouns, in order, without overlaps."""
        found: list[_Phrase] = []
        for index, noun in enumerate(self._nouns):
            floor = found[-1].end if found else 0
            if noun.start < floor:
                continue
            if found and self._is_compound(found[-1], noun):
                previous = found.pop()
                head = noun.head if self._patterns.head_last else previous.head
                end = self._right(noun.end, previous.start, head.kind, index)
                found.append(replace(previous, end=end, head=head, modified=True))
                continue
            start, core = self._left(noun.start, floor)
            end = self._right(noun.end, start, noun.head.kind, index)
            joined = found and self._is_joint(found[-1].end, start)
            opening = found[-1].opening if joined else start
            modified = core < noun.start or end > noun.end
            found.append(replace(noun, start=start, core=core, end=end, opening=opening, modified=modified))
        return found

    def _is_compound(self, phrase: _Phrase, noun: _Phrase) -> bool:
        """Whether a noun stands right behind a phrase, as one of both modifies the other."""
        between = self._text[phrase.end : noun.start]
        return not between.strip() and (bool(between) or self._text[noun.start] >= _UNSPACED)

    def _left(self, first: int, floor: int) -> tuple[int, int]:
        """Return where the phrase of a noun begins, with its quantifier and without."""
        core, edge = first, max(floor, first - _NEAR)
        for _ in range(_MOST_MODIFIERS):
            begin = self._ending_at(self._patterns.before, core, edge)
            if begin is None:
                break
            core = begin
        start = self._ending_at(self._patterns.quantifiers, core, edge)
        return (core if start is None else start), core

    def _ending_at(self, pattern: re.Pattern[str], end: int, edge: int) -> int | None:
        """Return where words begin that end at a position, not before ``edge``; None where there are none."""
        for match in pattern.finditer(self._text, edge, end):
            if match.start() < end and self._begins_word(match.start()):
                return match.start()
        return None

    def _begins_word(self, position: int) -> bool:
        """Whether a word may begin at a position: no letter stands before it, but for ideographs."""
        before, here = self._text[position - 1 : position], self._text[position]
        return not before.isalpha() or before >= _UNSPACED or here >= _UNSPACED

    def _right(self, end: int, start: int, kind: str, index: int) -> int:
        """Return where a phrase from ``start`` ends whose noun, the one of this number, ends at ``end``."""
        rules = [
            rule
            for rule in self._patterns.reaches
            if not rule.kinds or kind in rule.kinds
            if not (rule.unless and rule.unless.search(self._text, max(0, start - _NEAR), start))
        ]
        noun = end
        for _ in range(_MOST_POSTMODIFIERS):
            reaches = [
                match.end()
                for rule in rules
                if (end == noun or not rule.next) and (match := rule.pattern.match(self._text, end))
            ]
            reach = self._before_next(end, max(reaches, default=end), index)
            if reach <= end:
                break
            end = reach
        return end

    def _before_next(self, end: int, reach: int, index: int) -> int:
        """Return ``reach``, or where the joint begins that leads to another group of a list before it."""
        for noun in self._nouns[index + 1 : index + 4]:
            if end <= noun.start < reach:
                joints = list(self._patterns.joints.finditer(self._text, end, noun.start))
                if joints and not self._text[joints[-1].end() : noun.start].strip():
                    return joints[-1].start()
        return reach

    def _is_joint(self, start: int, end: int) -> bool:
        """Whether there is nothing but the joint of a list in a range."""
        return start < end and self._patterns.joints.fullmatch(self._text, start, end) is not None

    # -- judgement -----------------------------------------------------------------------------

    def _is_excluded(self, phrase: _Phrase) -> bool:
        if phrase.head.singular and phrase.start == phrase.core:
            return True
        return self._stands_in(phrase, self._patterns.exclusions)

    def _has_what_it_requires(self, phrase: _Phrase) -> bool:
        has = {
            "nothing": True,
            "quantifier": phrase.start < phrase.core,
            "modifier": phrase.modified,
            "postmodifier": phrase.end > phrase.noun,
        }
        needs = phrase.head.requires.split(" or ")
        return any(has.get(need) for need in needs) or (
            "frame" in needs and self._stands_in(phrase, self._patterns.frames)
        )

    def _stands_in(self, phrase: _Phrase, contexts: Sequence[Context]) -> bool:
        """Whether one of the contexts is around a phrase, or around the list it stands in."""
        words, after = self._text[phrase.start : phrase.end], self._text[phrase.end : phrase.end + _NEAR]
        before = self._before(phrase)
        return any(context.applies(phrase.head.kind, before, after, words) for context in contexts)

    def _before(self, phrase: _Phrase) -> str:
        """Return the words before the list that a phrase stands in, back to the sentence's beginning."""
        text = self._text[max(0, phrase.opening - _FAR) : phrase.opening]
        cut = max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
        text = text[cut:].lstrip()
        article = self._patterns.articles.search(text)
        return (text[: article.start()] if article else text).rstrip()

    # -- names ---------------------------------------------------------------------------------

    def _named(self, phrase: _Phrase) -> Group:
        if phrase.entry and phrase.is_bare:
            return Group(phrase.start, phrase.end, phrase.rule, phrase.entry.name(), phrase.entry)
        rule = "modified group" if phrase.entry else phrase.rule
        words = self._text[phrase.core : phrase.end]
        label = phrase.head.plural if phrase.is_bare and phrase.head.plural else words
        return Group(phrase.start, phrase.end, rule, " ".join(label.casefold().split()), None, phrase.entry)

    def _bare(self, found: Sequence[Group]) -> Iterator[Group]:
        """Yield words such as the "tous" of "pour tous" that are groups in their context only."""
        for rule in self._patterns.bare:
            for match in rule.pattern.finditer(self._text):
                start, end = match.span(1)
                if not any(group.start < end and start < group.end for group in found):
                    yield Group(start, end, "word in context", rule.label)
