# Violation
# with superclass-is-written
INSERT DATA {
  <output/1> a sg:Output, sg:PlanElement ; rdfs:label "Honey"@en ; dcterms:title "Honey"@en ;
    sg:inPlan plan:meadow-trust-plan-from-2025 ; sg:position 1 .
  plan:meadow-trust-plan-from-2025 sg:hasPurpose <output/1> ; sg:hasElement <output/1> .
  <fact/2> a sg:GivenFact ; rdfs:label "honey" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:hasPurpose ; rdf:object <output/1> .
}
