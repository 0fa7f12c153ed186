"""The rules of a language: the words and patterns by which plans in it are read.

Each ``data/languages/<tag>.toml`` is one language; all have the same shape. Patterns are compiled here,
and only here, so that adding a language is adding a file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategraph.knowledge import resources

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """The words that label one class of element: singular, plural, and whole headings."""

    kind: str
    words: tuple[str, ...]
    plurals: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with what it means and the texts that prove it."""

    kind: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How organisations are named: a pattern, the small words inside names, the articles before them.

    ``capitals`` is whether each longer word of a name begins with a capital.
    """

    pattern: str
    capitals: bool
    small: frozenset[str]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitmentExample:
    """A sentence with the commitments and purposes that it says, each as its verb and object."""

    text: str
    commitments: tuple[str, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """The words around a commitment; see ``[commitment]`` in the language's file.

    ``missions`` are patterns of what leads from the owner's mission to a verb; {names} in them stands for
    the names of the owner, {own} for what says that something is its.
    """

    verbs: frozenset[str]
    ambiguous: frozenset[str]
    subjects: tuple[str, ...]
    modals: tuple[str, ...]
    light: tuple[str, ...]
    purpose_markers: tuple[str, ...]
    adjectives: frozenset[str]
    articles: tuple[str, ...]
    no_purpose_after: tuple[str, ...]
    relatives: tuple[str, ...]
    conjunctions: tuple[str, ...]
    additions: tuple[str, ...]
    markers: tuple[str, ...]
    lead: str
    marker_commits: bool
    subject_articles: tuple[str, ...]
    missions: tuple[str, ...]
    no_object: tuple[str, ...]
    examples: tuple[CommitmentExample, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """All the rules of one language.

    ``spaced`` is whether white space parts its words; the entries of ``number_leads`` are patterns; ``hints``
    are words by class. What each is for, ``en.toml`` says.
    """

    language: str
    spaced: bool
    labels: tuple[ClassLabel, ...]
    number_leads: tuple[str, ...]
    codes: tuple[Rule, ...]
    periods: tuple[Rule, ...]
    names: Names
    owners: tuple[Rule, ...]
    number_words: tuple[str, ...]
    determiners: tuple[str, ...]
    excluding: re.Pattern[str]  # at the end of what stands before a group that is not meant
    foreign_before: tuple[str, ...]
    foreign_after: re.Pattern[str]
    foreign_headings: tuple[str, ...]
    foreign_examples: tuple[str, ...]
    foreign_counter_examples: tuple[str, ...]
    statement_headings: frozenset[str]
    contents_headings: frozenset[str]
    aside_headings: frozenset[str]
    finite_verbs: re.Pattern[str]
    plan_nouns: tuple[str, ...]
    plan_modifiers: frozenset[str]
    owner_before: tuple[str, ...]
    owner_fields: frozenset[str]
    period_fields: frozenset[str]
    until: tuple[str, ...]
    organization_words: frozenset[str]
    presenting: tuple[str, ...]
    extension_words: tuple[str, ...]
    abbreviations: frozenset[str]
    hints: Mapping[str, tuple[str, ...]]
    commitment: CommitmentWords | None

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


@cache
def rules(language: str) -> LanguageRules:
    """Return the rules of a language; of English where it has none of its own.

    ``language`` is a BCP 47 tag; only its primary subtag counts.
    """
    return _compile(_content(_primary(language) if has_rules(language) else FALLBACK))


@cache
def plan_nouns(tag: str) -> tuple[str, ...]:
    """Return a language's words for a plan, without compiling its rules."""
    return tuple(_content(tag)["plan"]["nouns"])


@cache
def is_spaced(tag: str) -> bool:
    """Whether a language puts spaces between words, without compiling its rules."""
    spaced: bool = _content(tag).get("spaced", True)
    return spaced


@cache
def _content(tag: str) -> Mapping[str, Any]:
    with resources.path("data", "languages", f"{tag}.toml").open("rb") as file:
        return tomllib.load(file)


