"""What an instrument did to the plan: adopted it, endorsed it …, or is merely cited.

The rules are in ``data/citations/roles.toml``, those of other languages than English, for adoption alone, in
``data/citations/adoption``. They read one sentence at a time, in which the citation
in question and all others are replaced by marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import Lazy, compiled_with
from strategraph.extraction.citation_grammar.readings import Found
from strategraph.extraction.citation_grammar.relations import (
    adoptions,
    is_imprint,
    is_own_act,
    names_a_plan,
)
from strategraph.extraction.citation_grammar.short_forms import OWN_RULE
from strategraph.knowledge.resources import cache

CITED = "cites"
ADOPTED = "adoptedBy"

_CITE, _OTHER, _PLAN = "«cite»", "«other»", "«plan»"
# Arabic has no capitals, Chinese no space between sentences.
_SENTENCE_END = re.compile(
    r"[.!?؟]\s+(?=[A-Z\u0410-\u042f\u0621-\u064A\"'(\[])|[.！？](?=[\u4E00-\u9FFF《(])"
)
_REACH = 400  # characters on either side of a citation that are read for what it did
_OPENING = 12  # texts at the beginning in which a document's own heading and period are looked for
_STAMP = 4  # texts at the very beginning among which a stamp of approval stands, above the title
_ABOVE = 2  # texts above that heading in which the act may say so
_ACT = 40  # texts after that heading in which the act says what it adopts
_HEADED = 6  # texts after the heading of an instrument in which its date and title stand
_TITLE_LENGTH = 120  # characters that the title of a plan has at most
_BEFORE = 40  # characters before a rule's words that may say that another plan is meant
_NAME_END = re.compile(r"[.;,:«»]")  # where the name of a plan ends at the latest
_CHINESE_TITLE = re.compile(r"《([^《》]{1,80})》")
_LAWS = ("Legislation", "Treaty")


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule of the table."""

    name: str
    role: str
    pattern: Lazy
    needs: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleRules:
    """All rules, and the patterns they share."""

    rules: tuple[RoleRule, ...]
    cues: tuple[str, ...]
    own_text: RoleRule
    own_date: RoleRule
    own_title: RoleRule
    own_rest: RoleRule
    own_adoption: RoleRule
    imprint: RoleRule
    pronoun: RoleRule
    fragments: Mapping[str, Lazy]
    doubts: Mapping[str, Lazy]


@cache
def role_rules() -> RoleRules:
    """Return the rules of the table; each is compiled when a sentence first has what it needs."""
    content = tables.roles()
    fragments = content["fragments"]
    return RoleRules(
        rules=tuple(_rule(entry, fragments) for entry in content["rule"]),
        cues=tuple(content["cues"]),
        own_text=_rule({"name": "own-text", "role": ADOPTED, **content["own_text"]}, fragments),
        own_date=_rule({"name": "own-date", "role": ADOPTED, **content["own_date"]}, fragments),
        own_title=_rule({"name": "own-title", "role": ADOPTED, **content["own_title"]}, fragments),
        own_rest=_rule({"name": "own-rest", "role": ADOPTED, **content["own_rest"]}, fragments),
        own_adoption=_rule({"name": "own-adoption", "role": ADOPTED, **content["own_adoption"]}, fragments),
        imprint=_rule({"name": "imprint", "role": ADOPTED, **content["imprint"]}, fragments),
        pronoun=_rule({"name": "pronoun", "role": CITED, **content["pronoun"]}, fragments),
        fragments={
            name: _lazy(f"{{{name}}}", fragments) for name in ("cancels", "period", "plan", "tail", "adopts")
        },
        doubts={name: _lazy(pattern, fragments) for name, pattern in content["doubts"].items()},
    )


def _rule(entry: Mapping[str, Any], fragments: Mapping[str, str]) -> RoleRule:
    return RoleRule(
        name=entry["name"],
        role=entry["role"],
        pattern=_lazy(entry["pattern"], fragments),
        needs=tuple(entry.get("needs", ())),
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry["counter_examples"]),
    )


def _lazy(pattern: str, fragments: Mapping[str, str]) -> Lazy:
    return Lazy(lambda: compiled_with(pattern, **fragments))


def role_in(
    sentence: str,
    own_period: str | None = None,
    kind: str = "Resolution",
    titles: Callable[[], str] | None = None,
) -> str:
    """Return the role of the citation marked «cite», an instrument of this kind, in a plain sentence.

    ``own_period`` is what the document's opening says of its own plan, and so is what ``titles`` returns, in
    small letters, when it is asked.

    >>> role_in("«cite» adopted the ITU Strategic Plan for 2024-2027")
    'adoptedBy'
    >>> role_in("«cite» adopted the strategic plan for 2012-2015", own_period="2016-2019")
    'cites'
    >>> role_in("The strategic plan was adopted under «cite»", kind="Legislation")
    'cites'
    """
    for said in adoptions(sentence, kind):
        if _is_of_period(said, own_period) and not _names_another(said, titles):
            return ADOPTED
    words = sentence.casefold()
    if not _has_cue(words):
        return CITED
    for rule in role_rules().rules:
        if not any(need in words for need in rule.needs):
            continue
        match = rule.pattern.search(sentence)
        if match is None or not _holds(match, own_period):
            continue
        if rule.role != ADOPTED or _is_adoption(match, kind, titles):
            return rule.role
    return CITED


