# Violation
DELETE DATA {
  <../../instrument/meadow-assembly/resolution/12> a sg:Instrument, sg:Resolution .
}
