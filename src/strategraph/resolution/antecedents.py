"""What the words of a citation leave open, filled in from the rest of the document where that is certain.

A number without body ("Resolution 71"), a title without year ("Geospatial Data Act"), an organ's short
name ("Council Resolution 1305"), a provision ("Article 19 of the Convention") and words that point back
("the Resolution", "ibid.") each mean what one, and only one, other citation or the plan's owner tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.short_forms import SAME_RULE
from strategraph.extraction.citations import RULE_PREFIX
from strategraph.identifiers import slug
from strategraph.model import CitationMention
from strategraph.organizations import directory

_SAME_AS_BEFORE = f"{RULE_PREFIX}{SAME_RULE}"
_YEAR_OF_ACT = re.compile(r" (?:of )?\d{4}$")
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


def identities(citations: Sequence[CitationMention], owner: str | None) -> tuple[Identity | None, ...]:
    """Return what each citation, in reading order, means; None where that is not certain."""
    contexts = _contexts(citations, owner)
    found: list[Identity | None] = [_stated(citation, contexts) for citation in citations]
    for fill in (_numbers, _lists, _laws, _provisions, _pointers):
        fill(citations, found, owner)
    return tuple(found)


_Found = list[Identity | None]


def _contexts(citations: Iterable[CitationMention], owner: str | None) -> frozenset[str]:
    """Return the organisations that the text is about: the owner, else those whose organs it cites."""
    if owner is not None:
        return frozenset({directory().root(owner)})
    return frozenset(directory().root(citation.body) for citation in citations if citation.body)


def _stated(citation: CitationMention, contexts: frozenset[str]) -> Identity | None:
    """Return what the words alone, and the organisation they are about, say; None for words that point."""
    name = citation.title or citation.number
    if name is None or _is_provision(citation):
        return None
    return Identity(
        kind=citation.kind,
        body=citation.body or _issuer_within(citation.surface, contexts),
        name=name,
        titled=citation.title is not None,
        session=_session(citation),
        revised=citation.revised,
        place=citation.revision_place if citation.revised else None,
        year=citation.revision_year if citation.revised else None,
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
    words = plain(surface).text.casefold()
    for name in sorted(directory().by_short_name, key=lambda name: (-len(name), name)):
        if re.search(rf"(?<!\w){re.escape(plain(name).text)}(?!\w)", words):
            known = directory().find_within(name, contexts)
            return known.slug if known else None
    return None


# --------------------------------------------------------------------------------------------------
# Numbers


def _numbers(citations: Sequence[CitationMention], found: _Found, owner: str | None) -> None:
    """Give a number without body and bracket the identity of the one instrument cited with it before.

    Where only later citations tell, or several revisions came before, it means the instrument itself.
    """
    stated = list(found)
    for index, identity in enumerate(stated):
        if identity is None or not _is_open(identity, citations[index]):
            continue
        before = _alike(identity, stated[:index])
        bases = {one.without_revision() for one in before or _alike(identity, stated[index:])}
        if len(before) == 1:
            found[index] = next(iter(before))
        elif len(bases) == 1:
            found[index] = next(iter(bases))


def _is_open(identity: Identity, citation: CitationMention) -> bool:
    bracketed = identity.revised or identity.session or citation.revision_place or citation.revision_year
    return identity.body is None and not identity.titled and not bracketed


def _alike(identity: Identity, others: Iterable[Identity | None]) -> set[Identity]:
    """Return those of ``others`` with a known body and the kind and number of ``identity``."""
    same = (identity.kind, slug(identity.name))
    return {one for one in others if one and one.body and (one.kind, slug(one.name)) == same}


def _lists(citations: Sequence[CitationMention], found: _Found, owner: str | None) -> None:
    """Give the numbers of one list, where one of them has a known body, that body."""
    bodies: dict[object, set[str]] = {}
    for citation, identity in zip(citations, found, strict=True):
        if identity is not None and identity.body is not None:
            bodies.setdefault(citation.support.span, set()).add(identity.body)
    for index, identity in enumerate(found):
        if identity is not None and _is_open(identity, citations[index]):
            of_list = bodies.get(citations[index].support.span, set())
            if len(of_list) == 1:
                found[index] = replace(identity, body=next(iter(of_list)))


# --------------------------------------------------------------------------------------------------
# Laws


def _laws(citations: Sequence[CitationMention], found: _Found, owner: str | None) -> None:
    """Give a law cited in part (no year, a subsection, its number alone) the identity cited in full."""
    laws = [
        (identity, citation)
        for identity, citation in zip(found, citations, strict=True)
        if identity is not None and identity.kind == "Legislation"
    ]
    dated = _by_key((_YEAR_OF_ACT.sub("", one.name), one) for one, _ in laws if _YEAR_OF_ACT.search(one.name))
    sections = _by_key((one.name, one) for one, _ in laws if not _SUBSECTIONS.search(one.name))
    numbered = _by_key((cited.number, one) for one, cited in laws if one.titled and cited.number)
    for index, identity in enumerate(found):
        if identity is None or identity.kind != "Legislation":
            continue
        if identity.titled:
            found[index] = dated.get(slug(identity.name), identity)
        else:
            whole = sections.get(slug(_SUBSECTIONS.sub("", identity.name)), identity)
            found[index] = numbered.get(slug(whole.name), whole)


def _by_key(pairs: Iterable[tuple[str, Identity]]) -> Mapping[str, Identity]:
    """Return the identity of each key that has only one."""
    grouped: dict[str, set[Identity]] = {}
    for key, identity in pairs:
        grouped.setdefault(slug(key), set()).add(identity)
    return {key: next(iter(group)) for key, group in grouped.items() if len(group) == 1}


# --------------------------------------------------------------------------------------------------
# Words that point


def _is_provision(citation: CitationMention) -> bool:
    """Whether a citation names its instrument by a noun alone: "Article 19 of the Convention"."""
    return citation.title is not None and citation.body is None and citation.title in _basic_texts()


def _provisions(citations: Sequence[CitationMention], found: _Found, owner: str | None) -> None:
    """Give "Article 19 of the Convention" the owner's Convention, else the only one the text cites."""
    treaties = {one for one in found if one is not None and one.kind == "Treaty"}
    for index, citation in enumerate(citations):
        if not _is_provision(citation):
            continue
        noun = citation.title or ""
        text = _basic_texts()[noun].get(directory().root(owner)) if owner else None
        if text is not None:
            found[index] = Identity(text.kind, text.body, text.title, titled=True)
        else:
            found[index] = _only(one for one in treaties if _has_noun(one, noun))


