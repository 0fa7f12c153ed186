"""Graphs as tables: SQLite (for Datasette) and Parquet of all that is in them, SSSOM of what concepts map to.

Of the database, a row of ``links`` is a fact that leads from one thing to another, a row of ``evidence``
words that support it. What plans share, such as groups, is one row of ``things``. Keys are IRIs, so that
tables of several files can be joined. Parquet has one table in a file; those tables are read from the same
database.

The columns and the head of SSSOM, a line for each mapping, are those of the Simple Standard for Sharing
Ontological Mappings (TSV form).
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from rdflib import RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.export.digest import Digest, digest
from strategraph.knowledge import resources
from strategraph.model.identifiers import CONCEPT_BASE

_SCHEMA = """
CREATE TABLE plans (
  iri TEXT PRIMARY KEY, title TEXT, owner TEXT, start_year INTEGER, end_year INTEGER, language TEXT,
  source TEXT
);
CREATE TABLE elements (
  iri TEXT PRIMARY KEY, plan TEXT REFERENCES plans(iri), parent TEXT REFERENCES elements(iri), kind TEXT,
  number TEXT, label TEXT, title TEXT, statement TEXT, language TEXT, position INTEGER
);
CREATE TABLE things (iri TEXT PRIMARY KEY, kind TEXT, family TEXT, label TEXT, language TEXT);
CREATE TABLE links (
  id TEXT PRIMARY KEY, plan TEXT REFERENCES plans(iri), subject TEXT, property TEXT, object TEXT, value TEXT,
  given_by TEXT
);
CREATE TABLE evidence (
  iri TEXT PRIMARY KEY, link TEXT REFERENCES links(id), source TEXT, start INTEGER, "end" INTEGER,
  line INTEGER, page INTEGER, rule TEXT, confidence REAL, exact TEXT, prefix TEXT, suffix TEXT
);
"""
_INDEXES = """
CREATE INDEX elements_plan ON elements(plan);
CREATE INDEX links_subject ON links(subject);
CREATE INDEX links_object ON links(object);
CREATE INDEX links_property ON links(property);
CREATE INDEX evidence_link ON evidence(link);
CREATE VIEW groups AS SELECT iri, label, language FROM things WHERE family = 'TargetGroup';
"""
TABLES = ("plans", "elements", "things", "links", "evidence")
_ROWS = 20_000  # of a table that are in memory at a time
_TITLE, _LANGUAGE = "http://purl.org/dc/terms/title", "http://purl.org/dc/terms/language"
_NAMESPACES = {
    "dpv": "https://w3id.org/dpv#",
    "eurovoc": "http://eurovoc.europa.eu/",
    "group": f"{CONCEPT_BASE}target-group/",
    "sdg": "http://metadata.un.org/sdg/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": str(SKOS),
    "theme": f"{CONCEPT_BASE}theme/",
    "unbis": "http://metadata.un.org/thesaurus/",
    "unesco": "http://vocabularies.unesco.org/thesaurus/",
}
_RELATIONS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_SET = "https://w3id.org/strategraph/mappings"
_OWN_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_UNKNOWN_LICENCE = "https://w3id.org/sssom/license/unspecified"
_READ_AT_ITS_SOURCE, _NOT_TOLD = "semapv:ManualMappingCuration", "semapv:UnspecifiedMatching"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
)
_LOCAL = re.compile(r"[^/#]*\Z")


def write_database(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as a database."""
    write_all([graph], file)


def write_all(graphs: Iterable[Graph], file: BinaryIO) -> None:
    """Write graphs as one database; they are read one after the other, and none is kept in memory."""
    with _filled(graphs) as path:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(_INDEXES)
            database.execute("VACUUM")
        with path.open("rb") as written:
            while part := written.read(1 << 20):
                file.write(part)


