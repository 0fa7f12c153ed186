# Violation
# with broader-than-theme-is-theme
# with shipped-node-says-what-is-shipped
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:broader "nature" .
}
