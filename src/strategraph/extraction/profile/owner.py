"""Whose plan it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.extraction.profile.names import (
    bare_name,
    inflects,
    is_generic,
    is_name_line,
    is_owner_name,
)
from strategraph.extraction.profile.title import Title, noun_pattern
from strategraph.languages import LanguageRules, Rule, alternation, rules
from strategraph.model import Document, NameMention, OwnerReading, Passage, Span, Support
from strategraph.organizations import directory

_OPENING_BLOCKS = 6  # an owner that nothing else tells is named from the start
_SPARSEST = 10  # blocks to a mention: an organisation named less often is one of many


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
        yield from _in_masthead(title, document, language_rules)
        yield from _in_title(title, document, language_rules)
        yield from _named_like_title(title, document, language_rules)
        yield from _beside_title(title, document, language_rules)
        yield from _in_letterhead(title, document, language_rules)
    yield from _in_metadata(document, language_rules)
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
        name = bare_name(part, language_rules)
        if name and is_owner_name(name.text, document, language_rules):
            yield NameMention(name.text, Support(name.span(), "owner:title", 0.85))
    described = re.compile(rf"(?:\s+(?:{alternation(_describing(language_rules))})(?!\w))*")
    behind = described.match(passage.text, noun.end())
    assert behind is not None
    for place, begin in (("title", behind.end()), ("before-title", 0)):
        for rule in _rules_in(place, language_rules):
            match = rule.pattern.search(passage.text[begin:])
            if match is not None and is_owner_name(match["name"], document, language_rules):
                name = passage.cut(begin + match.start("name"), begin + match.end("name"))
                yield NameMention(name.text, Support(name.span(), "owner:title", 0.8))


def _describing(language_rules: LanguageRules) -> set[str]:
    """Return the words that may stand between a plan's noun and its owner ("Piano triennale dell’…")."""
    links = {word for link in language_rules.owner_before for word in link.split()}
    return set(language_rules.plan_modifiers) - language_rules.names.small - links


def _in_masthead(title: Title, document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield the name that heads the first page and comes back in the title, there perhaps inflected.

    "Всемирный фонд степей   SF/GC.9/2025/6" above "Стратегический план Всемирного фонда степей": what
    follows the name on its line, such as the document's symbol, is no part of it.
    """
    words = re.findall(r"[^\W\d_]+", title.passage.text)
    for block in document.blocks[: min(title.block, _OPENING_BLOCKS)]:
        end = re.search(r"\s+[(\[]|\s+\S*[\d/]|[,،:：]|$", block.passage.text)
        line = block.passage.cut(0, end.start() if end else None)
        parts = re.findall(r"[^\W\d_]+", line.text)
        if not is_name_line(block, line.text, language_rules) or is_generic(line.text, language_rules):
            continue
        if any(all(map(inflects, parts, words[at:])) for at in range(len(words) - len(parts) + 1)):
            yield NameMention(line.text, Support(line.span(), "owner:masthead", 0.85))


def _named_like_title(
    title: Title, document: Document, language_rules: LanguageRules
) -> Iterator[NameMention]:
    """Yield the organisation that is called after the place the title names.

    "Plan climat de Saint-Aubrac" in a text that opens with the "Ville de Saint-Aubrac", or names it again and
    again.
    """
    links = alternation(language_rules.owner_before)
    places = re.compile(rf"(?:{links})\s*(?P<place>[^\W\d_a-zß-ÿ][\w’'-]+)\s*(?:$|[,\d(–-])")
    noun = noun_pattern(document.language).search(title.passage.text)
    place = places.search(title.passage.text, noun.end()) if noun and language_rules.owner_before else None
    if place is None:
        return
    nouns = alternation(language_rules.organization_words)
    named = re.compile(
        rf"(?<![\w-])(?P<noun>(?i:{nouns}))\s+(?:{links})\s*{re.escape(place['place'])}(?![\w-])"
    )
    found = [
        (match.group(), block.passage.span(*match.span()))
        for block in document.blocks
        for match in named.finditer(block.passage.text)
        if match["noun"][0].isupper()
    ]
    opening = document.blocks[:_OPENING_BLOCKS][-1].span.end
    certain = len(found) > 1 or (found and found[0][1].start <= opening)
    if certain and len({name for name, _ in found}) == 1:
        yield NameMention(found[0][0], Support(found[0][1], "owner:place-in-title", 0.7))


def _rules_in(place: str, language_rules: LanguageRules) -> list[Rule]:
    """Return the rules for owners in a place: "title", "before-title", "sentence" or "opening"."""
    return [rule for rule in language_rules.owners if rule.kind == place]


_LETTERHEAD = "United Nations"  # heads the documents of all its funds and programmes


def _beside_title(title: Title, document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield a line right before or after the title that is an organisation's name and nothing else."""
    blocks = document.blocks
    at = next((i for i, block in enumerate(blocks) if block.span.overlaps(title.support.span)), None)
    if at is None:
        return
    for block in (*blocks[max(0, at - 2) : at][::-1], *blocks[at + 1 : at + 3]):
        line = block.passage.cut(0, re.search(r"[,،，]|$", block.passage.text).start())  # type: ignore[union-attr]
        line = _without_body(line, language_rules)
        if (
            is_name_line(block, line.text, language_rules)
            and not is_generic(line.text, language_rules)
            and line.text != _LETTERHEAD
        ):
            yield NameMention(line.text, Support(line.span(), "owner:beside-title", 0.75))


def _in_letterhead(title: Title, document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield the name that is all of the document's first line, but for its acronym in brackets."""
    first = document.blocks[0]
    end = re.search(r"\s+\([^)]*\)$|$", first.passage.text)
    name = first.passage.cut(0, end.start() if end else None)
    if title.block == 0 or name.text == _LETTERHEAD or is_generic(name.text, language_rules):
        return
    if is_name_line(first, name.text, language_rules):
        yield NameMention(name.text, Support(name.span(), "owner:letterhead", 0.7))


def _without_body(line: Passage, language_rules: LanguageRules) -> Passage:
    """Return whose governing body a line names, if it names one ("Junta Ejecutiva del Programa …")."""
    for rule in _rules_in("opening", language_rules):
        match = rule.pattern.match(line.text)
        if match is not None and match.end() == len(line.text):
            return line.cut(*match.span("name"))
    return line


def _in_metadata(document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield the owner that the front matter names, where the source's text has the words."""
    for key, value in document.metadata:
        at = document.source.text.find(value) if value.strip() else -1
        if at >= 0 and key.casefold() in language_rules.owner_fields:
            yield NameMention(value, Support(Span(at, at + len(value)), "owner:front-matter", 0.8))


def _in_sentence(document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield whose mission or vision the text says it is."""
    for block in document.blocks:
        for rule in _rules_in("sentence", language_rules):
            for match in rule.pattern.finditer(block.passage.text):
                name = block.passage.cut(*match.span("name" if match["name"] else "own"))
                if not is_generic(name.text, language_rules):
                    yield NameMention(name.text, Support(name.span(), "owner:mission", 0.75))


def _governed(document: Document, language_rules: LanguageRules) -> Iterator[NameMention]:
    """Yield the organisation whose governing body speaks in the opening ("The Conference of the …")."""
    for block in document.blocks[:_OPENING_BLOCKS]:
        for rule in _rules_in("opening", language_rules):
            for match in rule.pattern.finditer(block.passage.text):
                name = block.passage.cut(*match.span("name"))
                if is_owner_name(name.text, document, language_rules):
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
            and not is_generic(match["name"], language_rules)
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
