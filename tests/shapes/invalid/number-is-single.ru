# Violation
INSERT DATA {
  <goal/1> sg:number "one" .
}
