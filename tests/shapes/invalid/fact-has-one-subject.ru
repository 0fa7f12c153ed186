# Violation
INSERT DATA {
  <fact/1> rdf:subject <goal/1> .
}
