"""What may be the name of the organisation whose plan it is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import islice

from strategraph.extraction.profile.names import bare, names_in
from strategraph.extraction.profile.ranking import Usage
from strategraph.extraction.profile.rivals import OwnerCandidate, is_acronym, relate, spelled_out
from strategraph.extraction.profile.zones import Surroundings, parts_of, words_of
from strategraph.knowledge.languages import alternation, rules
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.resources import cache
from strategraph.knowledge.writing import any_of, count_words
from strategraph.model import Passage

_BLOCKS = 2_000  # that are looked through
_MOST = 300  # candidates that are ranked: those named most and first
_LONGEST = 14  # words
_OPENING = 6  # blocks
_WORDS = re.compile(r"[^\W_]+")
_RIGHTS = re.compile(rf"(?:©|\(c\)|{any_of('rights')})[\s\d–-]*$", re.IGNORECASE)


def owner_candidates(around: Surroundings, title: Passage | None) -> list[OwnerCandidate]:
    """Return the names that may be the owner's, those named first coming first."""
    found: dict[str, OwnerCandidate] = {}
    for mention, block, place, degree in _mentions(around):
        passage = bare(mention, around) or mention
        key = " ".join(words_of(passage.text))
        if not key or count_words(passage.text) > _LONGEST or not any(map(str.isalpha, key)):
            continue
        candidate = found.setdefault(key, OwnerCandidate(passage.text, passage, block))
        candidate.places[place] += 1
        candidate.whole += degree == 2
        candidate.parted += degree == 1
        candidate.places[f"whole {place}"] += degree == 2
        if block >= 0:
            _notice(candidate, around, passage, block)
    acronyms = [candidate.name for candidate in found.values() if is_acronym(candidate.name)]
    for acronym, passage, block in spelled_out(around, acronyms, _BLOCKS):
        if around.nouns.search(passage.text):
            found.pop(" ".join(words_of(acronym)), None)
        else:
            key = " ".join(words_of(passage.text))
            candidate = found.setdefault(key, OwnerCandidate(passage.text, passage, block))
            candidate.parted += 1
    for passage, place in _ruled(around, title):
        key = " ".join(words_of(passage.text))
        if key:
            candidate = found.setdefault(key, OwnerCandidate(passage.text, passage, 0))
            candidate.places[place] += 1
            candidate.whole += 1
    if title is not None:
        said = f" {' '.join(words_of(title.text))} "
        for key, candidate in found.items():
            candidate.places["chosen title"] = f" {key} " in said if around.rules.spaced else key in said
            candidate.places["begins title"] = said.startswith(f" {key} ")
            candidate.places["ends title"] = said.endswith(f" {key} ")
            candidate.places["is title"] = said == f" {key} "
    candidates = [
        candidate
        for candidate in found.values()
        if (candidate.whole or candidate.parted) and _may_name(candidate, around)
    ]
    if len(candidates) > _MOST:
        kept = sorted(range(len(candidates)), key=lambda at: (-_weight(candidates[at]), at))[:_MOST]
        candidates = [candidates[at] for at in sorted(kept)]
    return candidates


_MACHINE = re.compile(r"[<>{}=]|\w://|\w/\w.*/|\.\w+/")  # what is written for machines


def _may_name(candidate: OwnerCandidate, around: Surroundings) -> bool:
    """Whether a candidate is no plan, no class of elements, no beginning of a name and no address."""
    name = candidate.name
    small = around.rules.names.small
    if name.split()[-1].casefold() in small or _MACHINE.search(name) or not bare(candidate.passage, around):
        return False
    signed = any(candidate.places[place] for place in ("site", "footer", "author"))
    if around.nouns.search(name) and not signed:
        return False
    if all(word in around.classing or word.isdigit() for word in words_of(name)):
        return False
    label = around.labels.match(name)
    if label is None:
        return True
    words = name[label.end() :].split()
    return (
        bool(words)
        and words[0].casefold() not in small
        and _LETTERS.search(around.labels.sub("", name)) is not None
    )


_LETTERS = re.compile(r"[^\W\d_]{2}")


