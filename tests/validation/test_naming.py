"""Names agree with what stands about their nodes."""

from __future__ import annotations

from rdflib import BNode
from tests.validation.builders import PLAN, failing, updated

from strategraph.validation import validate
from strategraph.validation.shapes import SGSH


def test_an_invented_class_is_found_out() -> None:
    report = validate(updated("INSERT DATA { <goal/1> a sg:Gaol }"))
    assert [(r.shape, r.message) for r in report.results] == [
        (SGSH["term-is-known"], "sg:Gaol is not a term of the ontology.")
    ]


def test_a_blank_node_has_no_absolute_iri() -> None:
    graph = updated('INSERT DATA { [] a sg:Event ; rdfs:label "Meadow Forum 2025" }')
    (result,) = (r for r in validate(graph).results if r.shape == SGSH["node-has-absolute-iri"])
    assert isinstance(result.focus, BNode)
    assert result.focus_label == "Meadow Forum 2025"


def test_an_instrument_may_be_named_by_its_title_without_the_marks_on_its_letters() -> None:
    law = "<instrument/legislation/закон-о-молодежнои-политике>"
    graph = updated(
        f"""INSERT DATA {{ <{PLAN}> sg:cites {law} . {law} a sg:Legislation, sg:Instrument ;
        rdfs:label "Закон « О молодежной политике »"@ru ; sg:number "40" }}"""
    )
    assert "instrument-is-named-by-what-it-is" not in failing(validate(graph))
