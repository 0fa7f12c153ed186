# Violation
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:altLabel "biodiversity"@en .
}
