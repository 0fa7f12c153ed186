"""The patterns by which groups are found in a language, from ``data/languages/<tag>/groups.toml``.

Such a file has the tables of the English one (heads, modifiers, postmodifiers, frames, exclusions), but says
in patterns how far a phrase reaches, so that it holds for languages whose modifiers follow the noun, which
inflect nouns, or which put no spaces between words. What each table means is told in ``fr/groups.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from strategraph import resources
from strategraph.extraction.group_rules import BareLabel, Context, Head, context
from strategraph.gazetteer import Gazetteer
from strategraph.languages import alternation

WRITTEN_AS_PATTERNS = "patterns"


@dataclass(frozen=True, slots=True)
class Reach:
    """Restrictive words after a group: which heads take them, and what before the group rules them out.

    ``next`` is whether they stand right behind the noun only.
    """

    name: str
    kinds: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    next: bool


@dataclass(frozen=True, slots=True)
class GroupPatterns:
    """All the patterns of one language.

    ``quantifiers``, ``before`` and ``articles`` end where a noun begins, ``joints`` and ``reaches`` begin
    where one ends; ``head_last`` says whether the last of several nouns is the head. ``contextual`` are
    labels that count only where a pattern of ``bare`` says so. ``forms`` are the other forms of words in
    labels, in one order for all words that agree.
    """

    heads: Gazetteer[Head]
    head_last: bool
    contextual: frozenset[str]
    agents: re.Pattern[str]
    agent_except: frozenset[str]
    quantifiers: re.Pattern[str]
    before: re.Pattern[str]
    articles: re.Pattern[str]
    leading_article: re.Pattern[str]
    joints: re.Pattern[str]
    reaches: tuple[Reach, ...]
    frames: tuple[Context, ...]
    exclusions: tuple[Context, ...]
    bare: tuple[BareLabel, ...]
    forms: Mapping[str, tuple[str, ...]]


@cache
def group_patterns(language: str) -> GroupPatterns | None:
    """Return the patterns of a language (a BCP 47 tag), or None where it has none."""
    path = resources.path("data", "languages", language.partition("-")[0].lower(), "groups.toml")
    if not path.is_file():
        return None
    with path.open("rb") as file:
        data = tomllib.load(file)
    return _compile(data) if data.get("written_as") == WRITTEN_AS_PATTERNS else None


def _compile(data: Mapping[str, Any]) -> GroupPatterns:
    small, things = (f"(?:{alternation(data['words'][key])})" for key in ("small", "things"))

    def filled(pattern: str) -> str:
        whole = pattern.replace("{adjective}", data["modifiers"]["adjective"])
        return whole.replace("{small}", small).replace("{things}", things)

    def any_of(patterns: Sequence[str], end: str = "") -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(map(filled, patterns)) or '(?!)'}){end}", re.IGNORECASE)

    modifiers, agents = data["modifiers"], data["agents"]
    declensions = {table["name"]: table for table in data.get("declension", ())}
    return GroupPatterns(
        heads=Gazetteer(_joined(_heads(data["head"], declensions), data["words"])),
        head_last=data["words"].get("head_last", False),
        contextual=frozenset(data["words"]["contextual"]),
        agents=re.compile(agents["pattern"], re.IGNORECASE),
        agent_except=frozenset(agents["except"]),
        quantifiers=any_of(modifiers["quantifiers"], r"\Z"),
        before=any_of(modifiers["before"], r"\Z"),
        articles=any_of(data["words"]["articles"], r"\Z"),
        leading_article=any_of(data["words"]["articles"]),
        joints=any_of([data["words"]["joints"]]),
        reaches=tuple(
            Reach(
                rule["name"],
                frozenset(rule["of"]),
                any_of([rule["pattern"]]),
                any_of([rule["unless"]], r"\s*\Z") if "unless" in rule else None,
                rule.get("next", False),
            )
            for rule in data["postmodifier"]
        ),
        frames=tuple(context(rule) for rule in data["frame"]),
        exclusions=tuple(context(rule) for rule in data["exclusion"]),
        bare=tuple(
            BareLabel(re.compile(rule["pattern"], re.IGNORECASE), rule["label"]) for rule in data["everyone"]
        ),
        forms=MappingProxyType(dict(_label_forms(data, declensions))),
    )


def _heads(
    tables: Iterable[Mapping[str, Any]], declensions: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Head]]:
    """Yield the forms of nouns: "citoyen|citoyenne/citoyens|citoyennes" are two singulars, two plurals."""
    for table in tables:
        kind, requires = table["kind"], table["requires"]
        for noun in table.get("nouns", ()):
            singulars, _, plurals = noun.rpartition("/")
            name, *_ = plurals.split("|")
            yield from ((form, Head(kind, requires, name)) for form in plurals.split("|"))
            yield from (
                (form, Head(kind, requires, name, singular=True)) for form in singulars.split("|") if form
            )
        for name, stems in table.get("declined", {}).items():
            endings = declensions[name]
            for stem in stems:
                label = stem + endings["plural"][0]
                yield from ((stem + end, Head(kind, requires, label)) for end in endings["plural"])
                singular = Head(kind, requires, label, singular=True)
                yield from ((stem + end, singular) for end in endings["singular"])


def _joined(heads: Iterable[tuple[str, Head]], words: Mapping[str, Any]) -> Iterator[tuple[str, Head]]:
    """Yield nouns, and them with the article, the ending or the suffix that makes one word with them."""
    for form, head in heads:
        yield form, head
        if "prefix" in words:
            yield words["prefix"] + form, head
        if head.singular:
            continue
        construct = [
            form.removesuffix(old) + new for old, new in words.get("construct", ()) if form.endswith(old)
        ]
        yield from ((noun, head) for noun in construct)
        yield from (
            (noun + suffix, head) for noun in construct or [form] for suffix in words.get("suffixes", ())
        )


def _label_forms(
    data: Mapping[str, Any], declensions: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words of labels that inflect, each with its other cases."""
    for table in data["head"]:
        for name, stems in table.get("declined", {}).items():
            first, *others = declensions[name]["plural"]
            yield from ((stem + first, tuple(stem + end for end in others)) for stem in stems)
    yield from ((word, tuple(forms)) for word, forms in data.get("forms", {}).items())
