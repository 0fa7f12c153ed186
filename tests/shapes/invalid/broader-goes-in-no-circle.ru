# Violation
INSERT DATA { <../../../concept/theme/agriculture> skos:broader <../../../concept/theme/biodiversity> . <../../../concept/theme/biodiversity> skos:broader <../../../concept/theme/agriculture> }
