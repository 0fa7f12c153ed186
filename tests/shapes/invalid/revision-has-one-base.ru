# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionOf <../../instrument/meadow-assembly/decision/4> .
}
