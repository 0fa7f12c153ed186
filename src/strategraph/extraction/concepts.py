"""Target groups and themes that passages name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from strategraph.extraction.group_rules import group_rules
from strategraph.extraction.groups import Group, find_groups, names
from strategraph.extraction.phrases import tokens
from strategraph.gazetteer import Gazetteer, Hit
from strategraph.model import ConceptMention, Passage, Support
from strategraph.vocabulary import TARGET_GROUP, Entry, Vocabulary

_VOCABULARY = 0.95


def find_concepts(
    passages: Sequence[Passage], vocabulary: Vocabulary, language: str
) -> tuple[ConceptMention, ...]:
    """Return the groups and themes that passages name, in the order of their words.

    ``language`` is a BCP 47 tag: it chooses the labels of the vocabulary and the rules for groups in
    context; a language without such rules has what the vocabulary names.

    Post: no two mentions of one passage overlap; each ``surface`` is the passage's own words.
    """
    return tuple(mention for passage in passages for mention in _mentions(passage, vocabulary, language))


def _mentions(passage: Passage, vocabulary: Vocabulary, language: str) -> Iterator[ConceptMention]:
    text = passage.text
    hits = list(_gazetteer(vocabulary, language).find(text))
    known = [hit for hit in hits if hit.value.scheme == TARGET_GROUP]
    rules = group_rules(language)
    if rules:
        groups = list(find_groups(text, known, rules))
        apart = [(group.start, group.end) for group in groups] + names(tokens(text), rules)
    else:
        groups = [Group(hit.start, hit.end, "vocabulary", hit.value.name(), hit.value) for hit in known]
        apart = []
    themes = [
        hit
        for hit in hits
        if hit.value.scheme != TARGET_GROUP and not any(a < hit.end and hit.start < b for a, b in apart)
    ]
    found = [_group(passage, group) for group in groups] + [_theme(passage, hit) for hit in themes]
    yield from sorted(found, key=lambda mention: mention.support.span)


def _group(passage: Passage, group: Group) -> ConceptMention:
    return ConceptMention(
        TARGET_GROUP,
        passage.text[group.start : group.end],
        group.entry.name() if group.entry else group.label,
        group.entry.iri if group.entry else None,
        Support(passage.span(group.start, group.end), group.rule, group.confidence),
    )


def _theme(passage: Passage, hit: Hit[Entry]) -> ConceptMention:
    return ConceptMention(
        hit.value.scheme,
        passage.text[hit.start : hit.end],
        hit.value.name(),
        hit.value.iri,
        Support(passage.span(hit.start, hit.end), "vocabulary", _VOCABULARY),
    )


@lru_cache(maxsize=8)
def _gazetteer(vocabulary: Vocabulary, language: str) -> Gazetteer[Entry]:
    return Gazetteer((label.text, entry) for entry in vocabulary.entries for label in entry.names(language))
