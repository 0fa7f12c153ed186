# Violation
DELETE { ?evidence oa:end ?end }
INSERT { ?evidence oa:end ?start }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:start ?start ; oa:end ?end }
