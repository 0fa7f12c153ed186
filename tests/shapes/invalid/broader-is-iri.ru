# Violation
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:broader "nature" .
}
