# Violation
INSERT DATA {
  <fact/1> rdf:predicate sg:startYear .
}
