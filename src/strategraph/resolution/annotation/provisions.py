"""What the paragraphs of a text say as provisions of a resolution, without a plan or instrument around them.

This is what ``strategraph annotate`` prints of provisions.
"""

from __future__ import annotations

from dataclasses import dataclass

from strategraph.extraction.provisions.paragraphs import NONE, read_paragraph
from strategraph.resolution.annotation.citations import paragraphs


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProvision:
    """One paragraph of a text that is preambular or operative.

    ``start`` and ``end`` are code points in the text; ``verb`` is the opening word of a preambular
    paragraph, and the verb of an operative one in its base form; ``force`` what it says ("binding",
    "hortatory", "declaratory"); ``addressee``, ``due`` and ``reports_to`` are words of the paragraph.
    """

    start: int
    end: int
    text: str
    part: str
    number: str | None = None
    verb: str | None = None
    force: str | None = None
    addressee: str | None = None
    due: str | None = None
    reports_to: str | None = None


def provisions_in(text: str, language: str | None = None) -> tuple[ReadProvision, ...]:
    """Return the preambular and operative paragraphs of ``text``; they are parted by blank lines.

    ``language`` is a language tag; without it, the words of every language that the tables have are tried.
    What is neither preambular nor operative is left out.

    >>> (one,) = provisions_in("3. Invites Member States to take part;")
    >>> one.part, one.verb, one.addressee
    ('operative', 'invite', 'Member States')
    """
    found = []
    for passage in paragraphs(text):
        read = read_paragraph(passage.text, language)
        if read.part == NONE:
            continue
        span = passage.span()
        found.append(
            ReadProvision(
                start=span.start,
                end=span.end,
                text=text[span.start : span.end],
                part=read.part,
                number=read.number,
                verb=read.verb,
                force=read.force,
                addressee=read.addressee.text if read.addressee else None,
                due=read.due.text if read.due else None,
                reports_to=read.reports_to.text if read.reports_to else None,
            )
        )
    return tuple(found)
