"""Where a document says what it is: its blocks, and what stands around them (front matter, page title …)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from strategraph.knowledge.languages import LanguageRules, alternation, rules
from strategraph.model import Block, Document, NameMention, Passage, Section, passage
from strategraph.model.document import SpanIndex

# Between the parts of a page's title: "Strategy | Town of X", "X – Strategy", "X :: Strategy".
_BETWEEN = re.compile(r"\s*[|│·•»›]\s*|\s+(?:[-–—:/]{1,2}|>)\s+|::")
_WORD = re.compile(r"\w+")
_HOST = re.compile(r"(?:https?://|www\.|@)(?P<host>[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
# Fields whose value is a name or a line of text, by what they tell; others are the language's owner fields.
_KINDS = {kind: kind for kind in ("title", "site", "header", "footer", "author", "description")}


@dataclass(frozen=True, slots=True)
class Zone:
    """Words that stand around a document's blocks.

    ``kind`` is "title", "site", "header", "footer", "author" or "field".
    """

    kind: str
    passage: Passage


@dataclass(frozen=True)
class Surroundings:
    """A document with what the readings of its title, owner and period look at again and again."""

    document: Document
    sections: Sequence[Section]
    acronyms: Sequence[NameMention]
    organizations: Sequence[NameMention]

    @cached_property
    def rules(self) -> LanguageRules:
        """Return the rules of the document's language."""
        return rules(self.document.language)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the document's blocks."""
        return self.document.blocks

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """Return what the metadata say in words that stand in the source's text, whole and in parts."""
        found = []
        for key, value in self.document.metadata:
            known = self.rules
            kind = _KINDS.get(key) or ("title" if key in known.title_fields else "")
            kind = kind or ("field" if key.casefold() in known.owner_fields | known.period_fields else "")
            lines = r"\s+".join(map(re.escape, value.split())) if kind else ""
            place = re.search(lines, self.document.source.text) if lines else None
            if place is not None:
                found.append(Zone(kind, passage(self.document.source.text, [place.span()])))
        return tuple(found)

    @cached_property
    def elements(self) -> SpanIndex[Section]:
        """Return where the elements of the plan are stated."""
        return SpanIndex((support.span, section) for section in self.sections for support in section.supports)

    @cached_property
    def nouns(self) -> re.Pattern[str]:
        """Return the pattern of the nouns that name a plan, in any case."""
        return re.compile(self.rules.any_of(self.rules.plan_nouns), re.IGNORECASE)

    @cached_property
    def documents(self) -> re.Pattern[str]:
        """Return the pattern of the nouns of documents beside plans, also where a word ends with one."""
        known = self.rules
        ends = alternation(
            noun for noun in (*known.plan_nouns, *known.document_nouns) if len(noun) >= _ENDING
        )
        whole = known.any_of(known.document_nouns)
        return re.compile(rf"{whole}|(?<=\w)(?:{ends})(?!\w)", re.IGNORECASE)

    @cached_property
    def about(self) -> re.Pattern[str]:
        """Return the pattern of how pages begin that say who somebody is."""
        return _leading(self.rules.about_phrases, self.rules.spaced)

    @cached_property
    def before_names(self) -> re.Pattern[str]:
        """Return the pattern of what stands before a name in a heading ("About", "Welcome to")."""
        return _leading(self.rules.before_names, self.rules.spaced)

    @cached_property
    def parts(self) -> re.Pattern[str]:
        """Return the pattern of how parts of documents and sites begin."""
        known = self.rules
        return _leading(
            (*known.part_phrases, *known.contents_headings, *known.aside_headings, *known.statement_headings),
            known.spaced,
        )

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """Return the pattern of the nouns that name the classes of elements ("vision", "goals")."""
        words = {
            word for label in self.rules.labels for word in (*label.words, *label.plurals, *label.headings)
        }
        return re.compile(self.rules.any_of(words), re.IGNORECASE)

    @cached_property
    def classing(self) -> frozenset[str]:
        """Return the words, in lower case, that say what a plan or an element is, or only link others."""
        known = self.rules
        labels = (word for label in known.labels for word in (*label.words, *label.plurals, *label.headings))
        links = (*known.determiners, *known.names.articles, *known.names.small)
        return frozenset(
            word
            for said in (*labels, *known.plan_nouns, *known.plan_modifiers, *links)
            for word in words_of(said)
        )

    @cached_property
    def bodies(self) -> re.Pattern[str]:
        """Return the pattern of the nouns that organisations are called by."""
        return re.compile(self.rules.any_of(self.rules.organization_words), re.IGNORECASE)

    @cached_property
    def possessive(self) -> re.Pattern[str]:
        """Return the pattern of what is said of the owner without its name ("our", "the")."""
        return re.compile(rf"(?:{alternation(self.rules.determiners)})(?!\w)", re.IGNORECASE)

    @cached_property
    def counts(self) -> Counter[str]:
        """Return how often each word stands in the blocks, as written."""
        return Counter(word for block in self.blocks for word in _WORD.findall(block.passage.text))

    @cached_property
    def hosts(self) -> Counter[str]:
        """Return the parts of internet addresses in the source's text, and how often each stands there."""
        return Counter(
            label
            for match in _HOST.finditer(self.document.source.text)
            for label in match["host"].lower().split(".")[:-1]
            if label != "www"
        )

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """Return the positions of the headings among the blocks."""
        return tuple(index for index, block in enumerate(self.blocks) if block.kind == "heading")

    @cached_property
    def top(self) -> int:
        """Return the highest level of a heading: 1, or a greater number; 0 where there is none."""
        return min((self.blocks[index].level for index in self.headings), default=0)


_ENDING = 4  # letters of a noun with which a longer word may end ("Klimaschutzplan", "workplan")


def _leading(words: Iterable[str], spaced: bool) -> re.Pattern[str]:
    edge = r"(?!\w)" if spaced else ""
    return re.compile(rf"[\W\d_]*(?:{alternation(words)}){edge}", re.IGNORECASE)


def parts_of(whole: Passage) -> Iterator[Passage]:
    """Yield the parts of a line that separators divide.

    >>> [part.text for part in parts_of(passage("Strategy | Town of Elm", [(0, 22)]))]
    ['Strategy', 'Town of Elm']
    """
    bounds = [match.span() for match in _BETWEEN.finditer(whole.text)]
    starts = [0, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(whole.text)]
    if bounds:
        yield from (part for start, end in zip(starts, ends, strict=True) if (part := whole.cut(start, end)))


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.casefold())


SAME = 0.8  # likeness from which two names or titles are one, as `evaluate` counts


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how many words two texts share, as the harmonic mean of both shares."""
    if not one or not other:
        return 0.0
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))
