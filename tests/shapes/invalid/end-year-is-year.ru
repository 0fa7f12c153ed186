# Violation
DELETE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:endYear 2028 . ?fact rdf:object 2028 }
WHERE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:predicate sg:endYear ; rdf:object ?old }
