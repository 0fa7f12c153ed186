"""Whose plan it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.extraction.profile.title import Title, noun_pattern
from strategraph.languages import LanguageRules, Rule, alternation, rules
from strategraph.model import Block, Document, NameMention, OwnerReading, Passage, Span, Support
from strategraph.organizations import directory
from strategraph.sentences import count_words

_OPENING_BLOCKS = 6  # an owner that nothing else tells is named from the start
_SPARSEST = 10  # blocks to a mention: an organisation named less often is one of many
_NAME_LINE_WORDS = 12
_METADATA_KEYS = ("owner", "organization", "organisation", "publisher", "institution", "agency", "author")


def find_owner(
    title: Title | None,
    document: Document,
    acronyms: Sequence[NameMention],
    organizations: Sequence[NameMention],
) -> OwnerReading | None:
    """Return the owner's name, or None where the text does not make it certain enough.

    Looked for in this order: the title, the lines around it, the front matter, a sentence about the
    mission or vision, an acronym defined in the opening, an organisation named above all others.
    """
    language_rules = rules(document.language)
    named = next(
        _candidates(title, document, language_rules, acronyms, organizations),
        None,
    )
    return _full_name(named, document, acronyms) if named else None


def _candidates(
    title: Title | None,
    document: Document,
    language_rules: LanguageRules,
    acronyms: Sequence[NameMention],
    organizations: Sequence[NameMention],
) -> Iterator[NameMention]:
    if title is not None:
        span = title.support.span
        yield from (mention for mention in organizations if span.contains(mention.support.span))
        yield from _in_title(title, document, language_rules)
        yield from _beside_title(title, document, language_rules)
    yield from _in_metadata(document)
    yield from _in_sentence(document, language_rules)
    yield from _governed(document, language_rules)
    yield from _defined_in_opening(document, language_rules, acronyms)
    yield from _presented(document, language_rules)
    yield from _most_named(document, organizations)


def _in_title(title: Title, document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield the name before the plan's noun ("ITU Strategic Plan") or behind it ("Strategy of X")."""
    passage = title.passage
    noun = noun_pattern(document.language).search(passage.text)
    if noun is None:
        return
    head = passage.cut(0, noun.start())
    colon = re.match(r"[^:]+(?=:)", head.text)
    parts = [head.cut(colon.end() + 1), head.cut(0, colon.end())] if colon else [head]
    for part in parts:
        name = _bare_name(part, language_rules)
        if name and _is_owner_name(name.text, document, language_rules):
            yield NameMention(name.text, Support(name.span(), "owner:title", 0.85))
    for place, begin in (("title", noun.end()), ("before-title", 0)):
        for rule in _rules_in(place, language_rules):
            match = rule.pattern.search(passage.text[begin:])
            if match is not None and _is_owner_name(match["name"], document, language_rules):
                name = passage.cut(begin + match.start("name"), begin + match.end("name"))
                yield NameMention(name.text, Support(name.span(), "owner:title", 0.8))


def _rules_in(place: str, language_rules: LanguageRules) -> list[Rule]:
    """Return the rules for owners in a place: "title", "before-title", "sentence" or "opening"."""
    return [rule for rule in language_rules.owners if rule.kind == place]


def _bare_name(part: Passage, language_rules: LanguageRules) -> Passage | None:
    """Return a name without years, articles and the words that go with the plan's noun, or None."""
    words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"\S+", part.text)]
    while words and (
        words[-1][0].casefold().strip("’'s,:") in language_rules.plan_modifiers or words[-1][0][0].isdigit()
    ):
        words.pop()
    while words and words[0][0][0].isdigit():
        words.pop(0)
    small = language_rules.names.small
    if not words or not all(word[0].isupper() or word in small for word, _, _ in words):
        return None
    name = part.cut(words[0][1], words[-1][2])
    return name.cut(0, len(re.sub(r"(?:[’']s?|[,:])$", "", name.text)))


_LETTERHEAD = "United Nations"  # heads the documents of all its funds and programmes


