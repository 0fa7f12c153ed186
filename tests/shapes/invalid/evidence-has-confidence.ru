# Violation
DELETE { ?evidence sg:confidence ?any }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:confidence ?any }
