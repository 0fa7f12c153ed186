# Violation
DELETE { ?evidence oa:end ?any }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:end ?any }
