# Warning
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:prefLabel "biodiversity" .
}
