# Violation
DELETE { ?evidence sg:rule ?any }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:rule ?any }
