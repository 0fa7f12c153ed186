# Violation
INSERT DATA {
  <goal/1> sg:adresses <../../../concept/target-group/everyone> .
}
