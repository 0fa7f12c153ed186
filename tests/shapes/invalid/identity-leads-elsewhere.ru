# Violation
# with shipped-node-says-what-is-shipped
INSERT DATA { <../../../concept/theme/agriculture> skos:exactMatch <../../../concept/theme/biodiversity> }
