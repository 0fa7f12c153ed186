"""Elements that are announced rather than labelled: under a heading of their class, after a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from strategraph.model import Passage, Span
from strategraph.outline.drafts import (
    SINGLES,
    Draft,
    is_name,
    level_of,
    next_statement,
    split_title,
    unquoted,
)
from strategraph.outline.introductions import announced_kind
from strategraph.outline.labels import JOINT
from strategraph.outline.ranks import RANK
from strategraph.outline.units import Role, Unit
from strategraph.sentences import COLONS, STOPS, count_words

_NAME = re.compile(rf"(?P<name>[^\W\d_a-z][^.:;!?。：；！？]{{1,79}}?){JOINT}(?=\S)")
_JOINTS = " .:–—-。："  # between a name and what is said of it
_LONGEST_LEAD = 100  # characters: more in bold is emphasis, not a name
_NAMED_PART = re.compile(
    r"(?:^|(?<=[.!?;]\s)|(?<=[。；]))(?P<name>[^\W\d_a-z][\w’'-]*(?:\s+[\w’'-]+){0,4})(?:\s*:\s+|\s*：\s*)(?=\S)"
)
_MARKED = re.compile(
    r"(?P<number>\.\d+(?=[.)]?\s)|\([a-zа-яأ-ي0-9]{1,4}\)(?=[.)]?\s)|[a-zа-яأ-ي](?=\)\s)|[ivx]{1,4}(?=[.)]\s)|\d{1,2}(?=[.)]\s)"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?=[、．]))[.)、．]?\s*(?=\S)"
)
_LONGEST_TERM = 6  # words of a name that stands above its paragraph
_LONGEST_PART = 60  # characters of a name in a line of several
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)+)[.)]?\s+(?=\S)")


def announced_drafts(units: Sequence[Unit], index: int, kind: str, language: str) -> list[Draft]:
    """Return the elements under a heading that names their class."""
    announcement = units[index]
    scope = _scope(units, index)
    if kind in SINGLES:
        statement = next((unit for unit in scope if units[unit].role in (Role.TEXT, Role.ITEM)), None)
        if statement is None or not units[statement].body or _blocked(units, index, statement):
            return []
        body = unquoted(units[statement].body)
        span = Span(announcement.whole.span().start, body.span().end)
        return [Draft(kind, None, None, body, span, "heading", 0.95, index, announcement.level)]
    if any(units[position].kind == kind for position in scope):
        return []  # each is labelled itself
    subheadings = _subheadings(units, scope)
    if subheadings and units[subheadings[0]].level is None and _list_first(units, scope):
        # bold lines after the list that the heading announces are about something else
        scope, subheadings = range(scope.start, subheadings[0]), []
    if announcement.level is not None and len(subheadings) > 1:
        return [_from_heading(units, position, kind, language) for position in subheadings]
    if subheadings:
        return []
    items = [p for p in scope if units[p].role is Role.ITEM and units[p].body]
    if items:
        depth = min(units[p].depth or 1 for p in items)
        under = level_of(announcement)
        return [
            _from_list(units[p], p, kind, language, "list-under-heading", 0.85, under)
            for p in items
            if (units[p].depth or 1) == depth
        ]
    return _from_texts(units, index, kind, language, scope)


def _from_texts(units: Sequence[Unit], index: int, kind: str, language: str, scope: range) -> list[Draft]:
    """Return the elements that paragraphs under an announcement state: numbered, named or bold-led ones."""
    announcement, under = units[index], level_of(units[index])
    texts = [p for p in scope if units[p].role is Role.TEXT and units[p].body]
    for matches, rule in (
        (_NUMBERED.match, "numbered-paragraph"),
        (_MARKED.match, "numbered-paragraph"),
        (_NAME.match, "named-paragraph"),
    ):
        matching = [p for p in texts if matches(units[p].body.text)]
        alone = matches == _NUMBERED.match and announcement.whole.text.rstrip().endswith(COLONS)
        if len(matching) > 1 or (alone and matching == texts[:1]):
            return [_from_list(units[p], p, kind, language, rule, 0.8, under) for p in matching]
    named = _names_with_paragraphs(units, texts)
    if len(named) > 1:
        return [_from_heading(units, p, kind, language) for p in named]
    led = [p for p in texts if _lead(units[p])]
    if len(led) > 1:
        return [_from_list(units[p], p, kind, language, "bold-lead", 0.8, under) for p in led]
    for position in texts[:1]:
        parts = _named_parts(units[position].body) or _listed_parts(units[position].body)
        if parts:
            each = [replace(units[position], whole=part, body=part) for part in parts]
            return [_from_list(unit, position, kind, language, "parts", 0.75, under) for unit in each]
    return [
        _from_list(units[p], p, kind, language, "line-under-heading", 0.7, under)
        for p in _lines_under(units, index, scope, language)
    ]


def introduced_drafts(units: Sequence[Unit], index: int, kind: str, language: str) -> list[Draft]:
    """Return the elements of the list that directly follows a sentence such as "the following goals:"."""
    found: list[Draft] = []
    depth: int | None = None
    for position in range(index + 1, len(units)):
        unit = units[position]
        if unit.role is Role.ITEM and unit.body:
            depth = unit.depth if depth is None else depth
            if unit.depth == depth:
                found.append(_from_list(unit, position, kind, language, "introduced-list", 0.9))
        elif unit.role is Role.TEXT and depth is None and _MARKED.match(unit.body.text):
            found.append(_from_list(unit, position, kind, language, "introduced-list", 0.85))
        elif unit.role is Role.TEXT and depth is None and _NAME.match(unit.body.text):
            found.append(_from_list(unit, position, kind, language, "introduced-paragraph", 0.85))
        else:
            break
    return found if len(found) > 1 else []


def _lines_under(units: Sequence[Unit], index: int, scope: range, language: str) -> list[int]:
    """Return the lines right under a heading that are names, each an element; under a singular, the first.

    A paragraph under a plural heading speaks about the elements and is none; under a singular it is it.
    """
    singular = units[index].singular
    lines: list[int] = []
    for position in scope:
        unit = units[position]
        if unit.role is not Role.TEXT or not (is_name(unit) or (singular and not lines)):
            break
        if announced_kind(unit.body.text, language) is not None:
            break  # "The actions of 2025": the title of a figure
        lines.append(position)
    return lines[:1] if singular else lines


def _names_with_paragraphs(units: Sequence[Unit], texts: Sequence[int]) -> list[int]:
    """Return the lines that are names, where each is followed by the paragraph about it, and nothing else.

    So stand the terms and definitions of a page, and values in conversions that lost their headings.
    """
    names, paragraphs = texts[::2], texts[1::2]
    alternate = len(names) == len(paragraphs) and all(
        after == before + 1
        and is_name(units[before])
        and count_words(units[before].body.text) <= _LONGEST_TERM
        and units[after].body.text.rstrip('”"’») ').endswith(STOPS)
        for before, after in zip(names, paragraphs, strict=True)
    )
    return list(names) if alternate else []


def _named_parts(body: Passage) -> list[Passage]:
    """Return the parts of a paragraph such as "Fairness: we … Candour: we …", or none if it has one only."""
    starts = [match.start("name") for match in _NAMED_PART.finditer(body.text)]
    if len(starts) < 2 or starts[0] != 0:
        return []
    return [body.cut(start, end) for start, end in pairwise([*starts, len(body.text)])]


def _listed_parts(body: Passage) -> list[Passage]:
    """Return the parts of a line such as "Integrity | Inclusion | Care", or none."""
    between = re.split(r"[|•·]", body.text)
    if len(between) == 1 or not all(1 < len(part.strip()) <= _LONGEST_PART for part in between):
        return []
    return [body.cut(*match.span()) for match in re.finditer(r"[^|•·]+", body.text)]


def _scope(units: Sequence[Unit], index: int) -> range:
    """Return the positions under an announcement: up to a heading of its level or above, or the next one.

    An element of another class that is no narrower ends it too: the outputs of one goal stop at the next.
    """
    level, rank = units[index].level, RANK.get(units[index].kind or "", 9)
    for position in range(index + 1, len(units)):
        unit = units[position]
        if level is None and (unit.level is not None or unit.role in (Role.ANNOUNCEMENT, Role.ELEMENT)):
            return range(index + 1, position)
        if level is not None and unit.level is not None and unit.level <= level:
            return range(index + 1, position)
        if (
            unit.role is Role.ELEMENT
            and unit.kind != units[index].kind
            and RANK.get(unit.kind or "", 9) <= rank
        ):
            return range(index + 1, position)
    return range(index + 1, len(units))


def _subheadings(units: Sequence[Unit], scope: range) -> list[int]:
    """Return the positions of the highest headings in a scope; of bold lines if there are no headings."""
    heads = [p for p in scope if units[p].role in (Role.HEADING, Role.ANNOUNCEMENT) and units[p].body]
    levels = [level for p in heads if (level := units[p].level) is not None]
    top = min(levels) if levels else None
    return [p for p in heads if units[p].level == top]


def _list_first(units: Sequence[Unit], scope: range) -> bool:
    """Whether a scope begins with a list of several."""
    return len(scope) > 1 and all(units[p].role is Role.ITEM for p in scope[:2])


def _blocked(units: Sequence[Unit], start: int, end: int) -> bool:
    """Whether another heading or element stands between two positions."""
    return any(units[p].role not in (Role.TEXT, Role.ITEM) for p in range(start + 1, end))


def _from_heading(units: Sequence[Unit], index: int, kind: str, language: str) -> Draft:
    unit = units[index]
    statement = next_statement(units, index, language)
    end = statement.span().end if statement else unit.whole.span().end
    return Draft(
        kind,
        None,
        unit.body,
        statement,
        Span(unit.whole.span().start, end),
        "subheading",
        0.85,
        index,
        unit.level,
    )


def _from_list(
    unit: Unit, index: int, kind: str, language: str, rule: str, confidence: float, under: int | None = None
) -> Draft:
    printed = None
    if unit.role is Role.TEXT:
        printed = _NUMBERED.match(unit.body.text) or _MARKED.match(unit.body.text)
    body = unit.body.cut(printed.end()) if printed else unit.body
    match = _NAME.match(body.text)
    lead = _lead(unit)
    title: Passage | None
    statement: Passage | None
    if lead is not None:
        title, statement = lead
    elif match is not None:
        title, statement = body.cut(0, match.end("name")), body.cut(match.end())
    else:
        title, statement = split_title(body, language, heading=False)
        if title is not None and statement is None:
            title, statement = None, title
    number = printed["number"].strip("()（）") if printed else _list_number(unit.block.marker)
    return Draft(
        kind,
        number,
        title,
        statement,
        unit.whole.span(),
        rule,
        confidence,
        index,
        depth=unit.depth,
        under=under,
        loose=True,
    )


def _lead(unit: Unit) -> tuple[Passage, Passage] | None:
    """Return the bold words that a block starts with, and the rest of it, or None.

    "**Courage.** We ask …" is the name of a value and what it means.
    """
    lead = unit.block.lead
    if not 0 < lead <= _LONGEST_LEAD or unit.body.text != unit.block.passage.text:
        return None
    name = unit.body.cut(0, len(unit.body.text[:lead].rstrip(_JOINTS)))
    rest = unit.body.cut(lead + len(unit.body.text[lead:]) - len(unit.body.text[lead:].lstrip(_JOINTS)))
    return (name, rest) if name and rest else None


def _list_number(marker: str) -> str | None:
    """Return what an item's marker numbers it with: "1" of "1.", "a" of "(a)"; None for a bullet."""
    match = re.fullmatch(
        r"[(（]?(\.?\d+(?:\.\d+)*|[a-zа-яأ-ي]|[ivx]+|[一二三四五六七八九十]{1,3})[.)）、．-]*", marker.strip()
    )
    return match[1] if match else None
