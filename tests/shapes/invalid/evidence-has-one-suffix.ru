# Violation
INSERT { ?evidence oa:suffix "more" }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
