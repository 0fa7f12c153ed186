# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/resolution/12> sg:revisionOf <../../instrument/meadow-assembly/resolution/12> ; sg:revisionYear "2018"^^xsd:gYear .
}
