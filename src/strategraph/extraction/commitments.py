"""Commitments and purposes: what prose says the owner will do, what for, and how it is meant.

The grammar is that of such prose: a lead (an imperative, "X will work to", "X's mission is to", "To …"),
then verbs, coordinated with commas and "and", each with its object; an infinitive within an object says
what for. Verbs whose subject is somebody or something else are nobody's commitments here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from strategraph.knowledge.languages import CommitmentWords, alternation, rules
from strategraph.knowledge.measure_words import MeasureWords, measure_words, whole
from strategraph.knowledge.writing import sentences
from strategraph.model import Commitment, ModalityMention, Passage, Purpose, Section, Support
from strategraph.model.document import Spoken

COMMITTING_KINDS = frozenset({"Goal", "Mission"})


# "Target groups: youth" is a field of a form; no act starts so.
_FIELD = re.compile(r"(?:[^\W\d_]+\s+){0,2}[^\W\d_]+\s*[:：]")
# Between a word and the next; an elided one ("afin d'") has no space after it.
_GAP = r"(?:\s+|(?<=['’]))"
_CONDITION = "conditional"


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with its object in a sentence, by positions in the text."""

    verb: str
    start: int
    object_start: int
    end: int
    purpose: bool
    rule: str
    lead: int  # acts of one lead and object belong together


def find_commitments(
    sections: Sequence[Section], owners: Sequence[str], spoken: Callable[[Passage], str]
) -> tuple[tuple[Commitment, ...], tuple[Purpose, ...]]:
    """Return the commitments of goals and missions, and their purposes, in reading order.

    ``owners`` are the names by which the text calls the plan's owner ("ITU"); ``spoken`` says which language
    a passage is in. One without commitment words has none.
    """
    commitments: list[Commitment] = []
    purposes: list[Purpose] = []
    for index, section in enumerate(sections):
        passage = section.statement or section.title
        if section.kind not in COMMITTING_KINDS or not passage:
            continue
        language_rules = rules(spoken(passage))
        words = language_rules.commitment
        if words is None:
            continue
        for start, end in sentences(passage.text, language_rules):
            if _FIELD.match(passage.text, start, end):
                continue
            _collect(
                index, passage, list(acts(passage.text[:end], start, words, owners)), commitments, purposes
            )
    return tuple(commitments), tuple(purposes)


def _collect(
    section: int,
    passage: Passage,
    found: Sequence[Act],
    commitments: list[Commitment],
    purposes: list[Purpose],
) -> None:
    """Add the acts of one sentence; a purpose belongs to the commitments of its lead."""
    aims: dict[int, list[int]] = {}
    for act in found:
        if act.purpose:
            aims.setdefault(act.lead, []).append(len(purposes))
            purposes.append(Purpose(section, act.verb, *_words(passage, act)))
    for act in found:
        if not act.purpose:
            object_, support = _words(passage, act)
            aimed = (*aims.get(0, ()), *aims.get(act.lead, ())) if act.lead else tuple(aims.get(0, ()))
            commitments.append(Commitment(section, act.verb, object_, support, tuple(sorted(set(aimed)))))


def _words(passage: Passage, act: Act) -> tuple[Passage, Support]:
    confidence = 0.9 if act.rule != "bare-infinitive" else 0.75
    rule = f"{'purpose' if act.purpose else 'commitment'}:{act.rule}"
    return passage.cut(act.object_start, act.end), Support(passage.span(act.start, act.end), rule, confidence)


def acts(text: str, start: int, words: CommitmentWords, owners: Sequence[str]) -> Iterator[Act]:
    """Yield the acts of the sentence that begins at ``start`` and ends with ``text``.

    >>> from strategraph.knowledge.languages import rules
    >>> words = rules("en").commitment
    >>> [(a.verb, a.purpose) for a in acts("Enable and foster trade to close gaps.", 0, words, [])]
    [('enable', False), ('foster', False), ('close', True)]
    >>> list(acts("Technologies enable growth.", 0, words, ["ITU"]))
    []
    """
    patterns = _patterns(words)
    main = _subject_pattern(words, tuple(owners)).search(text, start)
    leading = patterns.to.match(text, start)
    if main is not None:
        if leading is not None and leading.end() < main.start():
            yield from _chain(
                text, leading.end(), main.start(), patterns, purpose=True, rule="leading", lead=0
            )
        yield from _chain(text, main.end(), len(text), patterns, purpose=False, rule="will", lead=1, to=True)
    elif leading is not None:
        if not words.marker_commits or _other_clause(words, tuple(owners)).search(text, leading.end()):
            return  # "To reach all, we want …": the main clause commits to nothing that is listed
        rule = "bare-infinitive"
        yield from _chain(text, leading.end(), len(text), patterns, purpose=False, rule=rule, lead=1, to=True)
    elif patterns.verb.match(text, start):
        yield from _chain(text, start, len(text), patterns, purpose=False, rule=words.lead, lead=1)


