"""From the nodes of a StratML file to its text and what it states: plan, elements, what they measure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Context, Decimal
from itertools import islice

from strategraph.model import Passage, Profile, Reading, Record, Section, Stated, StatedAct, Support
from strategraph.model.identifiers import is_language_tag, is_slug, slug
from strategraph.model.text import whole_words
from strategraph.reading.content import Content
from strategraph.reading.stratml.ledger import (
    MARK,
    Home,
    Ledger,
    first,
    support_of,
    tell_organization,
    tell_part,
    tell_person,
)
from strategraph.reading.stratml.tree import StratmlNode, counted, names

RESULTS = {"TargetResult": "target", "ActualResult": "actual", "Baseline": "baseline"}
_OF_RESULT = {
    "StartDate": "periodStart", "EndDate": "periodEnd", "Period": "periodEnd", "Description": "statement",
    "DescriptorName": "descriptorName", "DescriptorValue": "descriptorValue",
}  # fmt: skip
_NAMING = ("descriptorName", "descriptorValue", "periodEnd", "periodStart")  # without number and words
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_YEAR = re.compile(r"(\d{4})(?!\d)")
_STATED = {"ValueChainStage": "valueChainStage", "PerformanceIndicatorType": "indicatorType",
           "UnitOfMeasurement": "unitText"}  # fmt: skip
_DATES = {"StartDate": "start", "EndDate": "end"}
_OF_PLAN = {**_DATES, "PublicationDate": "issued", "Source": "publishedAt"}
_DEEPEST_HEADING = 6


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


def state(root: StratmlNode, mended: Iterable[str]) -> Content:
    """Return the text made of a file and what it states; ``mended`` and what is empty are in ``left_out``."""
    return _Stating(root).content(tuple(mended))


class _Stating:
    """Walks a file once, in the order in which it is to be read."""

    def __init__(self, root: StratmlNode) -> None:
        self._root = root
        self._ledger = Ledger()
        self._years: dict[str, Reading] = {}
        self._told: set[tuple[int, str]] = set()  # the literals of each section that there is one of
        self._purposes: dict[int, list[int]] = {}  # of each section, by their places among the acts

    def content(self, mended: tuple[str, ...]) -> Content:
        """Return everything, walked."""
        root, marks = self._root, self._root.marks
        title = self._plan(root)
        sections = tuple(section for section in self._ledger.sections if section is not None)
        profile = Profile(
            title=Reading(title.text, support_of(title, "name")) if title else None,
            owner=self._ledger.owner,
            start=self._years.get("start"),
            end=self._years.get("end"),
        )
        told = (*mended, *self._ledger.told())
        own = next((r.value for r in self._ledger.records if r.link == "identifier" and _of_plan(r)), "")
        name = marks.get("plan", "")
        stated = Stated(
            sections,
            replace(profile, notes=told),
            tuple(self._ledger.records),
            tuple(self._ledger.acts) if marks.get("acts") else None,
            tuple(self._ledger.citations),
            name if is_slug(name) else slug(own) if own else "",
            hashlib.sha256(
                (self._ledger.identifier or _said(sections) or str(self._ledger.text)).encode()
            ).hexdigest(),
            marks["language"] if is_language_tag(marks.get("language", "")) else None,
        )
        declared = next((part.text for part in root.all("Language") if part.text), "")
        metadata = (("language", declared),) if declared else ()
        return Content(str(self._ledger.text), tuple(self._ledger.text.blocks), metadata, told, stated)

    # -- The plan

    def _plan(self, root: StratmlNode) -> Passage | None:
        """Add the plan and all that is in it; return its title."""
        home = Home()
        fields = first(root, "Name", "Description")
        title = self._ledger.text.put(fields.get("Name"), "heading", level=1)
        types = list(root.all("Type"))
        wished = types[:1] if "type" in root.marks else []  # by the schema alone
        for kind in types[len(wished) :][:1]:
            fields["Type"] = kind
            self._ledger.literal(kind, "documentType", home, "datum")
        self._ledger.literal(fields.get("Description"), "description", home)
        owners, told = 0, set[str]()
        for part in root.besides([*fields.values(), *wished, *root.all("Language")]):
            if part.name == "Organization":
                owners += tell_organization(self._ledger, part, home, owns=not owners)
            elif part.name == "Citation" and (words := self._ledger.text.put(part)):
                self._ledger.citations.append((words.span(), part.marks.get("relation", "cites")))
            elif part.name == "Submitter":
                tell_person(self._ledger, part)
            elif part.name in _OF_PLAN and part.text and part.name not in told:
                told.add(part.name)
                if part.name in _DATES:
                    self._date(part, _DATES[part.name])
                else:
                    self._ledger.literal(part, _OF_PLAN[part.name], home, "datum")
            else:
                self._part(part, home, None, 1)
        return title

    def _date(self, node: StratmlNode, which: str) -> None:
        passage = self._ledger.text.put(node, "datum")
        if passage is None:
            return
        year = _YEAR.match(passage.text)
        if year:
            self._years[which] = Reading(year[1], support_of(passage, "period"))
        if which not in self._root.marks.get("years", ""):
            self._ledger.record(Record(f"{which}Date", passage.text, support_of(passage, "period")))

    # -- Elements

    def _part(self, node: StratmlNode, home: Home, section: int | None, depth: int) -> None:
        """Add what is in the plan or an element, whatever it is."""
        if node.marks.get("repeats") and node.name != "Stakeholder":
            self._ledger.repeating += 1
        elif node.name in names().kinds:
            self._element(node, section, depth)
        elif node.name in ("Commitment", "Purpose") and section is not None and first(node, "Verb"):
            self._act(node, section)
        elif node.name in _STATED and section is not None and (section, node.name) not in self._told:
            if node.text:
                self._told.add((section, node.name))
            self._ledger.literal(node, _STATED[node.name], home, "datum")
        else:
            tell_part(self._ledger, node, home)

    def _element(self, node: StratmlNode, parent: int | None, depth: int) -> None:
        if node.blank:
            self._ledger.skip(node)
            return
        index = len(self._ledger.sections)
        self._ledger.sections.append(None)  # parents stand before children
        first_record = len(self._ledger.records)
        language, before = self._ledger.text.language, len(self._ledger.text.blocks)
        self._ledger.text.language = node.marks.get("language", language)
        fields = first(node, "SequenceIndicator", "MeasurementDimension", "Name", "Description")
        if "MeasurementDimension" in fields:
            fields.pop("Name", None)
        number = self._ledger.text.put(fields.get("SequenceIndicator"), "datum")
        heading = fields.get("MeasurementDimension") or fields.get("Name")
        title = self._ledger.text.put(
            heading, "heading", level=min(depth + 1, _DEEPEST_HEADING), after=" " if number else "\n\n"
        )
        self._ledger.text.language = node.marks.get("statement-language", self._ledger.text.language)
        statement = self._ledger.text.put(fields.get("Description"))
        self._ledger.text.language = language
        own = self._ledger.text.since(before)
        home = Home(section=index)
        for part in node.all("Identifier"):
            self._ledger.literal(part, "identifier", home, "datum")
        own = own or self._ledger.text.since(before)
        measurements = 0
        for part in node.besides([*fields.values(), *node.all("Identifier")]):
            if part.name == "MeasurementInstance" or part.name in RESULTS:
                measurements += tell_measurement(self._ledger, part, home, measurements + 1)
            else:
                self._part(part, home, index, depth + 1)
        span = own or self._ledger.text.since(before)
        assert span is not None  # it is not blank
        own_records = islice(self._ledger.records, first_record, None)
        identifier = next(
            (r.value for r in own_records if r.section == index and r.link == "identifier"), None
        )
        kind = node.marks.get("kind") or names().kinds[node.name]
        self._ledger.sections[index] = Section(
            kind if kind in names().kinds.values() else names().kinds[node.name],
            number.text if number else None,
            title,
            statement,
            parent,
            (Support(span, "stratml:element", path=node.path),),
            identifier,
        )

    def _act(self, node: StratmlNode, section: int) -> None:
        """Add a commitment or purpose that our own export wrote down."""
        fields = first(node, "Verb", "Object")
        before = len(self._ledger.text.blocks)
        verb = self._ledger.text.put(fields.get("Verb"), "datum")
        object_ = self._ledger.text.put(fields.get("Object"), "datum", after=" ") or Passage("", ())
        span = self._ledger.text.since(before)
        assert verb is not None
        assert span is not None
        purposes = self._purposes.setdefault(section, [])
        numbers = [count for aim in node.all("AimsAt") if (count := counted(aim.text))]
        aims = tuple(purposes[number - 1] for number in numbers if number <= len(purposes))
        support = Support(span, "stratml:element")
        if node.name == "Purpose":
            purposes.append(len(self._ledger.acts))
        self._ledger.acts.append(StatedAct(node.name, section, verb.text, object_, support, aims))


def _of_plan(record: Record) -> bool:
    return record.section is None and record.record is None


def _said(sections: Iterable[Section]) -> str:
    return "\n".join(passage.text for section in sections for passage in section.passages)
