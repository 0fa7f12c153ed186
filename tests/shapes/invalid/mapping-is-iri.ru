# Violation
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:closeMatch "nature" .
}
