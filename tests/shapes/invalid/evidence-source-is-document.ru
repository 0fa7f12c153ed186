# Violation
DELETE { ?evidence dcterms:source ?old }
INSERT { ?evidence dcterms:source plan:meadow-trust-plan-from-2025 }
WHERE { ?evidence a sg:Evidence ; oa:exact "everyone" ; dcterms:source ?old }
