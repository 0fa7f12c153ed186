"""StratML (ISO 17469-1): Part 1, or Part 2 where there are indicators or measures, valid against the schema.

graph ─telling→ a tree that says everything in StratML's names ─fitted→ the same within the schema

The schemas fix which elements stand in which, in which order, how often, and of which type. What does not fit
(deeper objectives, outputs, commitments) is kept whole in the nearest OtherInformation above it, in the same
names, as an element ``strategraph``; our reader puts it back where it belongs. A part that fits in part
stands in both places, and ``at`` says which one the whole replaces when it is read back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import BinaryIO

from lxml import etree
from rdflib import RDF, Graph

from strategraph.errors import UnusableInputError
from strategraph.export.stratml.telling import DOCUMENT_TYPES, MARK, Element, tell
from strategraph.rdf.namespace import SG

NAMESPACES = {
    1: "urn:ISO:std:iso:17469:tech:xsd:stratml_core",
    2: "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",
}
_MANY = "*"
_CORE = ("Organization", "Vision", "Mission", "Value", "Goal")
_ADMINISTRATIVE = ("Identifier", "StartDate", "EndDate", "PublicationDate", "Source")
_GOAL = "Name Description Identifier SequenceIndicator Stakeholder* OtherInformation"
# Of each element what it holds, in order; "*" where it may stand more than once.
_SCHEMAS: Mapping[int, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        part: {name: tuple(held.split()) for name, held in table.items()}
        for part, table in {
            1: {
                "StrategicPlan": "Name Description OtherInformation Organization* Vision Mission Value* "
                "Goal* StartDate EndDate PublicationDate Source Submitter",
                "Organization": "Name Acronym Identifier Description Stakeholder*",
                "Vision": "Description Identifier",
                "Mission": "Description Identifier",
                "Value": "Name Description",
                "Goal": f"{_GOAL} Objective*",
                "Objective": _GOAL,
                "Stakeholder": "Name Description",
                "Submitter": "GivenName Surname PhoneNumber EmailAddress",
            },
            2: {
                "StrategicPlan": "Name Description OtherInformation Organization* Vision Mission Value* "
                "Goal* Identifier StartDate EndDate PublicationDate Source Submitter",
                "Organization": "Name Acronym Identifier Description Stakeholder*",
                "Vision": "Description Identifier",
                "Mission": "Description Identifier",
                "Value": "Name Description",
                "Goal": f"{_GOAL} Objective*",
                "Objective": f"{_GOAL} PerformanceIndicator*",
                "Stakeholder": "Name Description Role*",
                "Role": "Name Description RoleType*",
                "PerformanceIndicator": "SequenceIndicator MeasurementDimension UnitOfMeasurement Identifier "
                "Relationship* MeasurementInstance* OtherInformation",
                "Relationship": "Identifier ReferentIdentifier* Name Description",
                "MeasurementInstance": "TargetResult* ActualResult*",
                "TargetResult": "StartDate EndDate NumberOfUnits Descriptor Description",
                "ActualResult": "StartDate EndDate NumberOfUnits Descriptor Description",
                "Descriptor": "DescriptorName DescriptorValue",
                "Submitter": "Identifier GivenName Surname PhoneNumber EmailAddress",
            },
        }.items()
    }
)
_REQUIRED = {
    "StrategicPlan": ("Name",), "Goal": ("Name", "Description"), "Stakeholder": ("Name",), "Role": ("Name",),
    "PerformanceIndicator": ("MeasurementDimension", "UnitOfMeasurement"),
}  # fmt: skip
_ATTRIBUTES = {
    ("Stakeholder", "StakeholderTypeType"): ("Person", "Organization", "Generic_Group"),
    ("PerformanceIndicator", "ValueChainStage"): (
        "Outcome", "Output_Processing", "Output", "Input_Processing", "Input"),
    ("PerformanceIndicator", "PerformanceIndicatorType"): ("Quantitative", "Qualitative"),
    ("Relationship", "RelationshipType"): ("Broader_Than", "Peer_To", "Narrower_Than"),
    ("StrategicPlan", "Type"): DOCUMENT_TYPES,
}  # fmt: skip
_ROLE_TYPES = ("Performer", "Beneficiary")
# What a schema has no name for, but stands where these do, goes by their name.
_STANDS_FOR = {("StrategicPlan", "Priority"): "Goal", ("StrategicPlan", "Objective"): "Goal",
               ("Goal", "Priority"): "Objective", ("Goal", "Goal"): "Objective"}  # fmt: skip
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_LETTERS = r"(?:[^\s<>\"{}|\\^`%\[\]#?]|%[0-9A-Fa-f]{2})*"
_LETTERS_OR_MARK = r"(?:[^\s<>\"{}|\\^`%\[\]#]|%[0-9A-Fa-f]{2})*"
# RFC 3986: a colon in the first segment ends a scheme; after // and host it begins a port
_URI = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:(?=.)|(?![^/?#]*:))"
    r"(?:(?!//)|//[^\s<>\"{}|\\^`%\[\]#?/:@]+(?::\d+)?(?=[/?#]|$))"
    rf"{_LETTERS}(?:\?{_LETTERS_OR_MARK})?(?:#{_LETTERS_OR_MARK})?"
)
_OF_PART_2 = ("PerformanceIndicator", "Role", "MeasurementInstance")


def write(graph: Graph, file: BinaryIO) -> None:
    """Write the plan of a graph as StratML.

    Raises :class:`UnusableInputError` unless there is exactly one.
    """
    plans = sorted(set(graph.subjects(RDF.type, SG.StrategicPlan)), key=str)
    if len(plans) != 1:
        what = f"are {len(plans)} plans" if plans else "is no plan"
        raise UnusableInputError(f"stratml holds one plan, and there {what} in the graph")
    root = fitted(tell(graph, plans[0]))
    etree.indent(root)
    file.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n")


@dataclass(slots=True)
class _Fit:
    """An element as a schema allows it, and what of it does not fit, in order."""

    element: Element
    rest: list[Element] = field(default_factory=list)


def fitted(tree: Element) -> Element:
    """Return the tree as a document of Part 1 or, where there are indicators, roles or a type, of Part 2."""
    of_part_2 = next(tree.iter(*_OF_PART_2), None), tree.find("Type"), tree.find("Identifier")
    part = 2 if any(found is not None for found in of_part_2) else 1
    return _Fitting(part).document(tree)


class _Fitting:
    def __init__(self, part: int) -> None:
        self._schema = _SCHEMAS[part]
        self._part = part
        self._identifiers: set[str] = set()

    def document(self, tree: Element) -> Element:
        fit = self._fit(tree)
        assert not fit.rest  # the root has a place for everything
        root = etree.Element(
            "StrategicPlan" if self._part == 1 else "PerformancePlanOrReport",
            nsmap={None: NAMESPACES[self._part]},  # type: ignore[dict-item]
        )
        if self._part == 2:
            root.set("Type", fit.element.get("Type") or DOCUMENT_TYPES[0])
        core = etree.Element("StrategicPlanCore")
        administrative = etree.Element("AdministrativeInformation")
        submitters: list[Element] = []
        for child in list(fit.element):
            if child.tag in _CORE:
                core.append(child)
            elif child.tag in _ADMINISTRATIVE:
                administrative.append(child)
            elif child.tag == "Submitter":
                (administrative if self._part == 1 else submitters).append(child)
            else:
                root.append(child)
        if core.find("Goal") is None:  # the schema wants one
            goal = etree.SubElement(core, "Goal")
            etree.SubElement(goal, "Name")
            etree.SubElement(goal, "Description")
        root.append(core)
        if len(administrative):
            root.append(administrative)
        root.extend(submitters)
        for element in root.iter():
            element.tag = f"{{{NAMESPACES[self._part]}}}{element.tag}"
        etree.cleanup_namespaces(root)
        return root

    def _fit(self, whole: Element) -> _Fit:
        held = self._schema[whole.tag]
        order = {name.rstrip(_MANY): place for place, name in enumerate(held)}
        many = {name.rstrip(_MANY) for name in held if name.endswith(_MANY)}
        fit = _Fit(etree.Element(whole.tag))
        marks = {str(name): str(value) for name, value in whole.attrib.items()}
        for child in whole:
            self._place(fit, whole, child, order, many)
        for name in _REQUIRED.get(whole.tag, ()):
            if fit.element.find(name) is None:
                etree.SubElement(fit.element, name)
        if "OtherInformation" in order and (marks or fit.rest or _looks_kept(fit.element)):
            self._keep(fit, marks)
        elif marks and whole.tag in self._schema:
            fit.rest.append(etree.Element("marks"))  # to be kept whole above; never written
        fit.element[:] = sorted(fit.element, key=lambda child: order[child.tag])
        return fit

    def _place(
        self, fit: _Fit, whole: Element, child: Element, order: Mapping[str, int], many: set[str]
    ) -> None:
        """Put a child where the schema allows it, or among what does not fit."""
        allowed = _ATTRIBUTES.get((whole.tag, child.tag))
        if allowed is not None and (whole.tag != "StrategicPlan" or self._part == 2):
            if child.text in allowed and fit.element.get(child.tag) is None:
                fit.element.set(child.tag, child.text or "")
            else:
                fit.rest.append(deepcopy(child))
            return
        name = child.tag if child.tag in order else _STANDS_FOR.get((whole.tag, child.tag), child.tag)
        room = name in order and (name in many or fit.element.find(name) is None)
        if not room or (name not in self._schema and not self._is_valid(child, whole.tag, fit.element)):
            fit.rest.append(deepcopy(child))
            return
        if name not in self._schema:
            leaf = etree.SubElement(fit.element, name)
            leaf.text = child.text
            if child.attrib:  # a language that the schema has no place for
                self._replace(fit, leaf, child)
            return
        part = deepcopy(child)
        if name != child.tag:
            part.tag = name
            part.set("kind", child.tag)
        inner = self._fit(part)
        fit.element.append(inner.element)
        if inner.rest and not (name == "Stakeholder" and child.get("repeats") and self._only_marked(inner)):
            self._show(inner.element, child)
            self._replace(fit, inner.element, child)

    def _only_marked(self, inner: _Fit) -> bool:
        """Whether nothing but the mark of a stakeholder does not fit: its description says the same."""
        return all(one.tag == "marks" for one in inner.rest)

    def _show(self, element: Element, whole: Element) -> None:
        """Give a vision or mission that has only a title its words; the whole replaces it when it is read."""
        if element.tag in ("Vision", "Mission") and element.find("Description") is None:
            name = whole.find("Name")
            if name is not None:
                description = etree.Element("Description")
                description.text = name.text
                element.insert(0, description)

    def _replace(self, fit: _Fit, element: Element, whole: Element) -> None:
        """Keep the whole of what fits in part, to replace it when it is read back."""
        kept = deepcopy(whole)
        kept.set("at", str(len(fit.element.findall(element.tag))))
        fit.rest.append(kept)

    def _keep(self, fit: _Fit, marks: Mapping[str, str]) -> None:
        """Put what does not fit into the element's OtherInformation."""
        fragment = etree.Element(MARK, {name: marks[name] for name in sorted(marks)})
        fragment.extend(one for one in fit.rest if one.tag != "marks")
        etree.indent(fragment)
        text = etree.tostring(fragment, encoding="unicode")
        other = fit.element.find("OtherInformation")
        if other is None:
            other = etree.SubElement(fit.element, "OtherInformation")
        other.text = f"{other.text}\n\n{text}" if other.text else text
        fit.rest = []

    def _is_valid(self, leaf: Element, parent: str, siblings: Element) -> bool:
        """Whether the words of a leaf are of the type that the schema wants."""
        words = leaf.text or ""
        if len(leaf):
            return False
        if leaf.tag == "Identifier":
            new = _NAME.fullmatch(words) is not None and words not in self._identifiers
            if new:
                self._identifiers.add(words)
            return new
        if leaf.tag in ("StartDate", "EndDate", "PublicationDate"):
            return _is_date(words)
        if leaf.tag == "NumberOfUnits":
            return _DECIMAL.fullmatch(words) is not None
        if leaf.tag == "Source":
            return _URI.fullmatch(words) is not None
        if leaf.tag == "RoleType":
            return words in _ROLE_TYPES and len(siblings.findall("RoleType")) < len(_ROLE_TYPES)
        return True


def _looks_kept(element: Element) -> bool:
    """Whether words of its own would be taken for what is kept, unless something is kept behind them."""
    return f"<{MARK}" in (element.findtext("OtherInformation") or "")


def _is_date(words: str) -> bool:
    if not _DATE.fullmatch(words):
        return False
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True
