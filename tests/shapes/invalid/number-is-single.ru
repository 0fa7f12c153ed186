# Violation
# with element-is-named-by-its-number
# with words-are-quoted
INSERT DATA {
  <goal/1> sg:number "one" .
}
