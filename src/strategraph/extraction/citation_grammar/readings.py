"""From what a pattern matched to the fields of a citation; one reader for each kind of form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from strategraph.extraction.citation_grammar import european_union, tables
from strategraph.extraction.citation_grammar.brackets import Bracket, read_bracket
from strategraph.extraction.citation_grammar.patterns import Form
from strategraph.organizations import directory


@dataclass(frozen=True, slots=True)
class Cited:
    """One instrument as the words of a citation tell it.

    ``bare`` marks words that cite only if the text has named the instrument in full elsewhere
    ("Decision 5", "Article 56 of the Constitution").
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


Reader = Callable[[Form, re.Match[str]], Iterator[Cited]]

BARE_CONFIDENCE = 0.6  # of a number without body or bracket


def read(form: Form, match: re.Match[str]) -> tuple[Cited, ...]:
    """Return the instruments that ``match``, a match of ``form``, cites; none if it is no citation."""
    return tuple(_READERS[form.entry.reader](form, match))


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _read_groups(form: Form, match: re.Match[str]) -> Iterator[Cited]:
    """Read a form whose groups are the fields, as they stand or through templates."""
    if form.entry.kind is None:
        raise ValueError(f"the form {form.entry.name} names no kind")
    groups = {name: " ".join((value or "").split()) for name, value in match.groupdict().items()}
    yield Cited(
        kind=form.entry.kind,
        body=_filled(form, "body", groups, case=str.casefold),
        number=_filled(form, "number", groups),
        title=_filled(form, "title", groups),
        session=_filled(form, "session", groups),
        confidence=form.entry.confidence,
        bare=form.entry.bare,
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


_ISSUERS = ("issuer", "issuer_after", "organ", "other_organ")


def _read_series(form: Form, match: re.Match[str]) -> Iterator[Cited]:
    """Read "Resolutions 32, 44 and 54 (Rev. Hammamet, 2016)": a bracket also holds for those before it."""
    groups = match.groupdict()
    word = groups["series"]
    kind = form.entry.kind or tables.series()[word.casefold()]
    issuer = next((groups[name] for name in _ISSUERS if groups.get(name)), None)
    body = form.entry.templates.get("body") or _issuing_body(issuer, groups.get("qualifier"))
    bracket: Bracket | None = None
    found: list[Cited] = []
    for number, text in reversed(_items(form, match)):
        if text is not None:
            bracket = read_bracket(text, kind)
        cited = _of_series(kind, number, bracket, body)
        sure = bool(body or cited.body or groups.get("dated") or (bracket and bracket.names_meeting))
        if not sure and issuer is None:
            judged = None if word.endswith(".") else _unissued(cited, bracket, capital=not word[:1].islower())
            if judged is None:
                return
            cited = judged
        found.append(cited)
    yield from reversed(found)


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


def _items(form: Form, match: re.Match[str]) -> list[tuple[str, str | None]]:
    """Return the numbers of a list, each with the bracket that follows it."""
    if form.item is None:
        raise ValueError(f"the form {form.entry.name} has no item")
    group = "items" if match["items"] is not None else "items_before"
    found = form.item.finditer(match.string, *match.span(group))
    return [(item["number"], item.groupdict().get("bracket")) for item in found]


def _of_series(kind: str, number: str, bracket: Bracket | None, body: str | None) -> Cited:
    number = " ".join(number.split())
    cited = Cited(kind=kind, number=number, body=body or _body_of_number(kind, number))
    if bracket is None:
        return cited
    if body is not None and _met_elsewhere(body, bracket):
        cited = replace(cited, body=None)
    if bracket.numeral is not None:
        return replace(cited, number=f"{number} ({bracket.numeral})")
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


def _unissued(cited: Cited, bracket: Bracket | None, *, capital: bool) -> Cited | None:
    """Judge a number of which no word says whose it is: a citation, a bare one, or (None) nothing."""
    if cited.kind not in ("Resolution", "Decision") and not capital:
        return None
    if not (cited.number or "").isalnum() and cited.kind != "Opinion":
        return cited  # "2/1", "2024-17", "A.38(10)": nothing else is written so
    if cited.kind == "Resolution" and (capital or bracket is not None):
        return replace(cited, confidence=BARE_CONFIDENCE)
    return replace(cited, confidence=BARE_CONFIDENCE, bare=True) if capital else None


# --------------------------------------------------------------------------------------------------
# Other forms


def _read_named(form: Form, match: re.Match[str]) -> Iterator[Cited]:
    """Read a name that the table of instruments has."""
    named = tables.named_instruments()[" ".join(match["name"].split())]
    yield Cited(kind=named.kind, body=named.body, title=named.title, identifiers=named.identifiers)


def _read_european_union(form: Form, match: re.Match[str]) -> Iterator[Cited]:
    """Read an act of the European Union."""
    if form.item is None:
        raise ValueError(f"the form {form.entry.name} has no item")
    domain = match["domain"] or match["domain_bare"] or match["domain_word"]
    for item in form.item.finditer(match.string, *match.span("items")):
        act = european_union.read_act(
            match["type"],
            item["first"],
            item["second"],
            numbered=match["no"] is not None,
            rank=match["rank"] or match["rank_after"],
            certain=bool(domain or item["suffix"]),
        )
        if act is not None:
            yield Cited(
                kind=act.kind,
                body="european-union",
                number=" ".join(item.group().split()),
                title=act.title,
                identifiers=act.identifiers,
            )


_READERS: Mapping[str, Reader] = {
    "groups": _read_groups,
    "series": _read_series,
    "named": _read_named,
    "european-union": _read_european_union,
}
