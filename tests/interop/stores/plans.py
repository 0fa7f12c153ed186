"""Plans of any size that conform: what is loaded in tests and benchmarks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from strategraph.model.identifiers import Namer

BASE = "https://w3id.org/strategraph/id/"
SG = "https://w3id.org/strategraph/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROV = "http://www.w3.org/ns/prov#"

PER_GOAL = 26
"""How many triples a goal and its evidence are."""

LINE_END = r"\n"  # as N-Triples writes it

# What stores and the way to them may trip over, in one statement.
HARD = 'C:\\users\\new says "50 %" & <more> – 目标 🎯 الهدف é é \\u0041'


def write_plan(path: Path, triples: int, *, slug: str = "large-plan", wording: str = HARD) -> int:
    """Write a plan of about so many triples as N-Triples; return how many there are."""
    lines = sorted({f"{line} .\n" for line in _lines(max(1, triples // PER_GOAL), slug, wording)})
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def graph_name(slug: str = "large-plan") -> str:
    return f"{BASE}plan/{slug}/graph"


def _lines(goals: int, slug: str, wording: str) -> Iterator[str]:
    plan = f"<{BASE}plan/{slug}>"
    digest = hashlib.sha256(slug.encode()).hexdigest()
    source = f"<{BASE}source/{digest}>"
    yield f"{source} <{RDF}type> <{SG}SourceDocument>"
    yield f"{source} <{RDF}type> <{PROV}Entity>"
    yield f'{source} <{RDFS}label> "{slug}.txt"'
    yield f'{source} <{DCTERMS}format> "text/plain"'
    yield f'{source} <{DCTERMS}language> "en"'
    yield f'{source} <{SG}byteSha256> "{digest}"'
    yield f'{source} <{SG}textSha256> "{digest}"'
    yield f"{source} <{SG}presents> {plan}"
    yield f"{plan} <{RDF}type> <{SG}StrategicPlan>"
    yield f"{plan} <{RDF}type> <{PROV}Plan>"
    yield f"{plan} <{RDF}type> <{PROV}Entity>"
    yield f'{plan} <{RDFS}label> "{slug}"@en'
    yield f'{plan} <{DCTERMS}language> "en"'
    end = 0
    for number in range(1, goals + 1):
        text = f"Goal {number}: {wording}"
        start, end = end, end + len(text)
        yield from _goal(plan, source, number, text, start, goals)


def _goal(plan: str, source: str, number: int, text: str, start: int, goals: int) -> Iterator[str]:
    goal = f"{plan[:-1]}/goal/{number}>"
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    yield f"{plan} <{SG}hasGoal> {goal}"
    yield f"{plan} <{SG}hasElement> {goal}"
    yield f"{goal} <{RDF}type> <{SG}Goal>"
    yield f"{goal} <{RDF}type> <{SG}PlanElement>"
    yield f'{goal} <{RDFS}label> "Goal {number}"@en'
    yield f"{goal} <{SG}inPlan> {plan}"
    yield f'{goal} <{SG}position> "{number}"^^<{XSD}integer>'
    yield f'{goal} <{SG}number> "{number}"'
    yield f'{goal} <{SG}statement> "{quoted}"@en'
    suffix = "" if number == goals else "\n"
    named = Namer(BASE).evidence(plan[1:-1], plan[1:-1], f"{SG}hasGoal", goal[1:-1], text, "", suffix)
    evidence = f"<{named}>"
    yield f"{evidence} <{RDF}type> <{SG}Evidence>"
    yield f"{evidence} <{RDF}type> <{RDF}Statement>"
    yield f"{evidence} <{RDF}type> <{OA}TextQuoteSelector>"
    yield f"{evidence} <{RDF}type> <{OA}TextPositionSelector>"
    yield f'{evidence} <{RDFS}label> "{quoted}"'
    yield f"{evidence} <{RDF}subject> {plan}"
    yield f"{evidence} <{RDF}predicate> <{SG}hasGoal>"
    yield f"{evidence} <{RDF}object> {goal}"
    yield f"{evidence} <{DCTERMS}source> {source}"
    yield f'{evidence} <{OA}exact> "{quoted}"'
    yield f'{evidence} <{OA}prefix> ""'
    yield f'{evidence} <{OA}suffix> "{"" if number == goals else LINE_END}"'
    yield f'{evidence} <{OA}start> "{start}"^^<{XSD}integer>'
    yield f'{evidence} <{OA}end> "{start + len(text)}"^^<{XSD}integer>'
    yield f'{evidence} <{SG}line> "{number}"^^<{XSD}integer>'
    yield f'{evidence} <{SG}rule> "heading:labelled"'
    yield f'{evidence} <{SG}confidence> "0.9"^^<{XSD}decimal>'