def _has_cue(text: str) -> bool:
    words = text.casefold()
    return any(cue in words for cue in role_rules().cues)


def roles(texts: Sequence[str], findings: Sequence[Sequence[Found]]) -> list[list[str]]:
    """Return the role of each finding in each text; ``findings[i]`` stand in ``texts[i]``, in order."""
    own_period, titles = _own_period(texts, findings), cache(lambda: _own_titles(texts, findings))
    given = [
        [
            role_in(sentence, own_period, one.cited[0].kind, titles)
            for one, sentence in zip(found, _sentences(text, found, own_period), strict=True)
        ]
        for text, found in zip(texts, findings, strict=True)
    ]
    heading = own_heading(texts, findings)
    if heading is not None and _adopts(texts, heading, findings[heading][0].end, own_period):
        given[heading][0] = ADOPTED
    imprint = _imprint(texts, findings)
    if imprint is not None:
        given[imprint][0] = ADOPTED
    return given


def _adopts(texts: Sequence[str], heading: int, end: int, own_period: str | None) -> bool:
    """Whether the document, whose name ends in the text ``heading`` at ``end``, adopts the plan."""
    rest = texts[heading][end:].strip(" :-")
    if _is_headed_as_adopted(texts, heading, end) or role_rules().own_adoption.pattern.search(rest):
        return True
    # "resolves" and "1 to adopt the strategic plan" may be two texts
    pairs = [" ".join(pair) for pair in zip(texts, [*texts[1:], ""], strict=True)]
    if any(adopts_itself(pair, own_period) for pair in pairs):
        return True
    return any(is_own_act(pair) for pair in pairs[max(0, heading - _ABOVE) : heading + _ACT])


def adopts_itself(text: str, own_period: str | None = None) -> bool:
    """Whether a plain text is that of an instrument which adopts the plan ("resolves to adopt …")."""
    match = role_rules().own_text.pattern.search(text)
    return match is not None and _holds(match, own_period)


# --------------------------------------------------------------------------------------------------
# Sentences


def _sentences(text: str, found: Sequence[Found], own_period: str | None) -> Iterator[str]:
    """Yield, for each citation, the words of its sentence around it, with every citation marked.

    A pronoun that means the plan is marked too.
    """
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
        sentence = f"{before}{_CITE}{behind}"
        pronoun = role_rules().pronoun.pattern
        if after > 1 and pronoun.search(sentence):
            previous = text[max(breaks[after - 2], first - _REACH) : first]
            sentence = pronoun.sub(_PLAN, sentence) if _is_about_the_plan(previous, own_period) else sentence
        yield sentence


def _is_about_the_plan(sentence: str, own_period: str | None) -> bool:
    """Whether the last plan that a sentence speaks of is the plan, and no other."""
    named = list(role_rules().fragments["plan"].finditer(sentence))
    return bool(named) and _holds(named[-1], own_period)


def _marked(text: str, found: Sequence[Found], low: int, high: int, start: int, end: int) -> str:
    """Return ``text[start:end]`` with the citations ``found[low:high]`` replaced by a mark."""
    parts: list[str] = []
    for one in found[low:high]:
        parts.extend((text[start : one.start], _OTHER))
        start = one.end
    return "".join((*parts, text[start:end]))


# --------------------------------------------------------------------------------------------------
# The document's own heading and period


def own_heading(texts: Sequence[str], findings: Sequence[Sequence[Found]]) -> int | None:
    """Return the number of the opening text that is nothing but one citation: the document is that.

    The date on which it was adopted, or the plan's title, may follow in the same text. The name of who acts,
    in capitals, may stand before it, and the organ, place and day behind, if the texts below adopt a plan.
    """
    for number, (text, found) in enumerate(zip(texts[:_OPENING], findings, strict=False)):
        if len(found) != 1 or len(found[0].cited) != 1:
            continue
        before, rest = text[: found[0].start], text[found[0].end :].strip(" :-")
        if not before:
            if found[0].rule == OWN_RULE:
                return number
            rules = role_rules()
            if (
                not rest
                or is_own_act(rest)
                or rules.own_date.pattern.search(rest)
                or rules.own_title.pattern.search(rest)
                or rules.own_adoption.pattern.search(rest)
            ):
                return number
        if _heads_an_act(before, text[found[0].end :].rstrip()) and any(
            is_own_act(below) or adopts_itself(below) for below in texts[number : number + _HEADED]
        ):
            return number
    return None


def _heads_an_act(before: str, rest: str) -> bool:
    """Whether what stands before and behind a citation leaves it the heading of an act."""
    return (
        len(before) <= _TITLE_LENGTH
        and before == before.upper()
        and (not rest or role_rules().own_rest.pattern.search(rest) is not None)
    )


