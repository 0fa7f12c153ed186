# Violation
# with revision-has-kind-of-its-base
DELETE DATA {
  <../../instrument/meadow-assembly/resolution/12> a sg:Instrument, sg:Resolution .
}
