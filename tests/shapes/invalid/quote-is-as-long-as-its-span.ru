# Violation
DELETE { ?evidence oa:end ?end }
INSERT { ?evidence oa:end ?later }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:end ?end BIND(?end + 1 AS ?later) }
