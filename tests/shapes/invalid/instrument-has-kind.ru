# Violation
DELETE DATA {
  <../../instrument/meadow-assembly/decision/4> a sg:Decision .
}
