"""How paragraphs of resolutions begin, language by language: the tables in ``data/provisions``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated

from strategraph.extraction.citation_grammar.patterns import any_of, compiled
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, From, Words, read_table

_NEVER = re.compile(r"(?!)")


def _plain(text: str) -> str:
    return plain(text).text


def _plain_words(words: Words) -> frozenset[str]:
    return frozenset(map(_plain, words))


def _by_plain_word(words: Mapping[str, str]) -> Mapping[str, str]:
    return {_plain(word): meant for word, meant in words.items()}


def _pattern(text: str) -> re.Pattern[str]:
    return compiled(f"(?:{_plain(text)})") if text else _NEVER


def _patterns(texts: Words) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_pattern, texts))


PlainWords = Annotated[frozenset[str], From(Words, _plain_words)]
ByPlainWord = Annotated[Mapping[str, str], From(Mapping[str, str], _by_plain_word)]
Pattern = Annotated[re.Pattern[str], From(str, _pattern)]


@dataclass(frozen=True, slots=True)
class Verb:
    """An operative verb: its base form, and what it says of force ("binding", "hortatory", "declaratory").

    ``forms`` are those in which it opens a paragraph.
    """

    base: str
    force: str
    forms: Words


@dataclass(frozen=True)
class Openings:
    """The words of one language; see ``data/provisions/README.md``.

    ``preambular`` and ``operative`` are looked up by the words a paragraph begins with.
    """

    adverbs: PlainWords
    preambular: PlainWords
    verbs: Annotated[tuple[Verb, ...], At("verb")]
    language: str = ""
    enacting: Pattern = _NEVER
    speaking: Pattern = _NEVER
    lead: Pattern = _NEVER
    joined: Annotated[str, From(str, _plain)] = ""
    further: Annotated[ByPlainWord, At("later")] = field(default_factory=dict)
    participle: Pattern = _NEVER
    obliging: Pattern = _NEVER
    stating: Pattern = _NEVER
    addressing: Annotated[frozenset[str], At("addressee.addresses")] = frozenset()
    addressee_ends: Annotated[Pattern, At("addressee.ends")] = _NEVER
    addressee_clause: Annotated[Pattern, At("addressee.clause")] = _NEVER
    addressee_subject: Annotated[Pattern, At("addressee.subject")] = _NEVER
    addressee_cut: Annotated[Pattern, At("addressee.cut")] = _NEVER
    abstract: Annotated[Pattern, At("addressee.abstract")] = _NEVER
    heads: Annotated[re.Pattern[str] | None, From(str, _pattern), At("addressee.heads")] = None
    article: Annotated[Pattern, At("addressee.article")] = _NEVER
    due: Annotated[tuple[re.Pattern[str], ...], From(Words, _patterns), At("due.patterns")] = ()
    reports: Annotated[Pattern, At("due.reports")] = _NEVER
    annex: Pattern = _NEVER
    relations: ByPlainWord = field(default_factory=dict)
    spaced: bool = True

    @cached_property
    def operative(self) -> Mapping[str, Verb]:
        """The operative verbs by their forms."""
        return {_plain(form): verb for verb in self.verbs for form in verb.forms}

    @cached_property
    def longest(self) -> int:
        """How many words the longest opening has."""
        return max(len(text.split()) for text in (*self.operative, *self.preambular))

    @cached_property
    def later(self) -> re.Pattern[str]:
        """A further verb of a paragraph: ", and also requests"."""
        if not self.joined:
            return _NEVER
        adverbs, forms = any_of(self.adverbs), any_of((*self.operative, *self.further))
        return re.compile(rf"(?:{self.joined})\s(?:(?:{adverbs})\s){{0,3}}(?P<verb>{forms})(?!\w)")

    @cached_property
    def later_base(self) -> Mapping[str, str]:
        """The base forms of further verbs by their forms."""
        return {**{form: verb.base for form, verb in self.operative.items()}, **self.further}

    @cached_property
    def inline(self) -> re.Pattern[str]:
        """An opening within a text that runs on: ", recognizing a) …"."""
        operative, preambular = any_of(self.operative), any_of(self.preambular)
        return re.compile(rf",\s(?P<opening>(?:(?P<operative>{operative})|{preambular})(?=\s))")


@cache
def openings() -> Mapping[str, Openings]:
    """Return the openings of every language that the tables have, by its tag."""
    files = resources.files("data/provisions", ".toml")
    return {file.stem: replace(read_table(Openings, file), language=file.stem) for file in files}
