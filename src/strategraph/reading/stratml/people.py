"""Who has to do with a plan, by its StratML file: organisations, submitters, stakeholders and their roles."""

from __future__ import annotations

import re

from strategraph.model import OwnerReading, Record, Support
from strategraph.reading.stratml.ledger import MARK, Home, Ledger, first, support_of
from strategraph.reading.stratml.tree import FIELDS, StratmlNode

_MARKED = re.compile(rf"{MARK}: (addresses|involves|mentionsGroup|responsible)")
_ROLE_TYPES = frozenset(("Performer", "Beneficiary"))
_OF_PERSON = {
    "GivenName": "givenName", "Surname": "familyName", "PhoneNumber": "telephone", "EmailAddress": "email",
    "WebAddress": "url",
}  # fmt: skip
_OF_RELATIONSHIP = {"RelationshipType": "relationshipType", "ReferentIdentifier": "referentIdentifier"}


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
