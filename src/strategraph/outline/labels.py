"""The printed labels of elements: "Goal 1 – ", "Strategic Objective 2.1:", "1.1 Vision", "R.1-a"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from strategraph.languages import alternation, rules
from strategraph.sentences import COLONS, PAUSES, STOPS

# What may number a heading or an item before its label: "1.4 ", "A. ", "(b) ", "IV. ".
_ENUMERATOR = r"(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)]|\([a-z0-9]{1,3}\)|[a-z]\)|[IVXL]+\.)\s+"
_SEPARATOR = r"(?:\s*[:：]\s*|\s*[–—―|]+\s*|\s+-\s+|\.\s+|\s*[、．。]\s*|\s*-\s+|\s+|\s*$)"
_STATEMENTS = ("Vision", "Mission")
# Between the name of an element and what is said of it: "Growth: …", "Growth – …", "增长：…".
JOINT = r"(?:\s*:\s+|\s*：\s*|\s+[–—―]\s+|\s*——\s*|\s+-\s+)"
_LETTER = r"[A-Za-zа-яأ-ي]"
# "1-1-2", "2-1-أ", "3-A:": with a letter at the end only where the label ends for certain.
_DASHED = rf"\d{{1,2}}(?:(?:-\d{{1,2}}){{1,3}}(?:-{_LETTER})?|-{_LETTER}(?=\s*[:：–—.、]))(?![\w%-])"
_NEAR = 60  # characters before and after a label that decide about it
_FIRM = re.compile(r"\s*[:：–—―|.、．。-]")


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: its class and printed number, and where the text after it begins.

    A ``trailing`` label stands behind its text, which ends at ``start``.
    """

    kind: str
    number: str | None
    start: int
    end: int
    enumerator: str | None = None
    trailing: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    inner: re.Pattern[str]
    codes: tuple[tuple[str, re.Pattern[str]], ...]
    end_codes: tuple[tuple[str, re.Pattern[str]], ...]
    foreign: re.Pattern[str]


def read_label(text: str, language: str, *, heading: bool = False, start: int = 0) -> Label | None:
    """Return the label that ``text`` has at ``start``, or None.

    In a heading white space is enough between a label and its text; in prose a label without a number,
    a separator or a capital after it is only the beginning of a sentence.

    >>> read_label("Goal 1 – Growth: Enable access", "en")
    Label(kind='Goal', number='1', start=0, end=9, enumerator=None, trailing=False)
    >>> read_label("Goal 1 is to grow", "en")
    >>> read_label("SDG 5: Gender equality", "en")
    """
    patterns = _patterns(language)
    match = patterns.label.match(text, start)
    if match is not None and _is_label(match, text, language, heading=heading):
        enumerator = match["enumerator"]
        return Label(
            _kind(match["label"], language),
            match["number"],
            start,
            match.end(),
            enumerator.strip() if enumerator else None,
        )
    for kind, pattern in patterns.codes:
        match = pattern.match(text, start)
        if match is not None:
            return Label(kind, match["number"], start, match.end())
    return None


def read_end_code(text: str, language: str) -> Label | None:
    """Return the code behind the text that it labels, or None; the text ends where the label starts.

    >>> text = "Dicembre 2020 - Rilascio della guida - CAP1.LA02"
    >>> label = read_end_code(text, "it")
    >>> label.kind, label.number, text[: label.start]
    ('Action', 'CAP1.LA02', 'Dicembre 2020 - Rilascio della guida')
    """
    for kind, pattern in _patterns(language).end_codes:
        match = pattern.search(text)
        if match is not None:
            return Label(kind, match["number"], match.start(), match.end(), trailing=True)
    return None


def inner_labels(text: str, language: str) -> Iterator[Label]:
    """Yield numbered labels inside a text whose lines ran together, as PDF conversions leave them.

    Only labels with a capital and a number count, and none that a word before them makes part of a
    sentence or somebody else's; visions and missions where their statement starts at once ("Our Vision A
    healthy valley"). A heading of several that ran in too ("Our Values Respect") is a label of no class:
    it ends what is before it. Where no sentence ends before it, a label needs a firm separator and one of
    its class before it in the text: the next of a series, not a reference.

    >>> [label.number for label in inner_labels("Goal 1: Grow. Then Goal 2: Share it", "en")]
    ['2']
    """
    patterns = _patterns(language)
    first = read_label(text, language)
    series = {first.kind} if first is not None else set()
    for match in patterns.inner.finditer(text):
        at = match.start()
        if not at or patterns.foreign.search(text[max(0, at - _NEAR) : at]):
            continue
        before = text[max(0, at - _NEAR) : at]
        after_sentence = before.rstrip('”"’») ').endswith((*STOPS, *PAUSES, *COLONS))
        if match["single"] is not None or match["plural"] is not None:
            if after_sentence:
                kind = _kind(match["single"], language) if match["single"] else ""
                yield Label(kind, None, at, match.end())
            continue
        label = read_label(text, language, start=at)
        if label is None or label.number is None:
            continue
        firm = bool(_FIRM.match(text, match.end("number")))
        if after_sentence or (firm and label.kind in series):
            series.add(label.kind)
            yield label


