"""From a graph to a tree that says all of a plan in the names of StratML, wherever a schema would allow them.

An element of ours that StratML has no name for goes by its class. Attributes are what our reader needs to put
a part back: ``language``, ``statement-language``, and ``repeats`` on what only repeats what the texts say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from rdflib import DCTERMS, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.reading_order import children, term_key
from strategraph.model.identifiers import segment
from strategraph.model.text import whole_words
from strategraph.rdf.namespace import ELEMENT_CLASSES, OA, PLAN_INSTRUMENT_LINKS, SG

Element = etree._Element
MARK = "strategraph"
DOCUMENT_TYPES = ("Strategic_Plan", "Performance_Plan", "Performance_Report")
_TAGS = {"Indicator": "PerformanceIndicator"}
_ACTS = (SG.Commitment, SG.Purpose)
_NAMING = ((SG.addresses, "addresses"), (SG.involves, "involves"), (SG.mentionsGroup, "mentionsGroup"))
_RESULTS = {"target": "TargetResult", "actual": "ActualResult", "baseline": "Baseline"}
_PERSON = (
    (SDO.givenName, "GivenName"), (SDO.familyName, "Surname"), (SDO.telephone, "PhoneNumber"),
    (SDO.email, "EmailAddress"), (SDO.url, "WebAddress"),
)  # fmt: skip
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LAST_NUMBER = re.compile(r"(\d+)$")
_ACRONYM = re.compile(r"[^\s]{2,15}")


def tell(graph: Graph, plan: Node) -> Element:
    """Return the tree of a plan."""
    return _Telling(graph, plan).plan()


class _Telling:
    def __init__(self, graph: Graph, plan: Node) -> None:
        self._graph, self._plan = graph, plan
        spoken = graph.value(plan, DCTERMS.language)
        self._language = str(spoken) if spoken is not None else "und"

    def plan(self) -> Element:
        graph, plan = self._graph, self._plan
        root = etree.Element("StrategicPlan")
        root.set("plan", str(plan).rpartition("/plan/")[2])
        root.set("language", self._language)
        root.set("acts", "stated")
        self._leaf(root, "Name", graph.value(plan, DCTERMS.title))
        kind = graph.value(plan, SG.documentType)
        self._leaf(root, "Type", kind)
        if str(kind) not in DOCUMENT_TYPES:  # Part 2 wants one of these
            root.set("type", "unstated")
        self._common(root, plan)
        for number, owner in enumerate(
            [*_sorted(graph.objects(plan, SG.owner)), *_sorted(graph.objects(plan, SG.coOwner))]
        ):
            self._organization(root, owner, first=not number)
        pending: list[tuple[Node, Node]] = []
        for child in children(graph, plan):
            root.append(self._element(child, pending, top=True))
        if pending:
            goal = etree.SubElement(root, "Goal", repeats="yes")
            self._repeating(goal, pending)
        self._citations(root)
        years = [self._date(root, "Start"), self._date(root, "End")]
        if any(years):
            root.set("years", " ".join(year for year in years if year))
        self._leaf(root, "PublicationDate", graph.value(plan, DCTERMS.issued))
        self._leaf(root, "Source", graph.value(plan, SG.publishedAt))
        for person in _sorted(graph.objects(plan, SG.submitter)):
            submitter = etree.SubElement(root, "Submitter")
            self._common(submitter, person)
            for predicate, tag in _PERSON:
                self._leaf(submitter, tag, graph.value(person, predicate))
        return root

    def _citations(self, root: Element) -> None:
        """Add the words that cite an instrument for the whole plan; without evidence, its name."""
        for predicate in sorted(PLAN_INSTRUMENT_LINKS, key=str):
            for instrument in _sorted(self._graph.objects(self._plan, predicate)):
                words = next(self._quotes(self._plan, predicate, instrument), None)
                citation = self._leaf(
                    root, "Citation", words or self._graph.value(instrument, RDFS.label), tagged=False
                )
                if citation is not None:
                    citation.set("relation", str(predicate).removeprefix(str(SG)))

    def _date(self, root: Element, which: str) -> str | None:
        """Add when the plan starts or ends; return its name where only the year is known."""
        exact = self._graph.value(self._plan, SG[f"{which.lower()}Date"])
        year = self._graph.value(self._plan, SG[f"{which.lower()}Year"])
        if exact is not None:
            self._leaf(root, f"{which}Date", exact)
        elif year is not None:
            day = "01-01" if which == "Start" else "12-31"
            self._leaf(root, f"{which}Date", Literal(f"{year}-{day}"))
            return which.lower()
        return None

    def _organization(self, root: Element, node: Node, *, first: bool) -> None:
        graph = self._graph
        organization = etree.SubElement(root, "Organization")
        name = graph.value(node, RDFS.label)
        if not str(node).startswith(
            f"{self._plan}/"
        ):  # one that is known goes by the name that the text gives it
            predicate = SG.owner if first else SG.coOwner
            name = next(iter(self._quotes(self._plan, predicate, node)), None) or name
        self._leaf(organization, "Name", name)
        others = [
            other for other in _sorted(graph.objects(node, SKOS.altLabel)) if _ACRONYM.fullmatch(str(other))
        ]
        if str(node).startswith(f"{self._plan}/"):
            others = others or _sorted(graph.objects(node, SKOS.altLabel))
        self._leaf(organization, "Acronym", others[0] if others else None)
        self._common(organization, node)

    def _quotes(self, subject: Node, predicate: Node, object_: Node) -> Iterator[Literal]:
        graph = self._graph
        for evidence in _sorted(graph.subjects(RDF.object, object_)):
            if (evidence, RDF.predicate, predicate) in graph and (evidence, RDF.subject, subject) in graph:
                for exact in graph.objects(evidence, OA.exact):
                    yield Literal(" ".join(str(exact).split()))

    def _common(self, parent: Element, node: Node) -> None:
        """Add what anything can have: identifiers, description, stakeholders, relationships …"""
        graph = self._graph
        for predicate, tag in ((DCTERMS.identifier, "Identifier"), (DCTERMS.description, "Description")):
            for value in self._naming_first(node, predicate):
                self._leaf(parent, tag, value)
        for stakeholder in _sorted(graph.objects(node, SG.hasStakeholder)):
            self._stakeholder(parent, stakeholder)
        for other in self._naming_first(node, SG.otherInformation):
            self._leaf(parent, "OtherInformation", other)
        for relationship in _sorted(graph.objects(node, SG.hasRelationship)):
            self._relationship(parent, relationship)

    def _naming_first(self, node: Node, predicate: URIRef) -> list[Node]:
        """Return the values of a property, the one that names the node first, as it is to name it again."""
        label, last = str(self._graph.value(node, RDFS.label)), str(node).rpartition("/")[2]

        def names(value: Node) -> int:
            words = str(value)
            if label in (words, whole_words(words)):
                return 0
            if predicate != DCTERMS.identifier:
                return 2
            name = segment(words)
            return 0 if name == last else 1 if last.startswith(f"{name}-") else 2

        return sorted(_sorted(self._graph.objects(node, predicate)), key=names)

    def _relationship(self, parent: Element, node: Node) -> None:
        graph = self._graph
        element = etree.SubElement(parent, "Relationship")
        label, kind = graph.value(node, RDFS.label), graph.value(node, SG.relationshipType)
        told = (
            DCTERMS.identifier, DCTERMS.description, SG.referentIdentifier, SG.relationshipType,
            SG.otherInformation,
        )  # fmt: skip
        values = [str(value) for predicate in told for value in graph.objects(node, predicate)]
        self._common(element, node)
        for referent in self._naming_first(node, SG.referentIdentifier):
            self._leaf(element, "ReferentIdentifier", referent)
        if not _is_called(label, values):
            self._leaf(element, "Name", label)
        self._leaf(element, "RelationshipType", kind)

    def _stakeholder(self, parent: Element, node: Node) -> None:
        graph = self._graph
        element = etree.SubElement(parent, "Stakeholder")
        if graph.value(node, SG.party) is not None:
            self._leaf(element, "Name", graph.value(node, RDFS.label))
        self._leaf(element, "StakeholderTypeType", graph.value(node, SG.stakeholderType))
        self._common(element, node)
        for role in _sorted(graph.objects(node, SG.hasRole)):
            one = etree.SubElement(element, "Role")
            label = graph.value(role, RDFS.label)
            types = self._naming_first(role, SG.roleType)
            if not _is_called(label, map(str, types)):
                self._leaf(one, "Name", label)
            self._common(one, role)
            for kind in types:
                self._leaf(one, "RoleType", kind)

    # -- Elements

    def _element(self, node: Node, pending: list[tuple[Node, Node]], *, top: bool = False) -> Element:
        """Return an element with all in it; ``pending`` gets measures of prose that need a place above."""
        graph = self._graph
        kind = self._kind(node)
        element = etree.Element(_TAGS.get(kind, kind))
        title, statement = graph.value(node, DCTERMS.title), graph.value(node, SG.statement)
        if kind in ("Commitment", "Purpose"):
            return self._act(element, node)
        self._leaf(element, "MeasurementDimension" if kind == "Indicator" else "Name", title, tagged=False)
        self._leaf(element, "Description", statement, tagged=False)
        spoken = title if title is not None else statement
        for name, text in (("language", spoken), ("statement-language", statement)):
            tongue = getattr(text, "language", None) or "und"
            if text is not None and tongue.lower() != self._language.lower():
                element.set(name, tongue)
            elif name == "statement-language" and text is not None and element.get("language"):
                element.set(name, self._language)
        self._leaf(element, "SequenceIndicator", graph.value(node, SG.number))
        self._common(element, node)
        self._marked(element, node)
        for predicate, tag in ((SG.unitText, "UnitOfMeasurement"), (SG.valueChainStage, "ValueChainStage"),
                               (SG.indicatorType, "PerformanceIndicatorType")):  # fmt: skip
            for value in _sorted(graph.objects(node, predicate)):
                self._leaf(element, tag, value)
        prose = self._measures(element, node)
        below = [] if top or kind == "Objective" else pending
        below += [(node, measure) for measure in prose] if kind != "Indicator" else []
        found = children(graph, node)
        for child in sorted(found, key=lambda one: self._kind(one) == "Commitment"):  # purposes stand before
            element.append(self._element(child, below))
        if kind == "Indicator":
            self._prose_results(element, prose)
        if below is not pending and below:
            self._repeating(element, below)
        return element

    def _kind(self, node: Node) -> str:
        kinds = [class_ for class_ in ELEMENT_CLASSES if (node, RDF.type, class_) in self._graph]
        return str(kinds[0]).removeprefix(str(SG)) if kinds else "Objective"

    def _act(self, element: Element, node: Node) -> Element:
        graph = self._graph
        self._leaf(element, "Verb", graph.value(node, SG.verb) or graph.value(node, SG.statement))
        self._leaf(element, "Object", graph.value(node, SG.object))
        parent = graph.value(None, SG.hasElement, node)
        purposes = [one for one in children(graph, parent) if self._kind(one) == "Purpose"] if parent else []
        aims = sorted(purposes.index(aim) + 1 for aim in graph.objects(node, SG.aimsAt) if aim in purposes)
        for aim in aims:
            self._leaf(element, "AimsAt", Literal(str(aim)))
        return element

    def _marked(self, element: Element, node: Node) -> None:
        """Add as stakeholders, marked, the groups and doers that the words of an element name."""
        graph = self._graph
        parties = {
            party for one in graph.objects(node, SG.hasStakeholder) for party in graph.objects(one, SG.party)
        }
        for predicate, role in (*_NAMING, (SG.responsible, "responsible")):
            for group in _sorted(graph.objects(node, predicate)):
                if group in parties:
                    continue
                stakeholder = etree.SubElement(element, "Stakeholder", repeats="yes")
                self._leaf(stakeholder, "Name", graph.value(group, RDFS.label), tagged=False)
                kind = "Organization" if predicate == SG.responsible else "Generic_Group"
                self._leaf(stakeholder, "StakeholderTypeType", Literal(kind))
                self._leaf(stakeholder, "Description", Literal(f"{MARK}: {role}"))

    # -- Measures

    def _measures(self, element: Element, node: Node) -> list[Node]:
        """Add the results of an indicator by measurement; return the measures that its prose sets."""
        graph = self._graph
        instances: dict[int, Element] = {}
        prose: list[Node] = []
        for measure in _sorted(graph.objects(node, SG.hasMeasure)):
            result = graph.value(measure, SG.result)
            if result is None:
                prose.append(measure)
                continue
            number = graph.value(measure, SG.measurement)
            place = int(number) if isinstance(number, Literal) else 0
            if place not in instances:
                instances[place] = etree.Element("MeasurementInstance")
            self._result(instances[place], measure, _RESULTS.get(str(result), "TargetResult"))
        element.extend(instances[place] for place in sorted(instances))
        return prose

    def _result(self, instance: Element, measure: Node, tag: str) -> None:
        graph = self._graph
        result = etree.SubElement(instance, tag)
        self._leaf(result, "StartDate", graph.value(measure, SG.periodStart))
        self._leaf(result, "EndDate", graph.value(measure, SG.periodEnd))
        self._leaf(result, "NumberOfUnits", graph.value(measure, SG.value))
        name, value = graph.value(measure, SG.descriptorName), graph.value(measure, SG.descriptorValue)
        if name is not None or value is not None:
            descriptor = etree.SubElement(result, "Descriptor")
            self._leaf(descriptor, "DescriptorName", name)
            self._leaf(descriptor, "DescriptorValue", value)
        self._leaf(result, "Description", graph.value(measure, SG.statement))
        for other in self._naming_first(measure, SG.otherInformation):
            self._leaf(result, "OtherInformation", other)

    def _prose_results(self, element: Element, measures: list[Node]) -> None:
        for measure in measures:
            instance = etree.SubElement(element, "MeasurementInstance")
            result = etree.SubElement(instance, "TargetResult")
            due = self._graph.value(measure, SG.dueDate)
            if isinstance(due, Literal) and due.datatype == XSD.date:
                self._leaf(result, "EndDate", due)
            self._leaf(result, "NumberOfUnits", self._graph.value(measure, SG.value))
            descriptor = etree.SubElement(result, "Descriptor")
            self._leaf(descriptor, "DescriptorName", Literal(MARK))
            self._leaf(descriptor, "DescriptorValue", self._graph.value(measure, SG.comparator))
            self._leaf(result, "Description", self._graph.value(measure, RDFS.label), tagged=False)

    def _repeating(self, element: Element, pending: list[tuple[Node, Node]]) -> None:
        """Add indicators, marked, for measures that the words of elements set."""
        graph = self._graph
        if element.tag != "Objective":
            element = etree.SubElement(element, "Objective", repeats="yes")
        by_unit: dict[tuple[Node, str], list[Node]] = {}
        for node, measure in pending:
            by_unit.setdefault((node, str(graph.value(measure, SG.unit) or "")), []).append(measure)
        for (node, unit), measures in by_unit.items():
            indicator = etree.SubElement(element, "PerformanceIndicator", repeats="yes")
            self._leaf(indicator, "MeasurementDimension", graph.value(node, RDFS.label), tagged=False)
            self._leaf(indicator, "UnitOfMeasurement", Literal(unit))
            self._prose_results(indicator, measures)

    def _leaf(self, parent: Element, tag: str, value: Node | None, *, tagged: bool = True) -> Element | None:
        """Add a value's words, with their language where it is not the plan's, if there are any."""
        words = _NO_XML.sub("", str(value)).strip() if value is not None else ""
        if not words:
            return None
        leaf = etree.SubElement(parent, tag)
        leaf.text = words
        language = value.language if isinstance(value, Literal) else None
        if tagged and language and language.lower() != self._language.lower():
            leaf.set("language", language)
        return leaf


def _is_called(label: Node | None, texts: Iterable[str]) -> bool:
    """Whether a label is one of some texts, or the beginning of one."""
    return any(str(label) in (words, whole_words(words)) for words in texts)


def _sorted(nodes: Iterator[Node]) -> list[Node]:
    """Return nodes in a stable order: numbered ones by their number."""

    def key(node: Node) -> tuple[object, ...]:
        number = _LAST_NUMBER.search(str(node)) if isinstance(node, URIRef) else None
        head = str(node)[: number.start()] if number else str(node)
        return head, int(number[1]) if number else 0, term_key(node)

    return sorted(nodes, key=key)
