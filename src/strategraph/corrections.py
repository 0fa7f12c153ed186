"""A curator's decisions about a text: this is a goal, this is not, this is its title.

They stand in a small TOML file beside the source and name words, not offsets, so that they survive
rebuilding and most changes of the text (see ``docs/corrections.md``)::

    [[correction]]
    text = "Improve departmental digital leadership"
    is = "Goal"
    number = "3"
    reason = "the foreword calls the eleven headings goals"

    [[correction]]
    text = "Goal 9: Reduce emissions"
    is = "nothing"
    reason = "quoted from another plan"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from strategraph.errors import UnusableInputError
from strategraph.model import Document, Passage, Section, Span, Support
from strategraph.understanding.ranks import RANK

RULE = "curator"
NOTHING = "nothing"
KINDS = ("Vision", "Mission", *RANK)
_KEYS = frozenset({"text", "is", "line", "number", "title", "statement", "parent", "reason"})
_LONGEST_NAME = 15  # words: longer quoted words are a statement, not a title


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. ``text`` are words of the source; ``line`` picks one of several places.

    ``kind`` is a class's local name, "nothing", or None where only the parts change; ``title`` and
    ``statement`` are words of the source too; ``parent`` names an element by class and number ("Goal 2").
    """

    text: str
    kind: str | None = None
    line: int | None = None
    number: str | None = None
    title: str | None = None
    statement: str | None = None
    parent: str | None = None
    reason: str | None = None

    def told(self) -> str:
        """Return the decision in one sentence."""
        what = {None: "is corrected", NOTHING: "is no element of the plan"}.get(
            self.kind, f"is a {self.kind}"
        )
        return f"“{self.text}” {what}{f': {self.reason}' if self.reason else ''}"


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the decisions in a file, in its order.

    Raises :class:`UnusableInputError` for a file that is missing or not of this form.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot read the corrections: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableInputError(f"{path}: the corrections are not TOML: {error}") from error
    entries = data.get("correction", [])
    unknown = sorted(set(data) - {"correction"})
    if unknown or not isinstance(entries, list) or not entries:
        raise UnusableInputError(
            f"{path}: holds no [[correction]]" + (f", but {', '.join(unknown)}" if unknown else "")
        )
    return tuple(_correction(path, number, entry) for number, entry in enumerate(entries, start=1))


def _correction(path: Path, number: int, entry: Mapping[str, Any]) -> Correction:
    where = f"{path}: correction {number}"
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise UnusableInputError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}")
    for key, value in entry.items():
        if not isinstance(value, int if key == "line" else str) or value == "":
            raise UnusableInputError(f"{where}: {key} is to be {'a number' if key == 'line' else 'words'}")
    if "text" not in entry:
        raise UnusableInputError(f"{where}: has no text; quote the words of the source it is about")
    kind = entry.get("is")
    if kind is not None and kind not in (*KINDS, NOTHING):
        raise UnusableInputError(f"{where}: is = {kind!r}; known are {', '.join((*KINDS, NOTHING))}")
    return Correction(kind=kind, **{key: value for key, value in entry.items() if key != "is"})


def correct(
    sections: Sequence[Section], document: Document, corrections: Sequence[Correction]
) -> tuple[Section, ...]:
    """Return the sections as the curator decided, in reading order, parents before children.

    What a decision touches has "curator" as its rule. Raises :class:`UnusableInputError` for words that
    the source does not have, or has in several places where ``line`` picks none.
    """
    current = list(sections)
    for correction in corrections:
        place = _find(correction.text, document, correction.line)
        at = _section_at(current, place.span())
        if correction.kind == NOTHING:
            if at is None:
                raise UnusableInputError(f"correction: {correction.told()}: nothing was recognised there")
            current = _without(current, at)
        elif at is not None:
            current[at] = _changed(current[at], correction, document)
        else:
            current = _with(current, _new(correction, place, document))
        if correction.kind != NOTHING and correction.parent is not None:
            current = _under(current, place.span(), correction)
    return tuple(current)


