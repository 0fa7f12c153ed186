"""The rules of a language: the words and patterns by which plans in it are read.

Each ``data/languages/<tag>.toml`` is one language; all have the same shape. Patterns are compiled here,
and only here, so that adding a language is adding a file.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import FILLED, At, Flags, Folded, From, Words, as_value, load_content

FALLBACK = "en"
_NO_NAME = "(?!)"  # of a language that does not say how organisations are named
_NOTHING = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """The words that label one class of element: singular, plural, and whole headings."""

    kind: str
    words: Words
    plurals: Words = ()
    headings: Words = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with what it means and the texts that prove it."""

    pattern: re.Pattern[str]
    examples: Words
    counter_examples: Words
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """How organisations are named: a pattern, the small words inside names, the articles before them.

    ``capitals`` is whether each longer word of a name begins with a capital.
    """

    pattern: Annotated[str, FILLED] = _NO_NAME
    capitals: bool = False
    small: frozenset[str] = frozenset()
    articles: Words = ()


@dataclass(frozen=True, slots=True)
class CommitmentExample:
    """A sentence with the commitments and purposes that it says, each as its verb and object."""

    text: str
    commitments: Words
    purposes: Words


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """The words around a commitment; see ``[commitment]`` in the language's file.

    ``missions`` are patterns of what leads from the owner's mission to a verb; {names} in them stands for
    the names of the owner, {own} for what says that something is its. ``verbs`` are all, the ``ambiguous``
    ones among them.
    """

    verbs: frozenset[str]
    ambiguous: frozenset[str]
    subjects: Words
    modals: Words
    light: Words
    purpose_markers: Words
    adjectives: frozenset[str]
    articles: Words
    no_purpose_after: Words
    relatives: Words
    conjunctions: Words
    additions: Words
    markers: Words
    lead: str
    marker_commits: bool
    subject_articles: Words
    missions: Words
    no_object: Words
    examples: tuple[CommitmentExample, ...]
    counter_examples: Words

    def __post_init__(self) -> None:
        object.__setattr__(self, "verbs", self.verbs | self.ambiguous)


def _behind(patterns: Words) -> re.Pattern[str]:
    return re.compile(r"\s*(?:" + "|".join(patterns) + ")", re.IGNORECASE) if patterns else _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRules:
    """All the rules of one language.

    ``spaced`` is whether white space parts its words, ``compounds`` whether it writes what qualifies a noun
    together with it ("Klimaziele"); the entries of ``number_leads`` are patterns;
    ``hints`` are words by class; ``forms`` match at the start of a text; ``signals`` are words by what they
    signal, those with * stems; ``prefixes`` are written together with a word; ``excluding`` matches at the
    end of what stands before a group that is not meant. What each is for, ``en.toml`` says; a language may
    begin with its labels alone.
    """

    language: str
    name: str
    spaced: bool = True
    compounds: bool = False
    labels: Annotated[tuple[ClassLabel, ...], At("label")]
    number_leads: Annotated[Words, At("labels.number_leads")] = ()
    codes: Annotated[tuple[Rule, ...], At("code")] = ()
    periods: Annotated[tuple[Rule, ...], At("period"), Flags(re.IGNORECASE)] = ()
    names: Names = Names()
    owners: Annotated[tuple[Rule, ...], At("owner")] = ()
    number_words: Annotated[Words, At("words.numbers")] = ()
    determiners: Annotated[Words, At("words.determiners")] = ()
    excluding_words: Annotated[Words, At("words.excluding")] = ()
    excluding: re.Pattern[str] = field(init=False)
    foreign_before: Annotated[Words, At("foreign.before")] = ()
    foreign_after: Annotated[re.Pattern[str], At("foreign.after"), From(Words, _behind)] = _NOTHING
    foreign_headings: Annotated[Words, At("foreign.headings")] = ()
    foreign_examples: Annotated[Words, At("foreign.examples")] = ()
    foreign_counter_examples: Annotated[Words, At("foreign.counter_examples")] = ()
    statement_headings: Annotated[Folded, At("headings.statement")] = frozenset()
    contents_headings: Annotated[Folded, At("headings.contents")] = frozenset()
    aside_headings: Annotated[Folded, At("headings.asides")] = frozenset()
    finite_words: Annotated[Words, At("headings.finite")] = ()
    finite_verbs: re.Pattern[str] = field(init=False)
    plan_nouns: Annotated[Words, At("plan.nouns")] = ()
    plan_modifiers: Annotated[Folded, At("plan.modifiers")] = frozenset()
    governing: Annotated[Words, At("plan.governing")] = ()
    owner_before: Annotated[Words, At("plan.owner_before")] = ()
    owner_fields: Annotated[Folded, At("plan.owner_fields")] = frozenset()
    period_fields: Annotated[Folded, At("plan.period_fields")] = frozenset()
    until: Annotated[Words, At("plan.until")] = ()
    organization_words: Annotated[Folded, At("plan.organization_words")] = frozenset()
    presenting: Annotated[Words, At("plan.presenting")] = ()
    owner_follows: Annotated[bool, At("plan.owner_follows")] = False
    document_nouns: Annotated[Words, At("titles.documents")] = ()
    about_phrases: Annotated[Words, At("titles.about")] = ()
    before_names: Annotated[Words, At("titles.before_names")] = ()
    part_phrases: Annotated[Words, At("titles.parts")] = ()
    title_fields: Annotated[Folded, At("titles.fields")] = frozenset()
    extension_words: Annotated[Words, At("extension.words")] = ()
    abbreviations: Annotated[frozenset[str], At("sentences.abbreviations")] = frozenset()
    hints: Mapping[str, Words] = field(default_factory=dict)
    forms: Annotated[tuple[Rule, ...], At("form"), Flags(re.IGNORECASE)] = ()
    signals: Mapping[str, Words] = field(default_factory=dict)
    acts: Annotated[Words, At("words.acts")] = ()
    prefixes: Annotated[Words, At("words.prefixes")] = ()
    commitment: CommitmentWords | None = None

    def __post_init__(self) -> None:
        small = alternation((*self.names.articles, *self.determiners))
        excluding = rf"(?<!\w)(?:{alternation(self.excluding_words)})\s+(?:(?:{small})(?:\s+|(?<=['’])))?$"
        object.__setattr__(self, "excluding", re.compile(excluding, re.IGNORECASE))
        edge = r"\b" if self.spaced else ""
        finite = re.compile(rf"{edge}(?:{alternation(self.finite_words)}){edge}")
        object.__setattr__(self, "finite_verbs", finite)

    def any_of(self, words: Iterable[str]) -> str:
        """Return a pattern for any of the words as whole words, where the language has spaces."""
        pattern = f"(?:{alternation(words)})"
        return rf"(?<![\w-]){pattern}(?![\w-])" if self.spaced else pattern


