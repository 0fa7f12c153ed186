# Violation
# with broader-than-theme-is-theme
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:broader "nature" .
}
