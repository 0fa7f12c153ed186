"""From what a pattern matched to the fields of a citation; one reader for each kind of form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from strategraph.extraction.citation_grammar import numbering, tables
from strategraph.extraction.citation_grammar.brackets import Bracket, read_bracket, read_date
from strategraph.extraction.citation_grammar.numbering import dated_body, has_shape
from strategraph.extraction.citation_grammar.patterns import Form, compiled
from strategraph.knowledge.organizations import directory


@dataclass(frozen=True, slots=True)
class CitedInstrument:
    """One instrument as the words of a citation tell it.

    ``bare`` marks words that cite only if the text has named the instrument in full elsewhere
    ("Decision 5", "Article 56 of the Constitution"). ``issued`` says that an organ is named beside the
    number, even if whose it is is not known. ``date`` is when it was decided, ``words`` where its own
    words stand in the text, if it is one of a list.
    """

    kind: str
    body: str | None = None
    number: str | None = None
    title: str | None = None
    session: str | None = None
    revised: bool = False
    place: str | None = None
    year: int | None = None
    identifiers: tuple[str, ...] = ()
    confidence: float = 1.0
    bare: bool = False
    issued: bool = False
    date: str | None = field(default=None, compare=False)
    words: tuple[int, int] | None = field(default=None, compare=False)


Further = Sequence[re.Match[str]]
Reader = Callable[[Form, re.Match[str], Further], Iterator[CitedInstrument]]

BARE_CONFIDENCE = 0.6  # of a number without body or bracket


def read(form: Form, match: re.Match[str], further: Further = ()) -> tuple[CitedInstrument, ...]:
    """Return the instruments that ``match``, a match of ``form``, cites; none if it is no citation.

    ``further`` are matches of the form's ``more`` that follow it, each a number with which its list goes on.
    """
    return tuple(_READERS[form.entry.reader](form, match, further))


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _read_groups(form: Form, match: re.Match[str], _: Further) -> Iterator[CitedInstrument]:
    """Read a form whose groups are the fields, as they stand or through templates."""
    if form.entry.kind is None:
        raise ValueError(f"the form {form.entry.name} names no kind")
    groups = {name: " ".join((value or "").split()) for name, value in match.groupdict().items()}
    yield CitedInstrument(
        kind=form.entry.kind,
        body=_filled(form, "body", groups, case=str.casefold),
        number=_filled(form, "number", groups),
        title=_filled(form, "title", groups),
        session=_filled(form, "session", groups),
        year=int(groups["given"]) if groups.get("given") else None,
        date=read_date(groups.get("dated")),
        confidence=form.entry.confidence,
        bare=form.entry.bare,
    )


def _read_each(form: Form, match: re.Match[str], _: Further) -> Iterator[CitedInstrument]:
    """Read names or years that share one word for their class: "the Meadow Acts 1989 and 2004"."""
    if form.item is None or form.entry.kind is None:
        raise ValueError(f"the form {form.entry.name} names no kind, or no item")
    shared = {name: value or "" for name, value in match.groupdict().items()}
    for item in form.item.finditer(match.string, *match.span("each")):
        groups = {**shared, "item": item.group()}
        title = _filled(form, "title", groups)
        yield CitedInstrument(
            kind=form.entry.kind, title=title, words=item.span(), confidence=form.entry.confidence
        )


def _filled(
    form: Form, field: str, groups: Mapping[str, str], *, case: Callable[[str], str] = str
) -> str | None:
    """Return what the field's template makes of the groups; None if all groups it names are empty."""
    template = form.entry.templates.get(field, f"{{{field}}}" if field in groups else "")
    named = _PLACEHOLDER.findall(template)
    if named and not any(groups[name] for name in named):
        return None
    return case(" ".join(template.format(**groups).split())) or None


# --------------------------------------------------------------------------------------------------
# Numbers in a series


_ISSUERS = ("issuer", "issuer_after", "organ", "other_organ", "organ_after")


@dataclass(frozen=True, slots=True)
class _Item:
    """A number of a list, with the bracket and the date behind it, as printed, and where they stand.

    ``apart`` says that more than a comma or "and" leads from the number before to this one.
    """

    number: str
    bracket: str | None
    dated: str | None
    start: int
    end: int
    apart: bool = False


