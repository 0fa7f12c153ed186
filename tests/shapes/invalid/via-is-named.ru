# Violation
INSERT { ?e sg:via <../../../concept/theme/agriculture> }
WHERE { ?e rdf:predicate sg:owner }
