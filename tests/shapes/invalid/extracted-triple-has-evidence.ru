# Violation
INSERT DATA {
  <goal/1> sg:addresses <../../../concept/target-group/everyone> .
}