@contextmanager
def _filled(graphs: Iterable[Graph]) -> Iterator[Path]:
    """Give a database of the graphs, without what makes it fast to ask, in the temporary folder.

    Raises :class:`UnusableInputError` where it, or what is added to it, finds no room there.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plans.sqlite"
        try:
            with closing(sqlite3.connect(path)) as database:
                database.executescript(_SCHEMA)
                for graph in graphs:
                    _add(database, digest(graph))
                    database.commit()
            yield path
        except sqlite3.OperationalError as error:
            raise UnusableInputError(
                f"the database cannot be made in the temporary folder, {path.parent.parent}: {error}"
            ) from error


def write_table(table: str, graphs: Iterable[Graph], file: BinaryIO) -> None:
    """Write one table of graphs as Parquet, some rows at a time.

    Raises :class:`UnusableInputError` if pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise UnusableInputError(
            "Parquet needs one more package: pip install 'strategraph[parquet]'"
        ) from error
    types = {"TEXT": pyarrow.string(), "INTEGER": pyarrow.int64(), "REAL": pyarrow.float64()}
    with _filled(graphs) as path, closing(sqlite3.connect(path)) as database:
        columns = [(row[1], types[row[2]]) for row in database.execute(f"PRAGMA table_info({table})")]
        schema = pyarrow.schema(columns)
        rows = database.execute(f"SELECT * FROM {table} ORDER BY rowid")
        with ParquetWriter(file, schema) as writer:
            while some := rows.fetchmany(_ROWS):
                values = [list(column) for column in zip(*some, strict=True)]
                writer.write_table(pyarrow.table(values, schema=schema))


def _parquet(table: str) -> Callable[[Graph, BinaryIO], None]:
    def write(graph: Graph, file: BinaryIO) -> None:
        write_table(table, [graph], file)

    return write


write_plans, write_elements, write_things, write_links, write_evidence = map(_parquet, TABLES)
"""Write one table of a graph as Parquet."""


def _add(database: sqlite3.Connection, known: Digest) -> None:
    for table, rows in (
        ("plans", _plans(known)),
        ("elements", _elements(known)),
        ("things", _things(known)),
        ("links", _links(known)),
        ("evidence", _evidence(known)),
    ):
        for row in rows:
            marks = ", ".join("?" * len(row))
            database.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)


def _plans(known: Digest) -> Iterator[tuple[object, ...]]:
    sources = {
        fact.object: known.nodes[fact.subject].iri for fact in known.facts if fact.property == "presents"
    }
    for rank in known.of_family("StrategicPlan"):
        said = {fact.property: fact for fact in reversed(list(known.of(rank)))}
        owner = said.get("owner")
        years = [_whole(said[name].value) if name in said else None for name in ("startYear", "endYear")]
        yield (
            known.nodes[rank].iri,
            said[_TITLE].value if _TITLE in said else known.nodes[rank].label,
            known.nodes[owner.object].label if owner is not None and owner.object is not None else None,
            *years,
            said[_LANGUAGE].value if _LANGUAGE in said else None,
            sources.get(rank),
        )


def _elements(known: Digest) -> Iterator[tuple[object, ...]]:
    for position, rank in enumerate(known.of_family("PlanElement", "Provision")):
        node = known.nodes[rank]
        above = known.nodes[node.parent] if node.parent is not None else None
        yield (
            node.iri,
            next((known.nodes[plan].iri for plan in node.plans), None),
            above.iri if above is not None and above.family == node.family else None,
            node.class_,
            node.number or None,
            node.label,
            node.title or None,
            node.statement or None,
            node.language or None,
            position,
        )


def _things(known: Digest) -> Iterator[tuple[object, ...]]:
    for node in known.nodes:
        if node.family not in ("PlanElement", "Provision", "StrategicPlan"):
            yield node.iri, node.class_, node.family, node.label, node.language or None


def _links(known: Digest) -> Iterator[tuple[object, ...]]:
    for fact in known.facts:
        subject = known.nodes[fact.subject]
        yield (
            _key(known, fact.subject, fact.property, fact.object, fact.value),
            next((known.nodes[plan].iri for plan in subject.plans), None),
            subject.iri,
            fact.property,
            known.nodes[fact.object].iri if fact.object is not None else None,
            fact.value or None,
            fact.given_by or None,
        )


