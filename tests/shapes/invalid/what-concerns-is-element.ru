# Violation
# with superclass-is-written
INSERT DATA {
  plan:meadow-trust-plan-from-2025 sg:concerns <../../../concept/theme/biodiversity> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:concerns ; rdf:object <../../../concept/theme/biodiversity> .
}
