"""Small StratML files of our own invention, and where the real ones and the schemas are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from rdflib import PROV, RDF, Graph

from strategraph.model import Document
from strategraph.pipeline import Options, build
from strategraph.rdf.namespace import SG
from strategraph.reading import read
from strategraph.reading.request import Original, ReadingOptions

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
INSTANCES = sorted((SHARED / "stratml").glob("*.xml")) if (SHARED / "stratml").is_dir() else []
_SCHEMAS = {
    "StrategicPlan": "part1-StrategicPlanISOVersion20140401.xsd",
    "PerformancePlanOrReport": "part2-PerformancePlanOrReport20160216.xsd",
}
CORE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PERFORMANCE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
ADDITIONAL = "urn:schemas:AIIM:org:03201408:AdditionalElements"

PART_1 = f"""<?xml version="1.0" encoding="UTF-8"?>
<StrategicPlan xmlns="{CORE}">
  <Name>Heron Bay Harbour Plan</Name>
  <Description>How the harbour is to be kept.</Description>
  <OtherInformation>Drawn up with the tide tables of last year.</OtherInformation>
  <StrategicPlanCore>
    <Organization>
      <Name>Heron Bay Harbour Board</Name><Acronym>HBHB</Acronym>
      <Identifier>_7a10</Identifier><Description>Keeps the quays.</Description>
      <Stakeholder StakeholderTypeType="Person"><Name>Ada Quayle</Name><Description>Harbour master</Description></Stakeholder>
      <Stakeholder StakeholderTypeType=""><Name/><Description/></Stakeholder>
    </Organization>
    <Vision><Description>A harbour where herons nest.</Description><Identifier>_7a11</Identifier></Vision>
    <Mission><Description>To keep the quays safe for small boats.</Description><Identifier>_7a12</Identifier></Mission>
    <Value><Name>Patience</Name><Description/></Value>
    <Value><Name>Care</Name><Description>We mend what we use.</Description></Value>
    <Goal>
      <Name>Quays</Name><Description>Rebuild the north quay.</Description>
      <Identifier>_7a13</Identifier><SequenceIndicator>1</SequenceIndicator>
      <Stakeholder StakeholderTypeType="Generic_Group"><Name>Oyster pickers</Name><Description/></Stakeholder>
      <Stakeholder StakeholderTypeType="Organization"><Name>Guild of Rope Makers</Name><Description>Splices for us.</Description></Stakeholder>
      <OtherInformation>Stone comes from the old mole &amp; the beach.</OtherInformation>
      <Objective>
        <Name>Stone</Name><Description>Lay 40 blocks for small boats.</Description>
        <Identifier>_7a14</Identifier><SequenceIndicator>1.1</SequenceIndicator>
        <Stakeholder><Name/><Description/></Stakeholder><OtherInformation/>
      </Objective>
      <Objective><Name/><Description/><Identifier>_7a15</Identifier><SequenceIndicator/></Objective>
    </Goal>
    <Goal><Name/><Description/></Goal>
  </StrategicPlanCore>
  <AdministrativeInformation>
    <StartDate>2031-04-01</StartDate><EndDate>2034-03-31</EndDate><PublicationDate>2031-02-02</PublicationDate>
    <Source>https://example.org/harbour</Source>
    <Submitter><GivenName>Bo</GivenName><Surname>Anker</Surname><PhoneNumber/><EmailAddress>bo@example.org</EmailAddress></Submitter>
  </AdministrativeInformation>
