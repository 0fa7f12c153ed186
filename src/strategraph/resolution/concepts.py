"""The groups and themes that a plan names, and the Sustainable Development Goals that they lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from strategraph.knowledge.sdgs import BASE, Sdg, is_loose, sdg_of
from strategraph.knowledge.vocabulary import THEME, Vocabulary, VocabularyConcept
from strategraph.model import Concept, ConceptMention, Mentions, Span, Support
from strategraph.model.document import SpanIndex, Spoken
from strategraph.model.identifiers import Namer
from strategraph.resolution.details import Links

PREDICATE_OF_ROLE = {
    "addressed": "addresses",
    "involved": "involves",
    "mentioned": "mentionsGroup",
    "": "concerns",
}
_FOR_SOMEBODY = ("addressed", "")  # the roles of groups, and themes, through which an element contributes
_LEADS = 0.9  # how often a text that names a theme is about the goal: docs/evaluation.md


def contribution(mention: ConceptMention, vocabulary: Vocabulary) -> Iterator[tuple[Sdg, str, float]]:
    """Yield the goals and targets that the concept of a mention is related to, the concept, and a confidence.

    A candidate leads where the concept that it narrows does ("rural women": women). Loose themes lead
    nowhere.
    """
    iri = mention.concept or mention.broader
    entry = vocabulary.by_iri.get(iri or "") if not is_loose(iri or "") else None
    for _, match in entry.matches if entry is not None else ():
        found = sdg_of(match)
        if found is not None and iri is not None:
            yield found, iri, round(mention.support.confidence * _LEADS, 2)


def link_concepts(
    mentions: Mentions,
    naming: Callable[[Span], Sequence[str]],
    vocabulary: Vocabulary,
    namer: Namer,
    links: Links,
) -> None:
    """Link what words belong to with the groups and themes they name, and with the SDGs that these lead to.

    ``naming`` returns the elements and provisions that hold a span.
    """
    for mention in mentions.concepts:
        concept, span = concept_iri(mention, namer), mention.support.span
        rule = "via theme" if mention.scheme == THEME else "via group"
        for element in naming(span):
            links.add(element, PREDICATE_OF_ROLE[mention.role], concept, mention.support)
            if mention.role in _FOR_SOMEBODY:
                for sdg, via, sure in contribution(mention, vocabulary):
                    links.add(element, "contributesTo", sdg.iri, Support(span, rule, sure, via))
    for cited in mentions.sdgs:
        for element in naming(cited.support.span):
            links.add(element, "contributesTo", BASE + cited.number, cited.support)


def concept_iri(mention: ConceptMention, namer: Namer) -> str:
    """Return the IRI of the concept that a mention means, a candidate's where the vocabulary has none."""
    return mention.concept or namer.candidate(mention.scheme, mention.label)


def concepts_of(
    mentions: Mentions, vocabulary: Vocabulary, namer: Namer, spoken: Spoken
) -> tuple[Concept, ...]:
    """Return the groups and themes that are mentioned, each once, by IRI."""
    found: dict[str, Concept] = {}
    for mention in mentions.concepts:
        iri = concept_iri(mention, namer)
        if iri in found:
            continue
        entry = vocabulary.by_iri.get(iri)
        if entry is not None:
            found[iri] = _known(entry)
            continue
        # a candidate narrows the concept of its head ("children affected by conflict": children)
        head = vocabulary.by_iri.get(mention.broader or "")
        if head is not None:
            found.setdefault(head.iri, _known(head))
        broader = (head.iri,) if head is not None else ()
        language = spoken.at(mention.support.span)
        found[iri] = Concept(iri, mention.scheme, mention.label, language, candidate=True, broader=broader)
    _add_acronyms(found, mentions, namer, spoken)
    return tuple(
        replace(found[iri], broader=tuple(up for up in found[iri].broader if up in found))
        for iri in sorted(found)
    )


def _known(entry: VocabularyConcept) -> Concept:
    """Return a concept of the vocabulary as the plan's graph describes it."""
    label = entry.name("en")
    names = [(other.text, other.language, other.kind) for other in entry.labels if other.text != label]
    return Concept(
        entry.iri,
        entry.scheme,
        label,
        translations=tuple((t, lang) for t, lang, kind in names if kind == "preferred" and lang != "en"),
        alternatives=tuple((t, lang) for t, lang, kind in names if kind == "alternative"),
        broader=entry.broader,
        matches=entry.matches,
        definition=entry.definition,
    )


def _add_acronyms(found: dict[str, Concept], mentions: Mentions, namer: Namer, spoken: Spoken) -> None:
    """Give the concepts that the text defines an acronym for that acronym and its long form as names."""
    places = SpanIndex((mention.support.span, concept_iri(mention, namer)) for mention in mentions.concepts)
    shortened = [one for one in mentions.concepts if one.support.rule == "acronym"]
    for acronym in mentions.acronyms:
        # the definition may stand outside all elements, in which only the acronym is said
        said = [concept_iri(one, namer) for one in shortened if one.surface == acronym.name]
        for iri in dict.fromkeys((*places.overlapping(acronym.support.span), *said)):
            concept = found[iri]
            preferred = {concept.label, *(text for text, _ in concept.translations)}
            names = [name for name in (acronym.name, acronym.other) if name and name not in preferred]
            more = tuple((name, spoken.at(acronym.support.span)) for name in names)
            known = dict.fromkeys((*concept.alternatives, *more))
            found[iri] = replace(concept, alternatives=tuple(known))
