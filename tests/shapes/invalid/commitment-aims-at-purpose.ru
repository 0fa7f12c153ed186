# Violation
# with aim-is-of-the-same-element
# with superclass-is-written
INSERT DATA {
  <goal/1/commitment/1> sg:aimsAt <goal/2> .
  <fact/2> a sg:GivenFact ; rdfs:label "aim" ; sg:givenBy "user" ;
    rdf:subject <goal/1/commitment/1> ; rdf:predicate sg:aimsAt ; rdf:object <goal/2> .
}
