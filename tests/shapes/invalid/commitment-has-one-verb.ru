# Violation
# with words-are-quoted
INSERT DATA {
  <goal/1/commitment/1> sg:verb "foster" .
}