def _weight(candidate: OwnerCandidate) -> float:
    around = sum(
        candidate.places[place]
        for place in ("title", "site", "field", "author", "footer", "header", "chosen title", "rule title")
    )
    return candidate.count + 20.0 * (around > 0) + 5.0 * (0 <= candidate.block < _OPENING)


def _mentions(around: Surroundings) -> Iterator[tuple[Passage, int, str, int]]:
    """Yield the names in all zones: their words, block or -1, the zone's kind, whether they are whole."""
    common = {
        word.lower()
        for word, count in around.counts.items()
        if word[0].isupper() and around.counts[word.lower()] >= count
    }
    common |= {
        word.casefold()
        for word in (*around.rules.determiners, *around.rules.names.articles, *around.rules.names.small)
    }
    for zone in around.zones:
        seen: set[str] = set()
        parts = list(parts_of(zone.passage)) or [zone.passage]
        names = [(part, 2) for part in parts] + [
            name for part in parts for name in names_in(part, around.rules, common)
        ]
        for passage, degree in names:
            if passage.text not in seen:
                seen.add(passage.text)
                yield passage, -1, zone.kind, degree
    for index, block in enumerate(around.blocks[:_BLOCKS]):
        yielded: set[tuple[int, str]] = set()
        for passage, degree in names_in(block.passage, around.rules, common):
            if not passage:
                continue
            mark = passage.offset(0), passage.text
            if mark not in yielded:
                yielded.add(mark)
                yield passage, index, "block", degree


def _ruled(around: Surroundings, title: Passage | None) -> Iterator[tuple[Passage, str]]:
    """Yield the names that the language's rules find beside a plan's noun, in sentences, in the opening."""
    for rule in around.rules.owners:
        if rule.kind in ("title", "before-title"):
            noun = around.nouns.search(title.text) if title is not None else None
            lines = [(title, noun.end() if rule.kind == "title" else 0)] if title is not None and noun else []
        else:
            some = around.blocks[: _OPENING if rule.kind == "opening" else _BLOCKS]
            lines = [(block.passage, 0) for block in some]
        for line, begin in lines:
            for match in islice(rule.pattern.finditer(line.text[begin:]), 20):
                groups = match.groupdict()
                group = "name" if groups.get("name") else "own"
                if groups.get(group):
                    yield line.cut(begin + match.start(group), begin + match.end(group)), f"rule {rule.kind}"


def _notice(candidate: OwnerCandidate, around: Surroundings, name: Passage, index: int) -> None:
    """Take note of what stands around a name in a block."""
    block = around.blocks[index]
    text, places = block.passage.text, candidate.places
    start = text.find(name.text)
    if start < 0:
        return
    end = start + len(name.text)
    places["alone"] += len(text) - len(name.text) <= 2
    places["heading"] += block.kind == "heading"
    places["opening"] += index < _OPENING
    places["ending"] += index >= len(around.blocks) - 4
    after = text[end : end + 24]
    places["owning"] += bool(re.match(r"[’'](?:s\b)?|s[’']", after))
    places["rights"] += bool(_RIGHTS.search(text[max(0, start - 30) : start]))
    places["bracket"] += after.startswith(" (") or text[max(0, start - 1) : start] == "("
    places["leading"] += start <= 4 and bool(re.match(r"\s+[^\W\d_A-Z]", after))
    presenting = _presenting(around.rules.language)
    places["cut short"] += bool(_GOES_ON.match(after))
    places["presented"] += bool(presenting.match(after))
    before = text[max(0, start - 40) : start]
    places["subject"] += bool(_BEGINS.search(before)) and bool(_PREDICATE.match(after))
    places["article"] += bool(_article(around.rules.language).search(before))
    places["linked"] += bool(_linked(around.rules.language).search(before))
    places["small"] += bool(_small(around.rules.language).search(before))
    places["element"] += around.elements.overlaps(name.span())
    places["plan of"] += _names_a_plan_at_end(before, around.rules.language)
    places["named plan"] += bool(_named_after(around.rules.language).match(text[end : end + 40]))


