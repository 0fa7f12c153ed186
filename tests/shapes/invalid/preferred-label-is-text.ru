# Violation
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:prefLabel 1 .
}
