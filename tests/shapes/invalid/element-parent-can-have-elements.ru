# Violation
# with element-is-named-under-its-parent
# with label-says-what-it-labels
# with superclass-is-written
INSERT DATA {
  <output/1> a sg:Output, sg:PlanElement ; rdfs:label "Output 1"@en ; dcterms:title "Honey"@en ;
    sg:inPlan plan:meadow-trust-plan-from-2025 ; sg:position 1 .
  <event/meadow-forum-2024> sg:hasOutput <output/1> ; sg:hasElement <output/1> .
  <fact/2> a sg:GivenFact ; rdfs:label "parent of an output" ; sg:givenBy "user" ;
    rdf:subject <event/meadow-forum-2024> ; rdf:predicate sg:hasOutput ; rdf:object <output/1> .
}
