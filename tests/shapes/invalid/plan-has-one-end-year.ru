# Violation
# with superclass-is-written
INSERT DATA {
  plan:meadow-trust-plan-from-2025 sg:endYear "2029"^^xsd:gYear .
  <fact/2> a sg:GivenFact ; rdfs:label "year: 2029" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:endYear ; rdf:object "2029"^^xsd:gYear .
}
