"""What indicators of a StratML file measure: targets, actual results and baselines, by measurement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal

from strategraph.model import Passage, Record, Support
from strategraph.model.short_texts import whole_words
from strategraph.reading.stratml.ledger import MARK, Home, Ledger, support_of
from strategraph.reading.stratml.people import tell_part
from strategraph.reading.stratml.tree import StratmlNode

RESULTS = {"TargetResult": "target", "ActualResult": "actual", "Baseline": "baseline"}
_OF_RESULT = {
    "StartDate": "periodStart", "EndDate": "periodEnd", "Period": "periodEnd", "Description": "statement",
    "DescriptorName": "descriptorName", "DescriptorValue": "descriptorValue",
}  # fmt: skip
_NAMING = (
    "descriptorName",
    "descriptorValue",
    "periodEnd",
    "periodStart",
)  # one that has no number and no words
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")


def tell_measurement(ledger: Ledger, node: StratmlNode, home: Home, number: int) -> bool:
    """Add the results of a measurement, and tell whether there was one.

    What is said of all of them is said of each.
    """
    if node.name in RESULTS:
        return _tell_result(ledger, node, home, number, ())
    shared = [part for part in node.parts if part.name in _OF_RESULT]
    results = [part for part in node.parts if part.name in RESULTS]
    if node.blank or not results:
        if node.blank:
            ledger.skip(node)
        else:
            ledger.other(node, home)
        return False
    found = False
    for part in node.parts:
        if part.name in RESULTS:
            given = {each.name for each in part.parts}
            apart = [one for one in shared if one.name not in given]
            found |= _tell_result(ledger, part, home, number, apart)
        elif part.name not in _OF_RESULT:
            tell_part(ledger, part, home)
    return found


def _tell_result(
    ledger: Ledger, node: StratmlNode, home: Home, number: int, shared: Iterable[StratmlNode]
) -> bool:
    leaves = [*shared, *(leaf for part in node.parts for leaf in part.words())]
    if not leaves:
        ledger.skip(node)
        return False
    if any(leaf.name == "DescriptorName" and leaf.text == MARK for leaf in leaves):
        ledger.repeating += 1
        return False
    before = len(ledger.text.blocks)
    facts = [("result", RESULTS[node.name]), ("measurement", str(number))]
    taken: set[str] = set()
    other: list[Passage] = []
    for leaf in leaves:
        name, value = _OF_RESULT.get(leaf.name, ""), leaf.text
        if (leaf.name == "NumberOfUnits" or not leaf.written) and _NUMBER.fullmatch(value):
            name, value = "value", _plain(value)
        if name in taken:
            name = ""
        passage = ledger.text.put(
            leaf,
            "datum" if name and name != "statement" else "paragraph",
            after="\n\n" if len(ledger.text.blocks) == before else " | ",
        )
        if passage is None:
            continue
        if name:
            taken.add(name)
            facts.append((name, value if name == "value" else passage.text))
            continue
        other.append(passage)
        if not leaf.name:
            ledger.unknown[leaf.written] += 1
    span = ledger.text.since(before)
    if span is None:
        ledger.skip(node)
        return False
    said = dict(facts)
    words = [said[name] for name in ("value", "statement") if name in said] or [
        *(passage.text for passage in other),
        *(said[name] for name in _NAMING if name in said),
    ][:1]
    # a period that it shares with others stands outside of it
    support = Support(span, "stratml:result", path="" if shared else node.path)
    label = whole_words(" ".join(words))
    one = ledger.record(Record("hasMeasure", label, support, "Measure", home.section, facts=tuple(facts)))
    for passage in other:
        ledger.record(
            Record("otherInformation", passage.text, support_of(passage, "field"), record=one.record)
        )
    return True


def _plain(number: str) -> str:
    """Return a canonical xsd:decimal.

    >>> _plain("1,500.50")
    '1500.5'
    """
    digits = number.replace(",", "")
    return format(Decimal(digits).normalize(Context(prec=len(digits))), "f")
