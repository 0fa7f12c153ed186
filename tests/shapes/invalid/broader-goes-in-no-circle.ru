# Violation
# with shipped-node-says-what-is-shipped
INSERT DATA { <../../../concept/theme/agriculture> skos:broader <../../../concept/theme/biodiversity> . <../../../concept/theme/biodiversity> skos:broader <../../../concept/theme/agriculture> }
