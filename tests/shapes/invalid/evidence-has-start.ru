# Violation
DELETE { ?evidence oa:start ?any }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:start ?any }
