"""Groups in a text, by a learned tagger: which words name one, what part it has there, which group it is.

The tagger (words, their classes and features, a linear-chain model) decides what is a mention and whether an
element is for it; the vocabulary only names what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from strategraph.extraction.groups.features import known_names, sentences
from strategraph.extraction.groups.sequence_model import PROSE
from strategraph.extraction.groups.tagger import LEARNT, Tagged, Tagger
from strategraph.knowledge import resources
from strategraph.knowledge.gazetteer import Hit
from strategraph.knowledge.languages import alternation, rules
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, read_table
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary, VocabularyConcept
from strategraph.knowledge.word_classes import word_classes
from strategraph.model.identifiers import CONCEPT_BASE

_NO_PART_OF_A_NAME = frozenset({"quantifier", "article", "possessive", "demonstrative"})
_WHAT_SOMEBODY_HAS = "sense:noun.attribute"
_COMMAS = frozenset(",،、，")
ADDRESSED, INVOLVED, MENTIONED = "addressed", "involved", "mentioned"
_NEAR = 80  # characters before a group in which words of its role stand


@dataclass(frozen=True, slots=True)
class Group:
    """Words that name a group: their range in the text, its role, and what they name.

    ``confidence`` is how sure the model is of the mention and its role. ``entry`` is the concept of the
    vocabulary they name, ``broader`` the one they narrow, and ``label`` the name of a group.
    """

    start: int
    end: int
    role: str
    confidence: float
    label: str
    entry: VocabularyConcept | None = None
    broader: VocabularyConcept | None = None


class GroupReader:
    """Reads groups in texts of one language; those of plans' elements are ``statements``."""

    def __init__(self, vocabulary: Vocabulary, language: str, *, statements: bool) -> None:
        self._language = language
        self._vocabulary = vocabulary
        self._statements = statements
        self._classes = word_classes(language)
        self._tagger = Tagger(vocabulary, language)
        self._prose_learnt = self._classes.language in LEARNT[PROSE]
        self._known: dict[str, tuple[Group, ...]] = {}

    def groups(self, text: str) -> tuple[Group, ...]:
        """Return the groups that a text names, from left to right, without overlaps."""
        found = self._known.get(text)  # provisions are read as paragraphs of the document, too
        if found is None:
            found = self._known[text] = tuple(self._groups(text))
        return found

    def _groups(self, text: str) -> list[Group]:
        hits = [hit for hit in self._tagger.hits(text) if hit.value[1].scheme == TARGET_GROUP]
        everywhere = self._statements or not self._prose_learnt
        mentioned, addressed = self._tagger.find(text, everywhere=everywhere)
        if everywhere:
            found = [(one, self._role(text, one, ADDRESSED)) for one in addressed]
            others = mentioned if self._prose_learnt else []
            found += [(one, self._role(text, one, MENTIONED)) for one in others if not _meets(one, addressed)]
        else:
            found = [
                (one, self._role(text, one, ADDRESSED if _meets(one, addressed) else MENTIONED))
                for one in mentioned
            ]
        found.sort(key=lambda pair: pair[0].start)
        return [
            self._named(text, part, role, hits)
            for one, role in self._listed(text, _joined(found, hits))
            for part in self._parted(text, one, hits)
        ]

    def name(self, text: str) -> Group | None:
        """Return the group that a text of one phrase names, as its last words ("rural women")."""
        for group in self.groups(text):
            if group.end == len(text):
                return group
        return None

    def _role(self, text: str, tagged: Tagged, supposed: str) -> str:
        return role_by_words(text[: tagged.start], self._language) or supposed

    def _listed(self, text: str, found: Iterable[tuple[Tagged, str]]) -> Iterator[tuple[Tagged, str]]:
        """Yield mentions; what stands in a list behind one that takes part takes part, too."""
        involved: Tagged | None = None
        for one, role in found:
            listed = role == ADDRESSED and involved and self._links(text[involved.end : one.start])
            own = INVOLVED if listed else role
            involved = one if own == INVOLVED else None
            yield one, own

    def _links(self, between: str) -> bool:
        """Whether words only join the items of a list."""
        words = [word for sentence in sentences(between) for word in sentence.lowered]
        linking = [word in _COMMAS or "conjunction" in self._classes.of(word) for word in words]
        return bool(words) and all(linking)

    def _parted(
        self, text: str, one: Tagged, hits: Sequence[Hit[tuple[str, VocabularyConcept]]]
    ) -> Iterator[Tagged]:
        """Yield a mention; the two of it where it is two names of the vocabulary and what joins them."""
        within = [hit for hit in hits if one.start <= hit.start and hit.end <= one.end]
        if len(within) == 2 and within[0].start == one.start and within[1].end == one.end:
            between = text[within[0].end : within[1].start].strip().lower()
            if "conjunction" in self._classes.of(between or "-"):
                yield from (Tagged(hit.start, hit.end, one.probability) for hit in within)
                return
        yield one

    def _named(
        self, text: str, tagged: Tagged, role: str, hits: Sequence[Hit[tuple[str, VocabularyConcept]]]
    ) -> Group:
        words = text[tagged.start : tagged.end]
        core = tagged.start + self._core(words)
        confidence = round(tagged.probability, 2)
        for name in dict.fromkeys((words, text[core : tagged.end])):
            known = self._tagger.named(name)
            if known is not None and known.scheme == TARGET_GROUP:
                return Group(tagged.start, tagged.end, role, confidence, known.name(), known)
        for hit in hits:  # "all" of the label "for all"
            if hit.start < tagged.start and hit.end == tagged.end:
                entry = hit.value[1]
                return Group(tagged.start, tagged.end, role, confidence, entry.name(), entry)
        own = text[core : tagged.end]
        broader = narrowed(own, self._language, self._vocabulary)
        label = " ".join(own.lower().replace("’", "'").split())
        return Group(tagged.start, tagged.end, role, confidence, label, None, broader)

    def _core(self, words: str) -> int:
        """Return where a phrase's own words begin, behind "all", "every", "our".

        "All ages" are people, but "ages" are nobody: what somebody has keeps what stands before it.
        """
        for sentence in sentences(words):
            for index, word in enumerate(sentence.lowered):
                if index and not _NO_PART_OF_A_NAME & set(self._classes.of(sentence.lowered[index - 1])):
                    break
                classes = set(self._classes.of(word))
                if index + 1 == len(sentence) or not _NO_PART_OF_A_NAME & classes:
                    return 0 if _WHAT_SOMEBODY_HAS in classes else sentence.starts[index]
        return 0


