"""StratML (ISO 17469-1): Part 1, or Part 2 where there are indicators or measures, valid against the schema.

graph ─telling→ a tree that says everything in StratML's names ─fitting→ the same within the schema

What a schema has no place for (deeper objectives, outputs, commitments) is kept in OtherInformation in the
same names, as an element ``strategraph``; our reader puts it back where it belongs.
"""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree
from rdflib import RDF, Graph

from strategraph.errors import UnusableInputError
from strategraph.export.stratml.fitting import fitted
from strategraph.export.stratml.telling import tell
from strategraph.rdf.namespace import SG


def write(graph: Graph, file: BinaryIO) -> None:
    """Write the plan of a graph as StratML.

    Raises :class:`UnusableInputError` unless there is exactly one.
    """
    plans = sorted(set(graph.subjects(RDF.type, SG.StrategicPlan)), key=str)
    if len(plans) != 1:
        what = f"are {len(plans)} plans" if plans else "is no plan"
        raise UnusableInputError(f"stratml holds one plan, and there {what} in the graph")
    root = fitted(tell(graph, plans[0]))
    etree.indent(root)
    file.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n")
