"""Drafts of elements: what each says, before parents and repetitions are settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.languages import rules
from strategraph.model import Passage, Span, join
from strategraph.outline.labels import JOINT
from strategraph.outline.layout import REPEATED_LEVEL
from strategraph.outline.units import Role, Unit
from strategraph.sentences import COLONS, PAUSES, STOPS, count_words

# A title before a colon or dash: short, and not itself a sentence.
_TITLE = re.compile(rf"(?P<title>[^\s.:;!?。：；！？][^.:;!?。：；！？\n]{{0,139}}?){JOINT}(?=\S)")
# "2.2 Objectives of the Sector": a heading of the document, where the reader could not tell.
_SECTION_HEADING = re.compile(r"\d+(?:\.\d+)+\.?\s+[^\W\d_a-z][^.;]*$")
_SHORTEST_STATEMENT = 8  # words before a colon
EMPHASISED = 50  # the level of a bold line: below every heading, above plain paragraphs and lists
_OPEN_QUOTES, _CLOSE_QUOTES = "\"“‘«„「'", "\"”’»」'"
_LONGEST_TITLE = 40  # words of a wrapped title after a label
_LONGEST_NAME = 15  # words: a text without an end mark that is no longer is a name, not a statement
SINGLES = ("Vision", "Mission")


@dataclass(frozen=True, slots=True)
class Draft:
    """One printed occurrence of an element.

    ``level`` is its heading level, ``depth`` its list depth, ``row`` its table row (None for others);
    ``loose`` is whether the next announcement ends it, ``belongs`` the number of what a table row says it
    is of, ``under`` the level of the heading or bold line that announced it;
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
    loose: bool = False
    belongs: str | None = None


def labelled_draft(units: Sequence[Unit], index: int, language: str) -> Draft | None:
    """Return the draft of a unit that carries a label; its texts may be in the lines after it.

    A label with no text at all states nothing, and a Sustainable Development Goal is not the plan's.
    """
    unit = units[index]
    assert unit.label is not None
    assert unit.kind is not None
    foreign = unit.kind in rules(language).foreign_kinds
    if foreign and _is_foreign(unit.label.number, unit.body.text, language):
        return None
    at = index
    if unit.body:
        heading = level_of(unit) is not None
        title, statement = split_title(unit.body, language, heading=heading, labelled=True)
    else:
        title, statement = None, None
        name = units[index + 1] if index + 1 < len(units) else None
        if name is not None and unit.kind not in SINGLES and is_name(name):
            title, at = name.body, index + 1
    if unit.kind in SINGLES and title is not None and (statement is not None or unit.level is None):
        title, statement = None, unit.body  # these have no short names
    elif (unit.kind == "Target" or unit.label.trailing) and unit.body:
        title, statement = None, unit.body
    if statement is None and not _ends_series(units, index):
        statement = next_statement(units, at, language)
    elif statement is not None and title is not None and at == index and _is_open(statement):
        # "Goal 1 – Growth: Enable access for all" above the paragraph that goes on with it
        more = next_statement(units, at, language)
        statement = join(statement, more) if more is not None else statement
    if title is None and statement is None:
        return None
    if statement is not None and unit.kind in SINGLES:
        statement = unquoted(statement)
    own = unit.whole.span()
    end = max(own.end, *(part.span().end for part in (title, statement) if part))
    numbered = unit.label.number is not None
    return Draft(
        unit.kind,
        unit.label.number,
        title,
        statement,
        Span(own.start, end),
        "label" if numbered else "label-without-number",
        0.98 if numbered else 0.9,
        index,
        level_of(unit),
        unit.depth,
        loose=unit.level == REPEATED_LEVEL,
    )


def _ends_series(units: Sequence[Unit], index: int) -> bool:
    """Whether a labelled line comes right after one of its class: what follows it is about all of them."""
    unit, before = units[index], units[index - 1] if index else None
    return (
        before is not None
        and before.role is Role.ELEMENT
        and before.kind == unit.kind
        and level_of(unit) is None
        and level_of(before) is None
        and bool(unit.body and before.body)
        and _is_open(before.body)
        == _is_open(unit.body)  # "Goal 1: We act." says all; "Goal 2: Schools" does not
    )


def _is_open(statement: Passage) -> bool:
    """Whether a statement stops without an end mark, as a heading does."""
    return not statement.text.rstrip('”"’») ').endswith((*STOPS, *PAUSES, *COLONS))


def _is_foreign(number: str | None, text: str, language: str) -> bool:
    """Whether a goal has the number and the name of one of the Sustainable Development Goals."""
    titles = rules(language).foreign_titles
    foreign = {str(place): title for place, title in enumerate(titles, start=1)}.get(number or "")
    return foreign is not None and text.casefold().startswith(foreign)


def is_name(unit: Unit) -> bool:
    """Whether a line is a name, as one under a label that stands alone: no sentence, no list, no label."""
    text = unit.body.text
    return (
        unit.role in (Role.TEXT, Role.HEADING)
        and bool(text)
        and not text.rstrip('”"’») ').endswith((*STOPS, *PAUSES, *COLONS))
        and count_words(text) <= _LONGEST_TITLE
    )


def level_of(unit: Unit) -> int | None:
    """Return the level of a heading or bold line, or None for other text."""
    level = None if unit.level == REPEATED_LEVEL else unit.level
    return EMPHASISED if level is None and unit.block.emphasised else level


def split_title(
    body: Passage, language: str, *, heading: bool, labelled: bool = False
) -> tuple[Passage | None, Passage | None]:
    """Return the title and the statement of the text after a label.

    "Universal Connectivity: Enable and …" has both. One text is a title if it is a heading or a name, a
    statement if it is a sentence.
    """
    if not body:
        return None, None
    text = body.text
    match = _TITLE.match(text)
    if match is not None and not rules(language).modal_verbs.search(match["title"]):
        title, rest = body.cut(0, match.end("title")), body.cut(match.end())
        goes_on = rest and rest.text[0].islower() and rules(language).colon_capitals
        if rest and not goes_on:  # as "serve needs: delivering …" does in English
            return title, rest
    is_sentence = bool(rules(language).modal_verbs.search(text)) and count_words(text) > 4
    if heading:
        return (None, body) if is_sentence else (body, None)
    ends = text.rstrip('”"’») ').endswith((".", "!", "。", "！", *PAUSES))
    if ends or is_sentence or count_words(text) > (_LONGEST_TITLE if labelled else _LONGEST_NAME):
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


def next_statement(units: Sequence[Unit], index: int, language: str) -> Passage | None:
    """Return the first paragraph after a heading, past a heading such as "Rationale", or None.

    A few words that only lead to a list ("Focus in 2024–2027:") are no statement.
    """
    for unit in units[index + 1 : index + 4]:
        if unit.role is Role.TEXT:
            if _SECTION_HEADING.match(unit.body.text):
                return None
            leads = unit.body.text.endswith(COLONS) and count_words(unit.body.text) < _SHORTEST_STATEMENT
            return None if leads else unit.body or None
        if unit.role is Role.HEADING and (
            unit.body.text.casefold().strip(" :：.") in rules(language).statement_headings
        ):
            continue
        return None
    return None
