"""Target groups and themes that passages name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from strategraph.extraction.group_rules import group_rules
from strategraph.extraction.groups import Group, Term, find_groups, find_names
from strategraph.extraction.phrases import tokens
from strategraph.gazetteer import Gazetteer, Hit
from strategraph.model import ConceptMention, Passage, Support
from strategraph.vocabulary import TARGET_GROUP, Vocabulary

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
    gazetteer, rules = _gazetteer(vocabulary, language), group_rules(language)
    hits = list(gazetteer.find(passage.text))
    known = [hit for hit in hits if hit.value.entry.scheme == TARGET_GROUP]
    names: list[tuple[int, int]] = []
    if rules:
        groups = list(find_groups(passage.text, known, rules))
        names = find_names(tokens(passage.text), rules)
    else:
        groups = [_plain(hit) for hit in known if not hit.value.hidden]
    apart = [(group.start, group.end) for group in groups] + names
    found = [_group(passage, group, gazetteer) for group in groups]
    for hit in hits:
        inside = any(a <= hit.start and hit.end <= b for a, b in apart)
        if hit.value.entry.scheme != TARGET_GROUP and not inside and not hit.value.hidden:
            found.append(_theme(passage, hit))
    yield from sorted(found, key=lambda mention: mention.support.span)


def _plain(hit: Hit[Term]) -> Group:
    return Group(hit.start, hit.end, "vocabulary", hit.value.entry.name(), hit.value.entry)


def _group(passage: Passage, group: Group, gazetteer: Gazetteer[Term]) -> ConceptMention:
    named = None if group.entry else gazetteer.get(group.label)
    entry = named.entry if named and named.entry.scheme == TARGET_GROUP else group.entry
    return ConceptMention(
        TARGET_GROUP,
        passage.text[group.start : group.end],
        entry.name() if entry else group.label,
        entry.iri if entry else None,
        Support(passage.span(group.start, group.end), group.rule, group.confidence),
    )


def _theme(passage: Passage, hit: Hit[Term]) -> ConceptMention:
    entry = hit.value.entry
    return ConceptMention(
        entry.scheme,
        passage.text[hit.start : hit.end],
        entry.name(),
        entry.iri,
        Support(passage.span(hit.start, hit.end), "vocabulary", _VOCABULARY),
    )


@lru_cache(maxsize=8)
def _gazetteer(vocabulary: Vocabulary, language: str) -> Gazetteer[Term]:
    return Gazetteer(
        (label.text, Term(entry, above, label.kind == "hidden"))
        for entry in vocabulary.entries
        for above in [tuple(up.name() for up in vocabulary.broader(entry.iri))]
        for label in entry.names(language)
    )