def alternation(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; white space and hyphens are alike, and so
    are the two kinds of apostrophe.

    >>> alternation(["goal", "strategic goal"])
    'strategic[\\\\s-]+goal|goal'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(_pattern, ordered)) or r"(?!)"


@functools.cache  # the same words stand in many patterns
def _pattern(word: str) -> str:
    spaced = re.sub(r"(?:\\ |\\-)+", r"[\\s-]+", re.escape(word))
    return re.sub("['’]", "['’]", spaced)


@cache
def available() -> tuple[str, ...]:
    """Return the tags of the languages that have rules, in order."""
    return tuple(path.stem for path in resources.files("data/languages", ".toml"))


def has_rules(language: str) -> bool:
    """Whether a language, given as a BCP 47 tag, has rules of its own."""
    return _primary(language) in available()


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basics:
    """What of a language is needed without its patterns, or by them: the words in braces."""

    spaced: bool = True
    labels: Annotated[tuple[ClassLabel, ...], At("label")]
    name: Annotated[str, At("names.pattern")] = _NO_NAME
    nouns: Annotated[Words, At("plan.nouns")] = ()
    organizations: Annotated[Words, At("plan.organization_words")] = ()
    governing: Annotated[Words, At("plan.governing")] = ()
    acts: Annotated[Words, At("words.acts")] = ()
    verbs: Annotated[Words, At("commitment.verbs")] = ()
    ambiguous: Annotated[Words, At("commitment.ambiguous")] = ()

    def fragments(self) -> Mapping[str, str]:
        """Return the patterns that stand in braces in others."""
        organization = f"(?i:{alternation(self.organizations)})"
        return {
            "{plural}": alternation(word for label in self.labels for word in label.plurals),
            "{noun}": alternation(self.nouns),
            "{name}": self.name.replace("{organization}", organization),
            "{governing}": alternation(self.governing),
            "{organization}": organization,
            "{acts}": alternation((*self.acts, *self.verbs, *self.ambiguous)),
        }


@cache
def rules(language: str) -> LanguageRules:
    """Return the rules of a language; of English where it has none of its own.

    ``language`` is a BCP 47 tag; only its primary subtag counts. Raises :class:`UnusableInputError` for a
    file that is not of the form.
    """
    tag = _primary(language) if has_rules(language) else FALLBACK
    return as_value(LanguageRules, _content(tag), str(_path(tag)), _basics(tag).fragments())


@cache
def plan_nouns(tag: str) -> tuple[str, ...]:
    """Return a language's words for a plan, without compiling its rules."""
    return _basics(tag).nouns


@cache
def is_spaced(tag: str) -> bool:
    """Whether a language puts spaces between words, without compiling its rules."""
    return _basics(tag).spaced


@cache
def _basics(tag: str) -> _Basics:
    return as_value(_Basics, _content(tag), str(_path(tag)), whole=False)


@cache
def _content(tag: str) -> Mapping[str, object]:
    return load_content(_path(tag))


def _path(tag: str) -> Path:
    return resources.path("data", "languages", f"{tag}.toml")
