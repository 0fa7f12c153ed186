# Violation
# with evidence-is-named-by-its-words
# with year-is-quoted
DELETE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?fact rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:startYear "2025Z"^^xsd:gYear . ?fact rdf:object "2025Z"^^xsd:gYear }
WHERE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?fact rdf:predicate sg:startYear ; rdf:object ?old }
