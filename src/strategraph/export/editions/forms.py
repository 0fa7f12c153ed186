"""Forms of a comparison: a page, JSON, and RDF in the vocabulary of ``ontology/changes.ttl``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rdflib import PROV, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.appearance import label_of, web_page, web_text
from strategraph.export.editions import ADDED, DROPPED, STATES, Comparison, LinkChange, PartChange
from strategraph.export.editions.edition import Edition, Part, Words
from strategraph.export.editions.matching import NEW, OLD
from strategraph.export.editions.text import ACTS, FAMILIES, called, heading
from strategraph.rdf.namespace import CHANGE, PREFIXES, SG

_TAGS = {OLD: "del", NEW: "ins"}
_ADDRESS = 16  # hexadecimal digits


def write_page(comparison: Comparison) -> bytes:
    """Return the page, whose policy lets in nothing but its own style."""
    style = Path(__file__).with_name("web.css").read_text(encoding="utf-8")
    old, new = comparison.old, comparison.new
    before, after = comparison.titles
    parts = (*_fields(comparison), *_counts(comparison), *_named(comparison), *_parts(comparison))
    top = f"<h1>{_bdi(before, old.language)} → {_bdi(after, new.language)}</h1>\n"
    return web_page(f"{before} → {after}", style, top + "".join(parts))


def _fields(comparison: Comparison) -> Iterator[str]:
    if comparison.across_languages:
        yield "<p>Two languages: numbers and what is named are compared, and no words.</p>\n"
    if not comparison.fields:
        return
    heads = "".join(f'<th scope="col">{side}</th>' for side in ("old", "new"))
    yield f"<table>\n<thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n"
    for name, sides in comparison.fields.items():
        cells = "".join(f'<td dir="auto">{web_text(side) or "–"}</td>' for side in sides)
        yield f'<tr><th scope="row">{web_text(name)}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _counts(comparison: Comparison) -> Iterator[str]:
    counts = comparison.counts()
    states = [state for state in STATES if any(found.get(state) for found in counts.values())]
    yield "<h2>In numbers</h2>\n<table>\n<thead><tr><td></td>"
    yield "".join(f'<th scope="col">{state}</th>' for state in states) + "</tr></thead>\n<tbody>\n"
    for kind, found in counts.items():
        cells = "".join(f'<td class="number">{found.get(state, 0) or "–"}</td>' for state in states)
        yield f'<tr><th scope="row">{web_text(label_of(kind))}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _named(comparison: Comparison) -> Iterator[str]:
    kept = {link.key for link in comparison.kept_links}
    changes = [change for change in comparison.links if change.link.key not in kept]
    said = "".join(_links(changes))
    if said:
        yield f"<h2>Named in one edition only</h2>\n{said}"


def _parts(comparison: Comparison) -> Iterator[str]:
    yield "<h2>Part by part</h2>\n"
    below: dict[int | None, list[int]] = {}
    for place, change in enumerate(comparison.parts):
        below.setdefault(change.above, []).append(place)

    def items(above: int | None) -> Iterator[str]:
        if above not in below:
            return
        yield "<ul>\n"
        for place in below[above]:
            yield from _part(comparison.parts[place], comparison)
            yield from items(place)
            yield "</li>\n"
        yield "</ul>\n"

    yield from items(None)


def _part(change: PartChange, comparison: Comparison) -> Iterator[str]:
    part = change.part
    yield f'<li class="{" ".join(change.states)}">'
    yield f'<p class="head"><span class="state">{", ".join(change.states)}</span> '
    act = part.kind in ACTS  # its label is its words, cut
    yield f"{web_text(called(part)) if act else _bdi(heading(change), part.language)}</p>\n"
    if change.runs:
        runs = "".join(
            f"<{tag}>{web_text(run.text)}</{tag}>" if (tag := _TAGS.get(run.side)) else web_text(run.text)
            for run in change.runs
        )
        yield f'<p class="words" dir="auto" lang="{web_text(part.language)}">{runs}</p>\n'
    elif act or (part.statement and part.statement not in part.label):
        text = web_text(part.statement or part.text)
        yield f'<p class="words" dir="auto" lang="{web_text(part.language)}">{text}</p>\n'
    for side, numbers in (("old", change.only_old), ("new", change.only_new)):
        if numbers:
            yield f"<p>only {side}: {web_text(', '.join(numbers))}</p>\n"
    yield from _links(change.links)
    yield from _places(change)


def _links(changes: tuple[LinkChange, ...] | list[LinkChange]) -> Iterator[str]:
    for family, name in FAMILIES:
        for state, tag in ((DROPPED, "del"), (ADDED, "ins")):
            links = {c.link.key: c.link for c in changes if c.state == state and c.link.family == family}
            if links:
                said = ", ".join(
                    f'<{tag}><bdi title="{_quotes(link.words)}">{web_text(link.label)}</bdi></{tag}>'
                    for link in sorted(links.values(), key=lambda link: link.label.casefold())
                )
                yield f"<p>{name} {state}: {said}</p>\n"


def _places(change: PartChange) -> Iterator[str]:
    """Yield the quotes of both sides, with their lines, to be unfolded."""
    for name, side in (("old", change.old), ("new", change.new)):
        if side is not None and side.words:
            yield f"<details><summary>{name} words, line {side.words[0].line}</summary>"
            for words in side.words:
                yield f'<p class="soft" dir="auto">“{web_text(words.text)}” (line {words.line})</p>'
            yield "</details>\n"


def _quotes(words: tuple[object, ...]) -> str:
    return web_text("; ".join(f"“{getattr(each, 'text', '')}”" for each in words[:3]))


def _bdi(text: str, language: str) -> str:
    tag = f' lang="{web_text(language)}"' if language else ""
    return f"<bdi{tag}>{web_text(text)}</bdi>"


def write_json(comparison: Comparison) -> bytes:
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
        "old": _part_as_json(change.old),
        "new": _part_as_json(change.new),
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


def _part_as_json(part: Part | None) -> dict[str, Any] | None:
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


def write_turtle(comparison: Comparison) -> bytes:
    """Return the graph as Turtle; the same comparison gives the same bytes."""
    from strategraph.export import write as export

    return export(to_graph(comparison), "turtle")


def to_graph(comparison: Comparison) -> Graph:
    """Return the comparison as a graph: one change a part, and one for each thing named on one side only."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, "change": str(CHANGE)}.items():
        graph.bind(prefix, namespace)
    old, new = comparison.old, comparison.new
    node = _add_named(new.iri, "comparison", *old.sources, *new.sources, old.iri)
    graph.add((node, RDF.type, CHANGE.Comparison))
    graph.add((node, RDFS.label, Literal(" → ".join(comparison.titles))))
    graph.add((node, CHANGE["from"], URIRef(old.iri)))
    graph.add((node, CHANGE.to, URIRef(new.iri)))
    for triple in _revisions(comparison):
        graph.add(triple)
    for place, change in enumerate(comparison.parts):
        for predicate, value in _add_part(change):
            graph.add((_add_named(new.iri, str(node), str(place)), predicate, value))
        graph.add((_add_named(new.iri, str(node), str(place)), CHANGE.inComparison, node))
    for link in comparison.links:
        name = _add_named(new.iri, str(node), link.state, link.link.property, link.link.key)
        for predicate, value in _add_link(link, comparison):
            graph.add((name, predicate, value))
        graph.add((name, CHANGE.inComparison, node))
    return graph


