"""Where a line has words that look like the name of an organisation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from strategraph.extraction.profile.zones import Surroundings
from strategraph.knowledge.languages import LanguageRules, alternation, rules
from strategraph.knowledge.resources import cache
from strategraph.model import Passage

_TOKEN = re.compile(r"[^\W_](?:[\w’'&./-]*[^\W_])?|\S")
_POSSESSIVE = re.compile(r"(?:[’']s?|s[’'])$")
_BEGINS = re.compile(r"(?:^|[.!?:;•–—\"“«]\s*)$")
_QUOTED = re.compile(r"[«“„\"「](?P<inner>[^«»“”„\"「」]{2,60})[»”“\"」]")
_BEFORE = 6  # words before a quotation that may belong to the name
_NEAR = 400  # characters before a quotation in which those words stand
_LONGEST = 60  # words of a run of which parts are cut: no name is longer, with what connects its words
_HAN = re.compile(r"[\u3400-\u9fff]+")


@cache
def _breaking(language: str) -> re.Pattern[str]:
    """Return the pattern of words that name plans and elements: where a name among capitals ends."""
    known = rules(language)
    labels = {word for label in known.labels for word in (*label.words, *label.plurals)}
    return re.compile(
        f"(?:{alternation({*labels, *known.plan_nouns, *known.plan_modifiers})})", re.IGNORECASE
    )


def names_in(
    line: Passage, language: LanguageRules, common: Container[str] = ()
) -> Iterator[tuple[Passage, int]]:
    """Yield the names in a line, and whether each is whole (2), between connectors (1) or cut out (0).

    They are runs of words with capitals, what connectors part them into, and what the language's nouns begin.
    ``common`` are words, in lower case, that name nothing at the beginning of a sentence.
    """
    for start, end, whole in _runs(line.text, language, common):
        name = line.cut(start, end)
        yield name.cut(0, len(_POSSESSIVE.sub("", name.text))), whole
    yield from _quoted(line, language)
    if not language.names.capitals:
        yield from _by_nouns(line, language)


def _quoted(line: Passage, language: LanguageRules) -> Iterator[tuple[Passage, int]]:
    """Yield what a line quotes, alone and with the words before it ("School No. 5 “Elm”")."""
    for match in _QUOTED.finditer(line.text):
        yield line.cut(*match.span("inner")), 2
        nearest = max(0, match.start() - _NEAR)
        words = list(re.compile(r"\S+").finditer(line.text, nearest, match.start()))[-_BEFORE:]
        for word in reversed(words):
            if word.group()[-1] in ".:;,!?" and len(word.group()) > 3:
                break
            if word.group()[0].isupper() or word.group().casefold() in language.organization_words:
                yield line.cut(word.start(), match.end()), 1


def _runs(text: str, language: LanguageRules, common: Container[str]) -> Iterator[tuple[int, int, int]]:
    run: list[tuple[int, int, bool]] = []  # start, end, whether it only connects
    small, bodies, breaking = language.names.small, language.organization_words, _breaking(language.language)
    for match in _TOKEN.finditer(text):
        word = match.group()
        folded = word.casefold()
        connects = folded in small or word in "&+"
        body = folded in bodies and word.islower()
        begins = not run and _BEGINS.search(text[max(0, match.start() - 4) : match.start()]) is not None
        if begins and _POSSESSIVE.sub("", folded) in common:
            continue
        if run and connects and [part[2] for part in run[-2:]] != [True, True]:
            run.append((*match.span(), True))
            continue
        numbered = word.isdigit() and bool(run) and not run[-1][2]
        if _is_name(word) or numbered or (body and not (run and run[-1][2])):
            run.append((*match.span(), False))
            if not _POSSESSIVE.search(word):
                continue
            body = False
        yield from _cuts(text, run, breaking)
        run = [(*match.span(), False)] if body else []
    yield from _cuts(text, run, breaking)


def _is_name(word: str) -> bool:
    """Whether a word looks like one of a name: it has a capital, or is like "g0v" or "beta.gouv.fr"."""
    if any(map(str.isupper, word)):
        return True
    inner = "." in word[1:-1] and not word[0].isdigit() and "/" not in word
    mixed = word[0].isalpha() and any(map(str.isdigit, word)) and word.isascii()
    return inner or mixed


def _cuts(
    text: str, run: Sequence[tuple[int, int, bool]], breaking: re.Pattern[str]
) -> Iterator[tuple[int, int, int]]:
    """Yield a run of words, and its parts between connectors and words that name no organisation."""
    run = list(run)
    while run and run[-1][2]:
        run.pop()
    if not run:
        return
    yield run[0][0], run[-1][1], 2
    starts = {0}
    ends = {len(run)}
    for at, (start, end, is_small) in enumerate(run):
        word = _POSSESSIVE.sub("", text[start:end])
        if is_small or breaking.fullmatch(word) or word.isdigit():
            ends.add(at)
            starts.add(at + 1)
    inner = range(1, min(len(run), 6))
    firsts, lasts = sorted({*starts, *inner}), sorted({*ends, *inner})
    for first in firsts:
        for last in lasts[bisect_right(lasts, first) : bisect_right(lasts, first + _LONGEST)]:
            if (first, last) != (0, len(run)) and not run[first][2] and not run[last - 1][2]:
                yield run[first][0], run[last - 1][1], int(first in starts and last in ends)


def _by_nouns(line: Passage, language: LanguageRules) -> Iterator[tuple[Passage, int]]:
    """Yield the names that begin, or in a script without spaces end, with a noun of organisations."""
    if not language.spaced:
        nouns = re.compile(alternation(language.organization_words))
        for stretch in _HAN.finditer(line.text):
            for noun in nouns.finditer(line.text, *stretch.span()):
                for length in range(2, 13):
                    start = noun.start() - length
                    if start >= stretch.start():
                        yield line.cut(start, noun.end()), 2 * (start == stretch.start())
            if len(stretch.group()) <= 14:
                yield line.cut(*stretch.span()), 2
        return
    for match in re.finditer(rf"(?<!\w)(?:{language.names.pattern})", line.text):
        words = list(re.finditer(r"\S+", match.group()))
        for last in range(1 if words and len(words[0].group()) > 3 else 2, len(words) + 1):
            end = match.start() + words[last - 1].end()
            yield line.cut(match.start(), end), 2 if last == len(words) else 1


def bare(name: Passage, around: Surroundings) -> Passage:
    """Return a name without the words at its ends that say what kind of plan it has."""
    describing = around.rules.plan_modifiers - around.rules.names.small
    while name:
        match = re.search(r"(?:^|[\s:,–-]+)([^\s:,–-]+)[\s:,–-]*$", name.text)
        last = match[1].casefold() if match else ""
        if match is None or not (last in describing or around.nouns.fullmatch(last) or last.isdigit()):
            break
        name = name.cut(0, match.start())
    heading = around.before_names.match(name.text)
    name = name.cut(heading.end()) if heading is not None else name
    elided = "|".join(re.escape(article) for article in around.rules.names.articles if article[-1] in "'’")
    lead = re.match(
        rf"[\s:,©®™–-]*(?:(?:{elided or '(?!)'})(?=\w))?",
        name.text.replace("’", "'"),
        re.IGNORECASE,
    )
    name = name.cut(lead.end() if lead else 0, len(name.text.rstrip(" :,–-")))
    first, _, rest = name.text.partition(" ")
    article = first.casefold() in around.rules.names.articles and (first.islower() or " " in rest)
    return name.cut(len(first)) if name and article else name