def _read_series(form: Form, match: re.Match[str], further: Further) -> Iterator[CitedInstrument]:
    """Read "Resolutions 32, 44 and 54 (Rev. Hammamet, 2016)": a bracket also holds for those before it.

    So does a date, but not across words: "70/1 on the Agenda and 72/279 of 31 May 2018".
    """
    groups = match.groupdict()
    word = groups["series"]
    kind = form.entry.kind or tables.series()[word.casefold()]
    issuer = next((groups[name] for name in _ISSUERS if groups.get(name)), None)
    body = form.entry.templates.get("body") or _issuing_body(issuer, groups.get("qualifier"))
    items = _items(form, match, further)
    bracket: Bracket | None = None
    date: str | None = None
    found: list[tuple[CitedInstrument, bool, bool]] = []
    for item, following in zip(reversed(items), [None, *reversed(items[1:])], strict=True):
        if item.bracket is not None:
            bracket = read_bracket(item.bracket, kind)
        if item.dated or following is None or following.apart:
            date = read_date(item.dated)
        cited = _of_series(kind, item.number, bracket, body)
        if cited.body is None and issuer is None:
            cited = replace(cited, body=_body_by_time(cited, bracket, date))
        cited = replace(
            cited,
            issued=issuer is not None,
            date=date,
            words=(item.start, item.end) if len(items) > 1 else None,
        )
        sure = bool(body or cited.body or groups.get("dated") or (bracket and bracket.names_meeting))
        found.append((cited, sure or issuer is not None, bracket is not None))
        if bracket is not None and (bracket.numeral or (issuer is None and bracket.only_year)):
            bracket = None  # "1325 (2000)" and "3263 (XXIX)" are one number, and the bracket no other's
    yield from _judged([*reversed(found)], word)


def _judged(found: Sequence[tuple[CitedInstrument, bool, bool]], word: str) -> Iterator[CitedInstrument]:
    """Yield the numbers of a list, or nothing: each is sure, like a sure one beside it, or judged alone.

    Of each is said whether it is sure, and whether a bracket goes with it.
    """
    bodies = {cited.body for cited, sure, _ in found if sure}
    body = bodies.pop() if len(bodies) == 1 else None
    judged = []
    for cited, sure, bracketed in found:
        alike = body is not None and has_shape(body, cited.kind, cited.number or "")
        one: CitedInstrument | None = cited
        if not sure and alike:
            one = replace(cited, body=body)
        elif not sure and len(found) > 1 and bodies:
            one = replace(cited, confidence=BARE_CONFIDENCE)
        elif not sure:
            one = (
                None
                if word.endswith(".")
                else _unissued(cited, bracketed=bracketed, capital=not word[:1].islower())
            )
        if one is None:
            return
        judged.append(one)
    yield from judged


def _issuing_body(name: str | None, qualifier: str | None) -> str | None:
    """Return the body that a name, or a conference's acronym ("WTSA-16"), certainly means.

    A ``qualifier`` says whose an organ of a common name is: "UNDP" before "Executive Board".
    """
    if name is None:
        return None
    owner = directory().find(qualifier) if qualifier else None
    known = directory().find_within(name, [owner.slug] if owner else [])
    if known is not None:
        return known.slug
    conference = tables.conferences().called(name)
    return conference.body if conference else None


def _items(form: Form, match: re.Match[str], further: Further) -> list[_Item]:
    """Return the numbers of a list, each with the bracket and the date that follow it."""
    if form.item is None:
        raise ValueError(f"the form {form.entry.name} has no item")
    groups = match.groupdict()
    group = "items" if groups.get("items") is not None else "items_before"
    found = [
        _Item(item["number"], item.groupdict().get("bracket"), None, item.start(), item.end())
        for item in form.item.finditer(match.string, *match.span(group))
    ]
    found[-1] = replace(found[-1], dated=groups.get("dated") or groups.get("acted"))
    if len(found) == 1 and not further:
        return list(_with_letters(found))
    found[-1] = replace(found[-1], end=max(found[-1].end, match.end("acted") if groups.get("acted") else 0))
    found.extend(
        _Item(
            one["number"],
            one["bracket"],
            one["acted"],
            one.start("number"),
            max(one.end("number"), one.end("bracket"), one.end("acted")),
            apart=one["and"] is None,
        )
        for one in further
    )
    return list(_with_letters(found))


_TWO_LETTERS = re.compile(r"(?P<number>.*\d)\s(?P<first>[A-Z])\s\w+\s(?P<second>[A-Z])")


def _with_letters(items: Sequence[_Item]) -> Iterator[_Item]:
    """Yield the items, "36/87 A and B" as two: "36/87 A" and "36/87 B"."""
    for item in items:
        match = _TWO_LETTERS.fullmatch(item.number)
        if match is None:
            yield item
        else:
            yield replace(item, number=f"{match['number']} {match['first']}")
            yield replace(item, number=f"{match['number']} {match['second']}", apart=False)


def _body_by_time(cited: CitedInstrument, bracket: Bracket | None, date: str | None) -> str | None:
    """Return the one body that gave such a number when this one was given, as far as that is told."""
    if bracket is not None and bracket.only_year:
        return dated_body(cited.kind, cited.number or "", bracket.year or 0, in_brackets=True)
    return dated_body(cited.kind, cited.number or "", int(date[:4])) if date else None


def _of_series(kind: str, number: str, bracket: Bracket | None, body: str | None) -> CitedInstrument:
    number = " ".join(number.split())
    if bracket is not None and bracket.numeral is not None:
        number = f"{number} ({bracket.numeral})"
    cited = CitedInstrument(kind=kind, number=number, body=body or _body_of_number(kind, number))
    if bracket is None or bracket.numeral is not None:
        return cited
    if body is not None and _met_elsewhere(body, bracket):
        cited = replace(cited, body=None)
    return replace(
        cited,
        body=cited.body or bracket.body,
        session=bracket.session,
        revised=bracket.revised,
        place=bracket.place,
        year=bracket.year,
    )


