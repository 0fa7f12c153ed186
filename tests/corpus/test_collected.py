"""The plans of a folder as one file: datasets, databases, networks."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import networkx
import pyarrow.parquet
import pyoxigraph
import pytest
from click.testing import CliRunner

from strategraph.cli import main
from strategraph.corpus.collected import plan_files
from strategraph.corpus.records import MANIFEST
from strategraph.errors import UnusableInputError
from strategraph.export.rdf.tables import TABLES

PLAN = "{0} Board\n{0} Plan 2024-2027\n\nGoal 1: Reach youth\n\nGoal 2: Reach {1}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    for name, place, group in (
        ("a", "Harbour", "women"),
        ("sub/b", "Coast", "fishers"),
        ("copy", "Harbour", "women"),
    ):
        path = folder / "in" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PLAN.format(place, group), encoding="utf-8")
    (folder / "in" / "bad.txt").write_text("Nothing.\n", encoding="utf-8")
    result = CliRunner().invoke(
        main, ["build", str(folder / "in"), "-o", str(folder / "out"), "-f", "nquads"]
    )
    assert "built                 3" in result.stdout
    return folder / "out"


def export(folder: Path, name: str, out: Path) -> Path:
    result = CliRunner().invoke(main, ["export", str(folder), "-f", name, "-o", str(out)])
    assert result.exit_code == 0, result.output
    return out


def test_each_plan_counts_once(built: Path) -> None:
    assert [str(path.relative_to(built)) for path in plan_files(built)] == ["a.ttl", "sub/b.ttl"]


@pytest.mark.parametrize(("name", "kind"), [("nquads", "N_QUADS"), ("trig", "TRIG")])
def test_datasets_have_a_graph_for_each_plan(built: Path, tmp_path: Path, name: str, kind: str) -> None:
    store = pyoxigraph.Store()
    store.load(path=export(built, name, tmp_path / "all"), format=getattr(pyoxigraph.RdfFormat, kind))
    names = sorted(str(graph.value).rpartition("/plan/")[2] for graph in store.named_graphs())
    assert len(names) == 2
    assert all(graph.endswith("/graph") for graph in names)


def test_a_database_has_a_row_for_each_thing_and_links_between_them(built: Path, tmp_path: Path) -> None:
    path = export(built, "sqlite", tmp_path / "all.sqlite")
    database = sqlite3.connect(path)
    count = {
        table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("plans", "elements", "things", "links", "evidence", "groups")
    }
    assert count["plans"] == 2
    kinds = database.execute("SELECT kind, count(*) FROM elements GROUP BY kind").fetchall()
    assert ("Goal", 4) in kinds
    assert count["groups"] == 3  # youth is one row for both
    assert count["evidence"] > count["plans"]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    shared = database.execute(
        "SELECT g.label, count(DISTINCT l.plan) FROM links l JOIN groups g ON g.iri = l.object"
        " WHERE l.property = 'addresses' GROUP BY g.iri HAVING count(DISTINCT l.plan) > 1"
    ).fetchall()
    assert shared == [("youth", 2)]
    quoted = database.execute(
        "SELECT exact FROM evidence JOIN links ON links.id = evidence.link WHERE property = 'addresses'"
    ).fetchall()
    assert ("fishers",) in quoted
    database.close()
    assert export(built, "sqlite", tmp_path / "again.sqlite").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_parquet_has_the_rows_of_the_database(built: Path, tmp_path: Path, table: str) -> None:
    path = export(built, f"parquet-{table}", tmp_path / "x")
    read = pyarrow.parquet.read_table(path)
    with closing(sqlite3.connect(export(built, "sqlite", tmp_path / "y"))) as database:
        found = database.execute(f"SELECT * FROM {table}")
        assert read.column_names == [column[0] for column in found.description]
        rows = list(zip(*(column.to_pylist() for column in read.columns), strict=True))
        assert sorted(rows, key=repr) == sorted(found, key=repr)
    assert export(built, f"parquet-{table}", tmp_path / "z").read_bytes() == path.read_bytes()


def test_parquet_without_its_package(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = CliRunner().invoke(main, ["export", str(built / "a.ttl"), "-f", "parquet-plans"])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "pip install 'strategraph[parquet]'" in result.stderr


def test_in_a_network_what_plans_share_is_one_node(built: Path, tmp_path: Path) -> None:
    network = networkx.read_graphml(export(built, "graphml", tmp_path / "all.graphml"))
    labels = [data["label"] for _, data in network.nodes(data=True)]
    assert labels.count("youth") == 1
    assert {"Harbour Plan 2024-2027", "Coast Plan 2024-2027"} <= set(labels)
    assert b"youth" in export(built, "gexf", tmp_path / "all.gexf").read_bytes()


def test_a_folder_without_a_manifest_is_all_its_graphs(built: Path, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for path in plan_files(built):
        (tmp_path / "x" / path.name).write_bytes(path.read_bytes())
    assert [path.name for path in plan_files(tmp_path)] == ["a.ttl", "b.ttl"]
    result = CliRunner().invoke(main, ["export", str(tmp_path), "-f", "nquads"])
    assert result.stdout_bytes.count(b"\n") > 100


def test_a_folder_in_which_nothing_was_built(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"plans": []}', encoding="utf-8")
    with pytest.raises(UnusableInputError, match="no plan in it was built"):
        plan_files(tmp_path)


def test_stores_take_folders(built: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["store", str(tmp_path / "db"), "add", str(built)])
    assert result.exit_code == 0, result.output
    assert "2 plans" in CliRunner().invoke(main, ["store", str(tmp_path / "db"), "list"]).stdout
    described = CliRunner().invoke(main, ["describe", str(built)]).stdout
    assert "dcat:Catalog" in described
