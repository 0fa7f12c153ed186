# Violation
DELETE { ?evidence sg:line ?any }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:line ?any }
