# Violation
# with rule-is-known
DELETE { ?evidence sg:rule ?old }
INSERT { ?evidence sg:rule "target group"@en }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; sg:rule ?old }
