"""From the nodes of a StratML file to its text and what it states: elements, who, how much, by when."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from strategraph.identifiers import is_language_tag, slug
from strategraph.model import (
    OwnerReading,
    Passage,
    Profile,
    Reading,
    Record,
    Section,
    Span,
    Stated,
    StatedAct,
    Support,
)
from strategraph.reading.content import Content
from strategraph.reading.stratml.composed import Text
from strategraph.reading.stratml.names import names
from strategraph.reading.stratml.tree import FIELDS, Node

MARK = "strategraph"  # what our export writes where something only repeats what the texts say
_YEAR = re.compile(r"(\d{4})(?!\d)")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_MARKED = re.compile(rf"{MARK}: (addresses|involves|mentionsGroup|responsible)")
_RESULTS = {"TargetResult": "target", "ActualResult": "actual", "Baseline": "baseline"}
_STATED = {"StakeholderTypeType": "stakeholderType", "ValueChainStage": "valueChainStage",
           "PerformanceIndicatorType": "indicatorType", "UnitOfMeasurement": "unitText"}  # fmt: skip
_OF_PERSON = {
    "GivenName": "givenName", "Surname": "familyName", "PhoneNumber": "telephone", "EmailAddress": "email",
    "WebAddress": "url",
}  # fmt: skip
_OF_RESULT = {
    "StartDate": "periodStart", "EndDate": "periodEnd", "Period": "periodEnd", "DescriptorName": "descriptorName",
    "DescriptorValue": "descriptorValue", "Description": "statement",
}  # fmt: skip
_OF_RELATIONSHIP = {
    "RelationshipType": "relationshipType", "ReferentIdentifier": "referentIdentifier",
}  # fmt: skip


def state(root: Node, mended: Iterable[str]) -> Content:
    """Return the text made of a file and what it states; ``mended`` and what is empty are in ``left_out``."""
    return _Stating(root).content(tuple(mended))


class _Home:
    """What is being told of: the plan, a section, or a record."""

    def __init__(self, section: int | None = None, record: int | None = None) -> None:
        self.section, self.record = section, record


class _Stating:
    """Walks a file once, in the order in which it is to be read."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._text = Text()
        self._sections: list[Section | None] = []
        self._records: list[Record] = []
        self._acts: list[StatedAct] = []
        self._owner: OwnerReading | None = None
        self._years: dict[str, Reading] = {}
        self._empty: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()
        self._repeating = 0
        self._identifier = ""

    def content(self, mended: tuple[str, ...]) -> Content:
        """Return everything, walked."""
        root, marks = self._root, self._root.marks
        title = self._plan(root)
        sections = tuple(section for section in self._sections if section is not None)
        profile = Profile(
            title=Reading(title.text, _support(title, "name")) if title else None,
            owner=self._owner,
            start=self._years.get("start"),
            end=self._years.get("end"),
        )
        told = (*mended, *self._told())
        own = next((r.value for r in self._records if r.link == "identifier" and _of_plan(r)), "")
        name = marks.get("plan", "")
        stated = Stated(
            sections,
            replace(profile, notes=told),
            tuple(self._records),
            tuple(self._acts) if marks.get("acts") else None,
            name if name and slug(name) == name else slug(own) if own else "",
            hashlib.sha256((self._identifier or _said(sections)).encode()).hexdigest(),
            marks["language"] if is_language_tag(marks.get("language", "")) else None,
        )
        declared = next((part.text for part in root.all("Language") if part.text), "")
        metadata = (("language", declared),) if declared else ()
        return Content(str(self._text), tuple(self._text.blocks), metadata, told, stated)

    def _told(self) -> Iterator[str]:
        for name, count in self._empty.items():
            yield f"{count} <{name}> without a word" if count > 1 else f"a <{name}> without a word"
        for name, count in self._unknown.items():
            yield f"{count} <{name}> kept as other information"
        if self._repeating:
            yield f"{self._repeating} elements of our own export that repeat what the texts say"

    # -- The plan

    def _plan(self, root: Node) -> Passage | None:
        """Add the plan and all that is in it; return its title."""
        home = _Home()
        first = _first(root, "Name", "Type", "Description")
        title = self._text.put(first.get("Name"), "heading", level=1)
        if "type" not in root.marks:
            self._literal(first.get("Type"), "documentType", home, "datum")
        self._literal(first.get("Description"), "description", home)
        owners = 0
        for part in root.parts:
            if any(part is one for one in first.values()) or part.name == "Language":
                continue
            if part.name == "Organization":
                owners += self._organization(part, home, first=not owners)
            elif part.name == "Submitter":
                self._person(part)
            elif part.name in ("StartDate", "EndDate"):
                self._date(part, "start" if part.name == "StartDate" else "end")
            elif part.name == "PublicationDate":
                self._literal(part, "issued", home, "datum")
            elif part.name == "Source":
                self._literal(part, "publishedAt", home, "datum")
            else:
                self._part(part, home, None, 1)
        return title

    def _date(self, node: Node, which: str) -> None:
        passage = self._text.put(node, "datum")
        if passage is None:
            return
        year = _YEAR.match(passage.text)
        if year and which not in self._years:
            self._years[which] = Reading(year[1], _support(passage, "period"))
        if which not in self._root.marks.get("years", ""):
            self._record(Record(f"{which}Date", passage.text, _support(passage, "period")))

    def _organization(self, node: Node, home: _Home, *, first: bool) -> bool:
        """Add an organisation; tell whether there was one."""
        if node.blank:
            self._skip(node)
            return False
        fields = _first(node, "Name", "Acronym", "Description")
        name = self._text.put(fields.get("Name"), "paragraph")
        acronym = self._text.put(fields.get("Acronym"), "datum", after=" " if name else "\n\n")
        called = name or acronym
        if called is None:
            self._other(node, home)
            return False
        support = _support(called, "organization")
        if first:
            self._owner = OwnerReading(called.text, support, acronym.text if name and acronym else None)
        facts = (("acronym", acronym.text),) if name and acronym else ()
        one = self._record(Record("owner" if first else "coOwner", called.text, support, "Organization", facts=facts))
        self._literal(fields.get("Description"), "description", one)
        for part in node.parts:
            if not any(part is field for field in fields.values()):
                self._part(part, one, None, 1)
        return True

    def _person(self, node: Node) -> None:
        if node.blank:
            self._skip(node)
            return
        before = len(self._text.blocks)
        facts: list[tuple[str, str]] = []
        rest: list[Node] = []
        for part in node.parts:
            known = _OF_PERSON.get(part.name)
            passage = self._text.put(part, "datum", after="\n") if known else None
            if known and passage:
                facts.append((known, passage.text))
            elif not known:
                rest.append(part)
        span = self._text.since(before)
        label = " ".join(value for name, value in facts if name in ("givenName", "familyName")) or next(
            (value for _, value in facts), ""
        )
        if span is None:
            for part in rest:
                self._part(part, _Home(), None, 1)
            return
        one = self._record(Record("submitter", label, Support(span, "stratml:person"), "Person", facts=tuple(facts)))
        for part in rest:
            self._part(part, one, None, 1)

    # -- Elements

    def _part(self, node: Node, home: _Home, section: int | None, depth: int) -> None:
        """Add what is in the plan, an element or a record, whatever it is."""
        if node.marks.get("repeats"):
            self._repeating += 1
        elif node.name in names().kinds:
            self._element(node, section, depth)
        elif node.name in ("Commitment", "Purpose") and section is not None:
            self._act(node, section)
        elif node.name == "Stakeholder":
            self._stakeholder(node, home)
        elif node.name == "Relationship":
            self._relationship(node, home)
        elif node.name == "Identifier":
            self._literal(node, "identifier", home, "datum")
        elif node.name == "OtherInformation":
            if node.parts:
                self._other(node, home)
            else:
                self._literal(node, "otherInformation", home)
        elif node.name in _STATED:
            self._literal(node, _STATED[node.name], home, "datum")
        elif node.blank and not node.text:
            if node.name not in FIELDS:
                self._skip(node)
        else:
            self._other(node, home)

    def _element(self, node: Node, parent: int | None, depth: int) -> None:
        if node.blank:
            self._skip(node)
            return
        index = len(self._sections)
        self._sections.append(None)  # parents stand before children
        language, before = self._text.language, len(self._text.blocks)
        self._text.language = node.marks.get("language", language)
        fields = _first(node, "SequenceIndicator", "MeasurementDimension", "Name", "Description")
        if "MeasurementDimension" in fields:
            fields.pop("Name", None)
        number = self._text.put(fields.get("SequenceIndicator"), "datum")
        heading = fields.get("MeasurementDimension") or fields.get("Name")
        title = self._text.put(heading, "heading", level=min(depth + 1, 6), after=" " if number else "\n\n")
        self._text.language = node.marks.get("statement-language", self._text.language)
        statement = self._text.put(fields.get("Description"))
        self._text.language = language
        own = self._text.since(before)
        home = _Home(section=index)
        for part in node.parts:
            if part.name == "Identifier":
                self._literal(part, "identifier", home, "datum")
        own = own or self._text.since(before)
        instances = 0
        for part in node.parts:
            if part.name == "Identifier" or any(part is field for field in fields.values()):
                continue
            if part.name == "MeasurementInstance" or part.name in _RESULTS:
                instances += 1
                self._instance(part, home, instances)
            else:
                self._part(part, home, index, depth + 1)
        span = own or self._text.since(before)
        assert span is not None  # it is not blank
        identifier = next(
            (r.value for r in self._records if r.section == index and r.link == "identifier"), None
        )
        kind = node.marks.get("kind") or names().kinds[node.name]
        self._sections[index] = Section(
            kind if kind in names().kinds.values() else names().kinds[node.name],
            number.text if number else None,
            title,
            statement,
            parent,
            (Support(span, "stratml:element", path=node.path),),
            identifier,
        )

    def _act(self, node: Node, section: int) -> None:
        """Add a commitment or purpose that our own export wrote down."""
        fields = _first(node, "Verb", "Object")
        before = len(self._text.blocks)
        verb = self._text.put(fields.get("Verb"), "datum")
        object_ = self._text.put(fields.get("Object"), "datum", after=" ") or Passage("", ())
        span = self._text.since(before)
        if verb is not None and span is not None:
            purposes = [i for i, act in enumerate(self._acts) if (act.kind, act.section) == ("Purpose", section)]
            numbers = [int(aim.text) for aim in node.all("AimsAt") if aim.text.isdecimal()]
            aims = tuple(purposes[number - 1] for number in numbers if 0 < number <= len(purposes))
            support = Support(span, "stratml:element")
            self._acts.append(StatedAct(node.name, section, verb.text, object_, support, aims))

    # -- Who

    def _stakeholder(self, node: Node, home: _Home) -> None:
        roles = [role for role in node.all("Role") if not role.blank or any(role.all("RoleType"))]
        if node.blank and not any(role.text for one in roles for role in one.words()):
            self._skip(node)
            return
        fields = _first(node, "Name", "Description", "StakeholderTypeType")
        description = fields.get("Description")
        marked = _MARKED.fullmatch(description.text) if description else None
        if marked:
            name = self._text.put(fields.get("Name"))
            if name and home.section is not None:
                kind = "Organization" if marked[1] == "responsible" else "TargetGroup"
                self._record(Record(marked[1], name.text, _support(name, "group"), kind, home.section))
            self._repeating += 1
            return
        before, one = len(self._text.blocks), self._reserved()
        name = self._text.put(fields.get("Name"))
        kind = self._text.put(fields.get("StakeholderTypeType"), "datum", after="\n" if name else "\n\n")
        self._literal(description, "description", one)
        for part in node.parts:
            if part.name == "Role":
                self._role(part, one)
            elif not any(part is field for field in fields.values()):
                self._part(part, one, None, 1)
        span = self._text.since(before)
        assert span is not None
        facts = (("stakeholderType", kind.text),) if kind else ()
        if name is None:  # said of nobody by name
            label = next(b.passage.text for b in self._text.blocks[before:] if b.kind != "datum")
            support = Support(span, "stratml:unnamed")
        else:
            label, support = name.text, _support(name, "stakeholder")
        self._fill(one, Record("hasStakeholder", label, support, "Stakeholder", home.section, home.record, facts))

    def _role(self, node: Node, home: _Home) -> None:
        types = [part for part in node.all("RoleType") if part.text]
        if node.blank and not types:
            self._skip(node)
            return
        fields = _first(node, "Name", "Description")
        before = len(self._text.blocks)
        name = self._text.put(fields.get("Name"))
        said = [self._text.put(part, "datum", after="\n") for part in types]
        description = fields.get("Description")
        if name is None and not said:
            name, description = self._text.put(description), None
        span = self._text.since(before)
        if span is None:
            return
        facts = tuple(("roleType", passage.text) for passage in said if passage)
        label = name.text if name else facts[0][1]
        one = self._record(Record("hasRole", label, Support(span, "stratml:role"), "Role", record=home.record, facts=facts))
        self._literal(description, "description", one)
        for part in node.parts:
            if part.name != "RoleType" and not any(part is field for field in fields.values()):
                self._part(part, one, None, 1)

    # -- How much

    def _instance(self, node: Node, home: _Home, number: int) -> None:
        """Add the results of a measurement; what is said of all of them is said of each."""
        if node.name in _RESULTS:
            self._result(node, home, number, ())
            return
        shared = [part for part in node.parts if part.name in _OF_RESULT]
        results = [part for part in node.parts if part.name in _RESULTS]
        if node.blank or not results:
            if node.blank:
                self._skip(node)
            else:
                self._other(node, home)
            return
        for part in node.parts:
            if part.name in _RESULTS:
                given = {each.name for each in part.parts}
                self._result(part, home, number, [one for one in shared if one.name not in given])
            elif part.name not in _OF_RESULT:
                self._part(part, home, None, 1)

    def _result(self, node: Node, home: _Home, number: int, shared: Iterable[Node]) -> None:
        leaves = [*shared, *(leaf for part in node.parts for leaf in part.words())]
        if not leaves:
            self._skip(node)
            return
        if any(leaf.name == "DescriptorName" and leaf.text == MARK for leaf in leaves):
            self._repeating += 1
            return
        before = len(self._text.blocks)
        facts = [("result", _RESULTS[node.name]), ("measurement", str(number))]
        taken: set[str] = set()
        for leaf in leaves:
            prose = leaf.name in ("Description", "OtherInformation", "")
            passage = self._text.put(leaf, "paragraph" if prose else "datum", after="\n\n" if len(self._text.blocks) == before else " | ")
            if passage is None:
                continue
            name = _OF_RESULT.get(leaf.name, "")
            if leaf.name == "NumberOfUnits" and "value" not in taken and _NUMBER.fullmatch(passage.text):
                name, value = "value", passage.text.replace(",", "")
            elif not name or name in taken or leaf.name == "NumberOfUnits":
                name, value = "otherInformation", passage.text
                if not leaf.name:
                    self._unknown[leaf.written] += 1
            else:
                value = passage.text
            taken.add(name)
            facts.append((name, value))
        span = self._text.since(before)
        if span is None:
            self._skip(node)
            return
        said = dict(facts)
        label = " ".join(said[name] for name in ("value", "statement") if name in said) or facts[-1][1]
        self._record(Record("hasMeasure", label, Support(span, "stratml:result"), "Measure", home.section, facts=tuple(facts)))

    def _relationship(self, node: Node, home: _Home) -> None:
        if node.blank:
            self._skip(node)
            return
        before, one = len(self._text.blocks), self._reserved()
        facts: list[tuple[str, str]] = []
        fields = _first(node, "Name", "Description")
        name = self._text.put(fields.get("Name"))
        self._literal(fields.get("Description"), "description", one)
        for part in node.parts:
            if link := _OF_RELATIONSHIP.get(part.name):
                if passage := self._text.put(part, "datum"):
                    facts.append((link, passage.text))
            elif not any(part is field for field in fields.values()):
                self._part(part, one, None, 1)
        span = self._text.since(before)
        assert span is not None
        label = name.text if name else facts[0][1] if facts else self._text.blocks[before].passage.text
        support = Support(span, "stratml:relationship")
        self._fill(one, Record("hasRelationship", label, support, "Relationship", home.section, home.record, tuple(facts)))

    # -- Literals

    def _literal(self, node: Node | None, link: str, home: _Home, kind: str = "paragraph") -> None:
        """Add the words of a node as a literal of what is told of."""
        passage = self._text.put(node, kind)
        if passage is None:
            return
        if link == "identifier" and not self._identifier:
            self._identifier = passage.text
        prose = passage if kind == "paragraph" else None
        self._record(
            Record(link, passage.text, _support(passage, "field"), "", home.section, home.record, passage=prose)
        )

    def _other(self, node: Node, home: _Home) -> None:
        """Add all words of what has no place of its own as other information."""
        words = " ".join(leaf.text for leaf in node.words())
        if node.name != "OtherInformation":
            self._unknown[node.written or node.name] += 1
        self._literal(Node("", node.written, words, node.path, node.line), "otherInformation", home)

    def _skip(self, node: Node) -> None:
        """Count an element without a word, and all such in it."""
        if node.name not in FIELDS and node.name != "Descriptor":
            self._empty[node.written] += 1
            for part in node.parts:
                self._skip(part)

    def _record(self, record: Record) -> _Home:
        self._records.append(record)
        return _Home(record=len(self._records) - 1)

    def _reserved(self) -> _Home:
        """Return the place of a record to be filled when all that is in it has been added."""
        return self._record(Record("", "", Support(Span(0, 1), "stratml:field")))

    def _fill(self, place: _Home, record: Record) -> None:
        assert place.record is not None
        self._records[place.record] = record


def _first(node: Node, *wanted: str) -> dict[str, Node]:
    """Return the first part with words of each of some names."""
    found: dict[str, Node] = {}
    for part in node.parts:
        if part.name in wanted and part.name not in found and part.text.strip():
            found[part.name] = part
    return found


def _support(passage: Passage, rule: str) -> Support:
    return Support(passage.span(), f"stratml:{rule}")


def _of_plan(record: Record) -> bool:
    return record.section is None and record.record is None


def _said(sections: Iterable[Section]) -> str:
    return "\n".join(passage.text for section in sections for passage in section.passages)