</StrategicPlan>
"""

PART_2 = f"""<?xml version="1.0" encoding="UTF-8"?>
<PerformancePlanOrReport xmlns="{PERFORMANCE}" Type="Performance_Report">
  <Name>Heron Bay Harbour Report</Name>
  <StrategicPlanCore>
    <Organization><Name>Heron Bay Harbour Board</Name><Identifier>_8b10</Identifier></Organization>
    <Organization><Name>Town of Heron Bay</Name><Acronym>THB</Acronym></Organization>
    <Goal>
      <Name>Quays</Name><Description>Rebuild the north quay.</Description><Identifier>_8b11</Identifier>
      <Objective>
        <Name>Stone</Name><Description>Lay blocks.</Description><Identifier>_8b12</Identifier>
        <SequenceIndicator>1.1</SequenceIndicator>
        <Stakeholder StakeholderTypeType="Generic_Group"><Name>Oyster pickers</Name>
          <Role><Name>Guests of the quay</Name><Description>They land here.</Description><RoleType>Beneficiary</RoleType></Role>
        </Stakeholder>
        <Stakeholder StakeholderTypeType="Organization"><Name>Guild of Rope Makers</Name>
          <Role><Name>Splicers</Name><RoleType>Performer</RoleType><RoleType>Beneficiary</RoleType></Role>
        </Stakeholder>
        <OtherInformation/>
        <PerformanceIndicator ValueChainStage="Output" PerformanceIndicatorType="Quantitative">
          <SequenceIndicator>1.1.1</SequenceIndicator>
          <MeasurementDimension>Stone laid</MeasurementDimension><UnitOfMeasurement>percent</UnitOfMeasurement>
          <Identifier>_8b13</Identifier>
          <Relationship RelationshipType="Narrower_Than"><Identifier>_8b14</Identifier>
            <ReferentIdentifier>_8b11</ReferentIdentifier><Name>Part of the goal</Name><Description/></Relationship>
          <MeasurementInstance>
            <TargetResult><StartDate>2031-01-01</StartDate><EndDate>2031-12-31</EndDate><NumberOfUnits>40</NumberOfUnits>
              <Descriptor><DescriptorName>Stage</DescriptorName><DescriptorValue>Half</DescriptorValue></Descriptor>
              <Description>Of the north quay.</Description></TargetResult>
            <ActualResult><StartDate/><EndDate>2031-12-31</EndDate><NumberOfUnits>37.50</NumberOfUnits><Description/></ActualResult>
          </MeasurementInstance>
          <MeasurementInstance>
            <TargetResult><NumberOfUnits>80</NumberOfUnits></TargetResult>
            <ActualResult><Description>Frost stopped the work.</Description></ActualResult>
            <ActualResult><Description/></ActualResult>
          </MeasurementInstance>
          <OtherInformation>Counted by the harbour master.</OtherInformation>
        </PerformanceIndicator>
      </Objective>
    </Goal>
  </StrategicPlanCore>
  <AdministrativeInformation><Identifier>_8b00</Identifier><StartDate>2031-01-01</StartDate><EndDate/></AdministrativeInformation>
  <Submitter><Identifier>_8b99</Identifier><GivenName>Bo</GivenName><Surname>Anker</Surname></Submitter>
</PerformancePlanOrReport>
"""

PART_3 = f"""<?xml version="1.0" encoding="UTF-8"?>
<s:PerformancePlanOrReport xmlns:s="{ADDITIONAL}" DocumentType="Strategic_Plan" Language="en">
  <s:NameDescription><s:Name>Dune Plan</s:Name><s:Description>Keep the dunes where they are.</s:Description></s:NameDescription>
  <s:Organization><s:NameDescription><s:Name>Dune Wardens</s:Name><s:Acronym>DW</s:Acronym></s:NameDescription>
    <s:Competency CompetencyTypeType="Core"><s:NameDescription><s:Name>Planting marram</s:Name></s:NameDescription></s:Competency>
  </s:Organization>
  <s:Mission><s:Description>To hold the sand.</s:Description></s:Mission>
  <s:Goal Priority="High">
    <s:NameDescription><s:SequenceIndicator>A</s:SequenceIndicator><s:Name>Sand</s:Name>
      <s:Description>Hold it.</s:Description><s:Identifier>dune-1</s:Identifier></s:NameDescription>
    <s:Stakeholder><s:StakeholderType StakeholderTypeType="Generic_Group">
      <s:NameDescription><s:Name>Dune walkers</s:Name></s:NameDescription>
      <s:RoleType PerformerOrBeneficiary="Beneficiary"><s:NameDescription><s:Name>Guests</s:Name></s:NameDescription></s:RoleType>
    </s:StakeholderType></s:Stakeholder>
    <s:OtherInformation><s:NameDescription><s:Name>Season</s:Name><s:Description>Spring only.</s:Description></s:NameDescription></s:OtherInformation>
    <s:Objective><s:NameDescription><s:Name>Fences</s:Name></s:NameDescription>
      <s:PerformanceIndicator><s:MeasurementDimension>Fence</s:MeasurementDimension><s:UnitOfMeasurement>km</s:UnitOfMeasurement>
        <s:MeasurementInstance>
          <s:TargetResult s:StartDate="2030-01-01" s:EndDate="2030-12-31"><s:Description>Along the north beach.</s:Description><s:NumberOfUnits>12</s:NumberOfUnits></s:TargetResult>
        </s:MeasurementInstance>
      </s:PerformanceIndicator>
    </s:Objective>
  </s:Goal>
  <s:StrategyFramework><s:SWOT><s:Strength><s:Name>Many hands</s:Name></s:Strength></s:SWOT></s:StrategyFramework>
  <s:AdministrativeInformation s:StartDate="2030-01-01" s:EndDate="2035-12-31" s:PublicationDate="2029-11-11"/>
