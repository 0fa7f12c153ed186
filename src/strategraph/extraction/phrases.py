"""Noun phrases without a parser: words, and how far a phrase around a noun reaches.

Plans are written in a formal register in which small words, punctuation and closed lists of modifiers
mark where a phrase ends well enough; what the lists do not know ends it too, so that errors are short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.extraction.group_rules import GroupRules, Postmodifier

_TOKEN = re.compile(r"\w+n['’]t\b|\w+(?:[-‐‑]\w+)*|(?<=\w)['’](?:s\b)?|[^\w\s]")
_COMMA = frozenset({","})
_LONGEST = 14  # tokens; what runs on further after a noun is not its postmodifier


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark; ``word`` is its lower case with plain apostrophes and hyphens."""

    start: int
    end: int
    text: str
    word: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word, not a mark."""
        return self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and marks of a text; compounds with hyphens are one word, genitive endings a mark.

    >>> [token.text for token in tokens("Women's policy-makers can't.")]
    ['Women', "'s", 'policy-makers', "can't", '.']
    """
    return tuple(
        Token(
            match.start(),
            match.end(),
            match.group(),
            match.group().lower().replace("’", "'").replace("‐", "-").replace("‑", "-"),
        )
        for match in _TOKEN.finditer(text)
    )


def is_title_case(words: Sequence[Token]) -> bool:
    """Whether most words of some length begin with a capital, so that capitals tell no names."""
    long = [token for token in words if token.is_word and len(token.text) > 3]
    return len(long) > 1 and sum(token.is_capitalised for token in long) * 10 >= len(long) * 7


@dataclass(frozen=True, slots=True)
class Extent:
    """A phrase as token positions: with its quantifier from ``start``, without from ``core``, to ``end``."""

    start: int
    core: int
    end: int
    modifiers: int  # how many distinguish the group


