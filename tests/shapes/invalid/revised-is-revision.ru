# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4> sg:revisionPlace "Porto" .
}
