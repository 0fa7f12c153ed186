"""What one cited instrument does to another, and to the plan as languages other than English say it.

The words are in ``data/citations/relations.toml``. They are read in one plain text, in which the citations
are known: active words lead from the instrument before them to those of the list behind them, passive ones
from the instrument behind them to those before.

The rules are in ``data/citations/adoption``, a file for each language. Which language a sentence is in
need not be known: words that it must have say whose rules to try.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import Lazy, any_of, compiled, compiled_with
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.knowledge.languages import is_spaced, plan_nouns
from strategraph.knowledge.resources import cache

_JOINED = 30  # characters between words that share their instruments: "amending and repealing"
_JOINER = re.compile(r"[,\s]*(?:\w{1,3}\s)?")
_SENTENCE = re.compile(r"[.;]\s|---|\n")


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Where an instrument is cited in a plain text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Relation:
    """That the instrument cited at position ``subject`` does ``name`` to that at ``object``.

    ``start`` and ``end`` are where the words stand that say so, the latter instrument's among them.
    """

    name: str
    subject: int
    object: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cue:
    names: tuple[str, ...]
    passive: bool
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple(
        (one["name"], passive, compiled(rf"(?<!\w){plain(one[key]).text}(?!\w)"))
        for one in tables.relations()["relation"]
        for key, passive in (("active", False), ("passive", True))
    )


def relations(text: str, places: Sequence[CitedPlace]) -> Iterator[Relation]:
    """Yield what the instruments cited at ``places``, in order, do to each other, as a plain text says.

    >>> text = "Directive A amending Directive B"
    >>> places = [CitedPlace(0, 11), CitedPlace(21, 32)]
    >>> [(one.name, one.subject, one.object) for one in relations(text, places)]
    [('amends', 0, 1)]
    """
    words = text.casefold()
    if len(places) < 2 or len(words) != len(text) or not any(n in words for n in tables.relations()["needs"]):
        return
    done: set[int] = set()  # to which something is done: they do nothing themselves, but for what follows
    for cue in _cues(words, places):
        before = [index for index, place in enumerate(places) if place.end <= cue.start]
        after = [index for index, place in enumerate(places) if place.start >= cue.end]
        if not before or not after or not _near().fullmatch(words, cue.end, places[after[0]].start):
            continue
        if cue.passive:
            subject, objects = after[0], _list_before(words, places, before, cue.start, done)
            end = places[subject].end
        else:
            subject = next((index for index in reversed(before) if index not in done), before[0])
            objects = _list_after(words, places, after)
            done.update(objects)
            end = 0
        for name in cue.names:
            for index in objects:
                if index != subject:
                    yield Relation(name, subject, index, cue.start, end or places[index].end)


def _cues(words: str, places: Sequence[CitedPlace]) -> list[_Cue]:
    """Return the words that relate, outside the citations; what "and" joins is one."""
    found = sorted(
        (match.start(), match.end(), name, passive)
        for name, passive, pattern in _patterns()
        for match in pattern.finditer(words)
        if not any(place.start <= match.start() < place.end for place in places)
    )
    cues: list[_Cue] = []
    for start, end, name, passive in found:
        last = cues[-1] if cues else None
        if last is not None and start < last.end:
            continue
        if last is not None and start - last.end < _JOINED and _JOINER.fullmatch(words, last.end, start):
            cues[-1] = _Cue((*last.names, name), last.passive and passive, last.start, end)
        else:
            cues.append(_Cue((name,), passive, start, end))
    return _with_participles(words, cues)


def _with_participles(words: str, cues: list[_Cue]) -> list[_Cue]:
    """Return the cues, passive ones with what stands right before: "repealed and replaced by"."""
    widened = []
    for cue in cues:
        names = list(cue.names)
        if cue.passive:
            before, said = words[max(0, cue.start - _JOINED) : cue.start], words[cue.start : cue.end]
            for name, ahead, within in _participles():
                if name not in names and (ahead.search(before) or within.search(said)):
                    names.insert(0, name)
        widened.append(_Cue(tuple(names), cue.passive, cue.start, cue.end))
    return widened


@cache
def _participles() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Return, of each relation, its participle joined to a cue that follows, and within one."""
    return tuple(
        (
            one["name"],
            compiled(rf"(?<!\w){plain(one['participle']).text} \s \w{{1,3}} \s $"),
            compiled(rf"(?<!\w){plain(one['participle']).text} (?!\w)"),
        )
        for one in tables.relations()["relation"]
        if "participle" in one
    )


def _list_after(words: str, places: Sequence[CitedPlace], after: Sequence[int]) -> list[int]:
    """Return the first of the instruments behind a cue and those that one list joins to it."""
    listed = [after[0]]
    for index in after[1:]:
        if not _gap().fullmatch(words, places[listed[-1]].end, places[index].start):
            break
        listed.append(index)
    return listed


def _list_before(
    words: str, places: Sequence[CitedPlace], before: Sequence[int], start: int, done: set[int]
) -> list[int]:
    """Return the instruments before a passive cue to which it is done.

    "Directive as last amended by …" takes up the instrument that the sentence before is about.
    """
    between = words[places[before[-1]].end : start]
    if _SENTENCE.search(between) or _own().search(between):
        return [next((index for index in before if index not in done), before[0])]
    listed = [before[-1]]
    for index in reversed(before[:-1]):
        if not _gap().fullmatch(words, places[index].end, places[listed[0]].start):
            break
        listed.insert(0, index)
    return listed