class PhraseReader:
    """Measures phrases in one text; ``heads`` are the positions of nouns that begin groups of their own."""

    def __init__(self, text: str, words: tuple[Token, ...], rules: GroupRules) -> None:
        self._text = text
        self.words = words
        self._rules = rules
        self._title_case = is_title_case(words)

    def word(self, position: int) -> str:
        """Return the word at a position, "" outside the text."""
        return self.words[position].word if 0 <= position < len(self.words) else ""

    def left(self, first: int) -> tuple[int, int, int]:
        """Return where the phrase of a noun begins: with quantifier, without, and its modifiers' number.

        Post: the first is at most the second, that at most ``first``.
        """
        core, count = first, 0
        while core:
            size = self._modifier(core, first)
            if size:
                count += any(word.word not in self._rules.plain for word in self.words[core - size : core])
                core -= size
            elif count and self.word(core - 1) in {",", "and", "or"} and self._adjective(core - 1):
                core -= 1  # the adjective before it is taken in the next round
            elif self._shares_end(core, first):
                core -= 2
            else:
                break
        start = max(
            (core - n for n in (1, 2, 3, 4) if self._run(core - n, core) in self._rules.quantifiers),
            default=core,
        )
        for size in (4, 3, 2, 1):
            if core >= size and self._run(core - size, core) in self._rules.quantifiers:
                start = core - size
                break
        return start, core, count

    def right(self, end: int, kinds: frozenset[str], stops: frozenset[int]) -> int:
        """Return where a phrase ends that reaches to ``end`` without its postmodifiers.

        ``stops`` are positions of other groups' nouns, at which most postmodifiers end.
        """
        for _ in range(2):
            reach = max(
                (
                    self._postmodifier(rule, end, stops)
                    for rule in self._rules.postmodifiers
                    if rule.kinds & kinds
                ),
                default=end,
            )
            if reach <= end:
                break
            end = reach
        return end

    def follows_noun(self, position: int) -> bool:
        """Whether the word at a position is likely a noun, which makes the one before it a modifier."""
        if position >= len(self.words):
            return False
        token = self.words[position]
        if not token.is_word or token.word in self._rules.small_words or token.text[0].isdigit():
            return False
        return not token.word.endswith(("ly", "ed"))

    # -- to the left ---------------------------------------------------------------------------

    def _run(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(token.word for token in self.words[start:end]) if start >= 0 else ()

    def _modifier(self, end: int, first: int) -> int:
        """Return how many tokens before ``end`` are one modifier."""
        for size in (3, 2, 1):
            if end >= size and self._run(end - size, end) in self._rules.modifiers:
                return size
        if self._adjective(end) or (
            self.word(end - 1) in self._rules.noun_modifiers and self._joined(end, first)
        ):
            return 1
        return 0

    def _joined(self, end: int, first: int) -> bool:
        """Whether nothing but words stands between a noun modifier and its noun."""
        return all(token.is_word and token.word not in {"and", "or"} for token in self.words[end:first])

    def _adjective(self, end: int) -> bool:
        """Whether the token before ``end`` is an adjective or participle, by list or ending."""
        word = self.word(end - 1)
        if (word,) in self._rules.modifiers:
            return True
        if not self._rules.modifier_ending.search(word) or word in self._rules.modifier_except:
            return False
        if not word.endswith("ed") or end < 2:
            return True
        before = self.words[end - 2]  # a past tense has its subject before it, a participle has not
        return not before.is_word or before.word in self._rules.small_words - self._rules.auxiliaries

    def _shares_end(self, core: int, first: int) -> bool:
        """Whether "policy and" stands before "decision-makers"."""
        return (
            core == first
            and "-" in self.word(first)
            and self.word(core - 1) in {"and", "or"}
            and self.word(core - 2).rstrip("-") in self._rules.noun_modifiers
        )

    # -- to the right --------------------------------------------------------------------------

    def _postmodifier(self, rule: Postmodifier, end: int, stops: frozenset[int]) -> int:
        begin = self._opening(rule, end)
        if begin is None or (rule.unless and rule.unless.search(self._text[: self.words[end - 1].start].rstrip())):
            return end
        if rule.form == "fixed":
            return begin
        if rule.form == "name":
            return self._name(begin, stops) or end
        if rule.form == "clause":
            return self._clause(begin) or end
        if rule.form == "phrase":
            return self._phrase(rule, begin, stops) or end
        return self._noun(rule, begin, stops) or end

    def _opening(self, rule: Postmodifier, end: int) -> int | None:
        for size in (4, 3, 2, 1):
            if self._run(end, end + size) in rule.words and end + size <= len(self.words):
                return end + size
        return None

    def _name(self, begin: int, stops: frozenset[int]) -> int | None:
        position = begin + (self.word(begin) == "the")
        reach = None
        while position < len(self.words) and not self._title_case:
            token = self.words[position]
            if token.is_word and token.is_capitalised and position not in stops:
                reach = position + 1
            elif token.word not in self._rules.name_links or reach is None:
                break
            position += 1
        return reach

    def _noun(self, rule: Postmodifier, begin: int, stops: frozenset[int]) -> int | None:
        """Return the end of the longest run of plain words that ends in one of the rule's nouns."""
        reach = None
        for position in range(begin, min(begin + _LONGEST, len(self.words))):
            token = self.words[position]
            joint = token.word in {",", "and", "or"}
            if token.word in self._rules.auxiliaries or not (token.is_word or joint):
                break
            if token.word in self._rules.function and not joint and token.word not in {"of", "all"}:
                break
            if reach is not None and position in stops:
                break
            if any(" ".join(self._run(position - n, position + 1)) in rule.ends for n in (0, 1, 2)):
                reach = position + 1
        return reach

    def _phrase(self, rule: Postmodifier, begin: int, stops: frozenset[int]) -> int | None:
        reach = None
        position = begin
        while position < min(begin + _LONGEST, len(self.words)):
            token = self.words[position]
            if token.word in {"and", "or"}:
                again = self._opening(rule, position + 1)
                if again is not None:
                    position = again
                    continue
                if (
                    position + 1 in stops
                    or position + 2 in stops
                    or not self.follows_noun(position + 1)
                    or reach is None
                ):
                    break
            elif token.word == "of":
                pass
            elif not token.is_word or token.word in self._rules.function | self._rules.auxiliaries:
                break
            elif reach is not None and position in stops:
                break
            elif token.word not in self._rules.determiners:
                reach = position + 1
            position += 1
        return reach

    def _clause(self, begin: int) -> int | None:
        position = begin
        while self.word(position) in self._rules.auxiliaries | {
            "not",
            "never",
            "rarely",
            "or",
            "also",
        } or self.word(position).endswith("ly"):
            position += 1
        reach = position
        while reach < len(self.words):
            token = self.words[reach]
            if token.text in ".,;:()!?–—" or (reach > position and token.word in self._rules.auxiliaries):
                break
            reach += 1
        return reach if begin < reach <= begin + _LONGEST else None
