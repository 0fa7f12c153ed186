# Violation
INSERT DATA {
  <goal/1> sg:position 7 .
}
