# Violation
DELETE { ?evidence oa:start ?start ; oa:end ?end }
INSERT { ?evidence oa:start ?s ; oa:end ?e }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:start ?start ; oa:end ?end BIND(?start + 1 AS ?s) BIND(?end + 1 AS ?e) }
