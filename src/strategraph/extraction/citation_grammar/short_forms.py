"""What a citation leaves to the text around it: names that the text gives, words that point back, who speaks.

A name defined in brackets is certain, and takes the fields of what it stands for. Words that point back
are only marked here: which instrument they mean is for resolution to say.

The pattern is in ``data/citations/symbols.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategraph.extraction.citation_grammar import numbering, tables
from strategraph.extraction.citation_grammar.brackets import read_date
from strategraph.extraction.citation_grammar.numbering import has_shape
from strategraph.extraction.citation_grammar.patterns import any_of, compiled, compiled_with
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.readings import CitedInstrument, Found, united, united_names
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.resources import cache

DEFINED_RULE = "defined-name"
NOUN_RULE = "noun"
SAME_RULE = "same-as-before"
CODE_RULE = "us-code"
GLOSSARY_RULE = "treaty-by-definition"

_TITLED = ("Treaty", "Legislation", "Order", "Policy")
_INITIAL = re.compile(r"\b[A-Z]")
_WORD = re.compile(r"[\w-]+")
Texts = Sequence[str]
Findings = list[tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of ``short-forms.toml``, and the class that each noun means."""

    definition: re.Pattern[str]
    joint: re.Pattern[str]
    closing: re.Pattern[str]
    noun: re.Pattern[str]
    same: re.Pattern[str]
    opening: re.Pattern[str]
    body: str
    nouns: Mapping[str, str]


@cache
def patterns() -> Patterns:
    """Return the patterns, compiled."""
    content = tables.short_forms()
    return Patterns(
        definition=compiled(content["definition"]["pattern"]),
        joint=compiled(content["joint"]["pattern"]),
        closing=compiled(content["closing"]["pattern"]),
        noun=compiled_with(content["noun"]["pattern"], noun=any_of(content["nouns"])),
        same=compiled(content["same_as_before"]["pattern"]),
        opening=compiled(content["opening"]["pattern"]),
        body=rf"\s(?:{any_of(content['bodies']['nouns'])})\b",
        nouns=content["nouns"],
    )


def nouns() -> Mapping[str, str]:
    """Return the nouns that mean an instrument ("the Resolution"), and the kind that each means."""
    return patterns().nouns


def with_short_forms(texts: Texts, findings: Findings) -> Findings:
    """Return the findings of each text with its short forms added, and defined names spelt out.

    ``findings[i]`` are the citations in ``texts[i]``, from left to right; so they are in what is returned.
    """
    findings = [_named_with_number(text, found) for text, found in zip(texts, findings, strict=True)]
    defined = _definitions(texts, findings)
    spelt = [tuple(_spelt_out(one, defined) for one in found) for found in findings]
    named = _added(texts, spelt, list(_names(texts, defined)))
    return _added(texts, named, list(_pointing_back(texts, named)))


# --------------------------------------------------------------------------------------------------
# A name and a number of one instrument


