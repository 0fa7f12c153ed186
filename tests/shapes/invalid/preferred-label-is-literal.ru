# Violation
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:prefLabel <concept/wildlife> .
}