</s:PerformancePlanOrReport>
"""

NEAR = """<StrategicPlan>
  <Identifier>urn:plan:kites</Identifier><Name>Kite Club Plan</Name>
  <Mission>Fly kites with every child.</Mission>
  <Values><Value>Wind</Value><Value>String</Value></Values>
  <Goals><Goal><Name>More kites</Name><Description>Own <b>more</b> kites.</Description>
    <Objectives><Objective><Name>Sew</Name>
      <Objectives><Objective><Name>Hem</Name><Description>Hem each sail.</Description></Objective></Objectives>
      <PerformanceIndicators><PerformanceIndicator><Name>Kites</Name><UnitOfMeasure>Kites</UnitOfMeasure>
        <Baseline><Period>2030</Period><Value>1,500</Value></Baseline>
        <Target><Period>2031-Q2</Period><Value>some</Value></Target>
        <Current><MeasureValue>7</MeasureValue></Current>
        <ActualResults><Result><Date>2030</Date><Actual><MeasureValue>5</MeasureValue></Actual>
          <Target><MeasureValue>6</MeasureValue></Target></Result></ActualResults>
      </PerformanceIndicator></PerformanceIndicators>
      <Stakeholders><Stakeholder><Name>Kite makers</Name><Role>Performer</Role></Stakeholder></Stakeholders>
    </Objective></Objectives></Goal></Goals>
  <Keywords><Keyword>wind</Keyword></Keywords>
  <Dates><Effective>2030-05-01</Effective><Expires>next spring</Expires></Dates>
</StrategicPlan>
"""

FILES = {"part-1": PART_1, "part-2": PART_2, "part-3": PART_3, "near": NEAR}


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SHARED / "stratml-schema" / _SCHEMAS[name])))


def assert_valid(data: bytes) -> None:
    """Hold a file against the schema of its Part; skip where the schemas do not stand beside the checkout."""
    if not (SHARED / "stratml-schema").is_dir():
        pytest.skip("the schemas of StratML do not stand beside the checkout")
    root = etree.fromstring(data)
    schema = _schema(etree.QName(root).localname)
    assert schema.validate(root), str(schema.error_log)


def facts(graph: Graph) -> set[tuple[object, ...]]:
    """Return all triples of a graph but those about its source, its evidence and its making."""
    apart = {
        node
        for kind in (SG.Evidence, SG.SourceDocument, SG.GivenFact, PROV.Activity, PROV.SoftwareAgent)
        for node in graph.subjects(RDF.type, kind)
    }
    return {(s, p, o) for s, p, o in graph if s not in apart and o not in apart and p != PROV.wasGeneratedBy}


def document(text: str | bytes, name: str = "x.xml", **options: bool) -> Document:
    return read(
        Original(name, text.encode() if isinstance(text, str) else text),
        ReadingOptions(**options),  # type: ignore[arg-type]
    )


def graph(text: str, **options: bool) -> Graph:
    result = build(Original("x.xml", text.encode()), Options(**options))  # type: ignore[arg-type]
    assert result.report.conforms, [line for found in result.report.results for line in found.lines()]
    return result.graph