def _gap() -> re.Pattern[str]:
    return compiled(tables.relations()["gap"])


def _near() -> re.Pattern[str]:
    return compiled(tables.relations()["near"])


def _own() -> re.Pattern[str]:
    return compiled(tables.relations()["own"])


_BEFORE = 60  # characters before a rule's words that may say that another plan is meant
_LAWS = ("Legislation", "Treaty")
_MARKED = re.compile(r"[^«»]+")  # the marks of citations are no quotation marks: they stay


@dataclass(frozen=True, slots=True)
class AdoptionRule:
    """One rule of a language: its pattern, and the texts that prove it, in plain letters."""

    name: str
    pattern: Lazy
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdoptionRules:
    """The rules of one language.

    A text without any of ``needs`` is not searched. ``nouns`` are its words for a plan; ``ground`` is found
    in a rule's words where a law adopted the plan and is not only the ground for it; ``cancels`` and
    ``replaced`` speak against a rule.
    """

    language: str
    needs: tuple[str, ...]
    nouns: Lazy
    rules: tuple[AdoptionRule, ...]
    imprint: AdoptionRule
    own_act: AdoptionRule | None
    ground: Lazy
    cancels: Lazy
    replaced: Lazy

    def holds(self, match: re.Match[str], kind: str) -> bool:
        """Whether nothing speaks against the words of a rule, for an instrument of this kind."""
        before = match.string[max(0, match.start() - _BEFORE) : match.start()]
        if self.cancels.search(match.group()) or self.replaced.search(before + match.group()):
            return False
        return kind not in _LAWS or self.ground.search(match.group()) is not None


@cache
def adoption_rules() -> tuple[AdoptionRules, ...]:
    """Return the rules of every language that the tables have, in the order of their tags."""
    return tuple(_language(tag, content) for tag, content in sorted(tables.adoptions().items()))


def adoptions(sentence: str, kind: str) -> Iterator[re.Match[str]]:
    """Yield the words of a plain sentence that say that the citation marked «cite» adopted the plan.

    ``kind`` is the class of the instrument.

    >>> [match.group() for match in adoptions("Ce plan a ete adopte par la «cite».", "Resolution")]
    ['Ce plan a ete adopte par la «cite»']
    """
    words = sentence.casefold()
    for language in adoption_rules():
        if any(need in words for need in language.needs):
            for rule in language.rules:
                match = rule.pattern.search(sentence)
                if match is not None and language.holds(match, kind):
                    yield match


def is_imprint(line: str, kind: str) -> bool:
    """Whether a plain line below the plan's title says that the citation marked «cite» adopted it."""
    words = line.casefold()
    return any(
        match is not None and language.holds(match, kind)
        for language in adoption_rules()
        if any(need in words for need in language.needs)
        for match in (language.imprint.pattern.search(line),)
    )


def is_own_act(text: str) -> bool:
    """Whether a plain text is that of an act which adopts the plan: "RESUELVE: aprobar el plan".

    >>> is_own_act("Decreto 4 APRUEBA LA POLITICA NACIONAL")
    True
    """
    words = text.casefold()
    return any(
        match is not None and language.cancels.search(match.group()) is None
        for language in adoption_rules()
        if language.own_act is not None and any(need in words for need in language.needs)
        for match in (language.own_act.pattern.search(text),)
    )


def names_a_plan(text: str) -> bool:
    """Whether a plain text has a word for a plan in one of the languages."""
    return any(language.nouns.search(text) for language in adoption_rules())


def made_plain(text: str) -> str:
    """Return a text or pattern in plain letters, with the marks of citations as they are.

    >>> made_plain("adopté «cite»")
    'adopte «cite»'
    """
    return _MARKED.sub(lambda match: plain(match.group()).text, text)


def _language(tag: str, content: Mapping[str, Any]) -> AdoptionRules:
    def lazy(pattern: str) -> Lazy:
        return Lazy(lambda: compiled_with(made_plain(pattern), **_fragments(tag)))

    def rule(name: str, entry: Mapping[str, Any]) -> AdoptionRule:
        return AdoptionRule(
            name=name,
            pattern=lazy(entry["pattern"]),
            examples=tuple(map(made_plain, entry["examples"])),
            counter_examples=tuple(map(made_plain, entry["counter_examples"])),
        )

    def nouns() -> re.Pattern[str]:
        whole_words = r"(?<!\w)(?i:{noun})(?!\w)" if is_spaced(tag) else "{noun}"
        return compiled_with("{title}" if "title" in content["fragments"] else whole_words, **_fragments(tag))

    return AdoptionRules(
        language=tag,
        needs=tuple(plain(need).text for need in content["needs"]),
        nouns=Lazy(nouns),
        rules=tuple(rule(entry["name"], entry) for entry in content["rule"]),
        imprint=rule(f"{tag}-imprint", content["imprint"]),
        own_act=rule(f"{tag}-own-act", content["own_act"]) if "own_act" in content else None,
        ground=lazy("{ground}"),
        cancels=lazy("{cancels}"),
        replaced=lazy("{replaced}"),
    )


@cache
def _fragments(tag: str) -> Mapping[str, str]:
    nouns = any_of(plain(noun).text for noun in plan_nouns(tag))
    written = {**tables.adoption_fragments(), **tables.adoptions()[tag]["fragments"], "noun": nouns}
    return {name: made_plain(pattern) for name, pattern in written.items()}