def _met_elsewhere(body: str, bracket: Bracket) -> bool:
    """Whether the table has the conferences of this body, and none there and then: another's has its name."""
    if bracket.place is None or bracket.year is None:
        return False
    met = [(one.place, one.year) for one in tables.conferences().all if one.body == body]
    years = [year for _, year in met]
    return bool(met) and min(years) < bracket.year and (bracket.place, bracket.year) not in met


def _body_of_number(kind: str, number: str) -> str | None:
    """Return the one body that has numbers of this shape, else None."""
    shapes = tables.number_shapes()
    return next((one.body for one in shapes if one.kind == kind and one.pattern.fullmatch(number)), None)


def _unissued(cited: CitedInstrument, *, bracketed: bool, capital: bool) -> CitedInstrument | None:
    """Judge a number of which no word says whose it is: a citation, a bare one, or (None) nothing.

    A day beside it ("Decision No. 12 of 3 May 2020") tells an instrument.
    """
    if cited.kind not in ("Resolution", "Decision") and not capital:
        return None
    if not (cited.number or "").isalnum() and cited.kind != "Opinion":
        return cited  # "2/1", "2024-17", "A.38(10)": nothing else is written so
    if cited.kind == "Resolution" and (capital or bracketed):
        return replace(cited, confidence=BARE_CONFIDENCE)
    return replace(cited, confidence=BARE_CONFIDENCE, bare=cited.date is None) if capital else None


# --------------------------------------------------------------------------------------------------
# Other forms


def _read_named(form: Form, match: re.Match[str], _: Further) -> Iterator[CitedInstrument]:
    """Read a name that the table of instruments has."""
    named = tables.named_instruments()[" ".join(match["name"].split())]
    yield CitedInstrument(kind=named.kind, body=named.body, title=named.title, identifiers=named.identifiers)


_NEAR = 400  # characters around an act in which words say that it is of the European Union


def _read_european_union(form: Form, match: re.Match[str], _: Further) -> Iterator[CitedInstrument]:
    """Read an act of the European Union."""
    if form.item is None:
        raise ValueError(f"the form {form.entry.name} has no item")
    domain = match["domain"] or match["domain_bare"] or match["domain_word"]
    near = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    in_union = domain is None and compiled("{eu_context}").search(near) is not None
    for item in form.item.finditer(match.string, *match.span("items")):
        act = numbering.read_act(
            match["type"],
            item["first"],
            item["second"],
            numbered=match["no"] is not None,
            rank=match["rank"] or match["rank_after"],
            certain=bool(domain or item["suffix"] or match["organ"]) or in_union,
        )
        if act is not None:
            yield CitedInstrument(
                kind=act.kind,
                body="european-union",
                number=" ".join(item.group().split()),
                title=act.title,
                identifiers=act.identifiers,
            )


_READERS: Mapping[str, Reader] = {
    "groups": _read_groups,
    "series": _read_series,
    "each": _read_each,
    "named": _read_named,
    "european-union": _read_european_union,
}


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text, by their positions in its plain form, and the instruments they cite.

    ``listed`` is where the list stands of which this is a part, or the whole; ``also`` are names by which
    the words call the one instrument beside its own.
    """

    start: int
    end: int
    rule: str
    cited: tuple[CitedInstrument, ...]
    listed: tuple[int, int] | None = None
    also: tuple[str, ...] = ()


_ACTS = ("Legislation", "Order")


def united(first: Found, second: Found) -> CitedInstrument | None:
    """Return the one act that two findings cite, the one by its name, the other by its number; else None.

    A number that is an act's whole name keeps what makes it one: an executive order, an act of the European
    Union. Another gives the named act its number.
    """
    parts = _name_and_number(first, second)
    if parts is None:
        return None
    named, numbered = parts
    if numbered.title is None or numbered.identifiers:
        return numbered
    return replace(
        named,
        number=numbered.number,
        body=named.body or numbered.body,
        date=named.date or numbered.date,
        bare=False,
    )


def united_names(first: Found, second: Found) -> tuple[str, ...]:
    """Return the titles by which two findings call the one act that they cite."""
    return tuple(dict.fromkeys(title for one in (first, second) if (title := one.cited[0].title)))


def _name_and_number(first: Found, second: Found) -> tuple[CitedInstrument, CitedInstrument] | None:
    if len(first.cited) != 1 or len(second.cited) != 1:
        return None
    ones = (first.cited[0], second.cited[0])
    named = [one for one in ones if one.title is not None and one.number is None]
    numbered = [one for one in ones if one.number is not None]
    if len(named) != 1 or len(numbered) != 1 or ones[0].kind != ones[1].kind or ones[0].kind not in _ACTS:
        return None
    # "Regulation … repealing Directive 95/46/EC (General Data Protection Regulation)": the name is another's
    contradicted = named[0].identifiers and numbered[0].identifiers != named[0].identifiers
    return None if contradicted else (named[0], numbered[0])
