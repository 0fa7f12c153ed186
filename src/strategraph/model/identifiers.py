"""IRIs of the data: readable, stable, absolute.

Every IRI strategraph mints is made here, from the rules in the contract ("Data IRIs").
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass

from strategraph.errors import UnusableInputError

DEFAULT_BASE = "https://w3id.org/strategraph/id/"
CONCEPT_BASE = "https://w3id.org/strategraph/concept/"
GRAPH = "/graph"  # after a plan's IRI: its named graph

# What RFC 3987 lets no IRI have before its query: controls, marks that delimit IRIs, characters for private
# use or for no use at all; and a percent sign that no two hexadecimal digits follow.
_FORBIDDEN_IN_IRI = re.compile(
    r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff'
    r"\U000f0000-\U0010ffff]|%(?![0-9A-Fa-f]{2})"
)
# A scheme with a host, or a URN; brackets have no place but around an IPv6 address, which names no data.
_ABSOLUTE = re.compile(
    r"(?:urn:[^#?\[\]]*|[A-Za-z][A-Za-z0-9+.-]*://(?:[^#?/\[\]@]*@)?[^#?/\[\]@:]+(?::\d*)?(?:[/?][^#\[\]]*)?)"
    r"(?:#[^#\[\]]*)?",
    re.IGNORECASE,
)
# RFC 5646, 2.1, without the old tags that it lists: stores refuse what is not of this form.
_LANGUAGE_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"  # language
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"  # script, region
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*"  # extensions
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",  # for private use
    re.IGNORECASE | re.ASCII,
)
_LONGEST_SLUG = 200  # characters: an IRI is repeated in every name below it
_LONGEST_NAME = 600  # characters: of a plan, made of the slugs of owner and title
_HASH_LENGTH = 8


def slug(label: str) -> str:
    """Return ``label`` as one IRI path segment.

    NFKC, casefold, white space and punctuation to single hyphens; letters, marks and digits of every
    script stay. Where other characters were lost (symbols such as ``+``, or what is beyond 200 characters), a
    short hash of the label is appended, so that labels that differ in them never share a slug.

    >>> slug("Women  and Girls")
    'women-and-girls'
    >>> slug("70/1")
    '70-1'
    >>> slug("C++") != slug("C")
    True
    """
    folded = unicodedata.normalize("NFKC", label).casefold()
    kept: list[str] = []
    lost = False
    for character in folded:
        category = unicodedata.category(character)
        if category[0] in "LMN" and not _FORBIDDEN_IN_IRI.match(character):
            kept.append(character)
        elif category[0] in "ZP" or character.isspace():
            kept.append("-")
        elif category not in ("Cf", "Cc"):
            kept.append("-")
            lost = True
        # format and control characters (soft hyphens, directional marks) carry no meaning in a name
    whole = re.sub(r"-+", "-", "".join(kept)).strip("-")
    text = whole[:_LONGEST_SLUG].rstrip("-")
    if lost or not text or text != whole:
        digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]
        text = f"{text}-{digest}" if text else digest
    return text


def is_slug(text: str) -> bool:
    """Whether a text can stand in an IRI as slugs do, whatever it is the slug of.

    >>> is_slug("hbhb-plan-7a13"), is_slug("a/b"), is_slug("")
    (True, False, False)
    """
    return 0 < len(text) <= _LONGEST_NAME and all(
        letter == "-" or (unicodedata.category(letter)[0] in "LMN" and not _FORBIDDEN_IN_IRI.match(letter))
        for letter in text
    )


def segment(number: str) -> str:
    """Return a printed number or an identifier as an IRI path segment; its full stops stay.

    >>> segment("R.1-a"), segment("2.10")
    ('r.1-a', '2.10')
    """
    return ".".join(slug(part) for part in number.split(".") if part) or slug(number)


def check_base(base: str) -> str:
    """Return ``base`` if it can lead data IRIs, else raise :class:`UnusableInputError`.

    >>> check_base("https://example.org/id/")
    'https://example.org/id/'
    """
    if not _ABSOLUTE.fullmatch(base) or _FORBIDDEN_IN_IRI.search(base):
        raise UnusableInputError(
            f"base IRI {base!r} is not an absolute IRI; give one such as https://example.org/id/"
        )
    if not base.endswith(("/", "#", ":")):
        raise UnusableInputError(f"base IRI {base!r} must end in '/', '#' or ':', or names would run into it")
    return base


def is_language_tag(text: str) -> bool:
    """Whether ``text`` has the form of a language tag of BCP 47, which RDF asks of every tag.

    >>> is_language_tag("zh-Hant-TW"), is_language_tag("en_GB"), is_language_tag("")
    (True, False, False)
    """
    return _LANGUAGE_TAG.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Namer:
    """Names things under one base IRI.

    >>> Namer().instrument("itu-plenipotentiary-conference", "Resolution", "71")
    'https://w3id.org/strategraph/id/instrument/itu-plenipotentiary-conference/resolution/71'
    """

    base: str = DEFAULT_BASE

    def plan(self, name: str) -> str:
        """Return the IRI of the plan with this slug."""
        return f"{self.base}plan/{name}"

    def organization(self, name: str, plan: str | None = None) -> str:
        """Return an organisation's IRI: global, or local to ``plan`` where its identity is uncertain."""
        return f"{plan}/organization/{slug(name)}" if plan else f"{self.base}organization/{slug(name)}"

    def event(self, name: str, plan: str | None = None) -> str:
        """Return an event's IRI: global, or local to ``plan`` where its identity is uncertain."""
        return f"{plan}/event/{slug(name)}" if plan else f"{self.base}event/{slug(name)}"

    def instrument(
        self,
        body: str | None,
        kind: str,
        number: str,
        *,
        revision_place: str | None = None,
        revision_year: int | None = None,
        plan: str | None = None,
    ) -> str:
        """Return an instrument's IRI; without a known ``body`` it stands under ``plan``.

        ``number`` is the printed number, or the title of an instrument that has none.
        """
        if body is None and plan is None:
            raise ValueError("an instrument of unknown body is named under its plan")
        owner = f"{self.base}instrument/{body}" if body is not None else f"{plan}/instrument"
        name = f"{owner}/{slug(kind)}/{slug(number)}"
        parts = (slug(without_accents(revision_place or "")) if revision_place else "", revision_year or "")
        revision = "-".join(str(part) for part in parts if part)
        return f"{name}/rev/{revision}" if revision else name

    def document(self, symbol: str) -> str:
        """Return the IRI of the document with this symbol ("A/75/982")."""
        return f"{self.base}document/{slug(symbol)}"

    def candidate(self, scheme: str, label: str) -> str:
        """Return the IRI of a target group or theme that no vocabulary has."""
        return f"{self.base}{scheme}/{slug(label)}"

    def source(self, sha256: str) -> str:
        """Return the IRI of the source with this checksum."""
        return f"{self.base}source/{sha256}"

    def software(self, name: str) -> str:
        """Return the IRI of a program, or of a language model, by its name."""
        return f"{self.base}software/{slug(name)}"

    def evidence(
        self,
        plan: str,
        subject: str,
        predicate: str,
        object_: str,
        exact: str,
        prefix: str,
        suffix: str,
        occurrence: int = 1,
    ) -> str:
        """Return the IRI of the evidence for one triple by one quote.

        The name lives on the words, not on where they stand: the first 16 hex digits of the SHA-256 of the
        values as a JSON array in UTF-8. For a literal ``object_`` is its lexical form; ``occurrence`` counts
        from 1, by where they start, the quotes that agree in all else.

        >>> Namer().evidence("p", "s", "sg:addresses", "o", "women", "", ", men").rpartition("/")[2]
        'f3da8824b4a86a47'
        """
        values = [plan, subject, predicate, object_, exact, prefix, suffix, occurrence]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{self.base}evidence/{digest[:16]}"


def without_accents(text: str) -> str:
    """Return ``text`` without combining marks: one name for Dubai and DUBAÏ.

    >>> without_accents("DUBAÏ")
    'DUBAI'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
