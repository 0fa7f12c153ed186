# Violation
INSERT DATA { <../../../concept/theme/agriculture> skos:exactMatch <../../../concept/theme/biodiversity> }
