"""Who speaks: in a resolution, "its resolution 60/66" is of the organ whose resolution it is.

The pattern is in ``data/citations/symbols.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from strategraph.extraction.citation_grammar import numbering
from strategraph.extraction.citation_grammar.brackets import read_date
from strategraph.extraction.citation_grammar.patterns import compiled
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.readings import CitedInstrument, Found
from strategraph.extraction.citation_grammar.united_nations import has_shape
from strategraph.knowledge.organizations import directory

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
