"""What a build says of what it did not understand: silence is an answer, too, and is told as one.

A graph of three facts conforms as well as one of three hundred. Whoever reads it has to be told that the plan
has more, which of its headings led to nothing, and what can be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategraph.knowledge.languages import FALLBACK, available, has_rules
from strategraph.model import Document, Plan
from strategraph.model.text import beginning
from strategraph.reading.language import UNDETERMINED
from strategraph.resolution.coverage import Coverage, Sentence
from strategraph.understanding.cues import cues, hints

_LEAST_SENTENCES = 12  # a shorter text is read, or not, at one look
_LITTLE = 0.1  # of the sentences: nine in ten plans of which most elements were found give facts in more
_NAMED = 5  # headings that a message names
_LONGEST = 60  # characters of each
STRONG_TITLE = "title:plan-noun"  # any text has a heading: it is no sign of a plan unless it names one


@dataclass(frozen=True, slots=True)
class Silence:
    """Something that was not understood.

    ``check`` is the name of the constraint that fails; ``what`` says what was not understood, ``advice`` what
    the user can do.
    """

    check: str
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.what}; {self.advice}"


def silences(document: Document, plan: Plan, coverage: Coverage) -> tuple[Silence, ...]:
    """Return what was not understood of a document: its language, or most of what looks like a plan."""
    return (*language_silences(document), *_text(document, plan, coverage))


def language_silences(document: Document) -> Iterator[Silence]:
    """Yield that a document's language is not known, or has no rules."""
    language = document.language
    if language == UNDETERMINED:
        what = f"the language is not recognised, and the text is read by the rules for “{FALLBACK}”"
        yield Silence("language-has-rules", what, "give it with --language")
    elif not has_rules(language):
        what = f"there are no rules for the language “{language}”; the text is read by those for “{FALLBACK}”"
        advice = (
            f"there are rules for {', '.join(available())}; give one with --language if it is the text's, or "
            "say what the text states with --corrections or --readings"
        )
        yield Silence("language-has-rules", what, advice)


def _text(document: Document, plan: Plan, coverage: Coverage) -> Iterator[Silence]:
    total = len(coverage.sentences)
    if total < _LEAST_SENTENCES:
        return
    stated = sum(1 for element in plan.elements if element.verb is None)
    if stated and coverage.covered >= _LITTLE * total:
        return
    silent = _silent_headings(coverage.sentences, document.language)
    if not stated and not _looks_like_a_plan(plan, silent, document.language):
        return
    what = f"{coverage.covered} of {total} sentences gave facts"
    if silent:
        names = ", ".join(f"“{beginning(heading, _LONGEST)}”" for heading in silent[:_NAMED])
        more = f" and {len(silent) - _NAMED} more" if len(silent) > _NAMED else ""
        what += f"; headings not understood: {names}{more}"
    yield Silence(
        "text-is-understood",
        what,
        "--from and --language say how to read it; strategraph review lists the doubtful decisions for "
        "--corrections",
    )


def _looks_like_a_plan(plan: Plan, headings: Sequence[str], language: str) -> bool:
    """Whether a text without elements has the title or period of a plan, or headings that name elements."""
    title = plan.profile.title
    titled = title is not None and (title.support is None or title.support.rule == STRONG_TITLE)
    return titled or plan.profile.start is not None or any(cues(text, language) for text in headings)


def _silent_headings(sentences: Sequence[Sentence], language: str) -> list[str]:
    """Return the headings that gave no facts, nor did what follows them; first those that name elements."""
    found: list[str] = []
    last: Sentence | None = None
    for sentence in sentences:
        if sentence.kind == "heading":
            if last is not None:
                found.append(last.text)
            last = sentence
        if sentence.facts:
            last = None
    if last is not None:
        found.append(last.text)
    unique = list(dict.fromkeys(found))
    return sorted(unique, key=lambda text: 0 if cues(text, language) else 1 if hints(text, language) else 2)
