# Violation
DELETE { ?evidence sg:rule ?old }
INSERT { ?evidence sg:rule "oracle" }
WHERE { ?evidence oa:exact "all countries" ; sg:rule ?old }
