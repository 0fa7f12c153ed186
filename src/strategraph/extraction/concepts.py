"""Target groups and themes that passages name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from strategraph.extraction.acronyms import find_acronyms
from strategraph.extraction.group_phrases import Term
from strategraph.extraction.group_rules import GroupRules, group_rules
from strategraph.extraction.groups import Group, find_groups
from strategraph.extraction.plain_groups import label_forms, plain_groups
from strategraph.extraction.tokens import names, tokens
from strategraph.gazetteer import Gazetteer, Hit
from strategraph.languages import FALLBACK, rules
from strategraph.model import ConceptMention, NameMention, Passage, Support
from strategraph.places import Places
from strategraph.vocabulary import TARGET_GROUP, Label, Vocabulary

_VOCABULARY = 0.95
_ACRONYM = 0.9
_EXCLUSION = 40  # characters before a group in which something may leave it out


def find_concepts(
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    language: str,
    acronyms: Sequence[NameMention] = (),
) -> tuple[ConceptMention, ...]:
    """Return the groups and themes that passages name, in the order of their words.

    ``language`` is a BCP 47 tag: it chooses the labels of the vocabulary and the rules for groups in
    context; a language without such rules has what the vocabulary names, and what is too short to tell its
    language ("und") is read as English. ``acronyms`` are definitions from elsewhere in the document, beside
    those in the passages.

    Post: no two mentions of one passage and scheme overlap; each ``surface`` is the passage's own words.
    """
    defined = dict.fromkeys((*acronyms, *find_acronyms(passages)))
    reader = _Reader(vocabulary, FALLBACK if language == "und" else language, tuple(defined))
    return tuple(mention for passage in passages for mention in reader.mentions(passage))


_NAME_GOES_ON = re.compile(r"\s+[A-Z][a-z]")


class _Reader:
    """Finds concepts in passages of one document."""

    def __init__(self, vocabulary: Vocabulary, language: str, acronyms: Sequence[NameMention]) -> None:
        self._language = language
        self._terms = _terms(vocabulary, language)
        self._rules: GroupRules | None = group_rules(language)
        self._definitions = Places((acronym.support.span, acronym) for acronym in acronyms)
        self._acronyms = Gazetteer(
            (acronym.name, meaning)
            for acronym in acronyms
            if self._terms.get(acronym.name) is None and (meaning := self._meaning(acronym.other or ""))
        )

    def mentions(self, passage: Passage) -> Iterator[ConceptMention]:
        """Yield the groups and themes that a passage names, in the order of their words."""
        found = [*self._named(passage)]
        for hit in self._acronyms.find(passage.text):
            span = passage.span(hit.start, hit.end)
            if _NAME_GOES_ON.match(passage.text, hit.end):
                continue  # "the CDO Council" is a name of its own
            repeated = bool(self._definitions.containing(span))
            if not repeated and not any(mention.support.span.overlaps(span) for mention in found):
                found.append(_mention(passage, hit.start, hit.end, hit.value, "acronym", _ACRONYM))
        yield from sorted(found, key=lambda mention: (mention.support.span, mention.scheme))

    def _named(self, passage: Passage) -> Iterator[ConceptMention]:
        hits = list(self._terms.find(passage.text))
        groups = self._groups(passage.text, hits)
        for group in groups:
            named = self._terms.get(group.label) if group.entry is None else None
            meaning = named if named and named.entry.scheme == TARGET_GROUP else group
            yield _mention(passage, group.start, group.end, meaning, group.rule, group.confidence)
        apart = [(group.start, group.end) for group in groups]
        if self._rules:
            apart += names(tokens(passage.text), self._rules)
        for hit in hits:
            inside = any(start <= hit.start and hit.end <= end for start, end in apart)
            if hit.value.entry.scheme != TARGET_GROUP and not hit.value.hidden and not inside:
                yield _mention(passage, hit.start, hit.end, hit.value, "vocabulary", _VOCABULARY)

    def _groups(self, text: str, hits: Sequence[Hit[Term]]) -> list[Group]:
        known = [hit for hit in hits if hit.value.entry.scheme == TARGET_GROUP]
        if self._rules:
            found = find_groups(text, known, self._rules, self._terms)
        else:
            found = plain_groups(text, known, self._language)
        return [group for group in found if not self._is_excluded(text, group)]

    def _is_excluded(self, text: str, group: Group) -> bool:
        """Whether the words right before a group, or its own first one, leave it out ("but not students")."""
        before = text[max(0, group.start - _EXCLUSION) : group.start]
        first = text[group.start : group.end].split(" ", 1)[0]
        excluding = rules(self._language).excluding
        return bool(excluding.search(before) or excluding.search(f"{before}{first} "))

    def _meaning(self, long: str) -> Term | Group | None:
        """Return what the long form of an acronym names: a term of the vocabulary, or a group."""
        term = self._terms.get(long)
        if term:
            return term
        for group in self._groups(long, list(self._terms.find(long))):
            if group.end == len(long):
                label = group.label if group.start == 0 else long.lower()
                entry = group.entry if group.start == 0 else None
                return Group(0, group.end, group.rule, label, entry, group.broader or group.entry)
        return None


def _mention(
    passage: Passage, start: int, end: int, meaning: Term | Group, rule: str, confidence: float
) -> ConceptMention:
    entry = meaning.entry
    broader = meaning.broader if isinstance(meaning, Group) else None
    return ConceptMention(
        entry.scheme if entry else TARGET_GROUP,
        passage.text[start:end],
        entry.name() if entry else meaning.label,
        entry.iri if entry else None,
        Support(passage.span(start, end), rule, confidence),
        broader.iri if broader else None,
    )


@lru_cache(maxsize=8)
def _terms(vocabulary: Vocabulary, language: str) -> Gazetteer[Term]:
    rules = group_rules(language)
    return Gazetteer(
        (form, Term(entry, above, label.kind == "hidden"))
        for entry in vocabulary.entries
        for above in [tuple(up.name() for up in vocabulary.broader(entry.iri))]
        for label in entry.names(language)
        if _is_searched(label, rules)
        for form in label_forms(label.text, language)
    )


def _is_searched(label: Label, rules: GroupRules | None) -> bool:
    """Whether a label is looked for as it stands.

    One that needs its context is only where there are rules for contexts, and not if all that it leads
    to is a small word ("for all"): those the rules know themselves.
    """
    if label.kind != "hidden":
        return True
    return rules is not None and label.text.lower().split()[-1] not in rules.function
