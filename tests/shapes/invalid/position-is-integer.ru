# Violation
DELETE { <goal/1> sg:position ?old }
INSERT { <goal/1> sg:position "1"^^xsd:nonNegativeInteger }
WHERE { <goal/1> sg:position ?old }
