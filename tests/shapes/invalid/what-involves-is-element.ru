# Violation
# with superclass-is-written
INSERT DATA {
  plan:meadow-trust-plan-from-2025 sg:involves <../../../concept/target-group/everyone> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:involves ; rdf:object <../../../concept/target-group/everyone> .
}
