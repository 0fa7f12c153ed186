# Violation
INSERT DATA { <../../../concept/target-group/everyone> skos:broader <../../../concept/target-group/nobody> }
