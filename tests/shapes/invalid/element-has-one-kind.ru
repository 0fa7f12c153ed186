# Violation
INSERT DATA {
  <goal/1/objective/1.1> a sg:Target .
}
