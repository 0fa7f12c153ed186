# Violation
# with shipped-node-says-what-is-shipped
INSERT DATA {
  <../../../concept/theme/biodiversity> skos:prefLabel <concept/wildlife> .
}