def _evidence(known: Digest) -> Iterator[tuple[object, ...]]:
    for fact in known.facts:
        link = _key(known, fact.subject, fact.property, fact.object, fact.value)
        for rank in fact.evidence:
            one = known.evidence[rank]
            source = known.nodes[one.source].iri if one.source is not None else None
            yield (
                one.iri,
                link,
                source,
                one.start,
                one.end,
                one.line,
                one.page or None,
                one.rule,
                one.confidence,
                one.exact,
                one.prefix,
                one.suffix,
            )


def _key(known: Digest, subject: int, property_: str, object_: int | None, value: str) -> str:
    """Return what a fact is known by in every file: its three parts."""
    other = known.nodes[object_].iri if object_ is not None else value
    return f"{known.nodes[subject].iri} {property_} {other}"


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def write_sssom(graph: Graph, file: BinaryIO) -> None:
    """Write the SKOS mappings of a graph in the order of their identifiers.

    A mapping of our own vocabularies was made by hand, each object read at its source
    (``data/vocabularies/verified-iris.tsv``, which gives its label); how another was made is not known.
    """
    mappings = {
        (str(subject), str(relation), str(object_)): _label(graph, subject)
        for relation in _RELATIONS
        for subject, object_ in graph.subject_objects(relation)
        if isinstance(subject, URIRef) and isinstance(object_, URIRef)
    }
    prefixes = _prefixes(iri for mapping in mappings for iri in mapping)
    own = all(subject.startswith(CONCEPT_BASE) for subject, _, _ in mappings)
    rows = sorted(
        (
            *(_curie(subject, prefixes), label, _curie(relation, prefixes), _curie(object_, prefixes)),
            *_known().get(object_, ("", _NOT_TOLD)),
        )
        for (subject, relation, object_), label in mappings.items()
    )
    head = ["# curie_map:", *(f"#   {name}: {prefixes[name]}" for name in sorted(prefixes))]
    head += [f"# mapping_set_id: {_SET}", f"# license: {_OWN_LICENCE if own else _UNKNOWN_LICENCE}"]
    lines = [*head, "\t".join(_COLUMNS), *("\t".join(" ".join(cell.split()) for cell in row) for row in rows)]
    file.write("".join(f"{line}\n" for line in lines).encode())


def _label(graph: Graph, node: Node) -> str:
    labels = [*graph.objects(node, SKOS.prefLabel), *graph.objects(node, RDFS.label)]
    ranked = sorted(((getattr(label, "language", None) or "~") != "en", str(label)) for label in labels)
    return ranked[0][1] if ranked else ""


def _prefixes(iris: Iterable[str]) -> dict[str, str]:
    """Return the namespaces of IRIs by prefix: those that have one, others numbered in their order."""
    found = {"semapv": _NAMESPACES["semapv"]}
    others = set()
    for iri in iris:
        name = _prefix(iri, _NAMESPACES)
        if name:
            found[name] = _NAMESPACES[name]
        else:
            others.add(_LOCAL.sub("", iri))
    found.update((f"ns{number}", namespace) for number, namespace in enumerate(sorted(others), start=1))
    return found


def _curie(iri: str, prefixes: Mapping[str, str]) -> str:
    name = _prefix(iri, prefixes)
    return f"{name}:{iri.removeprefix(prefixes[name])}"


def _prefix(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [name for name, namespace in prefixes.items() if iri.startswith(namespace)]
    return max(fitting, key=lambda name: len(prefixes[name]), default="")


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Return the label and the justification of each object that was read at its source.

    Labels of the UNESCO Thesaurus have another licence and are left out.
    """
    found: dict[str, tuple[str, str]] = {}
    for name, labelled in (("verified-iris.tsv", True), ("verified-iris-unesco.tsv", False)):
        with resources.path("data", "vocabularies", name).open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table, delimiter="\t"):
                found[row["iri"]] = (row["label"] if labelled else "", _READ_AT_ITS_SOURCE)
    return found
