"""Mentions as JSON lines, as Web Annotations and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from strategraph.rdf.namespace import SG
from strategraph.resolution.annotation import FIELDS, Mention

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_TABLE = ("record", "start", "end", "kind", "confidence", "text", "label", "iri")


def json_lines(mentions: Iterable[Mention]) -> Iterator[str]:
    """Yield one JSON object a mention, with the fields of its kind."""
    for mention in mentions:
        yield json.dumps(mention.fields(), ensure_ascii=False)


def web_annotations(mentions: Iterable[Mention], source: str) -> Iterator[str]:
    """Yield the lines of a JSON-LD document of W3C Web Annotations; ``source`` names the text they are about.

    Each is about the words of the text by their place and by themselves; a text of many has its record's
    number as fragment. What a mention has beside its IRI and label stands under terms of ours.
    """
    yield "["
    between = ""
    for mention in mentions:
        yield between + json.dumps(_annotation(mention, source), ensure_ascii=False)
        between = ","
    yield "]"


def _annotation(mention: Mention, source: str) -> dict[str, object]:
    details = {name: getattr(mention, name) for name in FIELDS[mention.kind]}
    body: dict[str, object] = {"type": "SpecificResource", "purpose": "identifying"}
    if mention.iri is None:
        body = {"type": "TextualBody", "purpose": "tagging", "value": mention.label}
    else:
        body["source"] = mention.iri
    body["label"] = mention.label
    body[f"{SG}kind"] = mention.kind
    body[f"{SG}confidence"] = mention.confidence
    body.update({f"{SG}{name}": value for name, value in details.items() if value is not None})
    return {
        "@context": _CONTEXT,
        "type": "Annotation",
        "motivation": "identifying" if mention.iri else "tagging",
        "body": body,
        "target": {
            "source": f"{source}#record={mention.record}",
            "selector": [
                {"type": "TextPositionSelector", "start": mention.start, "end": mention.end},
                {"type": "TextQuoteSelector", "exact": mention.text},
            ],
        },
    }


def table(mentions: Iterable[Mention]) -> Iterator[str]:
    """Yield a table by tabs: a heading, then a line for each mention; its details last, as name=value."""
    yield "\t".join((*_TABLE, "details"))
    for mention in mentions:
        fields = mention.fields()
        details = [f"{name}={fields[name]}" for name in FIELDS[mention.kind] if fields[name] is not None]
        cells = ["" if fields[name] is None else str(fields[name]) for name in _TABLE]
        yield "\t".join(" ".join(cell.split()) for cell in (*cells, " ".join(details)))
