# Violation
INSERT { ?evidence oa:prefix "more" }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
