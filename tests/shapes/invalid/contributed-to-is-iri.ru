# Violation
INSERT DATA {
  <goal/1> sg:contributesTo "SDG 5" .
}
