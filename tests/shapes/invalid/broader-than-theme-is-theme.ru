# Violation
INSERT DATA { <../../../concept/theme/agriculture> skos:broader <../../../concept/theme/nothing> }
