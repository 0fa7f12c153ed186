"""Whether words can be the name of an organisation."""

from __future__ import annotations

import re

from strategraph.languages import LanguageRules, alternation
from strategraph.model import Block, Document, Passage
from strategraph.sentences import count_words

_NAME_LINE_WORDS = 12
_STEM = 3  # letters by which inflected forms of a word are told to be one, at least


def bare_name(part: Passage, language_rules: LanguageRules) -> Passage | None:
    """Return a name without years, articles and the words that go with the plan's noun, or None."""
    words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"\S+", part.text)]
    while words and (
        words[-1][0].casefold().strip("’'s,:") in language_rules.plan_modifiers or words[-1][0][0].isdigit()
    ):
        words.pop()
    while words and words[0][0][0].isdigit():
        words.pop(0)
    small = language_rules.names.small
    if not words or not all(word[0].isupper() or word in small for word, _, _ in words):
        return None
    name = part.cut(words[0][1], words[-1][2])
    return name.cut(0, len(re.sub(r"(?:[’']s?|[,:])$", "", name.text)))


def is_owner_name(name: str, document: Document, language_rules: LanguageRules) -> bool:
    """Whether a name can be an organisation's: one of its usual nouns, an acronym, or no common word.

    A word that the text also writes without a capital ("Climate") is a common word, and a name that never
    comes back is a slogan; what many owners call themselves ("the Union") names none.
    """
    if is_generic(name, language_rules):
        return False
    words = [word.strip(".,:’'") for word in name.split()]
    if any(word.casefold() in language_rules.organization_words for word in words):
        return True
    if not language_rules.names.capitals:
        return _ends_in_noun(name, language_rules)
    if any(len(word) > 1 and word.isupper() for word in words) and not name.isupper():
        return True
    if name.isupper() and len(words) == 1:
        return True
    texts = [block.passage.text for block in document.blocks]
    common = re.compile(
        "|".join(rf"(?<![\w.-]){re.escape(w.lower())}(?![\w-]|\.\w)" for w in words if w) or "(?!)"
    )
    small = language_rules.names.small
    content = [word for word in words if word.casefold() not in small]
    if not content or any(match.group() not in small for text in texts for match in common.finditer(text)):
        return False
    return sum(text.count(name) for text in texts) > 1


def is_generic(name: str, language_rules: LanguageRules) -> bool:
    """Whether many organisations go by this name within their own walls ("the Union"), so it names none."""
    name = re.sub(rf"^(?:{alternation(language_rules.names.articles)})\s+", "", name.casefold())
    if name in language_rules.names.telling:
        return False  # a common noun by which an owner is known well enough
    words = language_rules.commitment
    own = {subject.casefold() for subject in words.subjects} if words else set()
    return f"the {name}" in own or name in own or name in language_rules.organization_words


def _ends_in_noun(name: str, language_rules: LanguageRules) -> bool:
    """Whether a name without spaces ends in one of the nouns that organisations' names have ("水务署")."""
    nouns = language_rules.organization_words
    return not language_rules.spaced and any(name.endswith(n) and len(name) > len(n) + 1 for n in nouns)


def is_name_line(block: Block, line: str, language_rules: LanguageRules) -> bool:
    """Whether a line, which is a block or begins one, is an organisation's name and nothing else."""
    words = line.split()
    if block.kind not in ("heading", "paragraph") or not 1 < count_words(line) <= _NAME_LINE_WORDS:
        return False
    if count_words(block.passage.text) > _NAME_LINE_WORDS or re.search(r"[\d:;.!?：；。！？؛؟]", line):
        return False
    if not language_rules.names.capitals:
        nouns = alternation(language_rules.organization_words)
        begins = re.match(rf"(?:\S+\s+)?(?:{nouns})(?!\w)", line, re.IGNORECASE) is not None
        sentence = language_rules.finite_verbs.search(line) is not None
        return (begins and not sentence) or _ends_in_noun(line, language_rules)
    capitals = all(word[0].isupper() or word in language_rules.names.small for word in words)
    return capitals and any(word.casefold() in language_rules.organization_words for word in words)


def inflects(word: str, other: str) -> bool:
    """Whether two words may be forms of one: they begin alike and end differently, if at all.

    >>> inflects("Всемирный", "Всемирного"), inflects("фонд", "Фонда"), inflects("фонд", "форум")
    (True, True, False)
    """
    stem = max(_STEM, min(len(word), len(other)) - _STEM)
    return word[:stem].casefold() == other[:stem].casefold() and abs(len(word) - len(other)) <= _STEM
