# Violation
DELETE { ?evidence oa:exact ?old }
INSERT { ?evidence oa:exact "everyone"@en }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:exact ?old }