def _compile(data: Mapping[str, Any]) -> LanguageRules:
    labels = tuple(
        ClassLabel(
            entry["kind"], tuple(entry["words"]), tuple(entry["plurals"]), tuple(entry.get("headings", ()))
        )
        for entry in data["label"]
    )
    names, organizations = data["names"], alternation(data["plan"]["organization_words"])
    parts = {
        "{plural}": alternation(word for label in labels for word in label.plurals),
        "{noun}": alternation(data["plan"]["nouns"]),
        "{name}": names["pattern"].replace("{organization}", f"(?i:{organizations})"),
        "{governing}": alternation(data["plan"]["governing"]),
    }

    def compiled(entries: Sequence[Mapping[str, Any]], *, flags: int = 0) -> tuple[Rule, ...]:
        return tuple(
            Rule(
                entry.get("kind", ""),
                re.compile(_filled(entry["pattern"], parts), flags),
                tuple(entry["examples"]),
                tuple(entry["counter_examples"]),
            )
            for entry in entries
        )

    def verbs(words: Iterable[str]) -> str:
        edge = r"\b" if data.get("spaced", True) else ""
        return rf"{edge}(?:{alternation(words)}){edge}"

    return LanguageRules(
        language=data["language"],
        spaced=data.get("spaced", True),
        labels=labels,
        number_leads=tuple(data["labels"]["number_leads"]),
        codes=compiled(data.get("code", ())),
        periods=compiled(data.get("period", ()), flags=re.IGNORECASE),
        names=Names(
            parts["{name}"],
            names["capitals"],
            frozenset(names["small"]),
            tuple(names["articles"]),
        ),
        owners=compiled(data.get("owner", ())),
        number_words=tuple(data["words"]["numbers"]),
        determiners=tuple(data["words"]["determiners"]),
        excluding=re.compile(
            rf"(?<!\w)(?:{alternation(data['words'].get('excluding', ()))})\s+"
            rf"(?:(?:{alternation((*names['articles'], *data['words']['determiners']))})(?:\s+|(?<=['’])))?$",
            re.IGNORECASE,
        ),
        foreign_before=tuple(data["foreign"]["before"]),
        foreign_after=re.compile(r"\s*(?:" + "|".join(data["foreign"]["after"]) + ")", re.IGNORECASE),
        foreign_headings=tuple(data["foreign"]["headings"]),
        foreign_examples=tuple(data["foreign"]["examples"]),
        foreign_counter_examples=tuple(data["foreign"]["counter_examples"]),
        statement_headings=_folded(data["headings"]["statement"]),
        contents_headings=_folded(data["headings"]["contents"]),
        aside_headings=_folded(data["headings"]["asides"]),
        finite_verbs=re.compile(verbs(data["headings"]["finite"])),
        plan_nouns=tuple(data["plan"]["nouns"]),
        plan_modifiers=_folded(data["plan"]["modifiers"]),
        owner_before=tuple(data["plan"]["owner_before"]),
        owner_fields=_folded(data["plan"]["owner_fields"]),
        period_fields=_folded(data["plan"]["period_fields"]),
        until=tuple(data["plan"]["until"]),
        organization_words=_folded(data["plan"]["organization_words"]),
        presenting=tuple(data["plan"].get("presenting", ())),
        extension_words=tuple(data["extension"]["words"]),
        abbreviations=frozenset(data["sentences"]["abbreviations"]),
        hints={kind: tuple(words) for kind, words in data.get("hints", {}).items()},
        commitment=_commitment(data["commitment"]) if "commitment" in data else None,
    )


def _commitment(data: Mapping[str, Any]) -> CommitmentWords:
    return CommitmentWords(
        verbs=frozenset(data["verbs"]) | frozenset(data["ambiguous"]),
        ambiguous=frozenset(data["ambiguous"]),
        subjects=tuple(data["subjects"]),
        modals=tuple(data["modals"]),
        light=tuple(data["light"]),
        purpose_markers=tuple(data["purpose_markers"]),
        adjectives=frozenset(data["adjectives"]),
        articles=tuple(data["articles"]),
        no_purpose_after=tuple(data["no_purpose_after"]),
        relatives=tuple(data["relatives"]),
        conjunctions=tuple(data["conjunctions"]),
        additions=tuple(data["additions"]),
        markers=tuple(data["markers"]),
        lead=data["lead"],
        marker_commits=data["marker_commits"],
        subject_articles=tuple(data["subject_articles"]),
        missions=tuple(data["missions"]),
        no_object=tuple(data["no_object"]),
        examples=tuple(
            CommitmentExample(example["text"], tuple(example["commitments"]), tuple(example["purposes"]))
            for example in data["examples"]
        ),
        counter_examples=tuple(data["counter_examples"]),
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, f"(?:{part})")
    return pattern


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
