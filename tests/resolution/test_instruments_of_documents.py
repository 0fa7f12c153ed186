"""Which instrument each citation of real documents means: those of a list of forms, and of the gold files."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from strategraph.evaluation.matching import words
from strategraph.extraction.citations import find_cited
from strategraph.model import Instrument, passage
from strategraph.model.identifiers import Namer, without_accents
from strategraph.reading import read
from strategraph.resolution.instruments import resolve_instruments

SHARED = Path(__file__).parents[2] / ".." / "shared"
BASE = "https://w3id.org/strategraph/id/"
PLAN = f"{BASE}plan/p"
PP = "itu-plenipotentiary-conference"
BODY_OF_SECTION = {
    "UNGA resolution": {"united-nations-general-assembly"},
    "Council resolution": {"itu-council"},
    "Council decision": {"itu-council"},
    "Recommendation ITU-x": {"itu-t"},
    "Article of Const/Conv": {"itu"},
    "Decision w/ Rev.": {PP},
    "Opinion": {"world-telecommunication-ict-policy-forum"},
    "ECOSOC": {"united-nations-economic-and-social-council"},
    "HRC": {"united-nations-human-rights-council"},
}
BODY_OF_PLACE = {
    ("Hammamet", 2016): "world-telecommunication-standardization-assembly",
    ("Dubai", 2012): "world-telecommunication-standardization-assembly",
    ("Dubai", 2014): "world-telecommunication-development-conference",
    ("Buenos Aires", 2017): "world-telecommunication-development-conference",
    ("Hyderabad", 2010): "world-telecommunication-development-conference",
    ("Doha", 2006): "world-telecommunication-development-conference",
    ("Istanbul", 2002): "world-telecommunication-development-conference",
    ("Valletta", 1998): "world-telecommunication-development-conference",
    ("Kyoto", 1994): PP,
    ("Marrakesh", 2002): PP,
    ("Antalya", 2006): PP,
    ("Guadalajara", 2010): PP,
    ("Busan", 2014): PP,
    ("Dubai", 2018): PP,
}


@pytest.mark.shared
def test_every_form_of_pp18_parses_to_body_number_and_revision() -> None:
    path = SHARED / "plans" / "itu-pp18-citation-forms.txt"
    if not path.is_file():
        pytest.skip("the list of forms is not beside the checkout")
    section, forms = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line.strip():
            forms.append((section, line.split("\t")[1]))
    assert len(forms) > 150
    text = "\n\n".join(form for _, form in forms)
    passages, start = [], 0
    for _, form in forms:
        passages.append(passage(text, [(start, start + len(form))]))
        start += len(form) + 2
    found = find_cited(passages)[0]
    resolved = resolve_instruments(found, Namer(), PLAN, None)
    right: Counter[str] = Counter()
    for (section, form), place in zip(forms, passages, strict=True):
        mentions = [
            (one, iri)
            for one, iri in zip(found, resolved.iris, strict=True)
            if place.span().contains(one.support.span)
        ]
        assert mentions, form
        for mention, iri in mentions:
            assert mention.surface == form
            assert iri is not None, form
            body = iri.removeprefix(f"{BASE}instrument/").partition("/")[0]
            held = (mention.revision_place or "", mention.revision_year or 0)
            expected = BODY_OF_SECTION.get(section) or {BODY_OF_PLACE.get(held, "itu-council")}
            assert body in expected, form
            if section != "list form":
                assert mention.revised == ("Rev." in form or "last" in form), form
            if mention.number:
                assert mention.number in form
                assert f"/{mention.number.replace('/', '-').replace('.', '-').casefold()}" in iri
            if mention.revised:
                assert f"/rev/{'-'.join(str(h) for h in held if h).replace(' ', '-').casefold()}" in iri
        right[section] += 1
    assert right.total() == len(forms)
    assert set(right) == {"PP/WTSA/WTDC resolution w/ Rev.", "list form", *BODY_OF_SECTION}


@pytest.mark.shared
def test_the_instruments_of_the_gold_files() -> None:
    """F1 over all annotated texts, as the contract scores instruments, and adoption exactly."""
    gold_files = sorted((SHARED / "gold").glob("*.gold.json"))
    if not gold_files:
        pytest.skip("the gold files are not beside the checkout")
    hits = made = wanted = 0
    for path in gold_files:
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["document"].endswith(".pdf"):
            continue
        document = read(SHARED / "plans" / gold["document"])
        found = find_cited([block.passage for block in document.blocks])[0]
        resolved = resolve_instruments(found, Namer(), PLAN, "itu" if "itu" in path.name else None)
        cited = [one for one in resolved.instruments if one.iri in set(resolved.iris)]
        adopting = {iri for one, iri in zip(found, resolved.iris, strict=True) if one.role == "adoptedBy"}
        matched = {}
        for entry in gold["instruments"]:
            match = next((one for one in cited if one.iri not in matched and is_same(entry, one)), None)
            if match is not None:
                matched[match.iri] = entry["relation"]
        assert adopting == {iri for iri, relation in matched.items() if relation == "adoptedBy"}, path.name
        hits, made, wanted = hits + len(matched), made + len(cited), wanted + len(gold["instruments"])
    assert 2 * hits / (made + wanted) >= 0.95


def is_same(entry: dict[str, str | int | None], one: Instrument) -> bool:
    place = without_accents(str(entry["revision_place"] or "")).casefold()
    if entry["type"] != one.kind or place != without_accents(one.revision_place or "").casefold():
        return False
    if entry["revision_year"] != one.revision_year:
        return False
    if entry["number"]:
        return words(str(entry["number"])) == words(one.number)
    return words(str(entry["surface"])) in [words(name) for name in (one.label, *one.alternatives)]
