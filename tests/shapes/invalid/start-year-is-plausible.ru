# Warning
# with evidence-is-named-by-its-words
# with period-is-plausible
# with year-is-quoted
DELETE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?fact rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:startYear "1207"^^xsd:gYear . ?fact rdf:object "1207"^^xsd:gYear }
WHERE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?fact rdf:predicate sg:startYear ; rdf:object ?old }
