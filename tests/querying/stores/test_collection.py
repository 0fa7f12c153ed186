"""Collections of plans on disk: whole or not at all, one writer at a time, a union that is always right."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.querying import load_dataset
from strategraph.querying.stores import collection
from strategraph.querying.stores.collection import Added, add, plans, remove
from strategraph.querying.stores.loading import PlanGraph

BASE = "http://x.example/id/plan/"


def plan(name: str, *facts: str, title: str = "") -> PlanGraph:
    """Return a plan's graph with a title and some triples of their own."""
    iri = f"<{BASE}{name}>"
    lines = {
        f"{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://w3id.org/strategraph/ns#StrategicPlan> .",
        f'{iri} <http://www.w3.org/2000/01/rdf-schema#label> "{title or name.title()}"@en .',
        *(f"<x:{fact}> <x:p> <x:o> ." for fact in facts),
    }
    return PlanGraph(f"{BASE}{name}/graph", len(lines), "\n".join(sorted(lines)).encode())


def put(folder: Path, *graphs: PlanGraph) -> list[Added]:
    return list(add(folder, graphs))


def contents(folder: Path) -> dict[str, set[str]]:
    """Return the triples by graph; the default graph is ""."""
    found: dict[str, set[str]] = {"": set()}
    for quad in ox.Store.read_only(str(folder)):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name.value)
        found.setdefault(name, set()).add(str(quad.triple))
    return found


@contextmanager
def elsewhere(code: str, folder: Path) -> Iterator[None]:
    """Run Python in another process that keeps ``held`` until the end of the block."""
    code = f"import sys; from pathlib import Path; folder = Path(sys.argv[1])\n{code}\nprint('ready', flush=True)"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{code}\nsys.stdin.read()", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield
        process.communicate()


def test_a_plan_is_added_once(tmp_path: Path) -> None:
    folder = tmp_path / "db"
    graph = plan("one", "a", "b")
    assert put(folder, graph) == [Added(graph.name, 0, 4, changed=True)]
    before = contents(folder)
    assert put(folder, graph) == [Added(graph.name, 4, 4, changed=False)]
    assert contents(folder) == before
    assert set(before) == {"", graph.name}


def test_a_new_version_takes_the_old_ones_place(tmp_path: Path) -> None:
    put(tmp_path, plan("one", "a", "shared"), plan("two", "shared"))
    new = plan("one", "c")
    assert put(tmp_path, new) == [Added(new.name, 4, 3, changed=True)]
    found = contents(tmp_path)
    assert not any("x:a" in triple for triple in found[""])
    assert any("x:shared" in triple for triple in found[""])
    assert found[""] == found[new.name] | found[f"{BASE}two/graph"]


def test_what_plans_are_told_by(tmp_path: Path) -> None:
    put(tmp_path, plan("two", title="Zwei"), plan("one"))
    assert [(p.slug, p.title, p.owner, p.period, p.triples) for p in plans(tmp_path)] == [
        ("one", "One", "", "", 2),
        ("two", "Zwei", "", "", 2),
    ]


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "two", "three"]), st.none() | st.sets(st.sampled_from("abcd"), max_size=3)
        ),
        max_size=6,
    )
)
def test_the_default_graph_is_the_union_whatever_happens(steps: list[tuple[str, set[str] | None]]) -> None:
    expected: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "db"
        put(folder)
        for slug, facts in steps:
            graph = plan(slug, *(facts or ()))
            if facts is not None:
                put(folder, graph)
                expected[graph.name] = {
                    line.removesuffix(" .") for line in graph.ntriples.decode().split("\n")
                }
            elif graph.name in expected:
                remove(folder, slug)
                del expected[graph.name]
        assert contents(folder) == {"": set().union(*expected.values()), **expected}


def test_a_failure_half_way_leaves_the_old_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, plan("one", "a"))
    before = contents(tmp_path)
    # What comes after the deletions and insertions fails: there is no such graph.
    update = collection._update
    monkeypatch.setattr(collection, "_update", lambda *given: f"{update(*given)} ; MOVE <x:none> TO <x:new>")
    with pytest.raises(UnusableInputError, match=r"stays as it was: .*x:none"):
        put(tmp_path, plan("one", "b"))
    assert contents(tmp_path) == before


