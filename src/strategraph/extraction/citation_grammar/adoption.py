"""Whether an instrument adopted the plan, as sentences in languages other than English say it.

The rules are in ``data/citations/adoption``, a file for each language. Which language a sentence is in
need not be known: words that it must have say whose rules to try.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import Lazy, any_of, compiled_with
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.knowledge.languages import is_spaced, plan_nouns
from strategraph.knowledge.resources import cache

_BEFORE = 60  # characters before a rule's words that may say that another plan is meant
_LAWS = ("Legislation", "Treaty")
_MARKED = re.compile(r"[^«»]+")  # the marks of citations are no quotation marks: they stay


@dataclass(frozen=True, slots=True)
class AdoptionRule:
    """One rule of a language: its pattern, and the texts that prove it, in plain letters."""

    name: str
    pattern: Lazy
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdoptionRules:
    """The rules of one language.

    A text without any of ``needs`` is not searched. ``nouns`` are its words for a plan; ``ground`` is found
    in a rule's words where a law adopted the plan and is not only the ground for it; ``cancels`` and
    ``replaced`` speak against a rule.
    """

    language: str
    needs: tuple[str, ...]
    nouns: Lazy
    rules: tuple[AdoptionRule, ...]
    imprint: AdoptionRule
    own_act: AdoptionRule | None
    ground: Lazy
    cancels: Lazy
    replaced: Lazy

    def holds(self, match: re.Match[str], kind: str) -> bool:
        """Whether nothing speaks against the words of a rule, for an instrument of this kind."""
        before = match.string[max(0, match.start() - _BEFORE) : match.start()]
        if self.cancels.search(match.group()) or self.replaced.search(before + match.group()):
            return False
        return kind not in _LAWS or self.ground.search(match.group()) is not None


@cache
def adoption_rules() -> tuple[AdoptionRules, ...]:
    """Return the rules of every language that the tables have, in the order of their tags."""
    return tuple(_language(tag, content) for tag, content in sorted(tables.adoptions().items()))


def adoptions(sentence: str, kind: str) -> Iterator[re.Match[str]]:
    """Yield the words of a plain sentence that say that the citation marked «cite» adopted the plan.

    ``kind`` is the class of the instrument.

    >>> [match.group() for match in adoptions("Ce plan a ete adopte par la «cite».", "Resolution")]
    ['Ce plan a ete adopte par la «cite»']
    """
    words = sentence.casefold()
    for language in adoption_rules():
        if any(need in words for need in language.needs):
            for rule in language.rules:
                match = rule.pattern.search(sentence)
                if match is not None and language.holds(match, kind):
                    yield match


def is_imprint(line: str, kind: str) -> bool:
    """Whether a plain line below the plan's title says that the citation marked «cite» adopted it."""
    words = line.casefold()
    return any(
        match is not None and language.holds(match, kind)
        for language in adoption_rules()
        if any(need in words for need in language.needs)
        for match in (language.imprint.pattern.search(line),)
    )


def is_own_act(text: str) -> bool:
    """Whether a plain text is that of an act which adopts the plan: "RESUELVE: aprobar el plan".

    >>> is_own_act("Decreto 4 APRUEBA LA POLITICA NACIONAL")
    True
    """
    words = text.casefold()
    return any(
        match is not None and language.cancels.search(match.group()) is None
        for language in adoption_rules()
        if language.own_act is not None and any(need in words for need in language.needs)
        for match in (language.own_act.pattern.search(text),)
    )


def names_a_plan(text: str) -> bool:
    """Whether a plain text has a word for a plan in one of the languages."""
    return any(language.nouns.search(text) for language in adoption_rules())


def made_plain(text: str) -> str:
    """Return a text or pattern in plain letters, with the marks of citations as they are.

    >>> made_plain("adopté «cite»")
    'adopte «cite»'
    """
    return _MARKED.sub(lambda match: plain(match.group()).text, text)


def _language(tag: str, content: Mapping[str, Any]) -> AdoptionRules:
    def lazy(pattern: str) -> Lazy:
        return Lazy(lambda: compiled_with(made_plain(pattern), **_fragments(tag)))

    def rule(name: str, entry: Mapping[str, Any]) -> AdoptionRule:
        return AdoptionRule(
            name=name,
            pattern=lazy(entry["pattern"]),
            examples=tuple(map(made_plain, entry["examples"])),
            counter_examples=tuple(map(made_plain, entry["counter_examples"])),
        )

    def nouns() -> re.Pattern[str]:
        whole_words = r"(?<!\w)(?i:{noun})(?!\w)" if is_spaced(tag) else "{noun}"
        return compiled_with("{title}" if "title" in content["fragments"] else whole_words, **_fragments(tag))

    return AdoptionRules(
        language=tag,
        needs=tuple(plain(need).text for need in content["needs"]),
        nouns=Lazy(nouns),
        rules=tuple(rule(entry["name"], entry) for entry in content["rule"]),
        imprint=rule(f"{tag}-imprint", content["imprint"]),
        own_act=rule(f"{tag}-own-act", content["own_act"]) if "own_act" in content else None,
        ground=lazy("{ground}"),
        cancels=lazy("{cancels}"),
        replaced=lazy("{replaced}"),
    )


@cache
def _fragments(tag: str) -> Mapping[str, str]:
    nouns = any_of(plain(noun).text for noun in plan_nouns(tag))
    written = {**tables.adoption_fragments(), **tables.adoptions()[tag]["fragments"], "noun": nouns}
    return {name: made_plain(pattern) for name, pattern in written.items()}