def _is_owner_name(name: str, document: Document, language_rules: LanguageRules) -> bool:
    """Whether a name can be an organisation's: one of its usual nouns, an acronym, or no common word.

    A word that the text also writes without a capital ("Climate") is a common word, and a name that never
    comes back is a slogan; what many owners call themselves ("the Union") names none.
    """
    if _is_generic(name, language_rules):
        return False
    words = [word.strip(".,:’'") for word in name.split()]
    if any(word.casefold() in language_rules.organization_words for word in words):
        return True
    if not language_rules.names.capitals:
        return _ends_in_noun(name, language_rules)
    if any(len(word) > 1 and word.isupper() for word in words) and not name.isupper():
        return True
    if name.isupper() and len(words) == 1:
        return True
    texts = [block.passage.text for block in document.blocks]
    common = re.compile(
        "|".join(rf"(?<![\w.-]){re.escape(w.lower())}(?![\w-]|\.\w)" for w in words if w) or "(?!)"
    )
    small = language_rules.names.small
    content = [word for word in words if word.casefold() not in small]
    if not content or any(match.group() not in small for text in texts for match in common.finditer(text)):
        return False
    return sum(text.count(name) for text in texts) > 1


def _is_generic(name: str, language_rules: LanguageRules) -> bool:
    name = re.sub(rf"^(?:{alternation(language_rules.names.articles)})\s+", "", name.casefold())
    if name in language_rules.names.telling:
        return False  # a common noun by which an owner is known well enough
    words = language_rules.commitment
    own = {subject.casefold() for subject in words.subjects} if words else set()
    return f"the {name}" in own or name in own or name in language_rules.organization_words


def _ends_in_noun(name: str, language_rules: LanguageRules) -> bool:
    """Whether a name without spaces ends in one of the nouns that organisations' names have ("水务署")."""
    nouns = language_rules.organization_words
    return not language_rules.spaced and any(name.endswith(n) and len(name) > len(n) + 1 for n in nouns)


