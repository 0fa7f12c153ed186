"""What a text says of the plan as a whole: its title, its owner, its period.

Nothing is made up: what the text does not say stays None, and a reading that only seems so has a lower
confidence and a rule name that says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from strategraph.languages import LanguageRules, alternation, rules
from strategraph.model import (
    Block,
    Document,
    NameMention,
    OwnerReading,
    Passage,
    Profile,
    Reading,
    Section,
    Span,
    Support,
)
from strategraph.organizations import directory
from strategraph.sentences import sentences

_TITLE_WORDS = 20  # a longer line is no title
_OPENING_BLOCKS = 60  # a title stands near the beginning
_OPENING_PARAGRAPHS = 6  # an owner that nothing else tells is named from the start
_FRONT_BLOCKS = 12  # where a title with a period is preferred to an earlier one without
_NEAR = 80  # characters between a plan's noun and its period in prose
_OWNER_KEYS = ("owner", "organization", "organisation", "publisher", "institution", "agency", "author")


def find_profile(
    document: Document,
    sections: Sequence[Section],
    acronyms: Sequence[NameMention],
    organizations: Sequence[NameMention],
) -> Profile:
    """Return the plan's title, owner, period and language, as far as the text says them.

    ``acronyms`` and ``organizations`` are those found in the text; they give an owner its full name.
    """
    language_rules = rules(document.language)
    elements = [support.span for section in sections for support in section.supports]
    blocks = [b for b in document.blocks if not any(span.overlaps(b.span) for span in elements)]
    titles = list(_titles(blocks[:_OPENING_BLOCKS], language_rules))
    title = _title(titles, document, language_rules)
    start, end = _period(title, document, language_rules)
    owner = _owner(title, document, language_rules, acronyms, organizations)
    return Profile(
        title=Reading(title.passage.text, title.support) if title else None,
        owner=owner,
        start=start,
        end=end,
        language=document.language,
    )


# --------------------------------------------------------------------------------------------------
# Title


@dataclass(frozen=True, slots=True)
class _Title:
    passage: Passage
    support: Support
    block: int


def _titles(blocks: Sequence[Block], language_rules: LanguageRules) -> Iterator[_Title]:
    """Yield what may be a title: short lines near the beginning that name a plan."""
    nouns = _noun_pattern(language_rules.language)
    for index, block in enumerate(blocks):
        text = block.passage.text.rstrip(" .")
        if (
            block.kind == "cell"
            or not 1 < len(text.split()) <= _TITLE_WORDS
            or text.endswith((":", ";", ","))
        ):
            continue
        if block.kind != "heading" and (
            block.kind == "item"
            or block.passage.text.rstrip().endswith(".")
            or language_rules.finite_verbs.search(text)
        ):
            continue
        if nouns.search(text) and ";" not in text:
            confidence = 0.95 if block.kind == "heading" else 0.9
            passage = block.passage.cut(0, len(text))
            yield _Title(passage, Support(passage.span(), "title:plan-noun", confidence), index)


def _title(titles: Sequence[_Title], document: Document, language_rules: LanguageRules) -> _Title | None:
    front = [title for title in titles if title.block < _FRONT_BLOCKS]
    dated = [title for title in front if _read_period(title.passage, language_rules) is not None]
    chosen = (dated or list(titles))[:1]
    if chosen:
        return _fuller(chosen[0], document, language_rules)
    first = document.blocks[0] if document.blocks else None
    if first is not None and first.kind == "heading" and len(first.passage.text.split()) <= _TITLE_WORDS:
        return _Title(first.passage, Support(first.span, "title:first-heading", 0.6), 0)
    return None


def _fuller(title: _Title, document: Document, language_rules: LanguageRules) -> _Title:
    """Return the title with its period, where the text says the same words with one."""
    if _read_period(title.passage, language_rules) is not None:
        return title
    pattern = re.compile(re.escape(title.passage.text) + r"(?:,? for|,)?\s+(?=\d{4}\s?[-–/])", re.IGNORECASE)
    for block in document.blocks:
        match = pattern.search(block.passage.text)
        if match is None:
            continue
        read = _read_period(block.passage.cut(match.end()), language_rules)
        if read is not None and read.match.start() == 0:
            passage = block.passage.cut(match.start(), match.end() + read.match.end())
            return _Title(passage, Support(passage.span(), "title:with-period", 0.8), title.block)
    return title


# --------------------------------------------------------------------------------------------------
# Period


@dataclass(frozen=True, slots=True)
class _Period:
    passage: Passage
    match: re.Match[str]

    def readings(self, rule: str, confidence: float) -> tuple[Reading, Reading]:
        groups = self.match.groupdict()
        start_name = "start" if groups.get("start") else "start2"
        start = self.match[start_name]
        end_name = "end2" if groups.get("end2") else "end" if groups.get("end") else start_name
        end = self.match[end_name]
        if len(end) == 2:
            end = (start if end_name == "end" else self.match["end"])[:2] + end
        return (
            Reading(start, Support(self.passage.span(*self.match.span(start_name)), rule, confidence)),
            Reading(end, Support(self.passage.span(*self.match.span(end_name)), rule, confidence)),
        )


def _read_period(passage: Passage, language_rules: LanguageRules) -> _Period | None:
    for rule in language_rules.periods:
        match = rule.pattern.search(passage.text)
        if match is not None:
            period = _Period(passage, match)
            start, end = period.readings("", 1.0)
            if int(start.value) <= int(end.value) <= int(start.value) + 60:
                return period
    return None


def _period(
    title: _Title | None, document: Document, language_rules: LanguageRules
) -> tuple[Reading | None, Reading | None]:
    """Return the first and the last year: from the title, else from a sentence about the plan."""
    read = _read_period(title.passage, language_rules) if title else None
    if read is not None:
        return read.readings("period:title", 0.95)
    nouns, extension = _noun_pattern(language_rules.language), _extension_pattern(language_rules.language)
    range_rule = language_rules.periods[0] if language_rules.periods else None
    for block in document.blocks:
        text = block.passage.text
        for start, end in sentences(text, language_rules):
            match = range_rule.pattern.search(text, start, end) if range_rule else None
            if match is None or extension.search(text, start, end):
                continue
            noun = nouns.search(text, max(start, match.start() - _NEAR), min(end, match.end() + _NEAR))
            readings = _Period(block.passage, match).readings("period:sentence", 0.7) if noun else None
            if readings and int(readings[0].value) <= int(readings[1].value):
                return readings
    return None, None


# --------------------------------------------------------------------------------------------------
# Owner


def _owner(
    title: _Title | None,
    document: Document,
    language_rules: LanguageRules,
    acronyms: Sequence[NameMention],
    organizations: Sequence[NameMention],
) -> OwnerReading | None:
    named = _owner_in_title(title, language_rules, organizations) if title else None
    if named is None:
        for key, value in document.metadata:
            at = document.source.text.find(value) if key.lower() in _OWNER_KEYS and value.strip() else -1
            if at >= 0:
                support = Support(Span(at, at + len(value)), "owner:front-matter", 0.8)
                return OwnerReading(value.strip(), support)
        named = _owner_in_sentence(document) or _most_named(document, organizations)
    return _full_name(named, acronyms) if named else None


def _owner_in_title(
    title: _Title, language_rules: LanguageRules, organizations: Sequence[NameMention]
) -> NameMention | None:
    """Return the name before the plan's noun ("ITU Strategic Plan") or after it ("Strategy of X")."""
    span = title.support.span
    for mention in organizations:
        if span.contains(mention.support.span):
            return mention
    passage = title.passage
    noun = _noun_pattern(language_rules.language).search(passage.text)
    if noun is None:
        return None
    before = re.match(r"(?:(?!\d)[\w&.’'-]+\s+)+", passage.text[: noun.start()])
    if before is not None:
        words = before.group().split()
        while words and words[-1].casefold().strip("’'s") in language_rules.plan_modifiers:
            words.pop()
        if (
            words
            and words != ["The"]
            and all(word[0].isupper() or word in ("of", "and", "for", "the") for word in words)
        ):
            name = passage.cut(0, before.group().find(words[-1], len(" ".join(words[:-1]))) + len(words[-1]))
            name = name.cut(0, len(re.sub(r"[’']s?$", "", name.text)))
            return NameMention(name.text, Support(name.span(), "owner:title", 0.85))
    after = re.match(
        rf"\s+(?:{alternation(language_rules.owner_before)})\s+(?:the\s+)?(?P<name>[A-Z][\w&.’'-]*(?:\s+(?:(?:of|and|for|the)\s+)*[A-Z][\w&.’'-]*)*)",
        passage.text[noun.end() :],
    )
    if after is not None and not _is_generic(after["name"], language_rules):
        name = passage.cut(noun.end() + after.start("name"), noun.end() + after.end("name"))
        return NameMention(name.text, Support(name.span(), "owner:title", 0.8))
    return None


