"""The page: one file with a graph, the text it was read from, and what leads from the one to the other.

It needs no server and no network, and runs no script but its own. The Content-Security-Policy in its head
names the style and the script by their checksums and lets nothing else in: no other script, no address, no
form. What is shown stands in a block of data, in which no markup can begin or end.

That is the digest of a graph, its texts, pictures, findings and files to save. Where each node stands in a
picture is worked out here and not in the browser: the same graph gives the same picture, and a page with
thousands of nodes is there at once. Rows are lists, not objects, as there are many; ``static/data.js`` says
what stands where. Places in a text are counted in UTF-16 units, as browsers count.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from strategraph import __version__
from strategraph.errors import EmptyValidationError
from strategraph.export import write
from strategraph.export.appearance import checksum, colors, is_structural, label_of
from strategraph.export.digest import Digest, Fact, QuotedEvidence, SourceText, digest, terms
from strategraph.export.network import Network
from strategraph.export.network.views import VIEWS, NetworkView
from strategraph.export.picture import Shape, shape
from strategraph.export.picture.sides import ELEMENTS, PlacedBox, place_network
from strategraph.export.snapshot import graph_name, plan_graphs
from strategraph.model import PlacedPage
from strategraph.model.identifiers import DEFAULT_BASE
from strategraph.rdf.namespace import INSTRUMENT_CLASSES, SG
from strategraph.validation import Report, validate

__all__ = ["SCRIPTS", "assemble", "content", "policy", "title"]

_FOLDER = Path(__file__).parent / "static"
# In the order in which they need each other.
SCRIPTS = (
    "dom.js", "data.js", "state.js", "text.js", "printed.js", "outline.js", "card.js", "picture.js",
    "tables.js", "review.js", "search.js", "app.js",
)  # fmt: skip
_MARKUP = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029\x7f"})
_FIELD = re.compile(r"\{\{([A-Z]+)\}\}")
OVERVIEW = VIEWS["plan"]
WHOLE = VIEWS["full"]
_LETTERS, _NARROW = 28, 18  # of a line of a label, and of one in a column at the side
COLLECTION = NetworkView(
    "collection",
    "plans, the groups they name and the instruments they cite",
    frozenset({SG.StrategicPlan, SG.TargetGroup, SG.Instrument, *INSTRUMENT_CLASSES}),
    dropped=VIEWS["plan"].dropped,
)
_UNTOLD = (str(SKOS.prefLabel), str(SKOS.altLabel), str(SKOS.inScheme), str(SKOS.topConceptOf))
_MOST_FINDINGS = 2_000
_WHOLE_PICTURE = 20_000  # nodes of a graph up to which its plans are also drawn with all that they name
Row = list[Any]


def assemble(content: Mapping[str, Any], title: str) -> bytes:
    """Return the page that shows some content, as UTF-8."""
    style, script = _part("page.css"), _script()
    fields = {
        "POLICY": (
            f"default-src 'none'; script-src '{checksum(script)}'; style-src '{checksum(style)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        ),
        "TITLE": escape(title),
        "STYLE": style,
        "SCRIPT": script,
        "DATA": json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_MARKUP),
    }
    page = _FIELD.sub(lambda found: fields[found[1]], _part("page.html"))
    return page.encode("utf-8", "replace")


def policy(page: bytes) -> str:
    """Return the Content-Security-Policy that a page has in its head.

    >>> policy(b'<meta http-equiv="Content-Security-Policy" content="default-src">')
    'default-src'
    """
    found = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    return found[1].decode() if found else ""


@cache
def _part(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = "\n".join(_part(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();'


# --------------------------------------------------------------------------------------------------
# What it holds


def picture(graph: Graph, view: NetworkView, ranks: Mapping[str, int]) -> Mapping[str, Any]:
    """Return the boxes of a view and the lines between them.

    All of a graph is laid out as files of networks have it, a part of it in columns. ``ranks`` say which
    number of the page's a node has; a box is that number, x, y (down), width, height, the size of its letters
    (negative where they are bold) and the lines of its label; a line the places of two boxes, the property's
    IRI and the quotations for it.
    """
    network = Network(graph, view)
    narrow = not ELEMENTS.isdisjoint(network.classes) and view is not WHOLE
    shapes = [
        shape(network.label(rank), class_, _NARROW if narrow and class_ not in ELEMENTS else _LETTERS)
        for rank, class_ in enumerate(network.classes)
    ]
    sizes = [(made.width, made.height) for made in shapes]
    if view is WHOLE:
        xs, ys = network.places(sizes.__getitem__)
        boxes = {rank: PlacedBox(xs[rank], -ys[rank], *sizes[rank]) for rank in range(len(shapes))}
    else:
        boxes = place_network(network, sizes)
    shown = [rank for rank, node in enumerate(network.nodes) if str(node) in ranks]
    places = {rank: place for place, rank in enumerate(shown)}
    return {
        "columns": int(view is not WHOLE),
        "boxes": [_box(ranks[str(network.nodes[rank])], boxes[rank], shapes[rank]) for rank in shown],
        "lines": list(_lines(network, places)),
    }


def _box(node: int, box: PlacedBox, made: Shape) -> list[Any]:
    size = int(made.style.size) * (-1 if made.style.bold else 1)
    return [node, *map(round, box), size, list(made.lines)]


def _lines(network: Network, places: Mapping[int, int]) -> Iterator[list[Any]]:
    for rank, place in places.items():
        for link in network.links(rank):
            if link.target in places and link.target != rank:
                yield [place, places[link.target], str(link.predicate), link.quotations]


def content(
    graph: Graph,
    texts: Mapping[str, SourceText],
    *,
    validated: bool = True,
    files: bool = True,
    links: Mapping[str, str] | None = None,
    pages: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what the page of a graph holds.

    ``texts`` are those of its sources, by IRI; ``validated`` holds the graph against the shapes; ``files``
    puts in the graph as Turtle and as GraphML, to be saved from the page; ``links`` are addresses, by name,
    of what a server has beside the page, ``pages`` those of plans, by IRI, that have a page of their own.
    """
    found = digest(graph)
    ranks = {node.iri: rank for rank, node in enumerate(found.nodes)}
    rules = {rule: rank for rank, rule in enumerate(sorted({each.rule for each in found.evidence}))}
    sources = _sources(found, texts)
    return {
        "version": __version__,
        "base": DEFAULT_BASE,
        "terms": _terms(found),
        "nodes": [_node(found, rank) for rank in range(len(found.nodes))],
        "facts": [_fact(fact) for fact in found.facts if fact.property not in _UNTOLD],
        "evidence": [_evidence(each, rules, sources) for each in found.evidence],
        "rules": list(rules),
        "sources": {str(rank): source.to_json() for rank, source in sources.items()},
        "pictures": _pictures(graph, ranks, each=not pages),
        "findings": _findings(graph, ranks) if validated else {},
        "files": {name: _packed(graph, name) for name in ("turtle", "graphml")} if files else {},
        "links": dict(links or {}),
        "pages": {iri.removeprefix(DEFAULT_BASE): address for iri, address in (pages or {}).items()},
    }


