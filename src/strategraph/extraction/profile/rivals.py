"""How the names that may be the owner's stand beside each other: acronyms and long forms, longer and shorter
names, ranks; and how each agrees with the document's zones and internet addresses."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from strategraph.extraction.profile.zones import Surroundings, words_of
from strategraph.model import Passage

_ZONES = ("title", "site", "header", "footer", "author", "field", "description", "chosen title")
_SHARES = ("subject", "article", "linked", "small", "element", "cut short")
_RANKED = ("count", "with partners", "whole", "times subject", "zones", "top host")


@dataclass(slots=True)
class OwnerCandidate:
    """A name, the first place that has it, and how often it stands where."""

    name: str
    passage: Passage
    block: int
    places: Counter[str] = field(default_factory=Counter)
    whole: int = 0  # times that it is no part of a longer name
    parted: int = 0  # times that connectors part it from a longer name

    @property
    def count(self) -> int:
        """Return how often the blocks name it."""
        return self.places["block"]


def relate(
    around: Surroundings,
    candidates: Sequence[OwnerCandidate],
    keys: Sequence[str],
    rows: Sequence[dict[str, float]],
) -> None:
    """Add to the features of each candidate (its ``keys`` are its words) how it stands beside the others."""
    family = _families(around, candidates, keys)
    padded = [f" {key} " for key in keys]
    for at, (key, candidate, row) in enumerate(zip(keys, candidates, rows, strict=True)):
        partners = family[key]
        longer = [other for n, other in enumerate(candidates) if n != at and padded[at] in padded[n]]
        shorter = [other for n, other in enumerate(candidates) if n != at and padded[n] in padded[at]]
        count, places = max(1, candidate.count), candidate.places
        row |= {
            "partners": float(len(partners)),
            "partner count": round(math.log1p(_most(partners)), 3),
            "partner zoned": _zoned(partners),
            "with partners": round(math.log1p(candidate.count + sum(one.count for one in partners)), 3),
            "longer share": round(_most(longer) / count, 3),
            "longer whole": round(max((one.whole for one in longer), default=0) / max(1, candidate.whole), 3),
            "longer zoned": _zoned(longer),
            "shorter share": round(_most(shorter) / count, 3),
            "shorter zoned": _zoned(shorter),
            "zones": float(sum(places[zone] > 0 for zone in _ZONES)),
            "whole zones": float(sum(places[f"whole {zone}"] > 0 for zone in _ZONES)),
            "times subject": float(min(10, places["subject"])),
            **{name: float(places[name]) for name in ("begins title", "ends title", "is title")},
            **{name: round(places[name] / count, 3) for name in _SHARES},
            **_addresses(around, "".join(key.split())),
            **_letters(around, candidate.name),
            "after first": float(min(50, max(0, candidate.block))),
        }
    _rank(rows)


def _most(candidates: Collection[OwnerCandidate]) -> int:
    return max((one.count for one in candidates), default=0)


def _zoned(candidates: Collection[OwnerCandidate]) -> float:
    return float(any(one.places[zone] > 0 for one in candidates for zone in _ZONES))


def _families(
    around: Surroundings, candidates: Sequence[OwnerCandidate], keys: Sequence[str]
) -> Mapping[str, list[OwnerCandidate]]:
    """Return the long forms of each acronym, and the acronyms of each name: defined, or by initials."""
    by_key = dict(zip(keys, candidates, strict=True))
    long = {" ".join(words_of(mention.other or "")): mention.name.casefold() for mention in around.acronyms}
    family: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if " " in key:
            begun[_plain(key[0])].append(key)
    for key, candidate in by_key.items():
        partners = [long[key]] if key in long and long[key] in by_key else []
        if is_acronym(candidate.name):
            small = around.rules.names.small
            partners += [
                name
                for name in begun[_plain(key[0])]
                if key not in name.split() and stands_for(key, name, small)
            ]
        for other in partners:
            family[key].add(other)
            family[other].add(key)
    return {key: [by_key[other] for other in sorted(family[key])] for key in keys}


_FEWEST, _MOST = 3, 10  # letters of an acronym that may stand for a name without being defined
_TIMES = re.compile(r"([^\W\d_])([2-4])")  # a letter and how often it is said: "W3C"
_CAPITAL = re.compile(r"(?<![\w’'-])[^\W\d_a-z][^\W\d_]+")
_NEXT = re.compile(r"[\s’'&-]+([^\W\d_]+)")


def is_acronym(name: str) -> bool:
    """Whether a name may be an acronym that stands for a longer one without being defined."""
    letters = _TIMES.sub(lambda match: match[1] * int(match[2]), name)
    return " " not in name and _FEWEST <= len(letters) <= _MOST and sum(map(str.isupper, letters)) > 2


def spelled_out(
    around: Surroundings, acronyms: Collection[str], most: int
) -> Iterator[tuple[str, Passage, int]]:
    """Yield the acronyms that the first ``most`` blocks spell out in three or more words with capitals,
    with those words and their block ("Kinder Afrika Projekt" for "KAP")."""
    small = around.rules.names.small
    begun: dict[str, list[str]] = defaultdict(list)
    for acronym in acronyms:
        begun[_plain(acronym)[:1]].append(acronym)
    for index, block in enumerate(around.blocks[:most] if begun else ()):
        text = block.passage.text
        for first in _CAPITAL.finditer(text):
            if first[0].casefold() in small:
                continue
            for acronym in begun.get(_plain(first[0][0]), ()):
                end = _spells(acronym, text, first.start(), first.end(), small)
                if end:
                    yield acronym, block.passage.cut(first.start(), end), index


def _spells(acronym: str, text: str, start: int, end: int, small: Container[str]) -> int:
    """Return where the words end that an acronym stands for, or 0.

    They begin at ``start``, and the first of them ends at ``end``.
    """
    words = 1
    while (following := _NEXT.match(text, end)) and words < len(acronym):
        end, word = following.end(), following[1]
        if word.casefold() in small:
            continue
        if word.islower():
            return 0
        words += 1
        if words >= _FEWEST and stands_for(acronym, text[start:end].casefold(), small):
            return end
    return 0


def stands_for(acronym: str, name: str, small: Container[str]) -> bool:
    """Whether the letters of an acronym begin the words of a name in their order, each word's one to three.

    Words in ``small`` may be left out.

    >>> stands_for("SPARC", "specially adapted resource centers", ())
    True
    >>> stands_for("UQAC", "université du québec à chicoutimi", {"du", "à"})
    True
    >>> stands_for("UQAC", "université du québec", {"du"})
    False
    >>> stands_for("W3C", "world wide web consortium", ())
    True
    """
    letters = _plain(_TIMES.sub(lambda match: match[1] * int(match[2]), acronym))
    words = [(_plain(word), word in small) for word in words_of(name)]

    def fits(at: int, word: int) -> bool:
        if word == len(words):
            return at == len(letters)
        text, skipped = words[word]
        return (skipped and fits(at, word + 1)) or any(
            letters[at : at + length] == text[:length] and fits(at + length, word + 1)
            for length in range(1, min(3, len(text), len(letters) - at) + 1)
        )

    return fits(0, 0)


def _plain(text: str) -> str:
    """Return letters in lower case without marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())


