"""EU acts: year and number from the old and the new numbering; ELI and CELEX computed from them.

Since 2015 every act is "(EU) year/number"; before, regulations were "No number/year" and directives
"year/number/EC". Decisions before 2015 had two series that share numbers, so that neither identifier is
certain for them. Which of two numbers is the year is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from strategraph.extraction.citation_grammar import tables

_FIRST, _NEW_NUMBERING, _LAST = 1952, 2015, 2099
_CENTURY_CHANGE = 1999  # the last year that was printed with two digits was 1998

_IMPLEMENTING, _DELEGATED = "_impl", "_del"


@dataclass(frozen=True, slots=True)
class EuAct:
    """An EU act: its kind, canonical title ("Regulation 2016/679") and IRIs."""

    kind: str
    title: str
    identifiers: tuple[str, ...]


def read_act(
    type_word: str, first: str, second: str, *, numbered: bool, rank: str | None, certain: bool
) -> EuAct | None:
    """Return the act that a citation's parts name, or None where year and number cannot be told apart.

    ``numbered`` says that "No" stood before the number (so the year comes second), ``rank`` the word for
    an implementing or delegated act, ``certain`` that the European Union was named.

    >>> read_act("Regulation", "910", "2014", numbered=True, rank=None, certain=True).title
    'Regulation 2014/910'
    >>> read_act("regulation", "1954", "2003", numbered=False, rank=None, certain=True).title
    'Regulation 2003/1954'
    """
    act = tables.european_union()["types"][type_word[:3].casefold()]
    name, kind, eli_type, descriptor = act["name"], act["kind"], act["eli"], act["celex"]
    leading = None if numbered else _year(first, two_digits=kind == "Legislation" and eli_type == "dir")
    trailing = _year(second, two_digits=numbered or (leading is None and eli_type == "reg"))
    if leading is not None and trailing is not None and leading < _NEW_NUMBERING:
        if eli_type != "reg":
            return None
        leading = None  # regulations had the year behind until then
    year, number = (leading, int(second)) if leading is not None else (trailing, int(first))
    if year is None or number == 0:
        return None
    if not certain and not (kind == "Legislation" and type_word[0].isupper() and year >= _NEW_NUMBERING):
        return None
    if kind == "Decision" and year < _NEW_NUMBERING:
        return EuAct(kind, f"{name} {year}/{number}" if leading else f"{name} No {number}/{year}", ())
    if rank is not None:
        implementing = rank.casefold() in tables.european_union()["ranks"]["implementing"]
        eli_type += _IMPLEMENTING if implementing else _DELEGATED
    return EuAct(
        kind,
        f"{name} {year}/{number}",
        (
            f"http://data.europa.eu/eli/{eli_type}/{year}/{number}/oj",
            f"http://publications.europa.eu/resource/celex/3{year}{descriptor}{number:04}",
        ),
    )


def _year(digits: str, *, two_digits: bool = True) -> int | None:
    """Return the year that ``digits`` can be, or None."""
    if len(digits) == 4 and _FIRST <= int(digits) <= _LAST:
        return int(digits)
    if two_digits and len(digits) == 2 and _FIRST <= 1900 + int(digits) < _CENTURY_CHANGE:
        return 1900 + int(digits)
    return None
