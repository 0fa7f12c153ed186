"""The title of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from strategraph.extraction.profile.period import read_period
from strategraph.languages import LanguageRules, rules
from strategraph.model import Block, Document, Passage, Section, Support, join, passage
from strategraph.places import Places
from strategraph.sentences import count_words

_WORDS = 20  # a longer line is no title
_OPENING_BLOCKS = 60  # a title stands near the beginning
_COVER_BLOCKS = 3  # a cover has no more lines above its title
_FRONT_BLOCKS = 12  # where a title with a period is preferred to an earlier one without


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the text; ``block`` is the position of the block that it is, or starts, in."""

    passage: Passage
    support: Support
    block: int


def find_title(document: Document, sections: Sequence[Section]) -> Title | None:
    """Return the plan's title, or None.

    That is a short line near the beginning that names a plan, best with a period; else, in a text that
    states elements, the heading it starts with.
    """
    language_rules = rules(document.language)
    elements = Places((support.span, section) for section in sections for support in section.supports)
    free = (block for block in document.blocks if not elements.overlaps(block.span))
    blocks = list(islice(free, _OPENING_BLOCKS))
    titles = list(_titles(blocks, document, language_rules))
    front = [title for title in titles if title.block < _FRONT_BLOCKS]
    dated = [title for title in front if read_period(title.passage, document.language) is not None]
    late = next(_dated_headings(document), None) if sections and not front else None
    if late is not None:
        return late
    chosen = dated or titles
    if chosen:
        return _fuller(_with_line_before(chosen[0], blocks, document), document)
    first = document.blocks[0] if document.blocks else None
    if sections and first is not None and first.kind == "heading" and _is_short(first.passage.text):
        return Title(first.passage, Support(first.span, "title:first-heading", 0.6), 0)
    return None


def _titles(blocks: Sequence[Block], document: Document, language_rules: LanguageRules) -> Iterator[Title]:
    """Yield what may be a title: short lines near the beginning that name a plan."""
    nouns = noun_pattern(document.language)
    for index, block in enumerate(blocks):
        text = block.passage.text.rstrip(" .")
        if block.kind in ("cell", "item") or not _is_short(text) or re.search(r"[:：,،，]$|[;；؛]", text):
            continue
        if block.kind != "heading" and _is_sentence(block.passage.text.rstrip(), nouns, language_rules):
            continue
        if nouns.search(text):
            whole = _with_next_line(blocks[index : index + 2], document) or block.passage.cut(0, len(text))
            confidence = 0.95 if block.kind == "heading" else 0.9
            yield Title(whole, Support(whole.span(), "title:plan-noun", confidence), index)


def _is_sentence(text: str, nouns: re.Pattern[str], language_rules: LanguageRules) -> bool:
    """Whether a line reads as a sentence. Without spaces, verbs are no more than letters of many names."""
    if text.endswith((".", "。")):
        return True
    named = not language_rules.spaced and any(match.end() == len(text) for match in nouns.finditer(text))
    return not named and language_rules.finite_verbs.search(text) is not None


def _dated_headings(document: Document) -> Iterator[Title]:
    """Yield headings that begin with a plan's noun and end with its period, wherever they stand.

    The parts of a text may have been put together in another order, its cover last.
    """
    nouns = noun_pattern(document.language)
    for index, block in enumerate(document.blocks):
        if block.kind == "heading" and _is_short(block.passage.text) and nouns.match(block.passage.text):
            period = read_period(block.passage, document.language)
            if period is not None and period.match.end() == len(block.passage.text):
                yield Title(block.passage, Support(block.span, "title:late-heading", 0.75), index)


def _is_short(text: str) -> bool:
    return 1 < count_words(text) <= _WORDS


def _with_next_line(blocks: Sequence[Block], document: Document) -> Passage | None:
    """Return a title that goes on in the next line ("PLAN FOR THE UNION / FOR THE PERIOD 2024 TO 2029")."""
    # formats that are no text have a blank line between any two blocks
    farthest = 1 if document.source.media_type.startswith("text/") else 2
    for first, second in pairwise(blocks):
        opener = second.passage.text.split(" ", 1)[0].casefold()
        between = document.source.text[first.span.end : second.span.start]
        opens = opener in {word.split()[0] for word in rules(document.language).owner_before}
        period = read_period(second.passage, document.language)
        is_period = period is not None and period.match.group() == second.passage.text
        # "2025–2028" as a heading of its own is of another rank than the title
        is_period = is_period and not (second.kind == "heading" and first.level != second.level)
        follows = between.count("\n") <= farthest and not between.strip()
        if follows and (is_period or (opens and _is_short(second.passage.text))):
            return passage(document.source.text, [(first.span.start, second.span.end)])
    return None


def _with_line_before(title: Title, blocks: Sequence[Block], document: Document) -> Title:
    """Return a cover's title with the heading right above it that names the plan too.

    "Federal Data Strategy" above "2021 Action Plan" is one title on two lines.
    """
    if not 0 < title.block < _COVER_BLOCKS or blocks[title.block].kind != "heading":
        return title
    above = blocks[title.block - 1]
    if above.kind != "heading" or not noun_pattern(document.language).search(above.passage.text):
        return title
    if read_period(above.passage, document.language) is not None or not _is_short(above.passage.text):
        return title
    whole = join(above.passage, title.passage)
    return Title(whole, Support(whole.span(), title.support.rule, 0.85), title.block - 1)


def _fuller(title: Title, document: Document) -> Title:
    """Return the title with its period, where the text says the same words with one."""
    if read_period(title.passage, document.language) is not None:
        return title
    pattern = re.compile(re.escape(title.passage.text) + r"(?:,? for|,)?\s+(?=\d{4}\s?[-–/])", re.IGNORECASE)
    for block in document.blocks:
        match = pattern.search(block.passage.text)
        if match is None:
            continue
        period = read_period(block.passage.cut(match.end()), document.language)
        if period is not None and period.match.start() == 0:
            whole = block.passage.cut(match.start(), match.end() + period.match.end())
            return Title(whole, Support(whole.span(), "title:with-period", 0.8), title.block)
    return title


@cache
def noun_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of the nouns that name a plan, in any case."""
    return re.compile(rules(language).any_of(rules(language).plan_nouns), re.IGNORECASE)