def _is_generic(name: str, language_rules: LanguageRules) -> bool:
    """Whether a name is what many owners call themselves ("the Union"), and so names none."""
    words = language_rules.commitment
    return words is not None and f"the {name}".casefold() in {
        subject.casefold() for subject in words.subjects
    }


def _owner_in_sentence(document: Document) -> NameMention | None:
    """Return whose mission or vision the text says it is."""
    pattern = re.compile(
        r"(?:mission|vision)\s+of\s+(?:the\s+)?(?P<of>[A-Z][\w&.-]*(?:\s+(?:of|and|for|the|on|[A-Z][\w&.-]*))*)\s*(?:\(|is\b)"
        r"|(?:\b[Tt]he\s+)?(?P<own>[A-Z][\w&.-]*(?:\s+(?:of|and|for|the|[A-Z][\w&.-]*))*)[’']s?\s+(?:mission|vision)\b"
    )
    for block in document.blocks:
        match = pattern.search(block.passage.text)
        if match is not None:
            group = "of" if match["of"] else "own"
            name = block.passage.cut(*match.span(group))
            return NameMention(name.text, Support(name.span(), "owner:mission", 0.75))
    return None


def _most_named(document: Document, organizations: Sequence[NameMention]) -> NameMention | None:
    """Return the organisation that is named most, if far more than any other and from the opening on."""
    counts: dict[str, int] = {}
    for mention in organizations:
        known = directory().by_slug.get(mention.other or "")
        if known is not None and not known.issuer:
            counts[known.slug] = counts.get(known.slug, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    first = next(mention for mention in organizations if mention.other == ranked[0][0])
    opening = document.blocks[:_OPENING_PARAGRAPHS][-1].span.end
    if first.support.span.start > opening:
        return None
    return NameMention(first.name, Support(first.support.span, "owner:most-named", 0.6), first.other)


def _full_name(owner: NameMention, acronyms: Sequence[NameMention]) -> OwnerReading:
    """Return an owner named by an acronym under the long form the text gives it, where no table knows it."""
    if directory().find(owner.name) is None:
        for acronym in acronyms:
            if acronym.other is not None and owner.name in (acronym.name, acronym.other):
                return OwnerReading(acronym.other, owner.support, acronym.name)
    return OwnerReading(owner.name, owner.support)


@cache
def _noun_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternation(rules(language).plan_nouns)})(?![\w-])", re.IGNORECASE)


@cache
def _extension_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(rules(language).extension_words)})\b", re.IGNORECASE)
