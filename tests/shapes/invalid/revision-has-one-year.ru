# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionYear "2023"^^xsd:gYear .
}