def full_forms(
    around: Surroundings, candidates: Sequence[OwnerCandidate]
) -> list[tuple[OwnerCandidate, OwnerCandidate | None]]:
    """Return for each candidate its name in the fullest form that the text has, and a shorter one beside it.

    An acronym has the only long form that it can stand for, a name the one that adds what kind of
    organisation it is ("Elm" and "Elm Limited", "Youth Services" and "Department of Youth Services").
    """
    keys = [" ".join(words_of(candidate.name)) for candidate in candidates]
    family = _families(around, candidates, keys)
    bodies = {word for body in around.rules.organization_words for word in words_of(body)}
    found: list[tuple[OwnerCandidate, OwnerCandidate | None]] = []
    for key, candidate in zip(keys, candidates, strict=True):
        name, short = candidate, None
        partners = family[key]
        if partners and " " not in key:
            name, short = _only(partners) or candidate, candidate
        elif partners:
            short = max(partners, key=lambda one: one.count)
        fuller = _fuller(around, " ".join(words_of(name.name)), name, bodies, keys, candidates)
        if fuller is not None:
            name, short = fuller, short or candidate
        found.append((name, None if short is name else short))
    return found


def _only(names: Sequence[OwnerCandidate]) -> OwnerCandidate | None:
    """Return the name that is said most, or None where two are."""
    ranked = sorted(names, key=lambda one: -one.count)
    return ranked[0] if len(ranked) == 1 or ranked[0].count > ranked[1].count else None


