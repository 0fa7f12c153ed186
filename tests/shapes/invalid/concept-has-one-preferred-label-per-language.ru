# Violation
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:prefLabel "wildlife"@en .
}
