"""The rules by which groups are found in the texts of a language, from ``data/languages/<tag>/groups.toml``.

That file says what each table means and proves each rule with examples; here it becomes frozen values.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from strategraph import languages, resources
from strategraph.languages import CommitmentWords


@dataclass(frozen=True, slots=True)
class Head:
    """A noun for a group; ``plural`` is the name it gives, ``requires`` what it needs to be one."""

    kind: str
    requires: str
    plural: str
    singular: bool = False
    mass: bool = False


@dataclass(frozen=True, slots=True)
class Postmodifier:
    """Restrictive words after a group: what opens them, which heads take them, how far they reach."""

    name: str
    form: str  # "noun" | "name" | "phrase" | "fixed" | "clause"
    words: frozenset[tuple[str, ...]]
    kinds: frozenset[str]
    ends: frozenset[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Context:
    """A pattern around a group: words before it, after it, its own words, and what lifts the rule."""

    name: str
    kinds: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    words: re.Pattern[str] | None = None

    def applies(self, kind: str, before: str, after: str, words: str = "") -> bool:
        """Whether a group of this kind, of these words, stands in the context."""
        if self.kinds and kind not in self.kinds:
            return False
        if self.words and not self.words.search(words):
            return False
        if self.before and not self.before.search(before):
            return False
        if self.after and not self.after.search(after):
            return False
        return not (self.unless and self.unless.search(before))


@dataclass(frozen=True, slots=True)
class BareLabel:
    """A pattern whose first group is a word that names a concept only in this context."""

    pattern: re.Pattern[str]
    label: str


@dataclass(frozen=True, slots=True)
class GroupRules:
    """All the rules of one language; words are lower case, phrases tuples of words."""

    heads: Mapping[str, Head]
    partners: frozenset[str]
    agent_ending: re.Pattern[str]
    agent_except: frozenset[str]
    modifiers: frozenset[tuple[str, ...]]
    modifier_ending: re.Pattern[str]
    modifier_except: frozenset[str]
    noun_modifiers: frozenset[str]
    degrees: frozenset[str]
    quantifiers: frozenset[tuple[str, ...]]
    plain: frozenset[str]
    generic: frozenset[str]
    postmodifiers: tuple[Postmodifier, ...]
    frames: tuple[Context, ...]
    exclusions: tuple[Context, ...]
    introducers: frozenset[tuple[str, ...]]
    joiners: frozenset[tuple[str, ...]]  # introducers among them
    measure: re.Pattern[str]
    things: frozenset[str]
    bare: tuple[BareLabel, ...]
    name_words: frozenset[str]
    name_links: frozenset[str]
    whole_names: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first words, case kept
    leads: frozenset[str]
    determiners: frozenset[str]
    function: frozenset[str]
    trailing: frozenset[str]  # the function words with which no clause ends
    auxiliaries: frozenset[str]
    clause_openers: frozenset[str]
    verbs: frozenset[str]
    small_words: frozenset[str]  # all that is no part of a noun phrase but its determiner

    def is_verb(self, word: str) -> bool:
        """Whether a word is a form of a verb that plans use."""
        return word in self.verbs

    def is_finite(self, word: str) -> bool:
        """Whether a word is such a verb in a form that follows a plural subject."""
        return word in self.verbs and not word.endswith(("s", "ing"))

    def is_agent(self, word: str) -> bool:
        """Whether a plural noun looks like a word for people ("beekeepers")."""
        last = word.rpartition("-")[2]
        return bool(self.agent_ending.search(last)) and last not in self.agent_except


@cache
def group_rules(language: str) -> GroupRules | None:
    """Return the rules of a language (a BCP 47 tag), or None where it has none of this kind."""
    path = resources.path("data", "languages", language.partition("-")[0].lower(), "groups.toml")
    if not path.is_file():
        return None
    with path.open("rb") as file:
        data = tomllib.load(file)
    return None if "written_as" in data else _compile(data)


def _compile(data: Mapping[str, Any]) -> GroupRules:
    modifiers, words, lists, names = data["modifiers"], data["words"], data["lists"], data["names"]
    return GroupRules(
        heads=MappingProxyType(_heads(data["head"])),
        partners=frozenset(data["partners"]["nouns"]),
        agent_ending=_ending(data["agents"]["endings"], least=2),
        agent_except=frozenset(data["agents"]["except"]),
        modifiers=_phrases(modifiers["words"]),
        modifier_ending=_ending(modifiers["endings"], least=2),
        modifier_except=frozenset(modifiers["except"]),
        noun_modifiers=frozenset(word.lower() for word in modifiers["nouns"]),
        degrees=frozenset(modifiers["degrees"]),
        quantifiers=_phrases(modifiers["quantifiers"]),
        plain=frozenset(modifiers["plain"]),
        generic=frozenset(data["generic"]["nouns"]),
        postmodifiers=tuple(
            Postmodifier(
                rule["name"],
                rule["form"],
                _phrases(rule["words"]),
                frozenset(rule["of"]),
                frozenset(rule.get("ends", ())),
                re.compile(f"(?:{rule['unless']})$", re.IGNORECASE) if "unless" in rule else None,
            )
            for rule in data["postmodifier"]
        ),
        frames=tuple(context(rule) for rule in data["frame"]),
        exclusions=tuple(context(rule) for rule in data["exclusion"]),
        introducers=_phrases(lists["introducers"]),
        joiners=_phrases((*lists["joiners"], *lists["introducers"])),
        measure=re.compile(rf"(?:{lists['measure']})$", re.IGNORECASE),
        things=frozenset(lists["things"]),
        bare=tuple(
            BareLabel(re.compile(rule["pattern"], re.IGNORECASE), rule["label"]) for rule in data["everyone"]
        ),
        name_words=frozenset(names["words"]),
        name_links=frozenset(names["links"]),
        whole_names=MappingProxyType(_by_first_word(names["whole"])),
        leads=frozenset(words["leads"]),
        determiners=frozenset(words["determiners"]),
        function=frozenset(words["function"]) | frozenset(words["pronouns"]),
        trailing=frozenset(words["function"]) - frozenset(words["pronouns"]),
        auxiliaries=frozenset(words["auxiliaries"]),
        small_words=frozenset(
            (*words["determiners"], *words["function"], *words["pronouns"], *words["auxiliaries"])
        ),
        clause_openers=frozenset(words["auxiliaries"]) | frozenset(words["clause_adverbs"]),
        verbs=frozenset(_forms(languages.rules(data["language"]).commitment, words["verbs"])),
    )


def _heads(tables: Sequence[Mapping[str, Any]]) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for table in tables:
        for noun in table["nouns"]:
            singular, _, plural = noun.lower().rpartition("/")
            mass = table.get("mass", False)
            heads[plural] = Head(table["kind"], table["requires"], plural, mass=mass)
            if singular:
                heads[singular] = Head(table["kind"], table["requires"], plural, singular=True)
    return heads


def _by_first_word(names: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in sorted(names):
        words = tuple(name.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


def context(rule: Mapping[str, Any]) -> Context:
    """Return the context that a table of a language's file describes."""

    def compiled(key: str, end: str) -> re.Pattern[str] | None:
        return re.compile(f"(?:{rule[key]}){end}", re.IGNORECASE) if key in rule else None

    return Context(
        rule["name"],
        frozenset(rule.get("of", ())),
        compiled("before", "$"),
        compiled("after", ""),
        compiled("unless", "$"),
        compiled("words", ""),
    )


def _forms(words: CommitmentWords | None, more: Iterable[str]) -> Iterator[str]:
    """Yield verbs in base form with their other forms: "serve", "serves", "serving", "served"."""
    for verb in (*(words.verbs if words else ()), *more):
        stem = verb.removesuffix("e")
        yield from (verb, f"{verb}s", f"{verb}es", f"{stem}ing", f"{stem}ed", f"{verb}{verb[-1]}ing")
        if verb.endswith("y"):
            yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")


def _phrases(entries: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(entry.lower().split()) for entry in entries)


def _ending(endings: Iterable[str], *, least: int) -> re.Pattern[str]:
    """Return a pattern for words with one of the endings after at least some letters."""
    return re.compile(rf"\w{{{least}}}(?:{'|'.join(sorted(endings))})$")