def _find(words: str, document: Document, line: int | None = None) -> Passage:
    """Return the one place where the source has these words, white space aside."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = [
        block.passage.cut(*match.span())
        for block in document.blocks
        for match in pattern.finditer(block.passage.text)
    ]
    lines = [document.source.text.count("\n", 0, passage.span().start) + 1 for passage in found]
    chosen = [passage for passage, at in zip(found, lines, strict=True) if line in (None, at)]
    if not chosen:
        where = f" on line {line}" if line is not None else ""
        raise UnusableInputError(f"correction: {document.source.name} does not say “{words}”{where}")
    if len(chosen) > 1:
        places = ", ".join(map(str, lines))
        raise UnusableInputError(
            f"correction: {document.source.name} says “{words}” on lines {places}; add line = … to pick one"
        )
    return chosen[0]


def _section_at(sections: Sequence[Section], span: Span) -> int | None:
    """Return the section that the words state: the one with the shortest words around them."""
    around = [
        (support.span.end - support.span.start, index)
        for index, section in enumerate(sections)
        for support in section.supports
        if support.span.overlaps(span) and _in_own_words(section, support.span, span)
    ]
    return min(around)[1] if around else None


def _in_own_words(section: Section, support: Span, span: Span) -> bool:
    """Whether words are the section's label and name, or its statement where it has no name."""
    named = section.title or section.statement
    return span.start <= (named.span().end if named and support.contains(named.span()) else support.end)


def _changed(section: Section, correction: Correction, document: Document) -> Section:
    title = _find(correction.title, document) if correction.title else section.title
    statement = _find(correction.statement, document) if correction.statement else section.statement
    supports = [Support(s.span, RULE, 1.0) for s in section.supports]
    for part in (title, statement):
        if part and not any(support.span.contains(part.span()) for support in supports):
            supports.append(Support(part.span(), RULE, 1.0))
    return replace(
        section,
        kind=correction.kind or section.kind,
        number=correction.number or section.number,
        title=title,
        statement=statement,
        supports=tuple(supports),
    )


def _new(correction: Correction, place: Passage, document: Document) -> Section:
    if correction.kind is None:
        raise UnusableInputError(f"correction: {correction.told()}: nothing was recognised there; say is = …")
    short = len(place.text.split()) <= _LONGEST_NAME
    title = _find(correction.title, document) if correction.title else (place if short else None)
    statement = _find(correction.statement, document) if correction.statement else (None if short else place)
    spans = [place.span(), *(part.span() for part in (title, statement) if part)]
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    return Section(correction.kind, correction.number, title, statement, None, (Support(span, RULE, 1.0),))


def _with(sections: Sequence[Section], new: Section) -> list[Section]:
    """Return the sections with a new one in its place, under the nearest before it that ranks higher."""
    at = sum(1 for section in sections if section.supports[0].span < new.supports[0].span)
    moved = [
        replace(section, parent=section.parent + (section.parent >= at))
        if section.parent is not None
        else section
        for section in sections
    ]
    rank = RANK.get(new.kind)
    above = [i for i, s in enumerate(sections[:at]) if rank is not None and RANK.get(s.kind, 9) < rank]
    parent = above[-1] if above and new.kind != "Value" else None
    return [*moved[:at], replace(new, parent=parent), *moved[at:]]


def _without(sections: Sequence[Section], gone: int) -> list[Section]:
    """Return the sections without one; what it enclosed goes to what enclosed it."""

    def parent(section: Section) -> int | None:
        at = sections[gone].parent if section.parent == gone else section.parent
        return at if at is None or at < gone else at - 1

    return [replace(s, parent=parent(s)) for index, s in enumerate(sections) if index != gone]


def _under(sections: list[Section], span: Span, correction: Correction) -> list[Section]:
    at = _section_at(sections, span)
    kind, _, number = (correction.parent or "").partition(" ")
    above = next(
        (i for i, s in enumerate(sections) if s.kind == kind and (s.number or "") == number and i != at), None
    )
    if at is None or above is None or above > at:
        raise UnusableInputError(f"correction: there is no {correction.parent!r} before “{correction.text}”")
    sections[at] = replace(sections[at], parent=above)
    return sections
