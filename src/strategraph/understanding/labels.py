"""Labels: what a text is called before it says something ("Goal 1 – ", "Our vision: ", "1.2 ", "(a) ")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from strategraph.knowledge.languages import FALLBACK, alternation, rules
from strategraph.knowledge.resources import cache
from strategraph.knowledge.writing import COLONS, PAUSES, STOPS, numerals
from strategraph.knowledge.writing import words as listed_words
from strategraph.understanding.cues import SHORTEST_PART, Cue, cues, normal

_LONGEST_LABEL = 9  # words before the colon or dash of a label without number
_TO_DO = "infinitive"  # the form of a first word that says what is to be done
_FEWEST_WORDS = 3  # of a text that is no label: fewer are a name ("Target outcomes")
_LONGEST_OWNER = 3  # words behind the class word, where none says that they are its owner

# What may part a label from its text: a colon, a dash, a full stop, white space.
_SEPARATOR = (
    r"(?:\s*[:：]\s*|\s*[–—―|]+\s*|\s*-\s+|\s*[.、．。]\s+|\s*[、．。)）]\s*|\s*,\s+(?=[^\W\d_a-z])|\s+|\s*$)"
)
_FIRM = re.compile(r"\s*[:：–—―|.、．。)）-]")
_LETTER = r"[A-Za-z\u0430-\u044f\u0623-\u064a]"
# "1", "2.10", "1-1-2", "2-1-أ", "IV", "A", "B.2"; not "50%" and not "2030s".
_NUMBER = (
    rf"\d{{1,2}}(?:(?:-\d{{1,2}}){{1,3}}(?:-{_LETTER})?|-{_LETTER}(?=\s*[:：–—.、]))(?![\w%-])"
    rf"|\d{{1,3}}(?:\.\d{{1,3}})*(?:\.?{_LETTER})?(?![\w%])|(?:[IVX]+(?:\.\d{{1,3}})*|[A-Z](?:\.?\d+(?:\.\d+)*)?)(?!\w)"
)
# "1.2 ", "1) ", "(a) ", "IV. ", "一、", "（二）", "7 - ": a number of its own at the start of a text.
_ENUMERATOR = re.compile(
    r"\s*(?:[(（][^\W_]{1,3}[)）][.、]?\s*|\d{1,2}(?:[.-]\d{1,3}){1,4}[.):]?\s+"
    rf"|(?:\d{{1,3}}|[A-Za-z\u0410-\u042f\u0430-\u044f]|[IVX]{{1,5}}|[ivx]{{1,5}})[.)]{{1,2}}\s*(?![\d.])|[{numerals()}]{{1,3}}[、．.]\s*"
    r"|\d{1,2}\s*[–—―-]\s+|0\d\s+)(?=\S)"
)
_JOINT = re.compile(r"\s*[:：]\s*|\s+[–—―-]\s+|\s*——\s*")
_HAN = "\u3400-\u9fff"
_NAME = rf"(?:[{_HAN}]{{1,4}}(?=[\d{numerals()}])|(?:[^\W\d_][\w’'&/-]*\s+){{1,3}}?)"
# "Strategy I: ", "Phase 2. ", "【计划1】": a name, which some other text has with another number.
_SERIAL = re.compile(
    rf"\s*[【\[（(«“]?(?P<name>{_NAME})\s*(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*|[IVX]{{1,5}}(?:\.\d{{1,2}})*"
    rf"|[A-Z]|[{numerals()}]{{1,3}})(?!\w|[:.]\d)(?:\s*[:：.)）\]】|、–—]+\s*|\s*-\s+)(?=\S)"
)
_COUNTED = re.compile(r"(?P<number>\d{1,2})\s+(?=[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: the class it names ("" for a mere number), its printed number, where what it labels begins.

    ``several`` is whether it names several ("Our goals:"); ``bare`` whether nothing stands behind it;
    ``form`` how it is made: "numbered", "named", "code" or "number".
    """

    kind: str
    number: str | None
    end: int
    form: str
    several: bool = False
    bare: bool = False


def read_label(text: str, language: str) -> Label | None:
    """Return the label at the start of a text, or None.

    >>> label = read_label("Strategic Goal 2: Growth", "en")
    >>> label.kind, label.number, label.end
    ('Goal', '2', 18)
    >>> read_label("Our vision for the future is clear: a world at peace", "en").kind
    'Vision'
    >>> read_label("2.1 Growth", "en").number
    '2.1'
    >>> read_label("Growth in 2021", "en"), read_label("SDG 5: Gender equality", "en")
    (None, None)
    """
    length = len(text.rstrip())
    for kind, pattern in _codes(language):
        match = pattern.match(text)
        if match is not None:
            return Label(kind, match["number"], match.end(), "code", bare=match.end() >= length)
    return _numbered(text, language) or _named(text, language) or _number(text)


