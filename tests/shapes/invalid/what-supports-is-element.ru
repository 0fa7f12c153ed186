# Violation
# with superclass-is-written
INSERT DATA {
  plan:meadow-trust-plan-from-2025 sg:supports <goal/1> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:supports ; rdf:object <goal/1> .
}
