# Violation
INSERT DATA {
  <fact/1> rdf:object "2029"^^xsd:gYear .
}
