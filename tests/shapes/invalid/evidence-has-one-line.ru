# Violation
INSERT { ?evidence sg:line 1 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
