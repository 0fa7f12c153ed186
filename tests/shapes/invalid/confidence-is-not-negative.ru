# Violation
DELETE { ?evidence sg:confidence ?old }
INSERT { ?evidence sg:confidence "-0.1"^^xsd:decimal }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:confidence ?old }
