# Violation
INSERT DATA {
  <goal/1> dcterms:title "Bees"@en .
}