def test_a_process_killed_in_the_middle_leaves_one_whole_graph(tmp_path: Path) -> None:
    put(tmp_path, plan("one", "a"))
    before = contents(tmp_path)
    code = f"""
import threading, os
from strategraph.querying.stores.collection import add
from strategraph.querying.stores.loading import PlanGraph
lines = "".join(f"<x:s{{i}}> <x:p> <x:o> .\\n" for i in range(30_000))
print("ready", flush=True)
threading.Timer(0.5, os._exit, [9]).start()
list(add(folder, [PlanGraph("{BASE}one/graph", 30_000, lines.encode())]))
"""
    with elsewhere(code, tmp_path):
        pass
    after = contents(tmp_path)
    assert after == before or len(after[""]) == len(after[f"{BASE}one/graph"]) == 30_000


def test_triples_are_compared_as_the_store_writes_them(tmp_path: Path) -> None:
    graph = plan("one")
    number = b'\n<x:s> <x:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    graph = PlanGraph(graph.name, 3, graph.ntriples + number)
    assert [put(tmp_path, graph)[0].changed for _ in range(2)] == [True, False]


def test_literals_survive(tmp_path: Path) -> None:
    text = 'a "quote", a \\ backslash,\n\t{ GRAPH } and \u200f\U0001f30a'
    graph = plan("one", title=str(ox.Literal(text))[1:-1])
    put(tmp_path, graph)
    assert plans(tmp_path)[0].title == text


@pytest.mark.skipif(sys.platform == "win32", reason="readers take no lock there")
def test_one_writes_or_many_read(tmp_path: Path) -> None:
    put(tmp_path, plan("one"))
    write = (
        "from strategraph.querying.dataset import open_to_write; held = open_to_write(folder, create=False)"
    )
    read = "from strategraph.querying.dataset import open_to_read; held = open_to_read(folder)"
    with elsewhere(write, tmp_path):
        for attempt in (lambda: plans(tmp_path), lambda: put(tmp_path, plan("two"))):
            with pytest.raises(UnusableInputError, match="another process is using this store"):
                attempt()
    with elsewhere(read, tmp_path):
        assert len(plans(tmp_path)) == 1
        with pytest.raises(UnusableInputError, match="another process is using this store"):
            put(tmp_path, plan("two"))
    put(tmp_path, plan("two"))
    assert len(plans(tmp_path)) == 2


def test_a_dataset_keeps_writers_away_while_it_is_asked(tmp_path: Path) -> None:
    put(tmp_path, plan("one"))
    code = "from strategraph.querying import load_dataset; held = load_dataset(folder)"
    with elsewhere(code, tmp_path), pytest.raises(UnusableInputError, match="another process"):
        put(tmp_path, plan("two"))


def test_a_dataset_knows_the_base(tmp_path: Path) -> None:
    put(tmp_path, plan("one"))
    assert load_dataset(tmp_path).base == "http://x.example/id/"


def test_what_is_no_store_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    for folder in (tmp_path, file):
        with pytest.raises(UnusableInputError, match="not a store"):
            put(folder, plan("one"))
    for folder in (tmp_path, tmp_path / "new"):
        with pytest.raises(UnusableInputError, match="not a store"):
            plans(folder)
        with pytest.raises(UnusableInputError, match="not a store"):
            remove(folder, "one")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    put(tmp_path / "new" / "db", plan("one"))
    assert len(plans(tmp_path / "new" / "db")) == 1
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(UnusableInputError, match=r"file/db: the store cannot be opened \(Not a directory\)"):
        put(file / "db", plan("one"))


def test_a_damaged_store_is_said_to_be_one(tmp_path: Path) -> None:
    put(tmp_path, plan("one"))
    (tmp_path / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="the store cannot be opened"):
        plans(tmp_path)


@pytest.mark.parametrize("name", ["one", "ONE", "Eins", f"{BASE}one", f"<{BASE}one>", f"{BASE}one/graph"])
def test_plans_are_removed_by_any_name(tmp_path: Path, name: str) -> None:
    put(tmp_path, plan("one", "a", title="Eins"), plan("two", "a"))
    assert remove(tmp_path, name).iri == f"{BASE}one"
    assert [p.slug for p in plans(tmp_path)] == ["two"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("river-plam", "no plan 'river-plam'; did you mean river-plan"),
        ("xyz", r"no plan 'xyz'; `strategraph store .* list` shows them"),
        ("Plan", "'Plan' names 2 plans, give the IRI: http://x.example/id/plan/lake-plan, "),
    ],
)
def test_a_name_that_is_none_removes_nothing(tmp_path: Path, name: str, message: str) -> None:
    put(tmp_path, plan("river-plan", title="Plan"), plan("lake-plan", title="Plan"))
    with pytest.raises(UnusableInputError, match=message):
        remove(tmp_path, name)
    assert len(plans(tmp_path)) == 2
