# Warning
DELETE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:endYear "2191"^^xsd:gYear . ?fact rdf:object "2191"^^xsd:gYear }
WHERE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:predicate sg:endYear ; rdf:object ?old }
