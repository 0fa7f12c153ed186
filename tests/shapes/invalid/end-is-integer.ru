# Violation
DELETE { ?evidence oa:end ?old }
INSERT { ?evidence oa:end ?new }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; oa:end ?old BIND(STRDT(STR(?old), xsd:nonNegativeInteger) AS ?new) }
