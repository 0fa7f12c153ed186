# Violation
# with superclass-is-written
INSERT DATA {
  plan:meadow-trust-plan-from-2025 sg:startYear "2026"^^xsd:gYear .
  <fact/2> a sg:GivenFact ; rdfs:label "year: 2026" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:startYear ; rdf:object "2026"^^xsd:gYear .
}
