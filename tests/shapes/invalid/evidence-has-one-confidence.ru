# Violation
INSERT { ?evidence sg:confidence 0.9 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
