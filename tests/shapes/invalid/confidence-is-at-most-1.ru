# Violation
DELETE { ?evidence sg:confidence ?old }
INSERT { ?evidence sg:confidence 1.1 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:confidence ?old }
