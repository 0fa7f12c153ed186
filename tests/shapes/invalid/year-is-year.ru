# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4> sg:year 2021 .
}
