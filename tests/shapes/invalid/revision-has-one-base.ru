# Violation
# with revision-has-kind-of-its-base
# with revision-has-number-of-its-base
INSERT DATA {
  <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> sg:revisionOf <../../instrument/meadow-assembly/decision/4> .
}