_GOES_ON = re.compile(r"\s+(?:[^\W\d_]{1,3}\s+)?(?![a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u044f])[^\W\d_]")
_BEGINS = re.compile(r"(?:^|[.!?:;•–—]\s+)(?:[^\W\d_]{1,3}\s+)?$")
_PREDICATE = re.compile(r"(?:\s+\([^)]{2,12}\))?\s+[^\W\d_A-Z]{2}")


@cache
def _article(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(rules(language).names.articles)})\s*$", re.IGNORECASE)


@cache
def _linked(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(rules(language).owner_before)})\s*$", re.IGNORECASE)


@cache
def _small(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(rules(language).names.small)})\s*$", re.IGNORECASE)


@cache
def _presenting(language: str) -> re.Pattern[str]:
    known = rules(language)
    return re.compile(rf"\s+(?:\([^)]*\)\s+)?(?:{alternation(known.presenting)})(?!\w)", re.IGNORECASE)


@cache
def _objects(language: str) -> str:
    known = rules(language)
    labels = {word for label in known.labels for word in (*label.words, *label.plurals)}
    return f"(?:{alternation({*labels, *known.plan_nouns})})"


def _names_a_plan_at_end(before: str, language: str) -> bool:
    """Whether words end with what a plan or a part of it is called, and at most a link and an article."""
    ends = _object_ends(language)  # to look at the words is quicker than to try every place of them
    if ends and not any(word.endswith(ends) for word in _WORDS.findall(before.casefold())):
        return False
    return _named_before(language).search(before) is not None


@cache
def _object_ends(language: str) -> tuple[str, ...]:
    """Return the last words of what plans and their parts are called, none where no space parts words."""
    known = rules(language)
    if not known.spaced:
        return ()
    named = {word for label in known.labels for word in (*label.words, *label.plurals)} | set(
        known.plan_nouns
    )
    return tuple(sorted({_WORDS.findall(word.casefold())[-1] for word in named if _WORDS.search(word)}))


@cache
def _named_before(language: str) -> re.Pattern[str]:
    known = rules(language)
    links = alternation(known.owner_before) if known.owner_before else ""
    article = alternation(known.names.articles)
    return re.compile(rf"{_objects(language)}\s*(?:{links})?\s*(?:(?:{article})\s*)?$", re.IGNORECASE)


