"""Writes a graph in the formats that people's tools read.

:data:`FORMATS` is the one table of them: it says what can be asked for, which suffix a file gets, and
which module writes it. Every writer is a function ``write(graph, file)``, for the formats of networks
``write(graph, file, options)``, that puts the same bytes for the same triples, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from strategraph.errors import UnusableInputError

if TYPE_CHECKING:
    from rdflib import Graph

    from strategraph.export.network import Network

VIEW_NAMES = ("full", "plan", "groups", "citations", "mandates")
"""The views' names; ``views.py`` says what they are, once rdflib is there."""


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """A view and a flavour by name, "" for the format's usual ones, and what to show besides.

    That is nodes for literals, edges to classes, and ``measures`` as columns of nodes.
    """

    view: str = ""
    flavour: str = ""
    literals_as_nodes: bool = False
    types_as_edges: bool = False
    measures: bool = False

    def network(self, graph: Graph) -> Network:
        """Return the graph as a network in the view, with the nodes asked for."""
        from strategraph.export.network import Network
        from strategraph.export.network.views import find_view

        return Network(
            graph,
            find_view(self.view),
            literals_as_nodes=self.literals_as_nodes,
            types_as_edges=self.types_as_edges,
            measures=self.measures,
        )


USUAL = NetworkOptions()
"""Each format's own view and flavour, and nothing besides."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name to ask for it, a file's suffix, its media type, and what it is in a few words.

    ``writer`` is the module and function that write it, imported only when it is asked for. ``view`` is
    the view it takes unless told, "" for a format of triples, which has none; ``flavours`` are the ways in
    which it can be written, the usual one first; ``measured`` says that it has columns for
    measures of nodes.
    """

    name: str
    suffix: str
    media_type: str
    description: str
    writer: str
    view: str = ""
    flavours: tuple[str, ...] = ()
    measured: bool = False

    def resolved(self, options: NetworkOptions) -> NetworkOptions:
        """Return the options with this format's own where none were given.

        Raises :class:`UnusableInputError` for those that it does not have.
        """
        if not self.view and options != USUAL:
            raise UnusableInputError(f"{self.name} writes triples: it has no views, flavours or nodes to add")
        if options.measures and not self.measured:
            raise UnusableInputError(f"{self.name} has no columns of nodes for measures")
        if options.flavour and options.flavour not in self.flavours:
            known = f"known are {', '.join(self.flavours)}" if self.flavours else "it has none"
            raise UnusableInputError(f"unknown flavour {options.flavour!r} of {self.name}: {known}")
        return replace(
            options,
            view=options.view or self.view,
            flavour=options.flavour or next(iter(self.flavours), ""),
        )


_FORMATS = (
    Format("turtle", ".ttl", "text/turtle", "RDF for people and for triple stores",
           "rdf:write_turtle"),
    Format("graphml", ".graphml", "application/graphml+xml", "the network, for Gephi",
           "network.formats:write_graphml", view="full", flavours=("gephi", "strict"), measured=True),
    Format("ntriples", ".nt", "application/n-triples", "RDF, a triple a line", "rdf:write_ntriples"),
    Format("jsonld", ".jsonld", "application/ld+json", "RDF for web developers", "rdf.jsonld:write"),
    Format("trig", ".trig", "application/trig", "Turtle with a named graph a plan", "rdf:write_trig"),
    Format("nquads", ".nq", "application/n-quads", "N-Triples with a named graph a plan",
           "rdf:write_nquads"),
    Format("turtle12", ".12.ttl", 'text/turtle; version="1.2"', "RDF 1.2, evidence as reifiers",
           "rdf:write_turtle12"),
    Format("ntriples12", ".12.nt", 'application/n-triples; version="1.2"', "the same, a triple a line",
           "rdf:write_ntriples12"),
    Format("trig12", ".12.trig", 'application/trig; version="1.2"', "the same with a named graph a plan",
           "rdf:write_trig12"),
    Format("sqlite", ".sqlite", "application/vnd.sqlite3", "tables of plans, elements, links and evidence",
           "rdf.tables:write_database"),
    *(Format(f"parquet-{table}", f".{table}.parquet", "application/vnd.apache.parquet",
             f"the table of {table} in SQLite's stead, for pandas, DuckDB, Spark",
             f"rdf.tables:write_{table}")
      for table in ("plans", "elements", "things", "links", "evidence")),
    Format("stratml", ".stratml.xml", "application/xml", "StratML, Part 1 or 2", "stratml:write"),
    Format("sssom", ".sssom.tsv", "text/tab-separated-values", "mappings of concepts to other vocabularies",
           "rdf.tables:write_sssom"),
    Format("owl", ".owl.ttl", "text/turtle", "RDF for tools of OWL 2 DL", "rdf:write_owl"),
    Format("gexf", ".gexf", "application/gexf+xml", "the network with its years, for Gephi's timeline",
           "network.formats:write_gexf", view="full", measured=True),
    Format("csv-nodes", ".nodes.csv", "text/csv", "the network's nodes as a table",
           "network.formats:write_nodes", view="full", flavours=("gephi", "neo4j"), measured=True),
    Format("csv-edges", ".edges.csv", "text/csv", "the network's edges as a table",
           "network.formats:write_edges", view="full", flavours=("gephi", "neo4j")),
    Format("cytoscape", ".cyjs", "application/json", "the network, for Cytoscape and cytoscape.js",
           "network.formats:write_cytoscape", view="full", measured=True),
    Format("svg", ".svg", "image/svg+xml", "a picture for a slide", "picture:write", view="plan"),
    Format("png", ".png", "image/png", "the same in pixels", "picture:write_png", view="plan"),
)  # fmt: skip


FORMATS: Mapping[str, Format] = MappingProxyType({format_.name: format_ for format_ in _FORMATS})
"""Every format that can be written, by name."""


def find_format(name: str) -> Format:
    """Return the format of that name or suffix ("turtle", "ttl", ".ttl").

    Raises :class:`UnusableInputError` with the known names, and the likeliest first, if there is none.

    >>> find_format("ttl").name
    'turtle'
    >>> find_format("turtel")
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: unknown format 'turtel': did you mean turtle? ...
    """
    wanted = name.lower().lstrip(".")
    by_suffix = {format_.suffix.lstrip("."): format_ for format_ in FORMATS.values()}
    found = FORMATS.get(wanted) or by_suffix.get(wanted)
    if found is None:
        close = get_close_matches(wanted, [*FORMATS, *by_suffix], n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise UnusableInputError(f"unknown format {name!r}: {hint}known are {', '.join(FORMATS)}")
    return found


def write_to(graph: Graph, name: str, file: BinaryIO, options: NetworkOptions = USUAL) -> None:
    """Write the graph in the named format to an open binary file.

    Raises :class:`UnusableInputError` if there is no such format, if it does not have the options, or if the
    graph holds an IRI that no RDF format can express.
    """
    format_ = find_format(name)
    resolved = format_.resolved(options)
    module, function = format_.writer.split(":")
    writer = getattr(import_module(f"{__name__}.{module}"), function)
    if format_.view:
        writer(graph, file, resolved)
    else:
        writer(graph, file)


def write(graph: Graph, name: str, options: NetworkOptions = USUAL) -> bytes:
    """Return the graph in the named format; as :func:`write_to`."""
    buffer = BytesIO()
    write_to(graph, name, buffer, options)
    return buffer.getvalue()
