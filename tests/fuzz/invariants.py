"""What must hold of every text there is, whatever wrote it; for the fuzzer and the tests."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from tests.fuzz.targets import Target

from strategraph.errors import StrategraphError
from strategraph.export import write
from strategraph.model import Document, Plan
from strategraph.model.identifiers import Namer
from strategraph.pipeline import Options, read_plan
from strategraph.rdf.graph import to_graph
from strategraph.reading.request import Limits
from strategraph.resolution.coverage import cover

# Formats whose passages consist of other characters than the source's: an entity or escape is one of two.
_ESCAPED = frozenset({"text/markdown", "text/asciidoc", "text/x-rst"})
# What a fuzzer makes is small; what it unpacks to must not be what it measures.
_LIMITS = Limits(unpacked=2**22, pages=50, characters=200_000)


def check(data: bytes, target: Target, folder: Path) -> Plan | None:
    """Read what ``target`` makes of ``data`` and hold what comes of it against what must hold.

    None where it is refused in one line. ``folder`` is for the file it is read from.
    """
    path = folder / "plan.txt"
    path.write_bytes(target.made(data))
    options = Options(format=target.format, encoding=target.encoding, limits=_LIMITS)
    try:
        document, plan = read_plan(path, options)
    except StrategraphError as error:
        refusal = str(error)
    else:
        _check_document(document)
        return _checked(document, plan)
    assert len(refusal.splitlines()) == 1
    return None


def _checked(document: Document, plan: Plan) -> Plan:
    _check_plan(plan)
    graph = to_graph(plan, document, namer=Namer())  # raises where a quote is not what stands there
    written = write(graph, "ntriples")
    assert len(list(pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.N_TRIPLES))) == len(graph)
    cover(document, plan).to_json().encode("utf-8")
    return plan


def _check_document(document: Document) -> None:
    text = document.source.text
    text.encode("utf-8")
    verbatim = document.source.media_type not in _ESCAPED
    for block in document.blocks:
        passage, span = block.passage, block.span
        assert passage.text == passage.text.strip()
        assert 0 <= span.start < span.end <= len(text)
        for position, character in enumerate(passage.text if verbatim else ""):
            there = text[passage.offset(position)]
            assert there == character or there.isspace() == character.isspace() is True


def _check_plan(plan: Plan) -> None:
    iris = [element.iri for element in plan.elements]
    assert len(set(iris)) == len(iris)
    known = {plan.iri}
    for element in plan.elements:  # parents come first
        assert element.parent in known
        known.add(element.iri)
