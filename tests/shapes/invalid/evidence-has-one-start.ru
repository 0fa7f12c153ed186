# Violation
INSERT { ?evidence oa:start 1 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