def _is_label(match: re.Match[str], text: str, language: str, *, heading: bool) -> bool:
    """Whether a match of the label pattern is a label in this place."""
    after = text[match.end() : match.end() + _NEAR]
    number, separator = match["number"], match["separator"]
    if rules(language).foreign_after.match(text, match.end("stem")):
        return False
    if not after:
        return True
    firm = bool(_FIRM.match(separator))
    if not firm and number is not None and after.casefold().startswith(match["label"].casefold()):
        return False  # "Goal 1  Goal 2  Goal 3": the head of a table
    if number is None:
        if separator.strip() == "、":
            return False  # "愿景、使命和价值观": a list of several
        quoted = after[0] in '“"«„'
        if separator.strip() == ".":
            return _is_statement(match["label"], language) and _begins(after)  # "Vision. To be …"
        if firm:
            return separator.strip() != "-" and after[0] not in ",;)"
        run_in = not heading and match["enumerator"] is not None and after[0].isupper()
        return (quoted or run_in) and _is_statement(match["label"], language)
    if number.isalpha() and not number.isupper() and not firm and not heading:
        return False  # "goal one" in prose
    if len(number) == 1 and number.isupper() and not firm:
        return False  # "Goal A reader" – a letter numbers only with a separator
    return firm or _begins(after)


def _begins(text: str) -> bool:
    """Whether a text starts as a title does: with a capital, a digit, a quote or a caseless letter."""
    first = text[0]
    return (
        first.isupper() or first.isdigit() or first in '“"«„(‘' or (first.isalpha() and not first.islower())
    )


def _is_statement(word: str, language: str) -> bool:
    return _kind(word, language) in _STATEMENTS


def _kind(word: str, language: str) -> str:
    return _kinds(language)[_normal(word)]


def _normal(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word).replace("’", "'").strip().casefold()


@cache
def enumerator(language: str) -> str:
    """Return the pattern of what may number a heading or an item before its label, white space included."""
    return rf"(?:{'|'.join((_ENUMERATOR, *rules(language).enumerators))})"


@cache
def _kinds(language: str) -> dict[str, str]:
    return {_normal(word): label.kind for label in rules(language).labels for word in label.words}


@cache
def _patterns(language: str) -> _Patterns:
    language_rules = rules(language)
    words = alternation(word for label in language_rules.labels for word in label.words)
    numbers = alternation(language_rules.number_words)
    own = alternation(language_rules.determiners)
    digits, letters = (
        rf"{_DASHED}|\d+(?:\.\d+)*(?:\.?{_LETTER})?(?![\w%])",
        r"(?:[IVX]+|[A-Z](?:\.?\d+(?:\.\d+)*)?)(?!\w)",
    )
    number = rf"(?P<number>{digits}|{letters}|(?i:{numbers})(?!\w))"
    leads = "|".join((r"\#", *(rf"(?i:{lead})" for lead in language_rules.number_leads)))
    gap = r"\s+" if language_rules.spaced else r"\s*"
    stem = rf"(?P<stem>(?P<label>(?i:{words}))(?:(?:{gap}(?:{leads})?\s*|(?=\d)){number})?)"
    owner = language_rules.label_owner or "(?!)"
    label = re.compile(
        rf"[“\"‘*_]?(?P<enumerator>{enumerator(language)})?(?:(?i:{own})(?:{gap}|(?<=['’]))|{owner})?{stem}(?!\w)"
        rf"(?:{language_rules.label_after})(?P<separator>{_SEPARATOR})"
    )
    # the label word capitalised, then a number and a firm separator: enough inside running text
    capitals = alternation(
        form
        for entry in language_rules.labels
        for word in entry.words
        for form in (word[0].upper() + word[1:], word.upper(), word.title())
    )
    singles = alternation(
        f"{word[0].upper()}{word[1:]}"
        for entry in language_rules.labels
        if entry.kind in _STATEMENTS
        for word in entry.words
        if " " not in word
    )
    articles = alternation(language_rules.openers)
    determiners = alternation(word.title() for word in language_rules.determiners)
    plurals = alternation(
        word.title() for entry in language_rules.labels for word in entry.plurals if " " not in word
    )
    inner = re.compile(
        rf"(?<![\w-])(?P<label>(?:{capitals})\s+(?P<number>\d+(?:\.\d+)*(?:\.?[A-Za-z])?)(?=\s*[:：–—]|\s-\s|\s+[^\W\d_a-z])"
        rf"|(?:[A-Z]\w+\s+)?(?P<single>{singles})\s+(?=(?:{articles})\s)"
        rf"|(?:{determiners})\s+(?P<plural>{plurals})\s+(?=[^\W\d_a-z]))"
    )
    foreign_words = alternation(language_rules.foreign_before)
    running = alternation(language_rules.running_words)
    foreign = re.compile(rf"(?:\b(?i:{foreign_words})|[(,;/&+]|\b(?i:{running}))\s*$")
    codes = tuple(
        (
            rule.kind,
            re.compile(
                rf"[“\"‘*_]?{enumerator(language)}?(?:{rule.pattern.pattern})(?![\w-]){_SEPARATOR}(?=[^\W_]|[(“\"]|$)"
            ),
        )
        for rule in language_rules.codes
    )
    end_codes = tuple(
        (rule.kind, re.compile(rf"\s*[-–—(\[]?\s*(?<![\w.])(?:{rule.pattern.pattern})[)\].]?[\s*_]*$"))
        for rule in language_rules.end_codes
    )
    return _Patterns(label, inner, codes, end_codes, foreign)
