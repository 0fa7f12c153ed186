"""Vocabularies: the target groups and themes known by name, from SKOS files.

A concept belongs to the scheme ``target-group`` or ``theme``. Which one is told, in this order, by its
class (``sg:TargetGroup``, ``sg:Theme``), by a concept scheme (``skos:inScheme``, ``skos:topConceptOf``)
whose IRI ends in ``target-group``, ``target-groups``, ``theme`` or ``themes``, or by a broader concept
whose scheme is known. So a user's file may hang its own concepts under ours and say no more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.system.files import read_given

TARGET_GROUP = "target-group"
THEME = "theme"

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SG = "https://w3id.org/strategraph/ns#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SCHEME_OF_CLASS = {f"{_SG}TargetGroup": TARGET_GROUP, f"{_SG}Theme": THEME}
_SCHEME_OF_NAME = {TARGET_GROUP: TARGET_GROUP, "target-groups": TARGET_GROUP, THEME: THEME, "themes": THEME}
_LABEL_KINDS = {"prefLabel": "preferred", "altLabel": "alternative", "hiddenLabel": "hidden"}
_LABEL_ORDER = ("preferred", "alternative", "hidden")
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


@dataclass(frozen=True, slots=True)
class ConceptName:
    """A name of a concept; ``kind`` is "preferred", "alternative" or "hidden", ``language`` a tag or ""."""

    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class VocabularyConcept:
    """A concept of a vocabulary.

    ``broader`` are IRIs of concepts; ``matches`` (SKOS mapping property, IRI) pairs; ``labels`` stand
    in order: preferred, alternative, hidden, by language and text.
    """

    iri: str
    scheme: str
    labels: tuple[ConceptName, ...]
    broader: tuple[str, ...] = ()
    matches: tuple[tuple[str, str], ...] = ()
    definition: str | None = None

    def name(self, language: str = "en") -> str:
        """Return the preferred label in a language, else in English, else the first label of all."""
        preferred = [label for label in self.labels if label.kind == "preferred"] or list(self.labels)
        for wanted in (language, "en", ""):
            for label in preferred:
                if _speaks(label.language, wanted):
                    return label.text
        return preferred[0].text

    def names(self, language: str) -> Iterator[ConceptName]:
        """Yield the labels that texts of a language may use: those in it, and those in none."""
        for label in self.labels:
            if not label.language or _speaks(label.language, language):
                yield label


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Concepts in order of precedence: of two that share a label, the first has it.

    Equal to itself only, so that what is computed from a vocabulary can be kept by it.
    """

    entries: tuple[VocabularyConcept, ...]
    by_iri: Mapping[str, VocabularyConcept]

    def scheme(self, name: str) -> tuple[VocabularyConcept, ...]:
        """Return the concepts of one scheme."""
        return tuple(entry for entry in self.entries if entry.scheme == name)

    def broader(self, iri: str) -> Iterator[VocabularyConcept]:
        """Yield the concepts above one, the nearest first, each once."""
        seen = {iri}
        level = [iri]
        while level:
            above = [
                up
                for one in level
                if (entry := self.by_iri.get(one))
                for up in entry.broader
                if up not in seen
            ]
            level = list(dict.fromkeys(above))
            seen.update(level)
            yield from (self.by_iri[up] for up in level if up in self.by_iri)


def built_in() -> tuple[Path, ...]:
    """Return the vocabularies that strategraph comes with."""
    return resources.files("data/vocabularies", ".ttl")


def load(paths: Sequence[Path] | None = None, extra: Sequence[Path] = ()) -> Vocabulary:
    """Return the vocabulary of some SKOS files; without ``paths``, of the built-in ones.

    ``extra`` are the user's own files: they add concepts, labels and mappings, and win over ``paths``
    where both use a label, earlier files over later ones. Any RDF format that the file's name tells is
    read, Turtle otherwise.

    Raises :class:`UnusableInputError` for a file that is missing, does not parse or holds no concept, and
    for a user's concept without a label or scheme.
    """
    files = (*extra, *(built_in() if paths is None else paths))
    return _load(tuple((path, _stamp(path)) for path in files))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, tuple[int, int]], ...]) -> Vocabulary:
    drafts: dict[str, _OpenConcept] = {}
    for path, _ in files:
        _read(path, drafts)
    entries = tuple(_entry(iri, drafts) for iri in drafts)
    return Vocabulary(entries, MappingProxyType({entry.iri: entry for entry in entries}))


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file does."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot read the vocabulary ({error.strerror})") from error
    return status.st_mtime_ns, status.st_size


