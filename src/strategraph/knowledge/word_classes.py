"""Classes of words: what a word is beyond its letters, the same in all languages.

``data/words/LANGUAGE.tsv`` lists small words (articles, prepositions …) and nouns for people, communities,
bodies; ``data/words/en-senses.tsv`` says of English words what their commonest senses are (from WordNet).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from strategraph.knowledge import resources
from strategraph.knowledge.gazetteer import Gazetteer
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import Words, load_rows

_FIRST_PART, _LAST_PART = 3, 5  # letters at least of the parts of a compound


@dataclass(frozen=True, eq=False)
class WordClasses:
    """The classes of one language's words; ``senses`` are empty but for English.

    ``listed`` are classes by word, ``endings`` those of inflected words with what the base form has in their
    place, ``runs`` the classes of words of several ideographs.
    """

    language: str
    listed: Mapping[str, tuple[str, ...]]
    senses: Mapping[str, str]
    endings: Mapping[str, tuple[str, ...]]
    runs: Gazetteer[str]

    def of(self, word: str) -> tuple[str, ...]:
        """Return all that is known of a word in lower case, the most telling first."""
        return _of(self, word)

    def key(self, word: str) -> str:
        """Return the one class that stands for a word in lower case beside others."""
        return self.of(word)[0]


@lru_cache(maxsize=65536)
def _of(classes: WordClasses, word: str) -> tuple[str, ...]:
    found = list(classes.listed.get(word, ()))
    sense, inflected = _sense(classes, word)
    if sense:
        kind = sense.partition("|")[0] + ("+" if inflected else "")
        found += [kind, *(f"sense:{part}" for part in sense.split("|"))]
    last = word.rpartition("-")[2]
    if not found and last and last != word:
        found += [f"-{name}" for name in classes.of(last)]
    if not found:
        found += [f"-{name}" for name in _compounded(classes.listed, word)]
    if found:
        return tuple(found)
    return ("unknown",) if word.isalpha() else ("digits",) if word[0].isdigit() else (word,)


def _compounded(listed: Mapping[str, tuple[str, ...]], word: str) -> tuple[str, ...]:
    """Return the classes of the longest listed word that a word of one ends with ("Waldeigentümer")."""
    for start in range(_FIRST_PART, len(word) - _LAST_PART + 1):
        if word[start:] in listed:
            return listed[word[start:]]
    return ()


def _sense(classes: WordClasses, word: str) -> tuple[str, bool]:
    """Return the senses of a word or of its base form, and whether it is inflected."""
    senses = classes.senses
    for form in _bases(word, classes.endings) if senses else ():
        if form in senses:
            return senses[form], form != word
    return "", False


def _bases(word: str, endings: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield a word and what inflection may have made it from."""
    yield word
    for ending, bases in endings.items():
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            yield from (stem + base for base in bases)


@cache
def word_classes(language: str) -> WordClasses:
    """Return the classes of a language's words (a BCP 47 tag); a language without a file has none."""
    tag = language.partition("-")[0].lower()
    listed: dict[str, Words] = {}
    for name, words in _rows(f"{tag}.tsv").items():
        for word in words:
            listed[word] = (*listed.get(word, ()), name)
    senses = {word: name for name, words in _rows(f"{tag}-senses.tsv").items() for word in words}
    endings = {
        ending: tuple(base.removeprefix("-") for base in bases)
        for ending, bases in _rows(f"{tag}-endings.tsv").items()
    }
    runs = ((word, names[0]) for word, names in listed.items() if len(word) > 1 and word[0] >= "\u3400")
    return WordClasses(tag, listed, senses, endings, Gazetteer(runs))


def _rows(name: str) -> Mapping[str, Words]:
    path = resources.path("data", "words", name)
    return load_rows(path) if path.is_file() else {}
