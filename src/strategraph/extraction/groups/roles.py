"""What part a group has by the words right before it: involved, or left out."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from strategraph.knowledge import resources
from strategraph.knowledge.languages import alternation, rules

ADDRESSED, INVOLVED, MENTIONED = "addressed", "involved", "mentioned"
_NEAR = 80  # characters before a group in which such words stand


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The words of one language that say a group takes part, with examples."""

    involving: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def role_words() -> dict[str, RoleWords]:
    """Return the table ``data/roles.toml`` by language."""
    with resources.path("data", "roles.toml").open("rb") as file:
        tables = tomllib.load(file)["language"]
    return {table["language"]: _compiled(table) for table in tables}


def _compiled(table: dict[str, list[str]]) -> RoleWords:
    edge = r"(?<!\w)" if table["involving"][0][0] < "\u3400" else ""
    # an article or possessive and up to two words of the group's own phrase may stand between
    pattern = rf"{edge}(?:{alternation(table['involving'])})\s*(?:[^\W\d]+['’]?\s*){{0,2}}\Z"
    return RoleWords(
        re.compile(pattern, re.IGNORECASE), tuple(table["examples"]), tuple(table["counter_examples"])
    )


def role_by_words(before: str, language: str) -> str | None:
    """Return the role that the words before a group give it, or None where they give none."""
    near = before[-_NEAR:]
    if rules(language).excluding.search(near):
        return MENTIONED
    words = role_words().get(language.partition("-")[0].lower())
    if words is not None and words.involving.search(near):
        return INVOLVED
    return None
