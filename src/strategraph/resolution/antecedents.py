"""What the words of a citation leave open, filled in from the rest of the document where that is certain.

A number without body ("Resolution 71"), a title without year ("Geospatial Data Act"), an organ's short
name ("Council Resolution 1305"), a provision ("Article 19 of the Convention") and words that point back
("the Resolution", "ibid.") each mean what one, and only one, other citation or the plan's owner tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.short_forms import NOUN_RULE, SAME_RULE, nouns
from strategraph.extraction.citations import RULE_PREFIX
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.resources import cache
from strategraph.model import CitationMention, Span
from strategraph.model.identifiers import slug

_T = TypeVar("_T")

_NOUN = f"{RULE_PREFIX}{NOUN_RULE}"
_SAME_AS_BEFORE = f"{RULE_PREFIX}{SAME_RULE}"
_YEAR_OF_ACT = re.compile(r",? (?:of )?\d{4}$")
_PUBLIC_LAW = re.compile(r"\d{2,3}-\d{1,4}")
_SUBSECTIONS = re.compile(r"(?:\([^()]*\))+$")


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes an instrument one: two citations with the same identity cite the same.

    ``name`` is the title or the number; ``place`` and ``year`` are those of the revision, and set only
    for a revision.
    """

    kind: str
    body: str | None
    name: str
    titled: bool = False
    session: str | None = None
    revised: bool = False
    place: str | None = None
    year: int | None = None

    def without_revision(self) -> Identity:
        """Return the identity of the instrument of which this is a revision, or this one."""
        return replace(self, session=None, revised=False, place=None, year=None) if self.revised else self


Found = list[Identity | None]


def identities(
    citations: Sequence[CitationMention], owner: str | None, *, unlisted_owner: bool = False
) -> tuple[Identity | None, ...]:
    """Return what each citation, in reading order, means; None where that is not certain.

    ``owner`` is the slug of the plan's owner, if the table of organisations has it; ``unlisted_owner``
    says that the plan has one which the table does not have.
    """
    contexts = _contexts(citations, owner)
    found: Found = [_stated(citation, contexts, unlisted_owner) for citation in citations]
    found = _with_numbers(citations, found)
    found = _with_lists(citations, found)
    found = _with_whole_laws(citations, found)
    found = _with_provisions(citations, found, owner)
    return tuple(_with_pointers(citations, found))


def _contexts(citations: Iterable[CitationMention], owner: str | None) -> frozenset[str]:
    """Return the organisations that the text is about: the owner, else those whose organs it cites."""
    if owner is not None:
        return frozenset({directory().root(owner)})
    return frozenset(directory().root(citation.body) for citation in citations if citation.body)


def _stated(citation: CitationMention, contexts: frozenset[str], unlisted_owner: bool) -> Identity | None:
    """Return what the words alone, and the organisation they are about, say; None for words that point."""
    # One name, with and without its accents: what is printed in capitals has none.
    name = plain(citation.title).text if citation.title else citation.number
    if name is None or _is_provision(citation):
        return None
    return Identity(
        kind=citation.kind,
        body=_body(citation, contexts, unlisted_owner),
        name=name,
        titled=citation.title is not None,
        session=_session(citation),
        revised=citation.revised,
        place=citation.revision_place if citation.revised else None,
        year=citation.revision_year if citation.revised else None,
    )


def _body(citation: CitationMention, contexts: frozenset[str], unlisted_owner: bool) -> str | None:
    """Return whose instrument it is, as far as its words, its number and the organisations tell."""
    if citation.body is not None:
        return None if unlisted_owner and _may_be_the_owners(citation) else citation.body
    if citation.number is None:
        return None
    named = _issuer_within(citation.surface, contexts)
    return named or _issuer_by_number(citation.kind, citation.number, contexts)


def _may_be_the_owners(citation: CitationMention) -> bool:
    """Whether only the shape of its number tells the body, and assemblies of others number alike."""
    told = any(
        shape.shared and shape.body == citation.body and shape.pattern.fullmatch(citation.number or "")
        for shape in tables.number_shapes()
    )
    if not told or citation.body is None:
        return False
    known = directory().by_slug[directory().root(citation.body)]
    return not any(name in citation.surface for name in (known.label, *known.names))


