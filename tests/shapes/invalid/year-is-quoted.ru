# Violation
# with evidence-is-named-by-its-words
DELETE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?evidence rdf:object ?old }
INSERT { plan:meadow-trust-plan-from-2025 sg:startYear "2024"^^xsd:gYear . ?evidence rdf:object "2024"^^xsd:gYear }
WHERE { plan:meadow-trust-plan-from-2025 sg:startYear ?old . ?evidence rdf:object ?old }
