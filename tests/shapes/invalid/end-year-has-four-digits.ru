# Violation
DELETE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:endYear "2028Z"^^xsd:gYear . ?fact rdf:object "2028Z"^^xsd:gYear }
WHERE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:predicate sg:endYear ; rdf:object ?old }