@dataclass(frozen=True, slots=True)
class _CommitmentPatterns:
    to: re.Pattern[str]
    light: re.Pattern[str]
    verb: re.Pattern[str]
    joint: re.Pattern[str]
    then: re.Pattern[str]
    aim: re.Pattern[str]
    relative: re.Pattern[str]
    aimless: bool  # whether a marker that stands again never says what for


@cache
def _patterns(words: CommitmentWords) -> _CommitmentPatterns:
    plain = alternation(words.verbs - words.ambiguous)
    noun_like = alternation(words.ambiguous)
    # an ambiguous word is a verb where an object follows: no stop, preposition or conjunction
    no_object = rf"(?!(?:{alternation(words.no_object)})\b)"
    verb = rf"(?P<verb>(?:{plain})(?![\w-])|(?:{noun_like})(?![\w-])(?=\s+{no_object}\w))"
    light = rf"(?:(?:{alternation(words.light)}){_GAP})*"
    # so is one that may be an adjective, later in a list, before an article or after "to"
    adjectives = rf"(?!(?:{alternation(words.adjectives)})\s+(?!(?:{alternation(words.articles)})\b))"
    unless = "".join(rf"(?<!\b{re.escape(word)})" for word in words.no_purpose_after)
    purpose, markers = alternation(words.purpose_markers), alternation(words.markers)
    either, both = alternation(words.conjunctions), alternation(words.additions)
    # where a marker never says what for, it may stand before each verb of a list, and leads within an object
    # to a verb that is somebody else's ("aider les communes à gérer et entretenir …")
    aimless = not set(words.markers) & set(words.purpose_markers)
    again = rf"(?:(?:{markers}){_GAP})?" if aimless else ""
    inner = rf"|(?<!\w)(?:{markers}|{purpose}){_GAP}{light}{verb}" if aimless else ""
    flags = re.IGNORECASE
    return _CommitmentPatterns(
        re.compile(rf"(?:{purpose}){_GAP}(?={light}{verb})", flags),
        re.compile(light, flags),
        re.compile(verb, flags),
        # between verbs that share an object
        re.compile(
            rf"(?:\s*,\s*(?:(?:{either})\s+)?|\s+(?:{either})\s+){again}{light}(?={adjectives}{verb})", flags
        ),
        # after an object: the next verb of the same lead
        re.compile(
            rf"(?:\s*[,;]\s*(?:(?:{both})\s+)?|\s+(?:{both})\s+)"
            rf"(?:(?P<to>(?:{markers}){_GAP})|{adjectives}){light}(?={verb})",
            flags,
        ),
        re.compile(rf"{unless}(?:\s*,)?\s+(?:{purpose}){_GAP}{light}(?={verb})", flags),
        re.compile(rf"\b(?:{alternation(words.relatives)})\b{inner}", flags),
        aimless,
    )


