# Violation
# with superclass-is-written
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4> a sg:Order .
}
