"""A comparison as JSON, for programs: every part in every state, with the words of both sides."""

from __future__ import annotations

import json
from typing import Any

from strategraph.export.editions.comparison import Comparison, LinkChange, PartChange
from strategraph.export.editions.edition import Edition, Part, Words


def write(comparison: Comparison) -> bytes:
    """Return the JSON, indented; the same comparison gives the same bytes."""
    content = {
        "old": _edition(comparison.old),
        "new": _edition(comparison.new),
        "across_languages": comparison.across_languages,
        "fields": {name: {"old": old, "new": new} for name, (old, new) in comparison.fields.items()},
        "counts": {kind: dict(sorted(found.items())) for kind, found in comparison.counts().items()},
        "links": [_link(change) for change in comparison.links],
        "parts": [_change(change) for change in comparison.parts],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "iri": edition.iri,
        "label": edition.label,
        "language": edition.language,
        "sources": list(edition.sources),
    }


def _change(change: PartChange) -> dict[str, Any]:
    found: dict[str, Any] = {
        "states": list(change.states),
        "parent": change.above,
        "old": _part(change.old),
        "new": _part(change.new),
    }
    if change.old is not None and change.new is not None:
        found["alike"] = change.alike
    if change.runs:
        found["words"] = [[run.side, run.text] for run in change.runs]
    if change.links:
        found["links"] = [_link(each) for each in change.links]
    for name, numbers in (("numbers_only_old", change.only_old), ("numbers_only_new", change.only_new)):
        if numbers:
            found[name] = list(numbers)
    return found


def _part(part: Part | None) -> dict[str, Any] | None:
    if part is None:
        return None
    said = {"iri": part.iri, "kind": part.kind, "number": part.number, "title": part.title}
    return {**said, "statement": part.statement, "quotes": [_words(words) for words in part.words]}


def _link(change: LinkChange) -> dict[str, Any]:
    link = change.link
    return {
        "state": change.state,
        "property": link.property,
        "iri": link.iri,
        "label": link.label,
        "family": link.family,
        "quotes": [_words(words) for words in link.words],
    }


def _words(words: Words) -> dict[str, Any]:
    return {"text": words.text, "line": words.line} | ({"page": words.page} if words.page else {})
