"""What announces elements without labelling each: a heading that names their class, a sentence."""

from __future__ import annotations

import re
from functools import cache

from strategraph.languages import alternation, rules
from strategraph.outline.labels import enumerator


def announced_kind(text: str, language: str) -> str | None:
    """Return the class that a heading announces for what follows it, or None.

    A heading that names several classes announces none of them.

    >>> announced_kind("Our Strategic Goals:", "en"), announced_kind("GBIF’s values", "en")
    ('Goal', 'Value')
    >>> announced_kind("Our Vision, Mission and Strategic Goals", "en")
    >>> announced_kind("2.1 Vision", "en"), announced_kind("Measure of success", "en")
    ('Vision', 'Indicator')
    """
    heading, whole = _patterns(language)
    stripped = " ".join(text.split()).rstrip(":： ")
    bare = re.sub(rf"^{enumerator(language)}", "", stripped).casefold()
    if bare in whole:
        return whole[bare]
    match = heading.fullmatch(stripped)
    if match is None or rules(language).foreign_after.match(stripped, match.end("plural")):
        return None
    rest = text[match.end("plural") :] + text[: match.start("plural")]
    if any(kind != _kinds(language)[_normal(match["plural"])] for kind in _named(rest, language)):
        return None
    return _kinds(language)[_normal(match["plural"])]


def names_several(text: str, language: str) -> bool:
    """Whether a heading is nothing but the word for several elements, which in Chinese is that for one, too.

    >>> names_several("（二）基本原则", "zh"), names_several("愿景", "zh"), names_several("Goal", "en")
    (True, False, False)
    """
    bare = re.sub(rf"^{enumerator(language)}", "", text.strip().rstrip(":： "))
    return any(_normal(bare) == _normal(word) for label in rules(language).labels for word in label.plurals)


def introduced_kind(text: str, language: str) -> str | None:
    """Return the class of the list that a sentence introduces, or None.

    >>> introduced_kind("Its actions are guided by the following values:", "en")
    'Value'
    >>> introduced_kind("To reach these goals, we will:", "en")
    """
    stripped = text.rstrip()
    if not stripped.endswith((":", "：")):
        return None
    tail = stripped[-240:]
    for rule in rules(language).introductions:
        match = rule.pattern.search(tail)
        if match is not None:
            return _kinds(language)[_normal(match["plural"])]
    return None


def is_foreign(text: str, language: str) -> bool:
    """Whether a heading is about somebody else's goals ("Sustainable Development Goals")."""
    folded = text.casefold()
    return any(words.casefold() in folded for words in rules(language).foreign_headings)


def _named(text: str, language: str) -> list[str]:
    """Return the classes whose plural words stand in a text, in order."""
    pattern = _plurals(language)
    return [_kinds(language)[_normal(match.group())] for match in pattern.finditer(text)]


def _normal(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word).replace("’", "'").strip().casefold()


@cache
def _kinds(language: str) -> dict[str, str]:
    table = {_normal(word): label.kind for label in rules(language).labels for word in label.plurals}
    for label in rules(language).labels:
        if not label.plurals:  # visions and missions are named in the singular
            table.update({_normal(word): label.kind for word in label.words})
    return table


@cache
def _plurals(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(_kinds(language))})\b", re.IGNORECASE)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    plurals = alternation(_kinds(language))
    language_rules = rules(language)
    own = alternation(language_rules.determiners)
    gap = r"\s+" if language_rules.spaced else r"\s*"
    own = rf"(?:{own})(?:{gap}|(?<=['’]))|{language_rules.label_owner or '(?!)'}"
    heading = re.compile(
        rf"(?:{enumerator(language)})?(?:{own})?"
        rf"{language_rules.announcement.before}(?P<plural>{plurals}){language_rules.announcement.after}",
        re.IGNORECASE,
    )
    whole = {
        words.casefold(): label.kind
        for label in rules(language).labels
        for words in (*label.headings, *label.words)
    }
    return heading, whole
