"""Graphs to export: the valid one of the shapes' tests, and made-up ones full of hostile texts."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import ELEMENT_CLASSES, HAS, OA, SG

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
BASE = "https://example.org/id/"

HOSTILE = (
    "INF",
    "null",
    "true",
    "None",
    " ",
    "a & b < c > d \"e\" 'f' ]]> <!-- -->",
    "bell \x07, nul \x00, tab \t, line\nend\r\n, next line \x85",
    "\ufffe\uffff",
    "& & < &",
    "الهدف ١ – الاتصال للجميع",
    "目标1：普遍连通性，" * 20,
    "लक्ष्य १ – सार्वभौमिक संपर्क",
    "Цель 1 – всеобщая связь",
    "Στόχος 1 – 🧑‍🌾 καθολική συνδεσιμότητα",
    "לכולם (מטרה 1)",
    "x" * 300,
    "back\\slash \\u0041 ${x} {{y}} %s",
)

texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=100))


def valid() -> Graph:
    return load_graph(VALID)


@st.composite
def graphs(draw: st.DrawFn, plans: int = 2) -> Graph:
    """Make a graph of the contract's classes: odd in its texts and links, but not in its terms."""
    graph = Graph(bind_namespaces="none")
    groups = [URIRef(f"{BASE}target-group/g{n}") for n in range(draw(st.integers(0, 3)))]
    themes = [
        URIRef(f"https://w3id.org/strategraph/concept/theme/t{n}") for n in range(draw(st.integers(0, 2)))
    ]
    instruments = [URIRef(f"{BASE}instrument/b/resolution/{n}") for n in range(draw(st.integers(0, 2)))]
    for nodes, classes in (
        (groups, (SG.TargetGroup,)),
        (themes, (SG.Theme,)),
        (instruments, (SG.Instrument, SG.Resolution)),
    ):
        for node in nodes:
            for class_ in classes:
                graph.add((node, RDF.type, class_))
            graph.add((node, RDFS.label, Literal(draw(texts), lang="en")))
            graph.add((node, SKOS.closeMatch, URIRef(f"http://vocabulary.example/{draw(st.integers(0, 9))}")))
    for number in range(draw(st.integers(0, plans))):
        _add_plan(draw, graph, URIRef(f"{BASE}plan/p{number}"), groups, themes, instruments)
    return graph


def _add_plan(
    draw: st.DrawFn,
    graph: Graph,
    plan: URIRef,
    groups: list[URIRef],
    themes: list[URIRef],
    instruments: list[URIRef],
) -> None:
    source = URIRef(f"{BASE}source/{plan[-2:]}")
    graph.add((plan, RDF.type, SG.StrategicPlan))
    graph.add((plan, RDFS.label, Literal(draw(texts), lang="en")))
    graph.add((source, RDF.type, SG.SourceDocument))
    graph.add((source, RDFS.label, Literal("source.txt")))
    graph.add((source, SG.presents, plan))
    elements: list[URIRef] = []
    for number in range(draw(st.integers(0, 6))):
        parent = draw(st.sampled_from([plan, *elements]))
        class_ = draw(st.sampled_from(ELEMENT_CLASSES))
        kind = class_.removeprefix(str(SG))
        element = URIRef(f"{parent}/{kind.lower()}/{number}")
        elements.append(element)
        for triple in (
            (element, RDF.type, class_),
            (element, RDF.type, SG.PlanElement),
            (element, RDFS.label, Literal(draw(texts), lang=draw(st.sampled_from(["en", "ar", "zh-hans"])))),
            (element, SG.statement, Literal(draw(texts), lang="en")),
            (element, SG.number, Literal(draw(texts))),
            (element, SG.position, Literal(number, datatype=XSD.integer)),
            (element, SG.inPlan, plan),
            (parent, HAS[kind], element),
            (parent, SG.hasElement, element),
        ):
            graph.add(triple)
    ends = [*groups, *themes, *instruments]
    for number in range(draw(st.integers(0, 8)) if ends else 0):
        triple = (
            draw(st.sampled_from([plan, *elements])),
            draw(st.sampled_from([SG.addresses, SG.concerns, SG.cites, SG.adoptedBy])),
            draw(st.sampled_from(ends)),
        )
        graph.add(triple)
        if draw(st.booleans()):
            evidence = URIRef(f"{BASE}evidence/{plan[-2:]}-{number}")
            for predicate, value in (
                (RDF.type, SG.Evidence),
                (RDF.type, RDF.Statement),
                (RDF.subject, triple[0]),
                (RDF.predicate, triple[1]),
                (RDF.object, triple[2]),
                (DCTERMS.source, source),
                (OA.exact, Literal(draw(texts))),
                (OA.start, Literal(draw(st.integers(0, 99)), datatype=XSD.integer)),
                (SG.confidence, Literal(draw(st.sampled_from(["1.0", "0.9"])), datatype=XSD.decimal)),
            ):
                graph.add((evidence, predicate, value))
