# Violation
DELETE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?fact rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:startYear 2025 . ?fact rdf:object 2025 }
WHERE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?fact rdf:predicate sg:startYear ; rdf:object ?old }