def narrowed(words: str, language: str, vocabulary: Vocabulary) -> VocabularyConcept | None:
    """Return the group that a phrase narrows: the last that is named before what follows its noun.

    Hidden labels tell of shipped groups only: of others a graph does not say which they have.

    >>> from strategraph.knowledge.vocabulary import load
    >>> concept = narrowed("women in rural communities", "en", load())
    >>> concept and concept.name()
    'women'
    """
    classes = word_classes(language)
    named = [
        hit
        for hit in known_names(vocabulary, language).find(words)
        if hit.value[0] == "group" or _is_shipped_group(hit.value[1])
    ]
    cut = next(
        (
            place
            for place, word in _words(words)
            if place and {"preposition", "relative"} & set(classes.of(word))
        ),
        len(words),
    )
    before = [hit for hit in named if hit.end <= cut]
    return (before[-1] if before else named[0]).value[1] if named else None


def _is_shipped_group(concept: VocabularyConcept) -> bool:
    return concept.scheme == TARGET_GROUP and concept.iri.startswith(CONCEPT_BASE)


def _words(text: str) -> Iterator[tuple[int, str]]:
    for sentence in sentences(text):
        yield from zip(sentence.starts, sentence.lowered, strict=True)


def _joined(
    found: Sequence[tuple[Tagged, str]], hits: Sequence[Hit[tuple[str, VocabularyConcept]]]
) -> list[tuple[Tagged, str]]:
    """Return mentions, those as one that the vocabulary has one name for ("women and girls")."""
    kept: list[tuple[Tagged, str]] = []
    for one, role in found:
        before = kept[-1][0] if kept else None
        if before is not None and any(
            hit.start <= before.start and one.end <= hit.end and hit.value[0] == "group" for hit in hits
        ):
            probability = max(before.probability, one.probability)
            kept[-1] = (Tagged(before.start, one.end, probability), kept[-1][1])
        else:
            kept.append((one, role))
    return kept


def _meets(one: Tagged, others: Sequence[Tagged]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


@dataclass(frozen=True)
class RoleWords:
    """The words of one language that say a group takes part, with examples."""

    language: str
    words: Annotated[tuple[str, ...], At("involving")]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @cached_property
    def involving(self) -> re.Pattern[str]:
        """What stands right before a group that takes part."""
        edge = r"(?<!\w)" if self.words[0][0] < "\u3400" else ""
        # an article or possessive and up to two words of the group's own phrase may stand between
        pattern = rf"{edge}(?:{alternation(self.words)})\s*(?:[^\W\d]+['’]?\s*){{0,2}}\Z"
        return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _RoleTable:
    languages: Annotated[tuple[RoleWords, ...], At("language")]


@cache
def role_words() -> Mapping[str, RoleWords]:
    """Return the table ``data/roles.toml`` by language."""
    return {
        one.language: one for one in read_table(_RoleTable, resources.path("data", "roles.toml")).languages
    }


def role_by_words(before: str, language: str) -> str | None:
    """Return the role that the words before a group give it, or None where they give none."""
    near = before[-_NEAR:]
    if rules(language).excluding.search(near):
        return MENTIONED
    words = role_words().get(language.partition("-")[0].lower())
    if words is not None and words.involving.search(near):
        return INVOLVED
    return None
