"""What the tables in ``data/citations`` hold, as frozen values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from strategraph.extraction.citation_grammar.plain import plain
from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, From, Gathered, load_content, read_table

_FOLDER = "data/citations"
DOCUMENT = "CitedDocument"  # the kind of what is cited and decides nothing
_SHARED = "shared"  # the file of ``adoption/`` that is no language


@dataclass(frozen=True, slots=True)
class Conference:
    """A meeting of ``body`` in ``place`` and ``year``; see the head of ``conferences.toml``."""

    body: str
    place: str
    year: int
    acronym: str | None = None
    printed: bool = True
    renumbers: bool = False
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conferences:
    """The meetings by place and year, and by acronym, and the names of their places."""

    all: tuple[Conference, ...]
    places: Mapping[str, str]

    def place(self, name: str) -> str:
        """Return the English name of a place: that of the table, else ``name`` with a capital.

        >>> conferences().place("DUBAÏ"), conferences().place("Bucarest"), conferences().place("ATLANTIS")
        ('Dubai', 'Bucharest', 'Atlantis')
        """
        folded = " ".join(plain(name).text.casefold().split())
        if folded in self.places:
            return self.places[folded]
        return " ".join(part.capitalize() for part in folded.split()) if name.isupper() else name

    def find(self, place: str, year: int, kind: str) -> Conference | None:
        """Return the one conference there and then that issues instruments of this kind, else None.

        >>> conferences().find("Dubai", 2018, "Resolution").acronym
        'PP-18'
        """
        fitting = [
            one
            for one in self.all
            if one.printed and (one.place, one.year) == (place, year) and (not one.only or kind in one.only)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def of(self, body: str, year: int) -> Conference | None:
        """Return the meeting that ``body`` held in ``year``, else None."""
        return next((one for one in self.all if (one.body, one.year) == (body, year)), None)

    def called(self, acronym: str) -> Conference | None:
        """Return the conference of this acronym ("PP-18"), else None."""
        return next((one for one in self.all if one.acronym == acronym), None)


@dataclass(frozen=True, slots=True)
class NumberShape:
    """A shape of number that tells the body; see ``series.toml``."""

    kind: str
    body: str
    pattern: re.Pattern[str]
    shared: bool
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedInstrument:
    """An instrument known by a name; see the head of ``instruments.toml``."""

    title: str
    kind: str
    body: str | None
    names: tuple[str, ...]
    short: tuple[str, ...]
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationExample:
    """A text and the citations that stand in it, each with the fields it must have."""

    text: str
    cites: tuple[Mapping[str, Any], ...]


def _examples(entries: Iterable[Mapping[str, Any]]) -> tuple[CitationExample, ...]:
    """Return the examples of a form; one with a single citation has its fields beside the text."""
    return tuple(
        CitationExample(entry["text"], tuple(entry["cites"]) if "cites" in entry else (_without_text(entry),))
        for entry in entries
    )


def _without_text(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in entry.items() if key != "text"}


_Plain = Annotated[str, From(str, lambda pattern: plain(pattern).text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormEntry:
    """One way of citing, as its table writes it; see the head of ``forms/numbered.toml``."""

    name: str
    file: str = ""
    reader: str = "groups"
    pattern: _Plain
    item: _Plain | None = None
    more: _Plain | None = None
    triggers: tuple[_Plain, ...]
    also: tuple[_Plain, ...] = ()
    kind: str | None = None
    templates: Annotated[
        Mapping[str, str],
        Gathered({"number": "number", "title": "title", "session": "session", "body": "body"}),
    ]
    bare: bool = False
    confidence: float = 1.0
    examples: Annotated[tuple[CitationExample, ...], From(tuple[Mapping[str, Any], ...], _examples)]
    counter_examples: tuple[str, ...]

    @property
    def family(self) -> str:
        """Return the name of the table that it stands in."""
        return Path(self.file).stem


@dataclass(frozen=True, slots=True)
class _Forms:
    forms: Annotated[tuple[FormEntry, ...], At("form")]


@cache
def conferences() -> Conferences:
    """Return the table of conferences and places."""
    content = _load(resources.path(*_FOLDER.split("/"), "conferences.toml"))
    meetings = tuple(
        Conference(
            body=entry["body"],
            place=entry["place"],
            year=entry["year"],
            acronym=entry.get("acronym"),
            printed=entry.get("printed", True),
            renumbers=entry.get("renumbers", False),
            only=frozenset(entry.get("only", ())),
        )
        for entry in content["conference"]
    )
    places = {plain(one.place).text.casefold(): one.place for one in meetings}
    for name, others in content["places"].items():
        places.update(dict.fromkeys((plain(other).text.casefold() for other in others), name))
    return Conferences(meetings, places)


@cache
def series() -> Mapping[str, str]:
    """Return the kind of each series word, in small letters without accents."""
    words = _load(resources.path(*_FOLDER.split("/"), "series.toml"))["words"]
    return {plain(word).text: kind for kind, of_kind in words.items() for word in of_kind}


@cache
def months() -> tuple[tuple[str, ...], ...]:
    """Return the names of each month, January first."""
    return tuple(tuple(names) for names in _load(resources.path(*_FOLDER.split("/"), "months.toml"))["names"])


@cache
def states() -> tuple[str, ...]:
    """Return the names of states."""
    return tuple(_load(resources.path(*_FOLDER.split("/"), "states.toml"))["names"])


@cache
def session_spellings() -> Mapping[str, str]:
    """Return the prefix that stands for one as another language prints it ("Cg" for "Кг")."""
    content: dict[str, str] = _load(resources.path(*_FOLDER.split("/"), "sessions.toml"))["spellings"]
    return content


@cache
def number_shapes() -> tuple[NumberShape, ...]:
    """Return the shapes of numbers that tell whose an instrument is."""
    entries = _load(resources.path(*_FOLDER.split("/"), "series.toml"))["shape"]
    return tuple(
        NumberShape(
            kind=entry["kind"],
            body=entry["body"],
            pattern=re.compile(entry["pattern"]),
            shared=entry.get("shared", False),
            examples=tuple(entry["examples"]),
            counter_examples=tuple(entry["counter_examples"]),
        )
        for entry in entries
    )


@cache
def session_bodies() -> Mapping[str, str]:
    """Return the body of each session prefix ("Cg" of "Cg-17")."""
    content: dict[str, str] = _load(resources.path(*_FOLDER.split("/"), "sessions.toml"))["prefixes"]
    return content


@cache
def named_instruments() -> Mapping[str, NamedInstrument]:
    """Return the instruments known by name, by each of their names in plain letters."""
    found: dict[str, NamedInstrument] = {}
    for entry in _load(resources.path(*_FOLDER.split("/"), "instruments.toml"))["instrument"]:
        named = NamedInstrument(
            title=entry["title"],
            kind=entry["kind"],
            body=entry.get("body"),
            names=tuple(one for name in entry.get("names", ()) for one in spellings(name)),
            short=tuple(entry.get("short", ())),
            identifiers=tuple(entry.get("identifiers", ())),
        )
        found.update((plain(name).text, named) for name in (named.title, *named.names))
    return found


_CHOICE = re.compile(r"\{([^{}]*)\}")


def spellings(name: str) -> tuple[str, ...]:
    """Return the names that one with choices in braces stands for.

    >>> spellings("{C,c}onvention"), spellings("Устав{,а}")
    (('Convention', 'convention'), ('Устав', 'Устава'))
    """
    match = _CHOICE.search(name)
    if match is None:
        return (name,)
    return tuple(
        spelling
        for choice in match[1].split(",")
        for spelling in spellings(f"{name[: match.start()]}{choice}{name[match.end() :]}")
    )


@cache
def fragments() -> Mapping[str, str]:
    """Return the fragments of ``fragments.toml``, by name."""
    content = _load(resources.path(*_FOLDER.split("/"), "fragments.toml"))["fragments"]
    return {name: plain(pattern).text for name, pattern in content.items()}


@cache
def bracket_entry() -> Mapping[str, Any]:
    """Return what ``fragments.toml`` says of a whole bracket."""
    content: dict[str, Any] = _load(resources.path(*_FOLDER.split("/"), "fragments.toml"))["bracket"]
    return content


@cache
def bracket() -> str:
    """Return the pattern that takes a bracket behind a number apart."""
    return plain(bracket_entry()["pattern"]).text


@cache
def european_union() -> Mapping[str, Any]:
    """Return the content of ``european-union.toml``."""
    return _load(resources.path(*_FOLDER.split("/"), "european-union.toml"))


@cache
def short_forms() -> Mapping[str, Any]:
    """Return the content of ``short-forms.toml``."""
    return _load(resources.path(*_FOLDER.split("/"), "short-forms.toml"))


@cache
def layout() -> Mapping[str, Any]:
    """Return the content of ``layout.toml``."""
    return _load(resources.path(*_FOLDER.split("/"), "layout.toml"))


@cache
def relations() -> Mapping[str, Any]:
    """Return the content of ``relations.toml``."""
    return _load(resources.path(*_FOLDER.split("/"), "relations.toml"))


@cache
def numbering() -> Mapping[str, Any]:
    """Return the content of ``symbols.toml``; ``numbering.py`` reads it."""
    return _load(resources.path(*_FOLDER.split("/"), "symbols.toml"))


@cache
def roles() -> Mapping[str, Any]:
    """Return the content of ``roles.toml``."""
    return _load(resources.path(*_FOLDER.split("/"), "roles.toml"))


@cache
def adoptions() -> Mapping[str, Mapping[str, Any]]:
    """Return the content of each language's file in ``adoption/``, by the language's tag."""
    found = resources.files(f"{_FOLDER}/adoption", ".toml")
    return {path.stem: _load(path) for path in found if path.stem != _SHARED}


@cache
def adoption_fragments() -> Mapping[str, str]:
    """Return the fragments that the languages' rules on adoption share."""
    content: dict[str, str] = _load(resources.path(*_FOLDER.split("/"), "adoption", f"{_SHARED}.toml"))[
        "fragments"
    ]
    return content


@cache
def form_entries() -> tuple[FormEntry, ...]:
    """Return every form of every table in ``forms/``, in the order of the files' names."""
    return tuple(
        replace(entry, file=str(path))
        for path in resources.files(f"{_FOLDER}/forms", ".toml")
        for entry in read_table(_Forms, path).forms
    )


def _load(path: Path) -> dict[str, Any]:
    return dict(load_content(path))
