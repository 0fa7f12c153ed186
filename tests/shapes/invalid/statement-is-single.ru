# Violation
INSERT DATA {
  <goal/1> sg:statement "Bees."@en .
}