def _issuer_by_number(kind: str, number: str, contexts: frozenset[str]) -> str | None:
    """Return the one organ of these organisations that gives its decisions numbers of this shape."""
    if kind != "Decision":
        return None
    return _only(
        known.slug
        for known in directory().by_slug.values()
        if known.decisions and known.is_organ_of(contexts) and re.fullmatch(known.decisions, number)
    )


def _session(citation: CitationMention) -> str | None:
    """Return the session that is part of what makes an instrument one, because its numbers begin anew.

    Most ITU conferences go on counting: where one of them first adopted a resolution does not matter.
    """
    place, year = citation.revision_place, citation.revision_year
    if citation.revised or place is None or year is None:
        return citation.session
    conference = tables.conferences().find(place, year, citation.kind)
    return f"{place}, {year}" if conference is not None and conference.renumbers else None


def _issuer_within(surface: str, contexts: frozenset[str]) -> str | None:
    """Return the organ whose short name stands in the citation, in a text about these organisations."""
    match = _short_names().search(plain(surface).text)
    known = directory().find_within(match["name"].casefold(), contexts) if match else None
    return known.slug if known else None


@cache
def _short_names() -> re.Pattern[str]:
    names = sorted(directory().by_short_name, key=lambda name: (-len(name), name))
    pattern = tables.short_forms()["issuer"]["pattern"]
    name = "|".join(map(re.escape, names))
    return re.compile(pattern.replace("{name}", name), re.IGNORECASE | re.VERBOSE)


# --------------------------------------------------------------------------------------------------
# Numbers


def _with_numbers(citations: Sequence[CitationMention], found: Found) -> Found:
    """Give a number without body and bracket the identity of the one instrument cited with it in full.

    Where only later citations tell, or several revisions came before, it means the instrument itself.
    """
    everywhere: dict[tuple[str, str], set[Identity]] = {}
    for citation, identity in zip(citations, found, strict=True):
        if identity is not None and not _is_open(identity, citation):
            everywhere.setdefault(_key(identity), set()).add(identity)
    before: dict[tuple[str, str], set[Identity]] = {}
    filled: Found = []
    for citation, identity in zip(citations, found, strict=True):
        meant = identity
        if identity is not None and _is_open(identity, citation):
            seen = before.get(_key(identity), set())
            cited = seen or everywhere.get(_key(identity), set())
            meant = _only(seen) or _only(one.without_revision() for one in cited) or identity
        elif identity is not None:
            before.setdefault(_key(identity), set()).add(identity)
        filled.append(meant)
    return filled


def _key(identity: Identity) -> tuple[str, str]:
    return identity.kind, slug(identity.name)


def _is_open(identity: Identity, citation: CitationMention) -> bool:
    """Whether a citation is a number of which its words say neither body nor session nor revision."""
    bracketed = identity.revised or identity.session or citation.revision_place or citation.revision_year
    return identity.body is None and not identity.titled and not bracketed


def _with_lists(citations: Sequence[CitationMention], found: Found) -> Found:
    """Give the numbers of one list, where those with a known body have the same, that body."""
    bodies: dict[Span, set[str]] = {}
    for citation, identity in zip(citations, found, strict=True):
        if identity is not None and identity.body is not None:
            bodies.setdefault(citation.listed or citation.support.span, set()).add(identity.body)

    def filled(citation: CitationMention, identity: Identity | None) -> Identity | None:
        if identity is None or not _is_open(identity, citation):
            return identity
        return replace(identity, body=_only(bodies.get(citation.listed or citation.support.span, ())))

    return [filled(citation, identity) for citation, identity in zip(citations, found, strict=True)]


# --------------------------------------------------------------------------------------------------
# Laws


def _with_whole_laws(citations: Sequence[CitationMention], found: Found) -> Found:
    """Give a law cited in part (no year, a subsection, its number alone) the identity cited in full."""
    laws = [
        (identity, citation)
        for identity, citation in zip(found, citations, strict=True)
        if identity is not None and identity.kind == "Legislation"
    ]
    dated = _by_key((_YEAR_OF_ACT.sub("", one.name), one) for one, _ in laws if _YEAR_OF_ACT.search(one.name))
    sections = _by_key((one.name, one) for one, _ in laws if not _SUBSECTIONS.search(one.name))
    short = _by_key((name, one) for one, _ in laws for name in _short_names_of(one))
    numbered = _by_key(
        (law, one)
        for one, cited in laws
        if (law := _public_law(cited.number)) is not None and law != one.name
    )

    def whole(identity: Identity | None) -> Identity | None:
        if identity is None or identity.kind != "Legislation":
            return identity
        if identity.titled:
            key = slug(identity.name)
            return numbered.get(key) or short.get(key) or dated.get(key, identity)
        return sections.get(slug(_SUBSECTIONS.sub("", identity.name)), identity)

    return [whole(identity) for identity in found]


