# Violation
DELETE DATA { <../../../concept/target-group/everyone> a skos:Concept }