def _beside_title(title: Title, document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield a line right before or after the title that is an organisation's name and nothing else."""
    blocks = document.blocks
    at = next((i for i, block in enumerate(blocks) if block.span.overlaps(title.support.span)), None)
    if at is None:
        return
    for block in (*blocks[max(0, at - 2) : at][::-1], *blocks[at + 1 : at + 3]):
        line = block.passage.cut(0, re.search(r"[,،，]|$", block.passage.text).start())  # type: ignore[union-attr]
        if (
            _is_name_line(block, line.text, language_rules)
            and not _is_generic(line.text, language_rules)
            and line.text != _LETTERHEAD
        ):
            yield NameMention(line.text, Support(line.span(), "owner:beside-title", 0.75))


def _is_name_line(block: Block, line: str, language_rules: LanguageRules) -> bool:
    words = line.split()
    if block.kind not in ("heading", "paragraph") or not 1 < count_words(line) <= _NAME_LINE_WORDS:
        return False
    if count_words(block.passage.text) > _NAME_LINE_WORDS or re.search(r"[\d:;.!?：；。！？؛؟]", line):
        return False
    if not language_rules.names.capitals:
        begins = any(word.casefold() in language_rules.organization_words for word in words[:2])
        sentence = language_rules.finite_verbs.search(line) is not None
        return (begins and not sentence) or _ends_in_noun(line, language_rules)
    capitals = all(word[0].isupper() or word in language_rules.names.small for word in words)
    return capitals and any(word.casefold() in language_rules.organization_words for word in words)


def _in_metadata(document: Document) -> Iterator[NameMention]:
    """Yield the owner that the front matter names, where the source's text has the words."""
    for key, value in document.metadata:
        at = document.source.text.find(value) if key.lower() in _METADATA_KEYS and value.strip() else -1
        if at >= 0:
            yield NameMention(value, Support(Span(at, at + len(value)), "owner:front-matter", 0.8))


def _in_sentence(document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield whose mission or vision the text says it is."""
    for block in document.blocks:
        for rule in _rules_in("sentence", language_rules):
            for match in rule.pattern.finditer(block.passage.text):
                name = block.passage.cut(*match.span("name" if match["name"] else "own"))
                if not _is_generic(name.text, language_rules):
                    yield NameMention(name.text, Support(name.span(), "owner:mission", 0.75))


def _governed(document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield the organisation whose governing body speaks in the opening ("The Conference of the …")."""
    for block in document.blocks[:_OPENING_BLOCKS]:
        for rule in _rules_in("opening", language_rules):
            for match in rule.pattern.finditer(block.passage.text):
                name = block.passage.cut(*match.span("name"))
                if _is_owner_name(name.text, document, language_rules):
                    yield NameMention(name.text, Support(name.span(), "owner:governing-body", 0.7))


def _defined_in_opening(
    document: Document, language_rules: LanguageRules, acronyms: Sequence[NameMention]
) -> Iterator[NameMention]:
    """Yield an organisation that the opening paragraphs introduce with its acronym."""
    opening = document.blocks[:_OPENING_BLOCKS]
    end = opening[-1].span.end if opening else 0
    for acronym in acronyms:
        words = (acronym.other or "").casefold().split()
        if acronym.support.span.start <= end and any(w in language_rules.organization_words for w in words):
            yield NameMention(
                acronym.other or "", Support(acronym.support.span, "owner:acronym", 0.65), acronym.name
            )


def _presented(document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield the organisation that an opening paragraph starts by presenting ("X University is a …")."""
    verbs = alternation(language_rules.presenting)
    articles = alternation(language_rules.names.articles)
    name_pattern = language_rules.names.pattern
    pattern = re.compile(rf"(?:(?i:{articles})\s+)?(?P<name>{name_pattern})(?:\s+\([^)]*\))?\s+(?:{verbs})\b")
    for block in document.blocks[:_OPENING_BLOCKS]:
        match = pattern.match(block.passage.text)
        words = set(match["name"].casefold().split()) if match else set()
        if (
            match
            and words & language_rules.organization_words
            and not _is_generic(match["name"], language_rules)
        ):
            name = block.passage.cut(*match.span("name"))
            yield NameMention(name.text, Support(name.span(), "owner:presented", 0.65))


def _most_named(document: Document, organizations: Sequence[NameMention]) -> Iterator[NameMention]:
    """Yield the organisation that is named most, if far more than any other and from the opening on."""
    counts: dict[str, int] = {}
    for mention in organizations:
        known = directory().by_slug.get(mention.other or "")
        if known is not None and not known.issuer:
            counts[known.slug] = counts.get(known.slug, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return
    if ranked[0][1] * _SPARSEST < len(document.blocks):
        return
    first = next(mention for mention in organizations if mention.other == ranked[0][0])
    if first.support.span.start <= document.blocks[:_OPENING_BLOCKS][-1].span.end:
        yield NameMention(first.name, Support(first.support.span, "owner:most-named", 0.6), first.other)


def _full_name(owner: NameMention, document: Document, acronyms: Sequence[NameMention]) -> OwnerReading:
    """Return an owner under its full name where the text gives it and no table knows the owner.

    The full name is the long form of its acronym, or the longer name that begins with its own and that
    the text uses more than once ("Hallmoor County Museums" → "Hallmoor County Museums Trust").
    """
    if directory().find(owner.name) is not None:
        return OwnerReading(owner.name, owner.support)
    for acronym in acronyms:
        if acronym.other is not None and owner.name in (acronym.name, acronym.other):
            return OwnerReading(acronym.other, owner.support, acronym.name)
    spelled = _spelled_out(owner.name, document)
    if spelled is not None:
        return OwnerReading(spelled, owner.support, owner.name)
    counts: dict[str, int] = {}
    longer = re.compile(rf"(?<![\w-]){re.escape(owner.name)}\s+(?P<more>[^\W\d_a-z][\w-]+)(?=[\s,.’'])")
    words = rules(document.language).organization_words
    for block in document.blocks:
        for match in longer.finditer(block.passage.text):
            if match["more"].casefold() in words:
                counts[match.group()] = counts.get(match.group(), 0) + 1
    best = max(counts, key=lambda name: (counts[name], name), default=None)
    if best is not None and owner.name.split()[-1].casefold() not in words:
        return OwnerReading(best, owner.support)
    return OwnerReading(owner.name, owner.support)


def _spelled_out(acronym: str, document: Document) -> str | None:
    """Return the capitalised name in the text that an acronym abbreviates letter by letter, or None."""
    if not re.fullmatch(r"[A-Z]{3,8}", acronym):
        return None
    between = r"\s+(?:(?:of|and|for|the|on|in)\s+){0,2}"
    pattern = re.compile(
        r"(?<![\w-])" + between.join(rf"{letter}[a-z][\w-]*" for letter in acronym) + r"(?![\w-])"
    )
    found = (pattern.search(block.passage.text) for block in document.blocks)
    return next((match.group() for match in found if match), None)
