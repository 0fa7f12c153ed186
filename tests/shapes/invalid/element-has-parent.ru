# Violation
# with label-says-what-it-labels
INSERT DATA {
  <output/1> a sg:Output, sg:PlanElement ; rdfs:label "Output 1"@en ; dcterms:title "Honey"@en ;
    sg:inPlan plan:meadow-trust-plan-from-2025 ; sg:position 1 .
}