class _OpenConcept:
    """A concept while its files are read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.scheme: str | None = None
        self.labels: dict[tuple[str, str], str] = {}
        self.broader: list[str] = []
        self.matches: set[tuple[str, str]] = set()
        self.definitions: dict[str, str] = {}


def _read(path: Path, drafts: dict[str, _OpenConcept]) -> None:
    """Add the concepts of one file to those read before, which keep what they have."""
    facts: dict[str, list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    concepts: list[str] = []
    for subject, predicate, value in _triples(path):
        facts.setdefault(subject, []).append((predicate, value))
        is_concept = predicate == _TYPE and value.value in (f"{_SKOS}Concept", *_SCHEME_OF_CLASS)
        if is_concept or predicate in (f"{_SKOS}prefLabel", f"{_SKOS}inScheme"):
            concepts.append(subject)
    schemes = {
        subject
        for subject, pairs in facts.items()
        if any(p == _TYPE and v.value == f"{_SKOS}ConceptScheme" for p, v in pairs)
    }
    names = [name for name in dict.fromkeys(concepts) if name not in schemes]
    if not names:
        raise UnusableInputError(f"{path}: no skos:Concept in it; a vocabulary is a SKOS file")
    for iri in names:
        _add(drafts.setdefault(iri, _OpenConcept(path)), facts[iri])


def _add(draft: _OpenConcept, facts: Iterable[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]) -> None:
    claimed = {language for (_, language), kind in draft.labels.items() if kind == "preferred"}
    for predicate, value in facts:
        term = predicate.removeprefix(_SKOS)
        if isinstance(value, ox.Literal):
            language = (value.language or "").lower()
            if term in _LABEL_KINDS and value.value.strip():
                kind = _LABEL_KINDS[term]
                if kind == "preferred" and language in claimed:
                    kind = "alternative"  # an earlier file has named the concept
                draft.labels.setdefault((" ".join(value.value.split()), language), kind)
            elif term == "definition":
                draft.definitions.setdefault(language, " ".join(value.value.split()))
        elif predicate == _TYPE:
            draft.scheme = _SCHEME_OF_CLASS.get(value.value, draft.scheme)
        elif term in ("inScheme", "topConceptOf"):
            name = value.value.rstrip("/#").replace("#", "/").rpartition("/")[2]
            draft.scheme = draft.scheme or _SCHEME_OF_NAME.get(name)
        elif term == "broader":
            draft.broader.append(value.value)
        elif term in _MATCHES:
            draft.matches.add((term, value.value))


def _entry(iri: str, drafts: Mapping[str, _OpenConcept]) -> VocabularyConcept:
    draft = drafts[iri]
    if not draft.labels:
        raise UnusableInputError(f"{draft.path}: concept <{iri}> has no skos:prefLabel")
    scheme = _scheme(iri, drafts, set())
    if scheme is None:
        raise UnusableInputError(
            f"{draft.path}: concept <{iri}> is neither target group nor theme;"
            " give it the type sg:TargetGroup or sg:Theme, or a skos:inScheme ending in target-group or theme"
        )
    labels = (ConceptName(text, language, kind) for (text, language), kind in draft.labels.items())
    definitions = draft.definitions
    return VocabularyConcept(
        iri,
        scheme,
        tuple(sorted(labels, key=lambda label: (_LABEL_ORDER.index(label.kind), label.language, label.text))),
        tuple(sorted(set(draft.broader))),
        tuple(sorted(draft.matches)),
        definitions.get("en") or next((definitions[key] for key in sorted(definitions)), None),
    )


def _scheme(iri: str, drafts: Mapping[str, _OpenConcept], seen: set[str]) -> str | None:
    draft = drafts.get(iri)
    if draft is None or iri in seen:
        return None
    seen.add(iri)
    if draft.scheme:
        return draft.scheme
    return next((found for up in sorted(draft.broader) if (found := _scheme(up, drafts, seen))), None)


def _triples(path: Path) -> Iterator[tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    extension = path.suffix.lstrip(".").lower()
    file_format = ox.RdfFormat.from_extension(extension) or ox.RdfFormat.TURTLE
    try:
        content = read_given(path)
        for quad in ox.parse(content, file_format, base_iri=Path(os.path.realpath(path)).as_uri()):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.predicate.value, quad.object
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot read the vocabulary ({error.strerror})") from error
    except (SyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise UnusableInputError(f"{path}: not a SKOS vocabulary that parses: {reason}") from error


def _speaks(tag: str, language: str) -> bool:
    """Whether a label with this tag is in a language: "en-GB" is in "en"."""
    return tag.partition("-")[0] == language.partition("-")[0].lower()
