# Violation
# with text-is-written-as-quoted
INSERT DATA {
  <goal/1> sg:statement "Bees."@en .
}
