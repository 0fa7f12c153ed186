# Violation
DELETE { ?evidence dcterms:source ?any }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; dcterms:source ?any }