def _named_with_number(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """Return the citations in a text, a name and the number in brackets beside it as the one they cite.

    "Meadow Care Act (MCA) (Public Law 113-128)" is one act, and so is "Lei nº 9.394/1996 (LDB)".
    """
    joined: list[Found] = []
    for one in found:
        whole = _as_one(text, joined[-1], one) if joined else None
        if whole is None:
            joined.append(one)
        else:
            joined[-1] = whole
    return tuple(joined)


def _as_one(text: str, first: Found, second: Found) -> Found | None:
    """Return two citations as one, if one is the name and the other the number of the same; else None."""
    opening = patterns().joint.fullmatch(text, first.end, second.start)
    closing = patterns().closing.match(text, second.end)
    if opening is None or closing is None or CODE_RULE in (first.rule, second.rule):
        return None
    cited = united(first, second)
    if cited is None:
        return None
    names = (*united_names(first, second), *((opening["alias"],) if opening["alias"] else ()))
    return replace(first, end=closing.end(), cited=(cited,), also=names)


# --------------------------------------------------------------------------------------------------
# Names defined in brackets


def _definitions(texts: Texts, findings: Findings) -> Mapping[str, CitedInstrument]:
    """Return what each name defined in the texts stands for; one that is defined twice is left out."""
    meanings: dict[str, set[CitedInstrument]] = {}
    for text, found in zip(texts, findings, strict=True):
        for act, code in _acts_with_code(text, found):
            meanings.setdefault(code, set()).add(act)
        for one in found:
            for name in one.also:
                meanings.setdefault(name, set()).add(one.cited[0])
            if one.rule == GLOSSARY_RULE:
                meanings.setdefault(one.cited[0].title or "", set()).add(one.cited[0])
            match = patterns().definition.match(text, one.end)
            if match is not None and len(one.cited) == 1 and _defines(match, one.cited[0], text):
                meanings.setdefault(match["alias"], set()).add(replace(one.cited[0], bare=False))
    return {alias: next(iter(meant)) for alias, meant in sorted(meanings.items()) if len(meant) == 1}


def _acts_with_code(text: str, found: Sequence[Found]) -> Iterator[tuple[CitedInstrument, str]]:
    """Yield each act that a code follows in brackets, and that code: "… Act of 1958 (33 U.S.C. § 601)"."""
    for one, following in pairwise(found):
        act = one.cited[0]
        if (
            following.rule == CODE_RULE
            and (act.kind, len(one.cited)) == ("Legislation", 1)
            and act.title is not None
            and patterns().opening.fullmatch(text, one.end, following.start)
        ):
            yield act, following.cited[0].number or ""


def _defines(match: re.Match[str], cited: CitedInstrument, text: str) -> bool:
    """Whether a bracket names the instrument before it: in quotes, with "the", by its noun or initials."""
    alias = match["alias"]
    if len(alias) < 3 or alias == cited.title:
        return False
    if match["marker"] or match["quote"] or match["article"] or match["article_in"]:
        return True
    if cited.kind not in _TITLED or cited.title is None:
        return False
    initials = "".join(_INITIAL.findall(cited.title))
    core = alias.removesuffix(" Act")
    if core.isupper() and (initials.startswith(core) or _abbreviates(core, cited.title)):
        return True
    return core != alias and all(word in cited.title for word in core.split())


def _abbreviates(letters: str, title: str) -> bool:
    """Whether capitals stand in this order in a title, from its first on: at the beginnings of its words, or
    anywhere in one long word ("Meadow Care Act (MCA)", "Wiesenteilhabegesetz (WTHG)")."""
    words = _WORD.findall(title)
    rest = iter("".join(word[:1] for word in words) if len(words) > 1 else title)
    first = next(rest, "").casefold()
    return first == letters[:1].casefold() and all(
        any(letter == other.casefold() for other in rest) for letter in letters[1:].casefold()
    )


def _spelt_out(one: Found, defined: Mapping[str, CitedInstrument]) -> Found:
    """Return a citation whose title, or code, is a defined name with the fields of what that stands for."""
    if len(one.cited) == 1:
        name = one.cited[0].title or (one.cited[0].number if one.rule == CODE_RULE else None)
        if (meant := defined.get(name or "")) is not None:
            return replace(one, cited=(meant,))
    return one


def _names(texts: Texts, defined: Mapping[str, CitedInstrument]) -> Iterator[tuple[int, Found]]:
    """Yield every place where a defined name stands, with the number of its text."""
    if not defined:
        return
    nouns = set(patterns().nouns)
    alone = [alias for alias in defined if alias not in nouns]
    with_article = [alias for alias in defined if alias in nouns]
    parts = [
        rf"(?<![\w/.-])(?P<name>{any_of(alone)})(?![\w/]|-\w|{patterns().body})" if alone else "",
        rf"(?<!\w)(?:the|The)\s(?P<noun>{any_of(with_article)})(?![\w/-]|\s[A-Z0-9])" if with_article else "",
    ]
    pattern = re.compile("|".join(part for part in parts if part))
    for number, text in enumerate(texts):
        for match in pattern.finditer(text):
            name = match.groupdict().get("name") or match.groupdict()["noun"]
            yield number, Found(match.start(), match.end(), DEFINED_RULE, (defined[name],))


# --------------------------------------------------------------------------------------------------
# Words that point back


def _pointing_back(texts: Texts, findings: Findings) -> Iterator[tuple[int, Found]]:
    """Yield "the Resolution" and "ibid." where something was cited before that they can mean."""
    kinds: set[str] = set()
    last: str | None = None
    for number, text in enumerate(texts):
        cited = deque(findings[number])
        for start, end, noun in _pointers(text):
            while cited and cited[0].start < start:
                kinds.update(one.kind for one in cited[0].cited)
                last = cited.popleft().cited[-1].kind
            if noun is None and last is not None:
                yield number, Found(start, end, SAME_RULE, (CitedInstrument(last),))
            elif noun is not None and patterns().nouns[noun] in kinds:
                yield number, Found(start, end, NOUN_RULE, (CitedInstrument(patterns().nouns[noun]),))
        for one in cited:
            kinds.update(of.kind for of in one.cited)
            last = one.cited[-1].kind


def _pointers(text: str) -> list[tuple[int, int, str | None]]:
    """Return where words of a text point back: start, end and the noun (None for "ibid."), in order."""
    nouns = [(m.start(), m.end(), " ".join(m["noun"].split())) for m in patterns().noun.finditer(text)]
    same = [(m.start(), m.end(), None) for m in patterns().same.finditer(text)]
    return sorted((*nouns, *same), key=lambda pointer: pointer[0])


def _added(texts: Texts, findings: Findings, more: list[tuple[int, Found]]) -> Findings:
    """Return the findings with those of ``more`` that overlap none."""
    by_text: dict[int, list[Found]] = {}
    for number, one in more:
        by_text.setdefault(number, []).append(one)
    merged: Findings = []
    for number in range(len(texts)):
        found = findings[number]
        ends = [one.end for one in found]
        new = [one for one in by_text.get(number, ()) if _is_free(one, found, ends)]
        merged.append(tuple(sorted((*found, *new), key=lambda one: one.start)))
    return merged


def _is_free(one: Found, found: Sequence[Found], ends: Sequence[int]) -> bool:
    """Whether ``one`` shares no word with any of ``found``, which are in order and end at ``ends``."""
    following = bisect_right(ends, one.start)
    return following == len(found) or one.end <= found[following].start


OWN_RULE = "own-number"
_RESOLUTION = "Resolution"
_TITLE = re.compile(r"(?P<number>(?:E?S-)?\d{1,3}/\d{1,3}(?:\s[A-Z])?)[.\s]\s?(?=[A-Z])")
_OPENING = 40  # texts in which the organ is named


def speaker(texts: Sequence[str]) -> str | None:
    """Return the slug of the organ that speaks in plain texts, as their opening says, else None.

    >>> speaker(["Resolution 1 (2000)", "The Security Council,"])
    'united-nations-security-council'
    """
    said = numbering.speaker()
    for text in texts[:_OPENING]:
        words = text[:200].casefold()
        if not any(need in words for need in said["needs"]):
            continue
        match = compiled(plain(said["pattern"]).text).match(text)
        if match is not None:
            known = directory().find_issuer(match["organ"] or match["adopting"])
            if known is not None:
                return known.slug
    return None


def with_speaker(texts: Sequence[str], findings: Sequence[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
    """Return the findings, numbers of which no word says whose they are as those of the organ that speaks."""
    if not any(_is_open(cited) for found in findings for one in found for cited in one.cited):
        return list(findings)
    organ = speaker(texts)
    if organ is None:
        return list(findings)

    def spoken(cited: CitedInstrument) -> CitedInstrument:
        fits = _is_open(cited) and has_shape(organ, cited.kind, cited.number or "")
        return replace(cited, body=organ) if fits else cited

    return [tuple(replace(one, cited=tuple(map(spoken, one.cited))) for one in found) for found in findings]


def with_own_number(texts: Sequence[str], findings: Sequence[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
    """Return the findings with the resolution's own number where its title bears it: "70/98. Question of …".

    It stands in the opening, behind who adopted it.
    """
    adopted: re.Match[str] | None = None
    for number, text in enumerate(texts[:_OPENING]):
        words = text[:200].casefold()
        if adopted is None and any(need in words for need in numbering.speaker()["needs"]):
            said = compiled(plain(numbering.speaker()["pattern"]).text).match(text)
            adopted = said if said is not None and said["adopting"] else None
            continue
        match = _TITLE.match(text) if adopted is not None else None
        known = directory().find_issuer(adopted["adopting"]) if adopted is not None else None
        if match is None or known is None or not has_shape(known.slug, _RESOLUTION, match["number"]):
            continue
        date = read_date(adopted.string[adopted.end() :]) if adopted is not None else None
        cited = CitedInstrument(_RESOLUTION, body=known.slug, number=match["number"], date=date)
        own = Found(match.start("number"), match.end("number"), OWN_RULE, (cited,))
        kept = tuple(one for one in findings[number] if one.start >= own.end)
        return [*findings[:number], (own, *kept), *findings[number + 1 :]]
    return list(findings)


def _is_open(cited: CitedInstrument) -> bool:
    return cited.body is None and cited.number is not None and cited.title is None and not cited.issued
