"""What an instrument did to the plan: adopted it, endorsed it …, or is merely cited.

The rules are in ``data/citations/roles.toml``. They read one sentence at a time, in which the citation
in question and all others are replaced by marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.found import Found
from strategraph.extraction.citation_grammar.patterns import compiled_with

CITED = "cites"
ADOPTED = "adoptedBy"

_CITE, _OTHER = "«cite»", "«other»"
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z\"'(\[])")
_REACH = 400  # characters on either side of a citation that are read for what it did
_OPENING = 8  # texts at the beginning in which a document's own heading and period are looked for


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule of the table."""

    name: str
    role: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleRules:
    """All rules, and the patterns they share."""

    rules: tuple[RoleRule, ...]
    cues: tuple[str, ...]
    own_text: RoleRule
    cancels: re.Pattern[str]
    period: re.Pattern[str]


@cache
def role_rules() -> RoleRules:
    """Return the rules of the table, compiled."""
    content = tables.roles()
    fragments = content["fragments"]
    return RoleRules(
        rules=tuple(_rule(entry, fragments) for entry in content["rule"]),
        cues=tuple(content["cues"]),
        own_text=_rule({"name": "own-text", "role": ADOPTED, **content["own_text"]}, fragments),
        cancels=compiled_with("{cancels}", **fragments),
        period=compiled_with("{period}", **fragments),
    )


def _rule(entry: Mapping[str, Any], fragments: Mapping[str, str]) -> RoleRule:
    return RoleRule(
        name=entry["name"],
        role=entry["role"],
        pattern=compiled_with(entry["pattern"], **fragments),
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry["counter_examples"]),
    )


def role_in(sentence: str, own_period: str | None = None) -> str:
    """Return the role of the citation marked «cite» in a plain sentence.

    >>> role_in("«cite» adopted the ITU Strategic Plan for 2024-2027")
    'adoptedBy'
    >>> role_in("«cite» adopted the strategic plan for 2012-2015", own_period="2016-2019")
    'cites'
    """
    words = sentence.casefold()
    if not any(cue in words for cue in role_rules().cues):
        return CITED
    for rule in role_rules().rules:
        match = rule.pattern.search(sentence)
        if match is not None and _holds(match, own_period):
            return rule.role
    return CITED


def roles(texts: Sequence[str], findings: Sequence[Sequence[Found]]) -> list[list[str]]:
    """Return the role of each finding in each text; ``findings[i]`` stand in ``texts[i]``, in order."""
    own_period = _own_period(texts)
    given = [
        [role_in(sentence, own_period) for sentence in _sentences(text, found)]
        for text, found in zip(texts, findings, strict=True)
    ]
    heading = _own_heading(texts, findings)
    # "resolves" and "1 to adopt the strategic plan" may be two texts
    together = (f"{first} {second}" for first, second in zip(texts, [*texts[1:], ""], strict=True))
    if heading is not None and any(adopts_itself(text, own_period) for text in together):
        given[heading][0] = ADOPTED
    return given


def adopts_itself(text: str, own_period: str | None = None) -> bool:
    """Whether a plain text is that of an instrument which adopts the plan ("resolves to adopt …")."""
    match = role_rules().own_text.pattern.search(text)
    return match is not None and _holds(match, own_period)


# --------------------------------------------------------------------------------------------------
# Sentences


def _sentences(text: str, found: Sequence[Found]) -> Iterator[str]:
    """Yield, for each citation, the words of its sentence around it, with every citation marked."""
    if not found:
        return
    starts, stops = [one.start for one in found], [one.end for one in found]
    breaks = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    breaks = [b for b in breaks if bisect_left(starts, b) == bisect_right(stops, b)]  # none within a citation
    for index, one in enumerate(found):
        after = bisect_right(breaks, one.start)
        first = max(one.start - _REACH, breaks[after - 1])
        last = min(one.end + _REACH, breaks[after])
        before = _marked(text, found, bisect_right(stops, first), index, first, one.start)
        behind = _marked(text, found, index + 1, bisect_left(starts, last), one.end, last)
        yield f"{before}{_CITE}{behind}"


def _marked(text: str, found: Sequence[Found], low: int, high: int, start: int, end: int) -> str:
    """Return ``text[start:end]`` with the citations ``found[low:high]`` replaced by a mark."""
    parts: list[str] = []
    for one in found[low:high]:
        parts.extend((text[start : one.start], _OTHER))
        start = one.end
    return "".join((*parts, text[start:end]))


# --------------------------------------------------------------------------------------------------
# The document's own heading and period


def _own_heading(texts: Sequence[str], findings: Sequence[Sequence[Found]]) -> int | None:
    """Return the number of the opening text that is nothing but one citation: the document is that."""
    for number, (text, found) in enumerate(zip(texts[:_OPENING], findings, strict=False)):
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) and len(found[0].cited) == 1:
            return number
    return None


def _own_period(texts: Sequence[str]) -> str | None:
    """Return the first period that the opening names, as two years: a title has it."""
    for text in texts[:_OPENING]:
        match = role_rules().period.search(text)
        if match is not None:
            return _years(match.group())
    return None


def _holds(match: re.Match[str], own_period: str | None) -> bool:
    """Whether nothing in a rule's words speaks against it: a negation, another plan's period."""
    if role_rules().cancels.search(match.group()):
        return False
    words = match.string[match.start() : match.end() + len(" for the period 2016-2019")]
    named = {_years(period.group()) for period in role_rules().period.finditer(words)}
    return not named or own_period is None or own_period in named


def _years(period: str) -> str:
    """Return a period as first and last year, "2022-31" as "2022-2031"."""
    first, last = re.findall(r"\d+", period)
    return f"{first}-{first[: 4 - len(last)]}{last}"
