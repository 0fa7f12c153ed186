# Violation
# with element-is-named-under-its-parent
# with superclass-is-written
INSERT DATA {
  <goal/2> sg:hasObjective <goal/1/objective/1.1> ; sg:hasElement <goal/1/objective/1.1> .
  <fact/2> a sg:GivenFact ; rdfs:label "second parent" ; sg:givenBy "user" ;
    rdf:subject <goal/2> ; rdf:predicate sg:hasObjective ; rdf:object <goal/1/objective/1.1> .
}
