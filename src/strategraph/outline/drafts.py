"""Drafts of elements: what each says, before parents and repetitions are settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategraph.languages import rules
from strategraph.model import Passage, Span
from strategraph.outline.ranks import RANK
from strategraph.outline.units import Role, Unit

# A title before a colon or dash: short, and not itself a sentence.
_TITLE = re.compile(r"(?P<title>[^\s.:;!?][^.:;!?\n]{0,139}?)(?:\s*[:：]\s+|\s+[–—―]\s+|\s+-\s+)(?=\S)")
_NAME = re.compile(r"(?P<name>[^\W\d_a-z][^.:;!?]{1,79}?)(?:\s*[:：]\s+|\s+[–—]\s+|\s+-\s+)(?=\S)")
_NAMED_PART = re.compile(
    r"(?:^|(?<=[.!?;]\s))(?P<name>[^\W\d_a-z][\w’'-]*(?:\s+[\w’'-]+){0,4})\s*[:：]\s+(?=\S)"
)
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)+)[.)]?\s+(?=\S)")
EMPHASISED = 50  # the level of a bold line: below every heading, above plain paragraphs and lists
_OPEN_QUOTES, _CLOSE_QUOTES = "\"“‘«„'", "\"”’»'"
_LONGEST_NAME = 15  # words: a text without an end mark that is no longer is a name, not a statement
SINGLES = ("Vision", "Mission")


@dataclass(frozen=True, slots=True)
class Draft:
    """One printed occurrence of an element.

    ``level`` is its heading level, ``depth`` its list depth, ``row`` its table row (None for others);
    ``under`` the level of the heading or bold line that announced it;
    ``unit`` the position of its unit in the outline; ``rule`` and ``confidence`` say how it was recognised.
    """

    kind: str
    number: str | None
    title: Passage | None
    statement: Passage | None
    span: Span
    rule: str
    confidence: float
    unit: int
    level: int | None = None
    depth: int | None = None
    row: int | None = None
    under: int | None = None


def drafts(units: Sequence[Unit], language: str) -> list[Draft]:
    """Return the drafts of all elements that units state, in reading order."""
    found: list[Draft] = []
    claimed: set[int] = set()  # units that an announcement turned into elements
    for index, unit in enumerate(units):
        if index in claimed:
            continue
        if unit.role is Role.ELEMENT:
            found.append(_labelled(units, index, language))
        elif unit.role is Role.ANNOUNCEMENT and unit.kind is not None:
            for draft in _announced(units, index, unit.kind, language):
                claimed.add(draft.unit)
                found.append(draft)
        if unit.introduces is not None and unit.role is not Role.ANNOUNCEMENT:
            for draft in _introduced(units, index, unit.introduces, language):
                if draft.unit not in claimed:
                    claimed.add(draft.unit)
                    found.append(draft)
    return sorted(found, key=lambda draft: (draft.unit, draft.span))


def _labelled(units: Sequence[Unit], index: int, language: str) -> Draft:
    """Return the draft of a unit that carries a label; its statement may be in the paragraph after it."""
    unit = units[index]
    assert unit.label is not None
    assert unit.kind is not None
    title, statement = split_title(
        unit.body, language, heading=unit.level is not None or unit.block.emphasised
    )
    if unit.kind in SINGLES and title is not None and statement is None and unit.level is None:
        title, statement = None, title
    if unit.body and (
        unit.kind == "Target" or (unit.kind in SINGLES and title is not None and statement is not None)
    ):
        title, statement = None, unit.body  # these have no short names
    if statement is None and not (title is not None and unit.role is Role.ITEM and unit.depth is not None):
        statement = _next_statement(units, index, language)
    if statement is not None and unit.kind in SINGLES:
        statement = unquoted(statement)
    own = unit.whole.span()
    end = max(own.end, (statement or title or unit.whole).span().end)
    return Draft(
        unit.kind,
        unit.label.number,
        title,
        statement,
        Span(own.start, end),
        "label" if unit.label.number is not None else "label-without-number",
        0.98 if unit.label.number is not None else 0.9,
        index,
        _level(unit),
        unit.depth,
    )


def _level(unit: Unit) -> int | None:
    """Return the level of a heading or bold line, or None for other text."""
    return unit.level if unit.level is not None else EMPHASISED if unit.block.emphasised else None


def split_title(body: Passage, language: str, *, heading: bool) -> tuple[Passage | None, Passage | None]:
    """Return the title and the statement of the text after a label.

    "Universal Connectivity: Enable and …" has both. One text is a title if it is a heading or a name, a
    statement if it is a sentence.
    """
    if not body:
        return None, None
    text = body.text
    match = _TITLE.match(text)
    if match is not None and not rules(language).finite_verbs.search(match["title"]):
        title, rest = body.cut(0, match.end("title")), body.cut(match.end())
        if rest:
            return title, rest
    is_sentence = bool(rules(language).finite_verbs.search(text)) and len(text.split()) > 4
    if heading:
        return (None, body) if is_sentence else (body, None)
    ends = text.rstrip('”"’») ').endswith((".", "!", ";", "。"))
    if ends or is_sentence or len(text.split()) > _LONGEST_NAME:
        return None, body
    return body, None


def unquoted(passage: Passage) -> Passage:
    """Return a statement without the quotation marks around the whole of it."""
    text = passage.text
    if text[0] in _OPEN_QUOTES and text.rstrip(" .")[-1] in _CLOSE_QUOTES and len(text) > 2:
        inner = passage.cut(1, len(text.rstrip(" .")) - 1)
        if not any(mark in inner.text for mark in _OPEN_QUOTES[:2]):
            return inner
    return passage


def _next_statement(units: Sequence[Unit], index: int, language: str) -> Passage | None:
    """Return the first paragraph after a heading, past a heading such as "Rationale", or None."""
    for unit in units[index + 1 : index + 4]:
        if unit.role is Role.TEXT:
            return unit.body or None
        if unit.role is Role.HEADING and (
            unit.body.text.casefold().strip(" :.") in rules(language).statement_headings
        ):
            continue
        return None
    return None


def _announced(units: Sequence[Unit], index: int, kind: str, language: str) -> list[Draft]:
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
    if announcement.level is not None and len(subheadings) > 1:
        return [_from_heading(units, position, kind, language) for position in subheadings]
    if subheadings:
        return []
    under = _level(announcement)
    items = [p for p in scope if units[p].role is Role.ITEM and units[p].body]
    if items:
        depth = min(units[p].depth or 1 for p in items)
        return [
            _from_list(units[p], p, kind, language, "list-under-heading", 0.85, under)
            for p in items
            if (units[p].depth or 1) == depth
        ]
    texts = [p for p in scope if units[p].role is Role.TEXT and units[p].body]
    for pattern, rule in ((_NUMBERED, "numbered-paragraph"), (_NAME, "named-paragraph")):
        matching = [p for p in texts if pattern.match(units[p].body.text)]
        if len(matching) > 1:
            return [_from_list(units[p], p, kind, language, rule, 0.8, under) for p in matching]
    return [
        _from_list(replace(units[p], whole=part, body=part), p, kind, language, "named-sentence", 0.75, under)
        for p in texts[:1]
        for part in _named_parts(units[p].body)
    ]


def _named_parts(body: Passage) -> list[Passage]:
    """Return the parts of a paragraph such as "Fairness: we … Candour: we …", or none if it has one only."""
    starts = [match.start("name") for match in _NAMED_PART.finditer(body.text)]
    if len(starts) < 2 or starts[0] != 0:
        return []
    return [body.cut(start, end) for start, end in pairwise([*starts, len(body.text)])]


def _introduced(units: Sequence[Unit], index: int, kind: str, language: str) -> list[Draft]:
    """Return the elements of the list that directly follows a sentence such as "the following goals:"."""
    found: list[Draft] = []
    depth: int | None = None
    for position in range(index + 1, len(units)):
        unit = units[position]
        if unit.role is Role.ITEM and unit.body:
            depth = unit.depth if depth is None else depth
            if unit.depth == depth:
                found.append(_from_list(unit, position, kind, language, "introduced-list", 0.9))
        elif unit.role is Role.TEXT and depth is None and _NAME.match(unit.body.text):
            found.append(_from_list(unit, position, kind, language, "introduced-paragraph", 0.85))
        else:
            break
    return found if len(found) > 1 else []


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


def _blocked(units: Sequence[Unit], start: int, end: int) -> bool:
    """Whether another heading or element stands between two positions."""
    return any(units[p].role not in (Role.TEXT, Role.ITEM) for p in range(start + 1, end))


def _from_heading(units: Sequence[Unit], index: int, kind: str, language: str) -> Draft:
    unit = units[index]
    statement = _next_statement(units, index, language)
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
    printed = _NUMBERED.match(unit.body.text) if unit.role is Role.TEXT else None
    body = unit.body.cut(printed.end()) if printed else unit.body
    match = _NAME.match(body.text)
    title: Passage | None
    statement: Passage | None
    if match is not None:
        title, statement = body.cut(0, match.end("name")), body.cut(match.end())
    else:
        title, statement = split_title(body, language, heading=False)
        if title is not None and statement is None:
            title, statement = None, title
    number = printed["number"] if printed else _list_number(unit.block.marker)
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
    )


def _list_number(marker: str) -> str | None:
    """Return what an item's marker numbers it with: "1" of "1.", "a" of "(a)"; None for a bullet."""
    match = re.fullmatch(r"\(?(\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]*", marker.strip())
    return match[1] if match else None
