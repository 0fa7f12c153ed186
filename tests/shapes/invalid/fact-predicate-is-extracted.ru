# Violation
# with superclass-is-written
INSERT DATA {
  <fact/2> a sg:GivenFact ; rdfs:label "number" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate sg:number ; rdf:object "1" .
}
