"""Plan succession: which plan the text says that this one replaces.

The forms are in ``data/succession.toml``, each with examples and counter-examples. The plan before is cited
by name: as any other plan that a text cites, it is a policy, and what it is to this plan is its role.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from strategraph.knowledge import resources
from strategraph.model import CitationMention, Passage, Profile, Support
from strategraph.model.span_index import SpanIndex, Spoken

ROLE = "succeeds"
RULE_PREFIX = "succession/"
_CONFIDENCE = 0.9
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class SuccessionForm:
    """A way in which a language says it, with the texts that prove it."""

    name: str
    language: str
    pattern: re.Pattern[str]
    cancels: re.Pattern[str]
    examples: tuple[tuple[str, ...], ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """The name of the plan before, and the words that say so, by positions in the text."""

    rule: str
    start: int
    end: int
    name_start: int
    name_end: int


@cache
def forms() -> tuple[SuccessionForm, ...]:
    """Return the forms of all languages."""
    with resources.path("data", "succession.toml").open("rb") as file:
        data = tomllib.load(file)
    years = f"(?:{data['fragments']['years']})"
    return tuple(
        SuccessionForm(
            one["name"],
            one["language"],
            re.compile(one["pattern"].replace("{years}", years), re.VERBOSE),
            re.compile(one["cancels"], re.IGNORECASE),
            tuple(map(tuple, one["examples"])),
            tuple(one["counter_examples"]),
        )
        for one in data["form"]
    )


def replaced(
    text: str, language: str, own: tuple[str | None, str | None] = (None, None)
) -> Iterator[Replaced]:
    """Yield the plans that a text says its plan replaces; ``own`` are the first and last year of the plan.

    >>> text = "This plan replaces the Strategic Plan 2018-2022."
    >>> [text[one.name_start : one.name_end] for one in replaced(text, "en")]
    ['Strategic Plan 2018-2022']
    """
    for form in forms():
        if form.language != language.partition("-")[0]:
            continue
        for match in form.pattern.finditer(text):
            if form.cancels.search(match.group()) or form.cancels.search(_clause(text, match.start())):
                continue
            told = match.groupdict().get("own")
            period = [year for year in own if year]
            if told is not None and _YEAR.findall(told) != period:
                continue
            named = _YEAR.findall(match["name"])
            if named and named == period[: len(named)]:
                continue
            yield Replaced(form.name, match.start(), match.end("name"), *match.span("name"))


def _clause(text: str, end: int) -> str:
    """Return the words of the sentence before a position."""
    return re.split(r"[.;:!?。；]", text[:end])[-1]


def find_succession(
    passages: Sequence[Passage], profile: Profile, citations: Sequence[CitationMention], spoken: Spoken
) -> Iterator[CitationMention]:
    """Yield a citation of each plan that this one replaces, but for what is cited there already."""
    known = SpanIndex((citation.support.span, "") for citation in citations)
    own = (profile.start.value if profile.start else None, profile.end.value if profile.end else None)
    for passage in passages:
        for one in replaced(passage.text, spoken.of(passage), own):
            name = passage.cut(one.name_start, one.name_end)
            if known.overlaps(name.span()):
                continue
            support = Support(passage.span(one.start, one.end), f"{RULE_PREFIX}{one.rule}", _CONFIDENCE)
            title = " ".join(name.text.split())
            yield CitationMention(kind="Policy", surface=title, support=support, title=title, role=ROLE)
