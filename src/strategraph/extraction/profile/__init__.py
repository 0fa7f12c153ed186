"""What a text says of the plan as a whole: its title, its owner, its period.

Each is the most probable of many candidates from all zones of the document (front matter, page title, site
name, header, footer, blocks), by a forest over named features; where none is probable enough, nothing is
said.
"""

from __future__ import annotations

from collections.abc import Sequence

from strategraph.extraction.profile.names import bare
from strategraph.extraction.profile.owners import named_in_title, owner_candidates, owner_features
from strategraph.extraction.profile.periods import (
    PeriodCandidate,
    find_extensions,
    period_candidates,
    period_features,
)
from strategraph.extraction.profile.ranking import Ranker, Rankers, shipped
from strategraph.extraction.profile.rivals import OwnerCandidate, full_forms
from strategraph.extraction.profile.titles import TitleCandidate, title_candidates, title_features, with_years
from strategraph.extraction.profile.zones import SAME, Surroundings, likeness, words_of
from strategraph.model import Document, NameMention, OwnerReading, Profile, Reading, Section, Span, Support

__all__ = ["find_profile"]


def find_profile(
    document: Document,
    sections: Sequence[Section],
    acronyms: Sequence[NameMention],
    organizations: Sequence[NameMention],
    rankers: Rankers | None = None,
) -> Profile:
    """Return the plan's title, owner, period and language, as far as the text says them.

    ``acronyms`` and ``organizations`` are those found in the text; they give an owner its full name. A
    text that neither titles a plan nor states elements has no profile but its language. Confidences are
    the probabilities of the answers, two decimals.
    """
    rankers = rankers or shipped()
    around = Surroundings(document, sections, acronyms, organizations)
    chosen = choose_title(around, rankers.title)
    if chosen is None and not sections:
        return Profile(language=document.language)
    title = chosen[0] if chosen else None
    start, end = _period(around, title, rankers.period)
    return Profile(
        title=_title(around, *chosen) if chosen else None,
        owner=_owner(around, title, rankers),
        start=start,
        end=end,
        language=document.language,
        notes=find_extensions(document),
    )


def choose_title(around: Surroundings, ranker: Ranker) -> tuple[TitleCandidate, float] | None:
    """Return the title and its probability, or None."""
    candidates = title_candidates(around)
    said = [words_of(candidate.text) for candidate in candidates]
    best = ranker.best(
        title_features(around, candidates), lambda one, other: likeness(said[one], said[other]) >= SAME
    )
    return (with_years(candidates[best[0]], candidates), best[1]) if best else None


def _title(around: Surroundings, candidate: TitleCandidate, probability: float) -> Reading:
    named = around.nouns.search(candidate.text) is not None
    rule = "title:plan-noun" if named else f"title:{candidate.place}"
    return Reading(candidate.text, Support(candidate.passage.span(), rule, round(probability, 2)))


def _owner(around: Surroundings, title: TitleCandidate | None, rankers: Rankers) -> OwnerReading | None:
    candidates = owner_candidates(around, title.passage if title else None)
    forms = full_forms(around, candidates)
    rows = owner_features(around, candidates, rankers.usage)
    best = rankers.owner.best(rows)
    if best is None:
        given = next((one.passage for one in candidates if one.places["field"]), None)
        if given is not None:
            return OwnerReading(given.text, Support(given.span(), "owner:metadata", _PLAIN))
        named = named_in_title(around, title.passage) if title is not None else None
        return OwnerReading(named.text, Support(named.span(), "owner:title", _PLAIN)) if named else None
    names = [f" {' '.join(words_of(one.name))} " for one in candidates]
    first = best[0]

    def fuller(at: int) -> bool:
        return names[first] in names[at] and rows[at]["bodies"] > rows[first]["bodies"]

    chosen = rankers.owner.fullest(rows, first, fuller)
    candidate = candidates[chosen]
    full, short = forms[chosen]
    passage = bare(full.passage, around) or full.passage
    if passage.text.casefold() in around.rules.organization_words:  # "for the Union" names none
        return None
    support = Support(passage.span(), f"owner:{_place(candidate)}", round(best[1], 2))
    for acronym in around.acronyms:
        if acronym.other is not None and passage.text in (acronym.name, acronym.other):
            return OwnerReading(acronym.other, support, acronym.name)
    return OwnerReading(passage.text, support, short.name if short else None)


_PLAIN = 0.6  # the confidence of what a field or the title says plainly, though the ranker does not


def _place(candidate: OwnerCandidate) -> str:
    """Return the most telling place that has a name, for its rule."""
    if candidate.places["chosen title"]:
        return "title"
    return "block" if candidate.block >= 0 else "metadata"


def _period(
    around: Surroundings, title: TitleCandidate | None, ranker: Ranker
) -> tuple[Reading | None, Reading | None]:
    candidates = period_candidates(around, title.passage if title else None)
    best = ranker.best(
        period_features(around, candidates), lambda one, other: candidates[one].has(candidates[other])
    )
    given = next((at for at, one in enumerate(candidates) if one.places["field"]), None)
    at, probability = best or (given, _PLAIN)
    if at is None:
        return None, None
    candidate: PeriodCandidate = candidates[at]
    place = "title" if candidate.places["chosen title"] else "block" if candidate.block >= 0 else "metadata"
    rule = f"period:{place}"

    def reading(year: int | None, span: Span | None) -> Reading | None:
        if year is None or span is None:
            return None
        return Reading(f"{year:04d}", Support(span, rule, round(probability, 2)))

    return reading(candidate.start, candidate.spans[0]), reading(candidate.end, candidate.spans[1])
