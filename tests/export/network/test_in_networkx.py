"""The graph of networkx is the one that networkx reads from our GraphML."""

from __future__ import annotations

import builtins
import io
from typing import Any

import networkx
import pytest
from tests.export.graphs import valid

from strategraph.errors import UnusableInputError
from strategraph.export import write
from strategraph.export.network.columns import unmarked
from strategraph.export.network.in_networkx import to_networkx
from strategraph.export.options import VIEW_NAMES, NetworkOptions


def plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: unmarked(value) if isinstance(value, str) else value
        for name, value in values.items()
        if name != "id"  # where GraphML keeps the id of an edge
    }


@pytest.mark.parametrize("view", VIEW_NAMES)
def test_it_has_what_graphml_has(view: str) -> None:
    options = NetworkOptions(view=view)
    made = to_networkx(valid(), options)
    read = networkx.read_graphml(io.BytesIO(write(valid(), "graphml", options)), force_multigraph=True)
    assert list(made.nodes) == list(read.nodes)
    assert {n: plain(d) for n, d in made.nodes(data=True)} == {n: plain(d) for n, d in read.nodes(data=True)}
    assert {(a, b, key): plain(d) for a, b, key, d in made.edges(keys=True, data=True)} == {
        (a, b, key): plain(d) for a, b, key, d in read.edges(keys=True, data=True)
    }


def test_it_answers_what_people_ask_networkx() -> None:
    network = to_networkx(valid(), NetworkOptions(view="groups"))
    assert networkx.is_directed(network)
    assert set(networkx.degree_centrality(network)) == set(network)


def test_without_networkx_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "networkx":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UnusableInputError, match="pip install networkx"):
        to_networkx(valid(), NetworkOptions(view="full"))