@cache
def _subject_pattern(words: CommitmentWords, owners: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of "ITU will strive to", "our mission is to"."""
    names = _names(words, owners)
    own = alternation(f"{owner}{mark}" for owner in owners for mark in ("'s", "’s", "'", "’"))
    modals = alternation(words.modals)
    light = rf"(?:(?:{alternation(words.light)}){_GAP})*"
    missions = "".join(
        f"|{mission.replace('{names}', names).replace('{own}', own)}" for mission in words.missions
    )
    return re.compile(rf"(?<![\w-])(?:(?:{names})\s+(?:{modals}){missions}){_GAP}{light}", re.IGNORECASE)


@cache
def _other_clause(words: CommitmentWords, owners: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a main clause after an infinitive, whatever its verb: ", we want"."""
    return re.compile(rf",\s+(?:{_names(words, owners)})\s+[a-z]+", re.IGNORECASE)


def _names(words: CommitmentWords, owners: tuple[str, ...]) -> str:
    """Return the pattern of the subjects that stand for the plan's owner."""
    article = rf"(?:(?:{alternation(words.subject_articles)}){_GAP})?"
    return rf"{article}(?:{alternation([*words.subjects, *owners])})"


def _chain(
    text: str,
    start: int,
    end: int,
    patterns: _CommitmentPatterns,
    *,
    purpose: bool,
    rule: str,
    lead: int,
    to: bool = False,
) -> Iterator[Act]:
    """Yield the verbs from ``start`` on with their objects, up to ``end``; purposes inside objects too.

    ``to`` says that the lead was an infinitive or modal, so that ", to address …" goes on with it; after
    an imperative it says what for.
    """
    light = patterns.light.match(text, start, end)
    position = light.end() if light else start
    while True:
        verbs, position = _verbs(text, position, end, patterns)
        if not verbs:
            return
        stop, next_start, aims = _object_end(text, position, end, patterns, to=to and not purpose)
        object_start = position
        object_end = aims[0][0] if aims else stop
        for verb, verb_start in verbs:
            yield Act(
                verb, verb_start, object_start, _trim(text, object_start, object_end), purpose, rule, lead
            )
        for number, (_, aim_start) in enumerate(aims):
            aim_end = aims[number + 1][0] if number + 1 < len(aims) else stop
            aim_verbs, aim_object = _verbs(text, aim_start, aim_end, patterns)
            for verb, verb_start in aim_verbs:
                yield Act(
                    verb, verb_start, aim_object, _trim(text, aim_object, aim_end), True, "infinitive", lead
                )
        if next_start is None:
            return
        position = next_start
        if lead:
            lead += 1


def _verbs(
    text: str, position: int, end: int, patterns: _CommitmentPatterns
) -> tuple[list[tuple[str, int]], int]:
    """Return the coordinated verbs at ``position`` and where their object starts."""
    found: list[tuple[str, int]] = []
    while (match := patterns.verb.match(text, position, end)) is not None:
        found.append((match["verb"].lower(), match.start()))
        position = match.end()
        joint = patterns.joint.match(text, position, end)
        if joint is None:
            break
        position = joint.end()
    return found, position


def _object_end(
    text: str, start: int, end: int, patterns: _CommitmentPatterns, *, to: bool
) -> tuple[int, int | None, list[tuple[int, int]]]:
    """Return where an object ends, where the next verb of the lead starts, and the purposes in between.

    A purpose is a pair: where its marker starts, and where its verb does.
    """
    aims: list[tuple[int, int]] = []
    position = start
    while position < end:
        following = patterns.then.search(text, position, end)
        aim = patterns.aim.search(text, position, end)
        if aim is not None and following is not None and aim.start() == following.start():
            if to:
                aim = patterns.aim.search(text, following.end(), end)  # ", to address": goes on with the lead
            else:
                following = None if following["to"] else following
        if aim is not None and (following is None or aim.start() < following.start()):
            aims.append((aim.start(), aim.end()))
            position = aim.end()
            _, position = _verbs(text, position, end, patterns)
            continue
        if following is None:
            break
        if (
            "," not in following.group()
            and not following["to"]
            and patterns.relative.search(
                text, max(start, text.rfind(",", start, following.start())), following.start()
            )
        ):
            position = following.end()  # "people who live and work here"
            continue
        if following["to"] and patterns.aimless and not aims and not to:
            position = following.end()  # "permettre aux femmes de créer … et de former …"
            continue
        if following["to"] and (not to or (patterns.aimless and aims)):
            aims.append((following.start(), following.end()))
            _, position = _verbs(text, following.end(), end, patterns)
            continue
        return following.start(), following.end(), aims
    return end, None, aims


def _trim(text: str, start: int, end: int) -> int:
    """Return ``end`` without white space and the end mark before it."""
    while end > start and text[end - 1] in " .;,:":
        end -= 1
    return max(end, start)


def find_modalities(
    commitments: Sequence[Commitment], sections: Sequence[Section], spoken: Spoken
) -> Iterator[ModalityMention]:
    """Yield how each commitment is meant, where words say it: the last before its verb, and a condition."""
    for index, commitment in enumerate(commitments):
        section = sections[commitment.section]
        passage = section.statement or section.title
        words = measure_words(spoken.of(passage)) if passage else None
        if passage is None or words is None or not words.modality:
            continue
        at = _position(passage, commitment.support.span.start)
        for start, end in sentences(passage.text, rules(spoken.of(passage))):
            if start <= at < end:
                for name, first, last in said(passage.text, start, at, end, words):
                    support = Support(passage.span(first, last), "modality:words", 0.85)
                    yield ModalityMention(index, name, support)


def said(text: str, start: int, verb: int, end: int, words: MeasureWords) -> Iterator[tuple[str, int, int]]:
    """Yield the name and place of the modality of the verb in a sentence, and of a condition in it.

    >>> from strategraph.knowledge.measure_words import measure_words
    >>> text = "The Bank will make efforts to achieve parity."
    >>> [name for name, *_ in said(text, 0, 30, len(text), measure_words("en"))]
    ['strives']
    """
    best: tuple[int, int, str] | None = None
    for name, listed in words.modality.items():
        for match in re.finditer(whole(listed), text[start:end], re.IGNORECASE):
            first, last = start + match.start(), start + match.end()
            if name == _CONDITION:
                yield name, first, last
            elif last <= verb and (best is None or (last, -first) > (best[0], -best[1])):
                best = (last, first, name)
    if best is not None:
        yield best[2], best[1], best[0]


def _position(passage: Passage, offset: int) -> int:
    """Return where in a passage the character at an offset of the source stands."""
    position = 0
    for piece, source in passage.pieces:
        if source <= offset:
            position = piece + offset - source
    return min(position, len(passage.text))
