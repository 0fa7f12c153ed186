# Violation
DELETE { ?evidence sg:confidence ?old }
INSERT { ?evidence sg:confidence "0.9"^^xsd:double }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:confidence ?old }