def enumerated(text: str) -> int:
    """Return where a text goes on behind a number of its own, 0 where it has none.

    >>> enumerated("2.1 Our goals"), enumerated("Our goals")
    (4, 0)
    """
    match = _ENUMERATOR.match(text)
    return match.end() if match is not None else 0


def serial_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the names that several of the texts begin with, each with another number behind it.

    What numbers the parts of the text itself ("Figure 1: ...") is none.

    >>> sorted(serial_names(["Strategy I: Grow", "Strategy II: Share", "Room 7: Tea", "Figure 1: x"]))
    ['strategy']
    """
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        match = _SERIAL.match(text)
        if match is not None:
            numbers[normal(match["name"])].add(match["number"])
    printed = {normal(word) for word in listed_words("text_parts")}
    return frozenset(name for name, found in numbers.items() if len(found) > 1 and name not in printed)


def serial_label(text: str, names: frozenset[str], language: str) -> Label | None:
    """Return the label that one of some serial names and its number make at the start of a text, or None.

    >>> serial_label("Strategy I: Grow", frozenset(["strategy"]), "en").number
    'I'
    """
    match = _SERIAL.match(text)
    if match is None or normal(match["name"]) not in names or is_foreign(text, language):
        return None
    return Label("", match["number"], match.end(), "numbered")


def are_counted(headings: Iterable[str]) -> bool:
    """Whether headings are counted from one on by mere numbers ("1 Grow", "2 Share", "3 Rest")."""
    return {"1", "2", "3"} <= {match["number"] for text in headings if (match := _COUNTED.match(text))}


def counted_label(heading: str) -> Label | None:
    """Return the label that the mere number at the start of a heading is, or None.

    >>> counted_label("2 Share it").end, counted_label("2 of 3"), counted_label("2030 Agenda")
    (2, None, None)
    """
    match = _COUNTED.match(heading)
    return Label("", match["number"], match.end(), "number") if match is not None else None


def number_of(marker: str) -> str | None:
    """Return what a list marker or enumerator numbers with: "1" of "1.", "a" of "(a)"; None for a bullet.

    >>> number_of("(a) "), number_of("2.1 "), number_of("•")
    ('a', '2.1', None)
    """
    bare = re.sub(r"^[\s(（]+|[\s.)）、．:–—―-]+$", "", marker)
    return bare if re.fullmatch(r"[^\W_](?:[\w.-]*[^\W_])?", bare) else None


def _number(text: str) -> Label | None:
    match = _ENUMERATOR.match(text)
    if match is None or match.end() >= len(text):
        return None
    return Label("", number_of(match.group()), match.end(), "number")


def _numbered(text: str, language: str) -> Label | None:
    """Return a label with class word and number: "Long-term Outcome 1. …"."""
    pattern, foreign = _patterns(language)
    match = pattern.match(text)
    if match is None or foreign.search(match["before"] or ""):
        return None
    if rules(language).foreign_after.match(text, match.end("number")):
        return None
    bare = match.end() >= len(text.rstrip())
    firm = bool(_FIRM.match(text, match.end("number")))
    after = text[match.end() : match.end() + 1]
    if not (bare or firm or after.isupper() or not after.islower()):
        return None
    kind = next((c.kind for c in reversed(cues(match["word"], language))), "")
    return Label(kind, match["number"], match.end(), "numbered", bare=bare) if kind else None


def _named(text: str, language: str) -> Label | None:
    """Return a label of a class word alone: before a colon or dash, or as the whole of a text."""
    joint = _JOINT.search(text, 0, 140)
    bare = joint is None or joint.end() >= len(text.rstrip())
    prefix = text[: joint.start()] if joint is not None else text
    if len(prefix) > 120 or len(prefix.split()) > _LONGEST_LABEL:
        return None
    enumerator = _ENUMERATOR.match(prefix)
    start = enumerator.end() if enumerator is not None else 0
    found = [cue for cue in cues(prefix, language) if cue.start >= start]
    if not found or not _leads(prefix, start, found, language):
        return None
    if bare and _says_something(prefix[start:], language):
        return None
    foreign = _patterns(language)[1]
    if foreign.search(prefix[start : found[0].start]):
        return None
    kinds = {cue.kind for cue in found}
    kind = found[-1].kind if found[-1].end >= len(prefix.rstrip()) else found[0].kind
    if len(kinds) > 1 and bare:
        kind = ""  # "Vision, mission and values" announces none of them
    end = len(text) if bare or joint is None else joint.end()
    number = number_of(enumerator.group()) if enumerator is not None else None
    several = any(cue.several for cue in found)
    return Label(kind, number, end, "named", several, bare) if kind else None


def _says_something(text: str, language: str) -> bool:
    """Whether a text that ends with a class word says more than a label: a sentence, or what is to be done.

    In the plans learnt from, 26 of 55 such texts are elements, and of other bare labels 16 of 690.

    >>> _says_something("Support local initiatives", "en"), _says_something("Strategic initiatives", "en")
    (True, False)
    """
    if len(text.split()) < _FEWEST_WORDS:
        return False
    infinitive = next((rule.pattern for rule in rules(language).forms if rule.kind == _TO_DO), None)
    return text.rstrip().endswith(STOPS) or (infinitive is not None and bool(infinitive.match(text)))


def _leads(prefix: str, start: int, found: list[Cue], language: str) -> bool:
    """Whether the class word is what a prefix is about: it ends it, or begins it and says whose."""
    if found[-1].end >= len(prefix.rstrip(" .")):
        return True
    before = normal(prefix[start : found[0].start])
    own = {normal(word) for tag in (language, FALLBACK) for word in rules(tag).determiners}
    links = alternation(
        word for tag in dict.fromkeys((language, FALLBACK)) for word in rules(tag).owner_before
    )
    if before and before not in own:
        return False
    behind = prefix[found[0].end :]
    owner = rules(language).owner_follows and 0 < len(behind.split()) <= _LONGEST_OWNER
    return owner or bool(re.match(rf"\s+(?i:{links})", behind))


def inner_labels(text: str, language: str) -> list[int]:
    """Return where numbered labels stand inside a text whose lines ran together, each after a sentence.

    >>> inner_labels("Goal 1: Grow. Goal 2: Share it. It serves Goal 3: Rest", "en")
    [14]
    """
    pattern, foreign = _inner(language)
    found = []
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()].rstrip('”"’») ')
        if match.start() and before.endswith((*STOPS, *PAUSES, *COLONS)) and not foreign.search(before):
            found.append(match.start())
    return found


def is_foreign(text: str, language: str) -> bool:
    """Whether a text begins with the label of somebody else's goal.

    >>> is_foreign("SDG 5: Gender equality", "en"), is_foreign("Goal 5: Gender equality", "en")
    (True, False)
    """
    return bool(_foreign(language).match(text))


@cache
def _foreign(language: str) -> re.Pattern[str]:
    tags = dict.fromkeys((language, FALLBACK))
    before = alternation(word for tag in tags for word in rules(tag).foreign_before)
    words = alternation(
        word for tag in tags for label in rules(tag).labels for word in (*label.words, *label.plurals)
    )
    after = "|".join(rules(tag).foreign_after.pattern for tag in tags)
    # "SDG 5", "Objetivo de Desarrollo Sostenible 4", "Goal 17 of the 2030 Agenda"
    named = rf"(?:(?i:{words})\s*(?:\w{{1,3}}\s+){{0,2}})?(?:(?i:{before})[\s-]*){{1,2}}"
    own = rf"{named}(?:(?i:{words})\s*)?\d"
    return re.compile(rf"\W*(?:{own}|(?i:{words})\s*\d[\d.]*(?i:{after}))")


@cache
def _inner(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = alternation(
        form
        for label in rules(language).labels
        for word in label.words
        for form in (word[0].upper() + word[1:], word.upper(), word.title())
    )
    gap = r"\s+" if rules(language).spaced else r"\s*"
    pattern = re.compile(
        rf"(?<![\w-])(?:{words}){gap}\d+(?:\.\d+)*(?:\.?[A-Za-z])?(?=\s*[:：–—]|\s-\s|\s+[^\W\d_a-z])"
    )
    return pattern, _patterns(language)[1]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of numbered labels and that of words that make a label somebody else's."""
    tags = dict.fromkeys((language, FALLBACK))
    words = [word for tag in tags for label in rules(tag).labels for word in (*label.words, *label.plurals)]
    numbers = [word for tag in tags for word in rules(tag).number_words]
    leads = "|".join((r"\#", *(f"(?i:{lead})" for tag in tags for lead in rules(tag).number_leads)))
    spaced = rules(language).spaced
    gap, edge = (r"\s+", r"(?<!\w)") if spaced else (r"\s*", "")
    edge += rf"(?:[^\W\d_]{{{SHORTEST_PART},}}?-?)?" if rules(language).compounds else ""
    pattern = re.compile(
        rf"\s*[“\"‘'*_]?(?:{_ENUMERATOR.pattern[3:]})?(?P<before>(?:[^\W\d_][\w&.’'/-]*\s+){{0,4}}?)"
        rf"{edge}(?P<word>(?i:{alternation(words)}))(?:{gap}(?:{leads})?\s*|(?=\d)|\s*[:：]\s*(?=\d))"
        rf"(?P<number>{_NUMBER}|(?i:{alternation(numbers)})(?!\w)){_SEPARATOR}"
    )
    foreign = alternation(word for tag in tags for word in rules(tag).foreign_before)
    return pattern, re.compile(rf"(?<!\w)(?i:{foreign})\s*$")


@cache
def _codes(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            rule.kind,
            re.compile(rf"[“\"‘*_]?(?:{rule.pattern.pattern})(?![\w-]){_SEPARATOR}(?=[^\W_]|[(“\"]|$)"),
        )
        for rule in rules(language).codes
    )