# --------------------------------------------------------------------------------------------------
# Nodes, facts, evidence


def _terms(found: Digest) -> dict[str, Any]:
    classes = sorted({node.class_ for node in found.nodes})
    properties = sorted({fact.property for fact in found.facts} | {"inPlan"})
    known = terms()
    return {
        "classes": {
            name: [
                label_of(name),
                known[name].family if name in known else name,
                colors().get(name, colors()["Class"]),
                known[name].definition if name in known else "",
            ]
            for name in classes
        },
        "properties": {
            name: [
                label_of(name),
                known[name].provenance if name in known else "",
                int(is_structural(name)),
                known[name].definition if name in known else "",
            ]
            for name in properties
        },
    }


def _node(found: Digest, rank: int) -> Row:
    node = found.nodes[rank]
    parent = -1 if node.parent is None else node.parent
    texts = [node.label, node.language, node.number, node.title, node.statement]
    return [node.iri.removeprefix(DEFAULT_BASE), node.class_, parent, list(node.plans), *texts]


def _fact(fact: Fact) -> Row:
    evidence = [fact.evidence[0], len(fact.evidence)] if fact.evidence else [0, 0]
    row: Row = [fact.subject, fact.property, -1 if fact.object is None else fact.object, *evidence]
    if fact.object is None or fact.given_by:
        row += [fact.value, fact.language, fact.datatype, fact.given_by]
    return row


def _evidence(each: QuotedEvidence, rules: Mapping[str, int], sources: Mapping[int, _Source]) -> Row:
    """Return the place of an evidence; its words only where the text does not have them at that place."""
    row: Row = [each.iri.rsplit("/", 1)[-1], -1 if each.source is None else each.source]
    source = sources.get(each.source) if each.source is not None else None
    holds = source is not None and source.text.words[each.start : each.end] == each.exact and each.exact != ""
    start, end = (source.unit(place) for place in (each.start, each.end)) if source and holds else (-1, -1)
    row += [start, end, each.line, each.page, rules[each.rule], round(each.confidence, 4)]
    return row if holds else [*row, each.exact, each.prefix, each.suffix]


