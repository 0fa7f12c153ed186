# Violation
# with contributed-to-is-sdg
INSERT DATA {
  <goal/1> sg:contributesTo "SDG 5" .
}
