"""``strategraph export``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategraph.cli import main
from strategraph.export import FORMATS, NetworkOptions, write
from strategraph.rdf.loading import load_graph

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.mark.parametrize("name", FORMATS)
def test_to_a_file(name: str, tmp_path: Path) -> None:
    result = run(VALID, "-f", name, "-o", tmp_path / "new" / "x")
    out = tmp_path / "new" / "x"
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"strategraph: wrote {out}\n")
    assert (tmp_path / "new" / "x").read_bytes() == write(load_graph(VALID), name)


def test_to_standard_output_by_suffix() -> None:
    result = run(VALID, "-f", "nt")
    assert result.exit_code == 0
    assert result.stdout_bytes == write(load_graph(VALID), "ntriples")
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((VALID, "-f", "graphmll"), "unknown format 'graphmll': did you mean graphml?"),
        ((VALID, "-f", "nt", "--view", "plan"), "ntriples writes triples"),
        ((VALID, "-f", "gexf", "--flavour", "strict"), "unknown flavour 'strict' of gexf"),
        ((VALID.with_name("no such.ttl"), "-f", "nt"), "no such file"),
        ((Path(__file__).parents[1] / "model", "-f", "nt"), "no graph in this folder"),
        ((Path(__file__), "-f", "nt"), "does not parse"),
        ((VALID, "-f", "nt", "-o", VALID / "x"), "Not a directory"),
        ((VALID, "-f", "nt", "-o", VALID.parent), "Is a directory"),
    ],
)
def test_bad_input_is_one_line_and_status_2(arguments: tuple[str | Path, ...], message: str) -> None:
    before = VALID.read_bytes()
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert VALID.read_bytes() == before


def test_the_format_must_be_named() -> None:
    result = run(VALID)
    assert result.exit_code == 2
    assert "--format" in result.stderr


def test_help_lists_the_formats() -> None:
    text = run("--help").stdout
    assert all(format_.description in text for format_ in FORMATS.values())


def test_options_reach_the_writer() -> None:
    options = NetworkOptions("groups", "strict", literals_as_nodes=True, types_as_edges=True)
    result = run(
        VALID,
        "-f",
        "graphml",
        "--view",
        "groups",
        "--flavour",
        "strict",
        "--literals-as-nodes",
        "--types-as-edges",
    )
    assert result.exit_code == 0
    assert result.stdout_bytes == write(load_graph(VALID), "graphml", options)
