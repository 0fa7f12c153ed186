# Violation
INSERT DATA { <../../../concept/target-group/everyone> skos:inScheme <../../../concept/theme> }