def _is_headed_as_adopted(texts: Sequence[str], heading: int, end: int) -> bool:
    """Whether the instrument's heading goes on with the date of its adoption, the title of a plan beside it.

    ``end`` is where the instrument's name ends in the text of this number.
    """
    rules = role_rules()
    below = texts[heading + 1 : heading + _HEADED]
    above = texts[max(0, heading - _ABOVE) : heading]
    dated = any(rules.own_date.pattern.search(text) for text in (texts[heading][end:].strip(), *below))
    return dated and any(rules.own_title.pattern.search(text) for text in (*above, *below))


def _imprint(texts: Sequence[str], findings: Sequence[Sequence[Found]]) -> int | None:
    """Return the number of the text below the plan's title that says what approved it, if there is one."""
    opening = texts[:_OPENING]
    for number, (text, found) in enumerate(zip(opening, findings, strict=False)):
        if not found:
            continue
        kind, words = found[0].cited[0].kind, _words(text, found)
        english = len(found) == 1 and (kind not in _LAWS or role_rules().doubts["of_law"].search(words))
        said = (english and role_rules().imprint.pattern.search(words) is not None) or is_imprint(words, kind)
        if said and any(map(_is_title, opening[:number])):
            return number
        stamped = said and len(found) == 1 and number < _STAMP
        if stamped and any(map(_is_title, opening[number + 1 :])):
            return number
    return None


def _is_title(text: str) -> bool:
    """Whether a text may be a plan's title: it names one, or at least the years that one is for."""
    return len(text) <= _TITLE_LENGTH and (
        _has_cue(text) or names_a_plan(text) or role_rules().fragments["period"].search(text) is not None
    )


def _words(text: str, found: Sequence[Found]) -> str:
    """Return a text with its first citation, and all others, marked."""
    behind = _marked(text, found, 1, len(found), found[0].end, len(text))
    return f"{text[: found[0].start]}{_CITE}{behind}"


def _own_period(texts: Sequence[str], findings: Sequence[Sequence[Found]]) -> str | None:
    """Return the first period that the opening names, as two years: a title has it.

    The number of a citation ("Resolution 2020-12") is no period.
    """
    for text, found in zip(texts[:_OPENING], findings, strict=False):
        for match in role_rules().fragments["period"].finditer(text):
            if not any(one.start <= match.start() < one.end for one in found):
                return _years(match.group())
    return None


def _own_titles(texts: Sequence[str], findings: Sequence[Sequence[Found]]) -> str:
    """Return the short texts of the opening that may be the plan's title, in small letters."""
    opening = zip(texts[:_OPENING], findings, strict=False)
    return " ".join(
        text.casefold()
        for text, found in opening
        if not found
        and len(text) <= _TITLE_LENGTH
        and (_has_cue(text) or names_a_plan(text))
        and not text.endswith(".")
    )


def _holds(match: re.Match[str], own_period: str | None) -> bool:
    """Whether nothing in a rule's words speaks against it: a negation, another plan, its period."""
    fragments, doubts = role_rules().fragments, role_rules().doubts
    if fragments["cancels"].search(match.group()):
        return False
    if doubts["replaced"].search(match.string[max(0, match.start() - _BEFORE) : match.end()]):
        return False
    tail = fragments["tail"].match(match.string, match.end())
    words = match.group() + (tail.group() if tail else "")
    named = {_years(period.group()) for period in fragments["period"].finditer(words)}
    if not named and doubts["revised"].search(words):
        return False
    return not named or own_period is None or own_period in named


def _is_of_period(match: re.Match[str], own_period: str | None) -> bool:
    """Whether the words of a rule, and of the plan's name after them, name the plan's own period, or none."""
    words = match.group()
    if not words.endswith(_CITE):
        words += _NAME_END.split(match.string[match.end() :], maxsplit=1)[0]
    named = {_years(period.group()) for period in role_rules().fragments["period"].finditer(words)}
    return not named or own_period is None or own_period in named


def _names_another(match: re.Match[str], titles: Callable[[], str] | None) -> bool:
    """Whether the words of a rule name, in Chinese title marks, what is not this plan's title."""
    return titles is not None and any(
        name.casefold() not in titles() for name in _CHINESE_TITLE.findall(match.group())
    )


def _is_adoption(match: re.Match[str], kind: str, titles: Callable[[], str] | None) -> bool:
    """Whether the words of a rule say that the instrument adopted this plan, not what the ground was."""
    words, doubts = match.group(), role_rules().doubts
    plan = role_rules().fragments["plan"].search(words)
    if plan and titles and doubts["named"].search(plan.group()):
        own = titles()
        if own and plan.group().casefold() not in own:
            return False
    if kind in _LAWS and not doubts["of_law"].search(words):
        return False
    said = 0
    for adopting in role_rules().fragments["adopts"].finditer(words):
        said = adopting.end()
    return doubts["beside"].search(words, said) is None


def _years(period: str) -> str:
    """Return a period as first and last year, "2022-31" as "2022-2031"."""
    first, last = re.findall(r"\d+", period)
    return f"{first}-{first[: 4 - len(last)]}{last}"
