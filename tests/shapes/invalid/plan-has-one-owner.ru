# Violation
# with superclass-is-written
INSERT DATA { plan:meadow-trust-plan-from-2025 sg:owner <../../organization/meadow-assembly> .
<fact/2> a sg:GivenFact ; rdfs:label "owner" ; rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:owner ; rdf:object <../../organization/meadow-assembly> ; sg:givenBy "user" }
