# Violation
# with rule-is-known
INSERT { ?evidence sg:rule "other" }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" }
