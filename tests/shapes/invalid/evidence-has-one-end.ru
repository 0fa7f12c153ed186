# Violation
INSERT { ?evidence oa:end 999 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
