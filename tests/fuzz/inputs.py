"""What else comes from outside, beside documents: queries, graphs, corrections and gold, each with its reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from strategraph.curation.readings_file import load_readings
from strategraph.evaluation import load_gold
from strategraph.export.network.light import read as read_light
from strategraph.querying.dataset import known_prefixes
from strategraph.querying.engine import check
from strategraph.rdf.loading import load_graph

ROOT = Path(__file__).parents[2]


def _query(path: Path) -> object:
    return check(path.read_text("utf-8", "replace"), known_prefixes())


READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "sparql": (".rq", _query),
    "corrections": (".toml", load_readings),
    "gold": (".json", load_gold),
    "graphml": (".graphml", read_light),
    **{suffix[1:]: (suffix, load_graph) for suffix in (".ttl", ".nt", ".trig", ".nq", ".jsonld", ".rdf")},
}
"""By kind: the suffix of its file, and what reads the file, which raises an error of ours or nothing."""

_CORRECTIONS = b"""[[element]]
text = "Goal 9"
is = "nothing"
line = 3
reason = "quoted"

[[measure]]
text = "from 40% in 2024 to 62.5%"
value = 62.5
baseline = 40
baseline_year = 2024
budget = false
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
        ("corrections", _CORRECTIONS),
        ("ttl", lists),
        ("trig", b"@prefix : <e:> . :g { :a :b [ :c ( 1 2 ) ] }"),
    ]
