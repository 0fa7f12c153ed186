# Violation
DELETE { ?evidence oa:exact ?any }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:exact ?any }
