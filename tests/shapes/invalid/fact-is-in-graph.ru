# Violation
# with superclass-is-written
INSERT DATA {
  <fact/2> a sg:GivenFact ; rdfs:label "owner" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:owner ; rdf:object <../../organization/meadow-assembly> .
}
