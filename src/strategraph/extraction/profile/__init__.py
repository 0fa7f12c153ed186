"""What a text says of the plan as a whole: its title, its owner, its period.

Nothing is made up: what the text does not say stays None, and a reading that only seems so has a lower
confidence and a rule name that says why.
"""

from __future__ import annotations

from collections.abc import Sequence

from strategraph.extraction.profile.owner import find_owner
from strategraph.extraction.profile.period import find_extensions, find_period
from strategraph.extraction.profile.title import find_title
from strategraph.model import Document, NameMention, Profile, Reading, Section

__all__ = ["find_profile"]


def find_profile(
    document: Document,
    sections: Sequence[Section],
    acronyms: Sequence[NameMention],
    organizations: Sequence[NameMention],
) -> Profile:
    """Return the plan's title, owner, period and language, as far as the text says them.

    ``acronyms`` and ``organizations`` are those found in the text; they give an owner its full name. A
    text that neither titles a plan nor states elements has no profile but its language.
    """
    title = find_title(document, sections)
    if title is None and not sections:
        return Profile(language=document.language)
    start, end = find_period(title, document)
    return Profile(
        title=Reading(" ".join(title.passage.text.split()), title.support) if title else None,
        owner=find_owner(title, document, acronyms, organizations),
        start=start,
        end=end,
        language=document.language,
        notes=find_extensions(document),
    )
