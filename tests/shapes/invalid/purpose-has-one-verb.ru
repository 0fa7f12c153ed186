# Violation
# with words-are-quoted
INSERT DATA {
  <goal/1/purpose/1> sg:verb "save" .
}
