# Violation
INSERT { ?evidence oa:exact "everyone." }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
