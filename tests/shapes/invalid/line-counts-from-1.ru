# Violation
DELETE { ?evidence sg:line ?old }
INSERT { ?evidence sg:line 0 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:line ?old }
