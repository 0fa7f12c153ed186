# Violation
DELETE { ?evidence sg:line ?old }
INSERT { ?evidence sg:line "3"^^xsd:positiveInteger }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:line ?old }
