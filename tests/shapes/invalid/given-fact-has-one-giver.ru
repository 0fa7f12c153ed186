# Violation
INSERT DATA {
  <fact/1> sg:givenBy "curator" .
}
