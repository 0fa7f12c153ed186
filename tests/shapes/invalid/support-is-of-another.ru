# Violation
# with superclass-is-written
INSERT DATA {
  <goal/1> sg:supports <goal/1> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate sg:supports ; rdf:object <goal/1> .
}
