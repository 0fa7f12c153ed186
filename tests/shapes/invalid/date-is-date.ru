# Violation
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4> sg:date "3 May 2021" .
}
