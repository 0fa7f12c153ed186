# Violation
# with superclass-is-written
INSERT DATA {
  <outcome/1> a sg:Outcome, sg:PlanElement ; rdfs:label "Honey"@en ; dcterms:title "Honey"@en ;
    sg:inPlan plan:meadow-trust-plan-from-2025 ; sg:position 1 .
  plan:meadow-trust-plan-from-2025 sg:hasOutput <outcome/1> ; sg:hasElement <outcome/1> .
  <fact/2> a sg:GivenFact ; rdfs:label "honey" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:hasOutput ; rdf:object <outcome/1> .
}