def _revisions(comparison: Comparison) -> Iterator[tuple[Node, Node, Node]]:
    """Yield what is a revision of what: documents, plans and parts; nothing is one of itself."""
    if comparison.across_languages:
        return
    old, new = comparison.old, comparison.new
    pairs = [(later, earlier) for later in new.sources for earlier in old.sources]
    pairs.append((new.iri, old.iri))
    for change in comparison.parts:
        if change.old is not None and change.new is not None:
            pairs.append((change.new.iri, change.old.iri))
    for later, earlier in pairs:
        if later != earlier:
            yield URIRef(later), PROV.wasRevisionOf, URIRef(earlier)


def _add_part(change: PartChange) -> Iterator[tuple[Node, Node]]:
    for state in change.states:
        yield RDF.type, CHANGE[state.capitalize()]
    yield RDF.type, CHANGE.Change
    yield RDFS.label, Literal(f"{', '.join(change.states)}: {heading(change)}")
    for side, words, part in (
        (CHANGE.old, CHANGE.oldWords, change.old),
        (CHANGE.new, CHANGE.newWords, change.new),
    ):
        if part is not None:
            yield side, URIRef(part.iri)
            yield from ((words, Literal(quote)) for quote in _add_quotes(part))
    if change.old is not None and change.new is not None:
        yield CHANGE.alike, Literal(f"{change.alike:.4f}", datatype=XSD.decimal, normalize=False)


def _add_quotes(part: Part) -> Iterator[str]:
    yield from (words.text for words in part.words)


def _add_link(change: LinkChange, comparison: Comparison) -> Iterator[tuple[Node, Node]]:
    link = change.link
    added = change.state == "added"
    yield RDF.type, CHANGE[change.state.capitalize()]
    yield RDF.type, CHANGE.Change
    yield RDFS.label, Literal(f"{change.state}: {link.label}")
    yield RDF.predicate, SG[link.property] if "://" not in link.property else URIRef(link.property)
    yield RDF.subject, URIRef((comparison.new if added else comparison.old).iri)
    yield RDF.object, URIRef(link.iri) if "://" in link.iri else Literal(link.iri)
    for words in link.words:
        yield (CHANGE.newWords if added else CHANGE.oldWords), Literal(words.text)


def _add_named(base: str, *parts: str) -> URIRef:
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:_ADDRESS]
    return URIRef(f"{base}/change/{digest}")