_ADDED = 3  # words, at most
_OFTEN = {True: 0.1, False: 0.5}  # share of a name's places that must have what comes after or before it


def _fuller(
    around: Surroundings,
    key: str,
    name: OwnerCandidate,
    bodies: Container[str],
    keys: Sequence[str],
    candidates: Sequence[OwnerCandidate],
) -> OwnerCandidate | None:
    """Return the candidate that is a name with words for an organisation before or after it, or None."""
    small = (*around.rules.names.small, *around.rules.names.articles)
    if all(word in bodies for word in key.split()):
        return None
    found = []
    for other, candidate in zip(keys, candidates, strict=True):
        after = other.startswith(f"{key} ")
        if not after and not other.endswith(f" {key}"):
            continue
        added = (other[len(key) :] if after else other[: -len(key)]).split()
        if len(added) > _ADDED or candidate.count < _OFTEN[after] * name.count:
            continue
        kinds = [word in bodies for word in added]
        if all(kinds) if after else kinds[0] and all(word in small for word in added[1:]):
            found.append(candidate)
    return max(found, key=lambda one: (one.count, len(one.name)), default=None)


def _addresses(around: Surroundings, joined: str) -> dict[str, float]:
    """Return how a name without its spaces agrees with the internet addresses of the text."""
    hosts = {host: (host.replace("-", ""), number) for host, number in around.hosts.items()}
    every = max(1, sum(number for _, number in hosts.values()))
    common = around.hosts.most_common(1)
    top = common[0][0].replace("-", "") if common else ""
    return {
        "host is": round(sum(number for plain, number in hosts.values() if plain == joined) / every, 3),
        "host in": round(
            sum(number for host, (plain, number) in hosts.items() if len(host) > 3 and plain in joined)
            / every,
            3,
        ),
        "top host": float(min(len(top), len(joined)) > 2 and (top in joined or joined in top)),
    }


def _letters(around: Surroundings, name: str) -> dict[str, float]:
    """Return how a name is written, and how often the text has its words in small letters."""
    words = [word for word in name.split() if word.casefold() not in around.rules.names.small]
    small = [around.counts[word.lower()] for word in words if word != word.lower()]
    return {
        "least lower": float(min(20, min(small, default=0))),
        "most lower": float(min(20, max(small, default=0))),
        "lower words": float(sum(word == word.lower() for word in words)),
        "ends small": float(bool(words) and words[-1] == words[-1].lower()),
        "begins small": float(bool(words) and words[0] == words[0].lower()),
    }


def _rank(rows: Sequence[dict[str, float]]) -> None:
    """Add to the rows their ranks by features, the greatest value first, equal values alike."""
    for name in _RANKED:
        ranks = {value: rank for rank, value in enumerate(sorted({row[name] for row in rows}, reverse=True))}
        for row in rows:
            row[f"{name} rank"] = float(ranks[row[name]])
