# Violation
DELETE { ?evidence oa:start ?old }
INSERT { ?evidence oa:start ?new }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:start ?old BIND(STRDT(STR(?old), xsd:nonNegativeInteger) AS ?new) }
