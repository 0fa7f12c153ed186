"""What is taken down while a StratML file is walked: its text, what it states, what is empty or unknown.

That is also who has to do with the plan: organisations, submitters, stakeholders and their roles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from strategraph.model import Block, OwnerReading, Passage, Record, Section, Span, StatedAct, Support
from strategraph.model.text import whole_words
from strategraph.reading.stratml.tree import FIELDS, StratmlNode

_PARTS = ("hasStakeholder", "hasRole", "hasRelationship")
MARK = "strategraph"  # what our export writes where something only repeats what the texts say
_MARKED = re.compile(rf"{MARK}: (addresses|involves|mentionsGroup|responsible)")
_ROLE_TYPES = frozenset(("Performer", "Beneficiary"))
_OF_PERSON = {
    "GivenName": "givenName", "Surname": "familyName", "PhoneNumber": "telephone", "EmailAddress": "email",
    "WebAddress": "url",
}  # fmt: skip
_OF_RELATIONSHIP = {"RelationshipType": "relationshipType", "ReferentIdentifier": "referentIdentifier"}


@dataclass(slots=True)
class Text:
    """A text while it is made; ``offset`` is its length, ``language`` that of the blocks to come."""

    blocks: list[Block] = field(default_factory=list)
    offset: int = 0
    language: str | None = None
    _parts: list[str] = field(default_factory=list)

    def put(
        self, node: StratmlNode | None, kind: str = "paragraph", *, level: int = 0, after: str = "\n\n"
    ) -> Passage | None:
        """Add the words of a node and return the passage that reads them.

        ``after`` is what parts them from the words before. A node without words, or None, adds nothing.
        """
        if node is None or not node.text:
            return None
        words = node.text
        lead = after if self.blocks else ""
        self._parts += [lead, words]
        passage = Passage(words, ((0, self.offset + len(lead)),))
        self.offset += len(lead) + len(words)
        language = node.marks.get("language") or self.language
        self.blocks.append(Block(kind, passage, level=level, language=language, path=node.path))
        return passage

    def since(self, blocks: int) -> Span | None:
        """Return the span from the first block after so many to the end; None if there is none."""
        if blocks >= len(self.blocks):
            return None
        return Span(self.blocks[blocks].span.start, self.offset)

    def __str__(self) -> str:
        return "".join(self._parts)


@dataclass(frozen=True, slots=True)
class Home:
    """What is being told of: a section or a record, by position, or the plan."""

    section: int | None = None
    record: int | None = None


@dataclass(slots=True)
class Ledger:
    """Everything that is known so far; a section is None until all in it has been walked."""

    text: Text = field(default_factory=Text)
    sections: list[Section | None] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    acts: list[StatedAct] = field(default_factory=list)
    citations: list[tuple[Span, str]] = field(default_factory=list)
    owner: OwnerReading | None = None
    identifier: str = ""  # the first in the file
    empty: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    repeating: int = 0

    def told(self) -> Iterator[str]:
        """Yield what was skipped, and what was kept as other information, in a few words each."""
        for name, count in self.empty.items():
            yield f"{count} <{name}> without a word" if count > 1 else f"a <{name}> without a word"
        for name, count in self.unknown.items():
            yield f"{count} <{name}> kept as other information"
        if self.repeating:
            yield f"{self.repeating} elements of our own export that repeat what the texts say"

    def literal(self, node: StratmlNode | None, link: str, home: Home, kind: str = "paragraph") -> None:
        """Add the words of a node as a literal of what is told of."""
        passage = self.text.put(node, kind)
        if passage is None:
            return
        if link == "identifier" and not self.identifier:
            self.identifier = passage.text
        prose = passage if kind == "paragraph" else None
        support = support_of(passage, "field")
        self.record(Record(link, passage.text, support, "", home.section, home.record, passage=prose))

    def other(self, node: StratmlNode, home: Home) -> None:
        """Add all words of what has no place of its own as other information."""
        words = " ".join(leaf.text for leaf in node.words())
        if node.name != "OtherInformation":
            self.unknown[node.written or node.name] += 1
        self.literal(StratmlNode("", node.written, words, node.path), "otherInformation", home)

    def skip(self, node: StratmlNode) -> None:
        """Count an element without a word, and all such in it."""
        if node.name not in FIELDS and node.name != "Descriptor":
            self.empty[node.written] += 1
            for part in node.parts:
                self.skip(part)

    def record(self, record: Record) -> Home:
        """Add a record; return it as what is told of."""
        self.records.append(record)
        return Home(record=len(self.records) - 1)

    def called(self, place: Home, facts: Sequence[tuple[str, str]]) -> str:
        """Return what something without a name is called, all that is in it having been added.

        It is called by its prose, else by its facts, its literals, its parts, and of several by the first.
        """
        assert place.record is not None
        after = islice(self.records, place.record + 1, None)
        within = [record for record in after if record.record == place.record]
        prose = (record.value for record in within if record.link in ("description", "otherInformation"))
        literals = (record.value for record in within if not record.kind)
        parts = (record.value for link in _PARTS for record in within if record.link == link)
        return whole_words(next(chain(prose, (value for _, value in facts), literals, parts)))

    def reserved(self) -> Home:
        """Return the place of a record to be filled when all that is in it has been added."""
        return self.record(Record("", "", Support(Span(0, 1), "stratml:field")))

    def fill(self, place: Home, record: Record) -> None:
        """Put a record into the place reserved for it."""
        assert place.record is not None
        self.records[place.record] = record


def first(node: StratmlNode, *wanted: str) -> dict[str, StratmlNode]:
    """Return the first part with words of each of some names."""
    found: dict[str, StratmlNode] = {}
    for part in node.parts:
        if part.name in wanted and part.name not in found and part.text.strip():
            found[part.name] = part
    return found


def support_of(passage: Passage, rule: str) -> Support:
    """Return the words of a passage as the support of a fact, by a rule of StratML."""
    return Support(passage.span(), f"stratml:{rule}")


def tell_part(ledger: Ledger, node: StratmlNode, home: Home) -> None:
    """Add what anything can hold: who has a stake, relationships, identifiers, other information.

    What has no place of its own is kept as other information.
    """
    if node.name == "Stakeholder":
        tell_stakeholder(ledger, node, home)
    elif node.name == "Relationship":
        tell_relationship(ledger, node, home)
    elif node.name == "Identifier":
        ledger.literal(node, "identifier", home, "datum")
    elif node.name == "OtherInformation" and not node.parts:
        ledger.literal(node, "otherInformation", home)
    elif node.blank and not node.text:
        if node.name not in FIELDS:
            ledger.skip(node)
    else:
        ledger.other(node, home)


def tell_organization(ledger: Ledger, node: StratmlNode, home: Home, *, owns: bool) -> bool:
    """Add an organisation; tell whether there was one."""
    if node.blank:
        ledger.skip(node)
        return False
    fields = first(node, "Name", "Acronym", "Description")
    name = ledger.text.put(fields.get("Name"), "paragraph")
    acronym = ledger.text.put(fields.get("Acronym"), "datum", after=" " if name else "\n\n")
    called = name or acronym
    if called is None:
        ledger.other(node, home)
        return False
    support = support_of(called, "organization")
    if owns:
        ledger.owner = OwnerReading(called.text, support, acronym.text if name and acronym else None)
    facts = (("acronym", acronym.text),) if name and acronym else ()
    one = ledger.record(
        Record("owner" if owns else "coOwner", called.text, support, "Organization", facts=facts)
    )
    ledger.literal(fields.get("Description"), "description", one)
    for part in node.besides(fields.values()):
        tell_part(ledger, part, one)
    return True


def tell_person(ledger: Ledger, node: StratmlNode) -> None:
    """Add who submitted the plan."""
    if node.blank:
        ledger.skip(node)
        return
    before = len(ledger.text.blocks)
    facts: list[tuple[str, str]] = []
    rest: list[StratmlNode] = []
    for part in node.parts:
        known = _OF_PERSON.get(part.name)
        known = None if any(name == known for name, _ in facts) else known
        after = "\n" if facts else "\n\n"
        passage = ledger.text.put(part, "datum", after=after) if known else None
        if known and passage:
            facts.append((known, passage.text))
        elif not known:
            rest.append(part)
    span = ledger.text.since(before)
    label = " ".join(value for name, value in facts if name in ("givenName", "familyName")) or next(
        (value for _, value in facts), ""
    )
    if span is None:
        for part in rest:
            tell_part(ledger, part, Home())
        return
    one = ledger.record(
        Record("submitter", label, Support(span, "stratml:person"), "Person", facts=tuple(facts))
    )
    for part in rest:
        tell_part(ledger, part, one)


def tell_stakeholder(ledger: Ledger, node: StratmlNode, home: Home) -> None:
    """Add a stakeholder of an element, organisation or plan."""
    roles = [role for role in node.all("Role") if not role.blank or any(role.all("RoleType"))]
    if node.blank and not any(role.text for one in roles for role in one.words()):
        ledger.skip(node)
        return
    fields = first(node, "Name", "Description", "StakeholderTypeType")
    description = fields.get("Description")
    marked = _MARKED.fullmatch(description.text) if description else None
    if marked:
        name = ledger.text.put(fields.get("Name"))
        if name and home.section is not None:
            class_ = "Organization" if marked[1] == "responsible" else "TargetGroup"
            ledger.record(Record(marked[1], name.text, support_of(name, "group"), class_, home.section))
        ledger.repeating += 1
        return
    before, one = len(ledger.text.blocks), ledger.reserved()
    name = ledger.text.put(fields.get("Name"))
    kind = ledger.text.put(fields.get("StakeholderTypeType"), "datum", after="\n" if name else "\n\n")
    ledger.literal(description, "description", one)
    for part in node.besides(fields.values()):
        tell = _tell_role if part.name == "Role" else tell_part
        tell(ledger, part, one)
    span = ledger.text.since(before)
    assert span is not None
    facts = (("stakeholderType", kind.text),) if kind else ()
    if name is None:  # said of nobody by name
        label, support = ledger.called(one, facts), Support(span, "stratml:unnamed")
    else:
        label, support = name.text, support_of(name, "stakeholder")
    ledger.fill(
        one, Record("hasStakeholder", label, support, "Stakeholder", home.section, home.record, facts)
    )


def _tell_role(ledger: Ledger, node: StratmlNode, home: Home) -> None:
    types = [part for part in node.all("RoleType") if part.text]
    if node.blank and not types:
        ledger.skip(node)
        return
    fields = first(node, "Name", "Description")
    before, one = len(ledger.text.blocks), ledger.reserved()
    name = ledger.text.put(fields.get("Name"))
    said = [passage for part in types if (passage := ledger.text.put(part, "datum", after="\n"))]
    description = fields.get("Description")
    if name is None and not said:
        name, description = ledger.text.put(description), None
    ledger.literal(description, "description", one)
    for part in node.besides([*fields.values(), *node.all("RoleType")]):
        tell_part(ledger, part, one)
    span = ledger.text.since(before)
    assert span is not None
    kinds = [passage.text for passage in said]
    if not kinds and name is not None and name.text in _ROLE_TYPES:
        kinds = [name.text]  # <Role>Performer</Role>
    facts = tuple(("roleType", kind) for kind in kinds)
    label = name.text if name else kinds[0] if kinds else ledger.called(one, facts)
    support = Support(span, "stratml:role")
    ledger.fill(one, Record("hasRole", label, support, "Role", record=home.record, facts=facts))


def tell_relationship(ledger: Ledger, node: StratmlNode, home: Home) -> None:
    """Add what is said of how something is related to something else."""
    if node.blank:
        ledger.skip(node)
        return
    before, one = len(ledger.text.blocks), ledger.reserved()
    facts: list[tuple[str, str]] = []
    fields = first(node, "Name", "Description")
    name = ledger.text.put(fields.get("Name"))
    ledger.literal(fields.get("Description"), "description", one)
    for part in node.besides(fields.values()):
        link = _OF_RELATIONSHIP.get(part.name)
        if link and not (link == "relationshipType" and any(name == link for name, _ in facts)):
            if passage := ledger.text.put(part, "datum"):
                facts.append((link, passage.text))
        else:
            tell_part(ledger, part, one)
    span = ledger.text.since(before)
    assert span is not None
    facts.sort(key=lambda fact: fact[0] != "relationshipType")
    label = name.text if name else facts[0][1] if facts else ledger.called(one, facts)
    support = Support(span, "stratml:relationship")
    ledger.fill(
        one,
        Record("hasRelationship", label, support, "Relationship", home.section, home.record, tuple(facts)),
    )
