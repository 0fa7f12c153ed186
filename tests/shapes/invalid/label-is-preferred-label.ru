# Violation
# with shipped-node-says-what-is-shipped
DELETE { <../../../concept/theme/agriculture> rdfs:label ?old }
INSERT { <../../../concept/theme/agriculture> rdfs:label "mining"@en }
WHERE { <../../../concept/theme/agriculture> rdfs:label ?old }
