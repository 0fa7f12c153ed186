"""strategraph turns strategic plans into validated, evidence-backed RDF knowledge graphs.

>>> from strategraph import build
>>> result = build("data/plans/itu-strategic-plan-2024-2027.txt")  # doctest: +SKIP
>>> result.plan.label, result.report.conforms  # doctest: +SKIP
('ITU Strategic Plan 2024-2027', True)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from networkx import MultiDiGraph
    from rdflib import Graph

    from strategraph.pipeline import Result
    from strategraph.resolution.annotation import Mention

__version__ = "0.2.0"
__all__ = ["__version__", "annotate", "build", "from_networkx"]


def build(source: Path | str, **options: Any) -> Result:
    """Read the plan at ``source`` and return its ``plan``, ``graph``, ``report`` and ``coverage``.

    ``options`` are the fields of :class:`strategraph.pipeline.Options`. Raises
    :class:`strategraph.errors.StrategraphError` for a source that cannot be used; faults of the graph are
    in the report.
    """
    from strategraph import pipeline  # here, so that `strategraph --help` does not load rdflib

    return pipeline.build(source, pipeline.Options(**options))


def from_networkx(network: MultiDiGraph) -> Graph:
    """Return the graph that a network stands for: one from ``build(…).network()``, or a part of it.

    It is the light graph: ``docs/graphml.md`` tells what of the plan is not in a network. Raises
    :class:`strategraph.errors.UnusableInputError` for a network that is not ours.
    """
    from strategraph.export.network.networkx_graph import from_networkx

    return from_networkx(network)


def annotate(text: str, language: str | None = None) -> tuple[Mention, ...]:
    """Return the groups, themes, SDGs, instruments, organisations and acronyms that any text mentions.

    ``language`` is a BCP 47 tag; without it the words tell. Mentions come in the order of the text; their
    fields are those that ``strategraph annotate`` prints.
    """
    from strategraph.resolution import annotation

    return annotation.annotate(text, language)
