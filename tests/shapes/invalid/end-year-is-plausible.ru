# Warning
# with period-is-plausible
DELETE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:endYear "2525"^^xsd:gYear . ?fact rdf:object "2525"^^xsd:gYear }
WHERE { plan:meadow-trust-plan-from-2025 sg:endYear ?old . ?fact rdf:predicate sg:endYear ; rdf:object ?old }
