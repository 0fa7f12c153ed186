# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4> sg:session "MA-4" .
}