@cache
def _basic_texts() -> Mapping[str, Mapping[str, tables.NamedInstrument]]:
    """Return the basic texts that are known by a noun, by the organisation whose they are."""
    texts: dict[str, dict[str, tables.NamedInstrument]] = {}
    for named in tables.named_instruments().values():
        for noun in named.short:
            if named.body is not None:
                texts.setdefault(noun, {})[named.body] = named
    return texts


def _pointers(citations: Sequence[CitationMention], found: _Found, owner: str | None) -> None:
    """Give "the Resolution" the only one cited before it, "ibid." the citation just before it."""
    for index, citation in enumerate(citations):
        if citation.number is not None or citation.title is not None:
            continue
        before = found[:index]
        if citation.support.rule == _SAME_AS_BEFORE:
            found[index] = _only(_before(citations, found, index))
        else:
            noun = citation.surface.split(maxsplit=1)[1]
            kind = citation.kind
            found[index] = _only(one for one in before if one and one.kind == kind and _has_noun(one, noun))


def _before(citations: Sequence[CitationMention], found: _Found, index: int) -> Iterator[Identity | None]:
    """Yield what the citation before the one at ``index`` cites: several instruments if it is a list."""
    words = citations[index - 1].support.span if index else None
    while index and citations[index - 1].support.span == words:
        index -= 1
        yield found[index]


def _has_noun(identity: Identity, noun: str) -> bool:
    """Whether an instrument can be called by this noun: its kind's own, or one that its title has."""
    if not identity.titled:
        return identity.kind == noun or (identity.kind, noun) == ("Order", "Executive Order")
    return re.search(rf"\b{re.escape(noun)}\b", identity.name, re.IGNORECASE) is not None


def _only(candidates: Iterable[Identity | None]) -> Identity | None:
    distinct = set(candidates)
    return next(iter(distinct)) if len(distinct) == 1 else None
