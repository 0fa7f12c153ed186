"""What else comes from outside, beside documents: queries, graphs, readings, rules, gold, each with its reader."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from strategraph.curation import load_readings
from strategraph.evaluation import load_gold
from strategraph.export.network.networkx_graph import read as read_light
from strategraph.pipeline import Options, build
from strategraph.querying.dataset import known_prefixes
from strategraph.querying.engine import check
from strategraph.rdf.loading import load_graph

ROOT = Path(__file__).parents[2]


def _query(path: Path) -> object:
    return check(path.read_text("utf-8", "replace"), known_prefixes())


def _plan(path: Path) -> Path:
    """Return a plan, in the folder of a file, in which there is something for every rule."""
    plan = path.with_name("plan.txt")
    plan.write_text(_TEXT, encoding="utf-8")
    return plan


def _readings(path: Path) -> object:
    """Read a file as a person's corrections, then as a model's readings, and join them to a plan."""
    load_readings(path)
    return build(_plan(path), Options(corrections=path)), build(_plan(path), Options(readings=path))


def _table(name: str, path: Path) -> object:
    """Read a file as one of the user's own tables of rules, in a folder that no table was read from before."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        own = Path(folder) / name
        own.parent.mkdir(exist_ok=True, parents=True)
        own.write_bytes(path.read_bytes())
        language = "it" if own.stem == "it" else None
        return build(_plan(path), Options(rules=Path(folder), language=language))


_TEXT = """Strategic Plan 2024-2027

Goal 1: Connect women and girls

The ITU will close the digital divide by 2027 for 20 % of youth, as Resolution 71 (Rev. Bucharest, 2022) says.

Recalling resolution 70/1, which replaces the plan 2020-2023,

1. Decides to do it by 2025;
"""
_TABLES = (
    "languages/it.toml", "measures/en.toml", "measures/units.toml", "provisions/en.toml", "citations/forms/itu.toml",
    "citations/series.toml", "citations/states.toml", "words/en.tsv", "language-detection.toml", "organizations.toml", "events.toml",
    "senses.toml", "roles.toml",
)  # fmt: skip

READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "sparql": (".rq", _query),
    "readings": (".toml", _readings),
    **{f"table {name}": (Path(name).suffix, partial(_table, name)) for name in _TABLES},
    "gold": (".json", load_gold),
    "graphml": (".graphml", read_light),
    **{suffix[1:]: (suffix, load_graph) for suffix in (".ttl", ".nt", ".trig", ".nq", ".jsonld", ".rdf")},
}
"""By kind: the suffix of its file, and what reads the file, which raises an error of ours or nothing."""

_READINGS = b"""[source]
name = "plan.txt"

[[element]]
id = "3"
is = "Goal"
text = "Connect women and girls"
number = "0"
statement = "The ITU will close the digital divide by 2027 for 20 % of youth"
reason = "the foreword counts it among the goals"

[[element]]
is = "Objective"
parent = "3"
title = "Decides to do it"
line = 9

[[group]]
text = "women and girls"
is = "nothing"

[[instrument]]
is = "Decision"
text = "Resolution 71 (Rev. Bucharest, 2022)"
number = "71"

[[measure]]
text = "by 2027 for 20 % of youth"
value = 20
"""


def examples() -> list[tuple[str, bytes]]:
    """Return what is mutated, by kind."""
    from strategraph.export import write

    graph = load_graph(ROOT / "tests" / "shapes" / "valid.ttl")
    written = {
        "graphml": "graphml",
        "ttl": "turtle",
        "nt": "ntriples",
        "trig": "trig",
        "nq": "nquads",
        "jsonld": "jsonld",
    }
    lists = b"@prefix : <e:> . :a :b ( 1 ( 2 [ :c 3 ] ) ), << :a :b :c >> . :a :b :c {| :d 1 |} ."
    return [
        *(("sparql", path.read_bytes()) for path in sorted((ROOT / "ontology" / "queries").glob("*.rq"))),
        *(("gold", path.read_bytes()) for path in sorted((ROOT / "data" / "gold").glob("*.json"))),
        *((kind, write(graph, name)) for kind, name in written.items()),
        ("rdf", graph.serialize(format="pretty-xml", encoding="utf-8")),
        ("readings", _READINGS),
        *((f"table {name}", (ROOT / "data" / name).read_bytes()) for name in _TABLES),
        ("ttl", lists),
        ("trig", b"@prefix : <e:> . :g { :a :b [ :c ( 1 2 ) ] }"),
    ]