# --------------------------------------------------------------------------------------------------
# Texts


class _Source:
    """A source's text, and the way from its code points to UTF-16 units."""

    def __init__(self, text: SourceText) -> None:
        self.text = text
        self._wide = [] if text.words.isascii() else [n for n, c in enumerate(text.words) if ord(c) > 0xFFFF]

    def unit(self, place: int) -> int:
        """Return how many units stand before a code point."""
        return place + bisect_left(self._wide, place)

    def to_json(self) -> dict[str, Any]:
        """Return the text with the sentences that gave no fact, and what could not be placed."""
        return {
            "text": self.text.words,
            "bare": [[self.unit(start), self.unit(end)] for start, end in self.text.bare],
            "open": list(self.text.open),
            "sentences": self.text.sentences,
            "pages": [self._page(page) for page in self.text.pages],
        }

    def _page(self, page: PlacedPage) -> Row:
        """Return a page: its number, its size, and its lines, each a row of numbers.

        These are upper edge, height, baseline, size of type (in tenths) and where the first word begins in
        the text, then for each word how far it begins behind the one before, its length, left edge and width.
        """
        rows = []
        for line in page.lines:
            row = [round(line.top), round(line.height), round(line.base), round(10 * line.size)]
            end = self.unit(line.words[0].start)
            row.append(end)
            for word in line.words:
                start, stop = self.unit(word.start), self.unit(word.end)
                row += [start - end, stop - start, round(word.left), round(word.width)]
                end = stop
            rows.append(row)
        return [page.number, round(page.width), round(page.height), rows]


def _sources(found: Digest, texts: Mapping[str, SourceText]) -> dict[int, _Source]:
    return {rank: _Source(texts[node.iri]) for rank, node in enumerate(found.nodes) if node.iri in texts}


# --------------------------------------------------------------------------------------------------
# Pictures, findings, files


def _pictures(graph: Graph, ranks: Mapping[str, int], *, each: bool) -> dict[str, Any]:
    """Return the pictures of ``each`` plan, by its number, and of the collection, where there are several."""
    parts = [(name, part) for name, part in plan_graphs(graph) if name is not None]
    whole = len(ranks) <= _WHOLE_PICTURE
    plans = {graph_name(URIRef(plan)): plan for plan in map(str, graph.subjects(RDF.type, SG.StrategicPlan))}
    made: dict[str, Any] = {}
    for name, part in parts if each else ():
        if plans[name] not in ranks:  # a fact or a claim that calls itself a plan is no node of the page
            continue
        rank = str(ranks[plans[name]])
        made[rank] = {"overview": picture(part, OVERVIEW, ranks)}
        if whole:
            made[rank]["whole"] = picture(part, WHOLE, ranks)
    if len(parts) != 1 or not each:
        made["all"] = {"overview": picture(graph, COLLECTION if parts else WHOLE, ranks)}
    return made


def _findings(graph: Graph, ranks: Mapping[str, int]) -> dict[str, Any]:
    try:
        report = validate(graph)
    except EmptyValidationError as error:
        return {"summary": str(error), "conforms": False, "results": []}
    rows = list(_results(report, ranks))
    return {
        "summary": report.summary(),
        "conforms": report.conforms,
        "results": rows[:_MOST_FINDINGS],
        "more": max(len(rows) - _MOST_FINDINGS, 0),
    }


def _results(report: Report, ranks: Mapping[str, int]) -> Iterator[Row]:
    for result in report.results:
        focus = str(result.focus)
        place: Sequence[Any] = (result.line or 0, result.quote or "")
        yield [result.severity, result.message, ranks.get(focus, -1), result.focus_label or focus, *place]


def _packed(graph: Graph, name: str) -> str:
    """Return a file as base64 of gzip: the same bytes on every run, as no time is in it."""
    return base64.b64encode(gzip.compress(write(graph, name), mtime=0)).decode()


def title(graph: Graph) -> str:
    """Return what the page of a graph is called: its plan, or how many plans it has."""
    plans = sorted(graph.subjects(RDF.type, SG.StrategicPlan), key=str)
    labels = sorted(str(label) for label in graph.objects(plans[0], RDFS.label)) if len(plans) == 1 else []
    return labels[0] if labels else f"strategraph ({len(plans)})"
