"""Which instrument each citation means: one IRI for body, kind, number, session, revision place and year.

What the words leave open is filled in only from what is certain: the document's other citations and the
organisation whose plan it is. What stays open keeps its place under the plan, with a note for the review;
words that point back to nothing certain ("the Resolution") mean nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.extraction.citation_grammar.numbering import only_year, symbol_of
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.short_forms import NOUN_RULE, SAME_RULE
from strategraph.extraction.citation_grammar.tables import DOCUMENT, Conference, conferences
from strategraph.extraction.citations import RULE_PREFIX
from strategraph.knowledge.organizations import LANGUAGE_OF_TABLES, directory
from strategraph.model import CitationMention, Event, Instrument, Organization
from strategraph.model.identifiers import Namer
from strategraph.resolution.antecedents import Identity, identities


@dataclass(frozen=True, slots=True)
class ResolvedInstruments:
    """The instruments that a document cites, and what they need.

    ``iris`` runs parallel to the citations: the IRI of the most specific instrument that each means, or
    None where that is not certain. All others are in the order of their IRIs.
    """

    instruments: tuple[Instrument, ...]
    organizations: tuple[Organization, ...]
    events: tuple[Event, ...]
    iris: tuple[str | None, ...]
    notes: tuple[str, ...]


_POINTING = frozenset(f"{RULE_PREFIX}{rule}" for rule in (NOUN_RULE, SAME_RULE))
_SERIES = ("Resolution", "Decision", "Recommendation", "Opinion")


def resolve_instruments(
    citations: Sequence[CitationMention],
    namer: Namer,
    plan_iri: str,
    owner_slug: str | None,
    *,
    unlisted_owner: bool = False,
) -> ResolvedInstruments:
    """Return the instruments that ``citations``, in reading order, mean.

    ``owner_slug`` is the slug of the plan's owner in ``data/organizations.toml``, if it is there;
    ``unlisted_owner`` says that the plan has an owner which is not there.
    """
    found = identities(citations, owner_slug, unlisted_owner=unlisted_owner)
    iris = tuple(_iri(identity, namer, plan_iri) if identity else None for identity in found)
    identity_of: dict[str, Identity] = {}
    mentions_of: dict[str, list[CitationMention]] = {}
    names_of: dict[str, dict[str, None]] = {}  # the words that name it alone: no lists, none that point back
    sizes = Counter(citation.support.span for citation in citations)
    for citation, identity, iri in zip(citations, found, iris, strict=True):
        if identity is not None and iri is not None:
            identity_of.setdefault(iri, identity)
            mentions_of.setdefault(iri, []).append(citation)
            if sizes[citation.support.span] == 1 and citation.support.rule not in _POINTING:
                names_of.setdefault(iri, {}).setdefault(citation.surface)
    for identity in list(identity_of.values()):
        base = identity.without_revision()
        identity_of.setdefault(_iri(base, namer, plan_iri), base)
    meetings = {_event_slug(m): m for m in map(_meeting, identity_of.values()) if m is not None}
    bodies = {identity.body for identity in identity_of.values() if identity.body is not None}
    return ResolvedInstruments(
        instruments=tuple(
            _instrument(
                identity_of[iri], mentions_of.get(iri, ()), tuple(names_of.get(iri, ())), namer, plan_iri
            )
            for iri in sorted(identity_of)
        ),
        organizations=tuple(_organization(body, namer) for body in sorted(bodies)),
        events=tuple(_event(meetings[name], namer) for name in sorted(meetings)),
        iris=iris,
        notes=_notes(citations, found),
    )


def _iri(identity: Identity, namer: Namer, plan_iri: str) -> str:
    if identity.kind == DOCUMENT:
        return namer.document(identity.name)
    meeting = f" {identity.session}" if identity.session and identity.place is None else ""
    return namer.instrument(
        identity.body,
        identity.kind,
        f"{identity.name}{meeting}",
        revision_place=identity.place,
        revision_year=identity.year,
        plan=plan_iri,
    )


def _instrument(
    identity: Identity,
    mentions: Sequence[CitationMention],
    names: Sequence[str],
    namer: Namer,
    plan_iri: str,
) -> Instrument:
    meeting = _meeting(identity)
    printed = next((mention.number for mention in mentions if mention.number), None)
    number = printed if identity.titled else identity.name
    own_words = _own_words(identity, mentions, names) if number is None else None
    label = own_words or _printed_title(identity, mentions) or _label(identity, names)
    others = {*names, *((identity.name,) if own_words and identity.body else ())}
    date = _date(mentions) if not identity.revised else None
    year = _year(identity, number, date, mentions)
    return Instrument(
        iri=_iri(identity, namer, plan_iri),
        kind=identity.kind,
        label=label,
        number=number,
        issued_by=namer.organization(identity.body) if identity.body else None,
        session=identity.session,
        revision_of=_iri(identity.without_revision(), namer, plan_iri) if identity.revised else None,
        revision_place=identity.place,
        revision_year=identity.year,
        revised_at=namer.event(_event_slug(meeting)) if meeting else None,
        alternatives=tuple(sorted(others - {label})),
        same_as=tuple(sorted({iri for mention in mentions for iri in mention.identifiers})),
        symbol=identity.name
        if identity.kind == DOCUMENT
        else symbol_of(identity.kind, identity.body, number, year),
        year=year,
        date=date,
        language=None if own_words else _language(identity),
    )


def _date(mentions: Sequence[CitationMention]) -> str | None:
    """Return the date that the citations of an instrument give, if they give only one."""
    dates = {mention.date for mention in mentions if mention.date}
    return dates.pop() if len(dates) == 1 else None


def _year(
    identity: Identity, number: str | None, date: str | None, mentions: Sequence[CitationMention]
) -> int | None:
    """Return the year in which an instrument was decided, where one is told; a revision has its own."""
    if identity.revised or identity.kind == DOCUMENT:
        return None
    if date is not None:
        return int(date[:4])
    given = {mention.revision_year for mention in mentions if mention.revision_year and not mention.revised}
    if len(given) == 1:
        return given.pop()
    return only_year(identity.name) or only_year(number or "")


def _printed_title(identity: Identity, mentions: Sequence[CitationMention]) -> str | None:
    """Return the title as the text prints it, with its accents; capitals last."""
    printed = {m.title for m in mentions if m.title and plain(m.title).text == identity.name}
    return min(printed, key=lambda title: (title.isupper(), title.isascii(), title)) if printed else None


def _own_words(identity: Identity, mentions: Sequence[CitationMention], names: Sequence[str]) -> str | None:
    """Return the first words that name an instrument which a table calls by another name.

    "Convenio de Estambul" is what a Spanish plan calls the Istanbul Convention; None where the title itself
    is printed, or where no citation names it.
    """
    called = {
        " ".join(m.surface.split()) for m in mentions if m.title and plain(m.title).text == identity.name
    }
    if any(identity.name in plain(name).text for name in called):
        return None
    return next((name for one in names if (name := " ".join(one.split())) in called), None)


def _label(identity: Identity, names: Sequence[str]) -> str:
    """Return what people call the instrument; a bare number tells nothing, so its words are taken with it."""
    if identity.titled:
        return identity.name
    if identity.kind not in _SERIES and not any(map(str.isalpha, identity.name)):
        called = {" ".join(name.split()) for name in names if identity.name in name.split()}
        return min(called, key=lambda name: (-len(name), name), default=f"{identity.kind} {identity.name}")
    place = ", ".join(str(part) for part in (identity.place, identity.year) if part)
    name = f"{identity.kind} {identity.name}" if identity.kind in _SERIES else identity.name
    if identity.revised:
        return f"{name} (Rev. {place})"
    issuer = f"{directory().by_slug[identity.body].label} " if identity.body else ""
    if identity.session:
        return f"{issuer}{name} ({identity.session})"
    return f"{issuer}{name}" if identity.kind in _SERIES else name


def _language(identity: Identity) -> str | None:
    """Return the language of a label: that of the tables where it is made of kind and number."""
    if identity.kind in _SERIES and not identity.titled:
        return LANGUAGE_OF_TABLES
    return "" if identity.body else None


# --------------------------------------------------------------------------------------------------
# What the instruments need


def _organization(body: str, namer: Namer) -> Organization:
    known = directory().by_slug[body]
    iri = namer.organization(body)
    return Organization(iri, known.label, known.names, known.same_as, LANGUAGE_OF_TABLES)


def _meeting(identity: Identity) -> Conference | None:
    """Return the conference that made a revision, if it is known."""
    if identity.body is None or identity.place is None or identity.year is None:
        return None
    meeting = conferences().of(identity.body, identity.year)
    return meeting if meeting is not None and meeting.place == identity.place else None


def _event_slug(meeting: Conference) -> str:
    return f"{meeting.body}-{meeting.year}"


def _event(meeting: Conference, namer: Namer) -> Event:
    body = directory().by_slug[meeting.body].label
    return Event(
        iri=namer.event(_event_slug(meeting)),
        label=f"{body} ({meeting.place}, {meeting.year})",
        alternatives=(meeting.acronym,) if meeting.acronym else (),
        language=LANGUAGE_OF_TABLES,
    )


def _notes(citations: Sequence[CitationMention], found: Sequence[Identity | None]) -> tuple[str, ...]:
    """Return a line for each wording that was not, or not wholly, identified."""
    notes: dict[str, None] = {}
    for citation, identity in zip(citations, found, strict=True):
        if identity is None:
            notes[f"not identified: {citation.surface!r} does not mean one certain instrument"] = None
        elif identity.body is None and identity.kind in _SERIES:
            notes[f"issuer unknown: {citation.surface!r} does not say whose it is"] = None
    return tuple(notes)