def _public_law(number: str | None) -> str | None:
    """Return the title that a law of the United States with this number has where no name is given."""
    return f"Public Law {number}" if _PUBLIC_LAW.fullmatch(number or "") else None


def _short_names_of(identity: Identity) -> tuple[str, ...]:
    named = tables.named_instruments().get(plain(identity.name).text)
    return named.short if named is not None else ()


def _by_key(pairs: Iterable[tuple[str, Identity]]) -> Mapping[str, Identity]:
    """Return the identity of each key that has only one."""
    grouped: dict[str, set[Identity]] = {}
    for key, identity in pairs:
        grouped.setdefault(slug(key), set()).add(identity)
    return {key: one for key, group in grouped.items() if (one := _only(group)) is not None}


# --------------------------------------------------------------------------------------------------
# Words that point


def _is_provision(citation: CitationMention) -> bool:
    """Whether a citation names its instrument by a noun alone: "Article 19 of the Convention"."""
    return citation.title is not None and citation.body is None and citation.title in _basic_texts()


def _with_provisions(citations: Sequence[CitationMention], found: Found, owner: str | None) -> Found:
    """Give "Article 19 of the Convention" the owner's Convention, else the only one the text cites."""
    treaties = {one for one in found if one is not None and one.kind == "Treaty"}
    meant = {
        noun: _text_of(owner, noun) or _only(one for one in treaties if _has_noun(one, noun))
        for noun in _basic_texts()
    }
    return [
        meant[citation.title] if citation.title is not None and _is_provision(citation) else identity
        for citation, identity in zip(citations, found, strict=True)
    ]


def _text_of(owner: str | None, noun: str) -> Identity | None:
    """Return the owner's own basic text of this name, if the table has it."""
    text = _basic_texts()[noun].get(directory().root(owner)) if owner is not None else None
    return Identity(text.kind, text.body, text.title, titled=True) if text is not None else None


@cache
def _basic_texts() -> Mapping[str, Mapping[str, tables.NamedInstrument]]:
    """Return the basic texts that are known by a noun, by the organisation whose they are."""
    texts: dict[str, dict[str, tables.NamedInstrument]] = {}
    for named in tables.named_instruments().values():
        for noun in named.short:
            if named.body is not None:
                texts.setdefault(noun, {})[named.body] = named
    return texts


def _with_pointers(citations: Sequence[CitationMention], found: Found) -> Found:
    """Give "the Resolution" the only one cited before it, "ibid." the citation just before it."""
    before: dict[str, set[Identity]] = {noun: set() for noun in nouns()}
    last: set[Identity | None] = set()
    last_words: Span | None = None
    filled: Found = []
    for citation, identity in zip(citations, found, strict=True):
        meant = identity
        if citation.support.rule == _NOUN:
            meant = _only(before[citation.surface.split(maxsplit=1)[1]])
        elif citation.support.rule == _SAME_AS_BEFORE:
            meant = _only(last)
        for noun, kind in nouns().items():
            if meant is not None and meant.kind == kind and _has_noun(meant, noun):
                before[noun].add(meant)
        last = last | {meant} if citation.support.span == last_words else {meant}
        last_words = citation.support.span
        filled.append(meant)
    return filled


def _has_noun(identity: Identity, noun: str) -> bool:
    """Whether an instrument can be called by this noun: its kind's own, or one that its title has."""
    if not identity.titled:
        return identity.kind == noun or (identity.kind, noun) == ("Order", "Executive Order")
    return re.search(rf"\b{re.escape(noun)}\b", identity.name, re.IGNORECASE) is not None


def _only(candidates: Iterable[_T]) -> _T | None:
    """Return the one candidate there is, else None."""
    distinct = set(candidates)
    return next(iter(distinct)) if len(distinct) == 1 else None
