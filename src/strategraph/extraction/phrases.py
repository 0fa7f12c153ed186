"""Noun phrases without a parser: how far a phrase around a noun reaches.

Plans are written in a formal register in which small words, punctuation and verbs mark where a phrase
begins, and a closed list of words opens what may restrict it. What the lists do not know ends a phrase,
so that errors are short.
"""

from __future__ import annotations

from strategraph.extraction.group_rules import GroupRules, Postmodifier
from strategraph.extraction.tokens import Token, is_title_case

_JOINTS = frozenset({",", "and", "or"})
_LONGEST = 12  # tokens; what runs on further after a noun is not its postmodifier
_MOST_MODIFIERS = 7


class PhraseReader:
    """Measures the phrases of one text; all its arguments and results are positions of tokens."""

    def __init__(self, text: str, words: tuple[Token, ...], rules: GroupRules) -> None:
        self._text = text
        self.words = words
        self._plain = tuple(token.word for token in words)
        self._rules = rules
        self._title_case = is_title_case(words)

    def word(self, position: int) -> str:
        """Return the word at a position, "" outside the text."""
        return self._plain[position] if 0 <= position < len(self._plain) else ""

    def run(self, start: int, end: int) -> tuple[str, ...]:
        """Return the words from ``start`` to before ``end``, fewer at the edges of the text."""
        return self._plain[max(start, 0) : max(end, 0)]

    def left(self, first: int) -> tuple[int, int, int]:
        """Return where the phrase of a noun begins, with its quantifier and without, and how many modify it.

        Modifiers that do not tell a group from others ("global community") are not counted.

        Post: the first is at most the second, that at most ``first``.
        """
        core, count = first, 0
        while core and first - core < _MOST_MODIFIERS:
            size = self._modifier(core, first)
            if size:
                count += any(map(self._distinguishes, range(core - size, core)))
                core -= size
            elif core < first and self.word(core - 1) in _JOINTS and self.is_adjective(core - 2):
                core -= 1  # the next round takes the adjective before it
            elif self._shares_end(core, first):
                core -= 2
            else:
                break
        for size in (4, 3, 2, 1):
            if core >= size and self.run(core - size, core) in self._rules.quantifiers:
                return core - size, core, count
        return core, core, count

    def right(self, end: int, kinds: frozenset[str], stops: frozenset[int]) -> int:
        """Return where a phrase ends that reaches to ``end`` without its postmodifiers.

        ``kinds`` are those of its noun; ``stops`` the positions of other groups' nouns, at which most
        postmodifiers end.
        """
        for _ in range(2):
            rules = [rule for rule in self._rules.postmodifiers if rule.kinds & kinds]
            reach = max((self._postmodifier(rule, end, stops) for rule in rules), default=end)
            if reach == end:
                break
            end = reach
        return end

    def modifies(self, position: int) -> bool:
        """Whether the word at a position is likely a noun, which makes the one before it a modifier."""
        word = self.word(position)
        return (
            word[:1].isalpha()
            and word not in self._rules.small_words
            and not word.endswith(("ly", "ed"))
            and not self._rules.is_finite(word)
        )

    def is_adjective(self, position: int) -> bool:
        """Whether the token at a position is an adjective or participle, by list or by its ending."""
        word = self.word(position)
        if (word,) in self._rules.modifiers:
            return True
        if not self._rules.modifier_ending.search(word) or word in self._rules.modifier_except:
            return False
        if not word.endswith("ed") or position == 0:
            return True
        # a past tense has its subject before it, a participle has not
        graded = position > 1 and self._is_adverb(position - 1)
        before = self.words[position - 2 if graded else position - 1]
        return not before.is_word or (
            before.word in self._rules.small_words and before.word not in self._rules.auxiliaries
        )

    def begins_compound_name(self, position: int) -> bool:
        """Whether the capitalised word before a position goes on as a name ("Future Leaders Scheme")."""
        if self._title_case or position >= len(self.words) or self.begins_sentence(position - 1):
            return False
        before, after = self.words[position - 1], self.words[position]
        return before.is_capitalised and after.is_word and after.is_capitalised

    def begins_sentence(self, position: int) -> bool:
        """Whether nothing but marks stands between a position and the end of the sentence before it."""
        return position == 0 or self.words[position - 1].text in '.!?:;•–—|"“'

    def _distinguishes(self, position: int) -> bool:
        """Whether a modifier tells one group from others; an owner's name ("the GBIF community") does not."""
        token = self.words[position]
        listed = (token.word,) in self._rules.modifiers or token.word in self._rules.noun_modifiers
        name = token.is_capitalised and not self._title_case and not self.begins_sentence(position)
        return token.word not in self._rules.plain and (listed or not name)

    # -- to the left ---------------------------------------------------------------------------

    def _modifier(self, end: int, first: int) -> int:
        """Return how many tokens before ``end`` are one modifier, 0 for none."""
        for size in (3, 2, 1):
            if end >= size and self.run(end - size, end) in self._rules.modifiers:
                return size
        if self.is_adjective(end - 1) or (
            end < first and self._is_adverb(end - 1) and self.is_adjective(end)
        ):
            return 1
        if _JOINTS.intersection(self.run(end, first)) or self._begins_name(end):
            return 0
        return int(self.word(end - 1) in self._rules.noun_modifiers or self._unlisted(end - 1, first))

    def _is_adverb(self, position: int) -> bool:
        word = self.word(position)
        return word in self._rules.degrees or (word.endswith("ly") and not self.begins_sentence(position))

    def _begins_name(self, position: int) -> bool:
        """Whether a name begins, which no common noun modifies ("a service First Nations people trust")."""
        token = self.words[position]
        is_noun = token.word in self._rules.heads  # "curriculum Maintainers"
        return token.is_capitalised and not is_noun and not self.words[position - 1].is_capitalised

    def _unlisted(self, position: int, first: int) -> bool:
        """Whether a word that no list has stands where a modifier would, and is no verb."""
        token = self.words[position]
        word, before = token.word, self.word(position - 1)
        known = (self._rules.small_words, self._rules.modifier_except, self._rules.heads, self._rules.verbs)
        if not word[:1].isalpha() or any(word in words for words in known):
            return False
        if word.endswith(("ly", "ed")):
            return False
        if token.is_capitalised and self.begins_sentence(position):  # an imperative, or a subject
            return position + 1 == first and self.word(first + 1) in self._rules.auxiliaries
        if token.is_capitalised:
            return not self._title_case and not token.text.isupper()
        if word.endswith("s") and not word.endswith(("ss", "us")):
            return False
        if before == "to" or before in self._rules.auxiliaries:
            return False  # an infinitive
        return not (before in _JOINTS and self._rules.is_verb(self.word(position - 2)))

    def _shares_end(self, core: int, first: int) -> bool:
        """Whether "policy and" stands before "decision-makers"."""
        return (
            core == first
            and "-" in self.word(first)
            and self.word(core - 1) in {"and", "or"}
            and self.word(core - 2) in self._rules.noun_modifiers
        )

    # -- to the right --------------------------------------------------------------------------

    def _postmodifier(self, rule: Postmodifier, end: int, stops: frozenset[int]) -> int:
        """Return where a postmodifier after ``end`` ends; ``end`` where there is none."""
        begin = self._opening(rule, end)
        if begin is None:
            return end
        if rule.unless and rule.unless.search(self._text[: self.words[end - 1].start].rstrip()):
            return end
        match rule.form:
            case "fixed":
                reach: int | None = begin
            case "name":
                reach = self._name(begin, stops)
            case "clause":
                reach = self._clause(begin)
            case "phrase":
                reach = self._phrase(rule, begin, stops)
            case _:
                reach = self._noun(rule, begin, stops)
        return reach or end

    def _opening(self, rule: Postmodifier, end: int) -> int | None:
        for size in (4, 3, 2, 1):
            if end + size <= len(self.words) and self.run(end, end + size) in rule.words:
                return end + size
        return None

    def _name(self, begin: int, stops: frozenset[int]) -> int | None:
        """Return the end of a proper name; in a title, where all is capitalised, there is none."""
        reach = None
        start = begin + (self.word(begin) == "the")
        for position in range(start, len(self.words) if not self._title_case else start):
            token = self.words[position]
            if token.is_word and token.is_capitalised and position not in stops:
                reach = position + 1
            elif token.word not in self._rules.name_links or reach is None or position in stops:
                break
        return reach

    def _noun(self, rule: Postmodifier, begin: int, stops: frozenset[int]) -> int | None:
        """Return the end of the longest run of plain words that ends in one of the rule's nouns."""
        reach = None
        for position in range(begin, min(begin + _LONGEST, len(self.words))):
            token = self.words[position]
            joint = token.word in _JOINTS
            if not (token.is_word or joint) or token.word in self._rules.auxiliaries:
                break
            if token.word in self._rules.function and not joint and token.word not in {"of", "all"}:
                break
            if position in stops and (reach is not None or self.word(position - 1) in _JOINTS):
                break
            if any(" ".join(self.run(position - more, position + 1)) in rule.ends for more in (0, 1, 2)):
                reach = position + 1
        return reach

    def _phrase(self, rule: Postmodifier, begin: int, stops: frozenset[int]) -> int | None:
        """Return the end of the words up to the next small word, mark or other group."""
        reach = None
        position = begin
        while position < min(begin + _LONGEST, len(self.words)):
            token = self.words[position]
            if not token.is_word or self._closes(token.word) or (reach is not None and position in stops):
                break
            if token.word in {"and", "or"}:
                again = self._opening(rule, position + 1)  # "conducting and supporting"
                if again is not None:
                    position = again
                    continue
                if reach is None or not self._goes_on(position + 1, stops):
                    break
            elif token.word != "of" and token.word not in self._rules.determiners:
                reach = position + 1
            position += 1
        return reach

    def _closes(self, word: str) -> bool:
        """Whether a word ends the words after a participle."""
        small = word in self._rules.function or word in self._rules.auxiliaries
        return small and word not in {"of", "and", "or"}

    def _goes_on(self, position: int, stops: frozenset[int]) -> bool:
        """Whether what follows a conjunction is more of the same phrase, not another group or verb."""
        group = position in stops or position + 1 in stops
        return not group and self.modifies(position) and not self._rules.is_verb(self.word(position))

    def _clause(self, begin: int) -> int | None:
        """Return the end of a relative clause: before the verb of the sentence around it, or a mark."""
        position = begin
        while self.word(position) in self._rules.clause_openers or self.word(position).endswith("ly"):
            position += 1
        reach = position
        while reach < len(self.words):
            token = self.words[reach]
            ends = reach > position and token.word in self._rules.auxiliaries
            if ends or token.text in ".,;:()!?–—-|" or self._introduces(reach):
                break
            reach += 1
        while reach > position and self.word(reach - 1) in self._rules.trailing:
            reach -= 1
        return reach if begin < reach <= begin + _LONGEST else None

    def _introduces(self, position: int) -> bool:
        return any(self.run(position, position + size) in self._rules.introducers for size in (3, 2, 1))