@cache
def _named_after(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[’']s?)?\s*(?:[\w-]+\s+){{0,2}}{_objects(language)}", re.IGNORECASE)


def owner_features(
    around: Surroundings,
    candidates: Sequence[OwnerCandidate],
    usage: Usage,
    own: Set[str] = frozenset(),
) -> list[dict[str, float]]:
    """Return the features of all candidates, in their order; ``own`` as :meth:`Usage.features` takes it."""
    most = max((candidate.count for candidate in candidates), default=1)
    counts = sorted((candidate.count for candidate in candidates), reverse=True)
    by_words: dict[str, int] = defaultdict(int)
    keys = [" ".join(words_of(candidate.name)) for candidate in candidates]
    for key, candidate in zip(keys, candidates, strict=True):
        for word in set(key.split()):
            by_words[word] = max(by_words[word], candidate.count)
    long = {" ".join(words_of(mention.other or "")): mention.name for mention in around.acronyms}
    short = {mention.name.casefold() for mention in around.acronyms}
    known: Counter[str] = Counter(
        mention.other for mention in around.organizations if mention.other is not None
    )
    rows = [
        {
            **_features(around, candidate, key, most, counts, by_words, long, short, known),
            **usage.features(key.split(), own),
        }
        for key, candidate in zip(keys, candidates, strict=True)
    ]
    relate(around, candidates, keys, rows)
    return rows


def _features(
    around: Surroundings,
    candidate: OwnerCandidate,
    key: str,
    most: int,
    counts: Sequence[int],
    by_words: dict[str, int],
    long: dict[str, str],
    short: set[str],
    known: Counter[str],
) -> dict[str, float]:
    places, name = candidate.places, candidate.name
    words = name.split()
    content = [word for word in words if word.casefold() not in around.rules.names.small]
    common = sum(around.counts[word.lower()] > 0 for word in content if word != word.lower())
    bodies = [word.casefold() in around.rules.organization_words for word in words]
    joined = "".join(key.split())
    letters = "".join(word[0] for word in key.split())
    listed = directory().find(name)
    count = max(1, candidate.count)
    hosts = sum(
        number for host, number in around.hosts.items() if len(joined) > 2 and joined in host.replace("-", "")
    )
    initials = around.hosts[letters] if len(letters) > 2 else 0
    return {
        "count": round(math.log1p(candidate.count), 3),
        "share": round(candidate.count / max(1, most), 3),
        "rank": float(min(30, sum(number > candidate.count for number in counts))),
        "per block": round(candidate.count / max(1, len(around.blocks)), 3),
        "blocks": float(min(1000, len(around.blocks))),
        "first block": float(min(300, candidate.block)),
        "whole": round(candidate.whole / max(1, candidate.count), 3),
        "parted": round(candidate.parted / max(1, candidate.count), 3),
        "of longest": round(candidate.count / max(1, *(by_words[word] for word in key.split())), 3),
        "title": float(places["title"] > 0),
        "chosen title": float(places["chosen title"]),
        "site": float(places["site"] > 0),
        "author": float(places["author"] > 0),
        "field": float(places["field"] > 0),
        "header": float(places["header"] > 0),
        "footer": float(min(3, places["footer"])),
        "alone": float(min(5, places["alone"])),
        "heading": float(min(5, places["heading"])),
        "opening": float(min(5, places["opening"])),
        "ending": float(min(5, places["ending"])),
        "owning": round(places["owning"] / count, 3),
        "rights": float(places["rights"] > 0),
        "bracket": float(min(3, places["bracket"])),
        "leading": round(places["leading"] / count, 3),
        "times leading": float(min(10, places["leading"])),
        "presented": float(min(3, places["presented"])),
        "plan of": float(min(5, places["plan of"])),
        "named plan": float(min(5, places["named plan"])),
        "ruled in title": float(places["rule title"] + places["rule before-title"] > 0),
        "ruled in sentences": float(min(3, places["rule sentence"])),
        "ruled in opening": float(places["rule opening"] > 0),
        "words": float(len(words)),
        "characters": float(min(80, len(name))),
        "bodies": float(sum(bodies)),
        "ends in body": float(bool(bodies) and bodies[-1]),
        "begins with body": float(bool(bodies) and bodies[0]),
        "only body": float(all(bodies)),
        "acronym": float(len(words) == 1 and name.isupper() and len(name) > 1),
        "capitals": round(sum(map(str.isupper, name)) / max(1, sum(map(str.isalpha, name))), 3),
        "inner": float(len(words) == 1 and name[1:] != name[1:].lower() and not name.isupper()),
        "defined": float((name.casefold() in short) + 2 * (key in long)),
        "common words": round(common / max(1, len(content)), 3),
        "plan noun": float(around.nouns.search(name) is not None),
        "label": float(around.labels.search(name) is not None),
        "years": float(bool(re.search(r"\d", name))),
        "hosts": float(min(9, hosts)),
        "initials in hosts": float(min(9, initials)),
        "listed": float(listed is not None) + (min(5, known[listed.slug]) if listed is not None else 0.0),
        "issuer": float(listed is not None and listed.issuer),
        "cased": float(around.rules.names.capitals),
        "spaced": float(around.rules.spaced),
    }


def named_in_title(around: Surroundings, title: Passage) -> Passage | None:
    """Return the organisation that stands before the plan's noun in a title, where that is plain, or None.

    It is plain for an acronym ("FAO Strategic Framework") and for a name with a word for an organisation
    ("Kestrel University: Strategy to 2030").
    """
    noun = around.nouns.search(title.text)
    name = bare(title.cut(0, noun.start()), around) if noun is not None else None
    if not name or count_words(name.text) > _LONGEST:
        return None
    acronym = re.fullmatch(r"[A-Z][A-Z&]{1,6}", name.text) and not re.fullmatch(r"[IVXLC]+", name.text)
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", name.text)}
    organization = name.text[0].isupper() and bool(words & around.rules.organization_words)
    return name if acronym or organization else None
