"""How paragraphs of resolutions begin, language by language: the tables in ``data/provisions``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from strategraph.extraction.citation_grammar.patterns import any_of, compiled
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Verb:
    """An operative verb: its base form, and what it says of force ("binding", "hortatory", "declaratory")."""

    base: str
    force: str


@dataclass(frozen=True, slots=True)
class Openings:
    """The words of one language; see ``data/provisions/README.md``.

    ``preambular`` and ``operative`` are looked up by the words a paragraph begins with.
    """

    language: str
    enacting: re.Pattern[str]
    speaking: re.Pattern[str]
    lead: re.Pattern[str]
    adverbs: frozenset[str]
    preambular: frozenset[str]
    operative: Mapping[str, Verb]
    longest: int
    later: re.Pattern[str]
    later_base: Mapping[str, str]
    participle: re.Pattern[str]
    obliging: re.Pattern[str]
    stating: re.Pattern[str]
    addressing: frozenset[str]
    addressee_ends: re.Pattern[str]
    addressee_clause: re.Pattern[str]
    addressee_subject: re.Pattern[str]
    addressee_cut: re.Pattern[str]
    abstract: re.Pattern[str]
    heads: re.Pattern[str] | None
    article: re.Pattern[str]
    due: tuple[re.Pattern[str], ...]
    reports: re.Pattern[str]
    annex: re.Pattern[str]
    relations: Mapping[str, str]
    inline: re.Pattern[str]
    spaced: bool


@cache
def openings() -> Mapping[str, Openings]:
    """Return the openings of every language that the tables have, by its tag."""
    return {path.stem: _language(path.stem) for path in resources.files("data/provisions", ".toml")}


def _language(tag: str) -> Openings:
    with resources.path("data", "provisions", f"{tag}.toml").open("rb") as file:
        content = tomllib.load(file)

    def pattern(text: str | None) -> re.Pattern[str]:
        return compiled(f"(?:{plain(text).text})") if text else _NEVER

    addressee, due = content.get("addressee", {}), content.get("due", {})
    operative = {
        plain(form).text: Verb(verb["base"], verb["force"])
        for verb in content["verb"]
        for form in verb["forms"]
    }
    adverbs = frozenset(plain(adverb).text for adverb in content["adverbs"])
    further = {plain(form).text: base for form, base in content.get("later", {}).items()}
    preambular = frozenset(plain(opening).text for opening in content["preambular"])
    return Openings(
        language=tag,
        enacting=pattern(content.get("enacting")),
        speaking=pattern(content.get("speaking")),
        lead=pattern(content.get("lead")),
        adverbs=adverbs,
        preambular=preambular,
        operative=operative,
        later=_later((*operative, *further), adverbs, joined=plain(content.get("joined", "")).text),
        later_base={form: verb.base for form, verb in operative.items()} | further,
        longest=max(len(text.split()) for text in (*operative, *preambular)),
        participle=pattern(content.get("participle")),
        obliging=pattern(content.get("obliging")),
        stating=pattern(content.get("stating")),
        addressing=frozenset(addressee.get("addresses", ())),
        addressee_ends=pattern(addressee.get("ends")),
        addressee_clause=pattern(addressee.get("clause")),
        addressee_subject=pattern(addressee.get("subject")),
        addressee_cut=pattern(addressee.get("cut")),
        heads=pattern(addressee["heads"]) if "heads" in addressee else None,
        abstract=pattern(addressee.get("abstract")),
        article=pattern(addressee.get("article")),
        due=tuple(pattern(each) for each in due.get("patterns", ())),
        reports=pattern(due.get("reports")),
        relations={plain(word).text: name for word, name in content.get("relations", {}).items()},
        annex=pattern(content.get("annex")),
        inline=_inline(preambular, operative),
        spaced=content.get("spaced", True),
    )


def _inline(preambular: Iterable[str], operative: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of an opening within a text that runs on: ", recognizing a) …"."""
    return re.compile(rf",\s(?P<opening>(?:(?P<operative>{any_of(operative)})|{any_of(preambular)})(?=\s))")


def _later(forms: Iterable[str], adverbs: frozenset[str], *, joined: str) -> re.Pattern[str]:
    """Return the pattern of a further verb of a paragraph: ", and also requests"."""
    if not joined:
        return _NEVER
    return re.compile(rf"(?:{joined})\s(?:(?:{any_of(adverbs)})\s){{0,3}}(?P<verb>{any_of(forms)})(?!\w)")
