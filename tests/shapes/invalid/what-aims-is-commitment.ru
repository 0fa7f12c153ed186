# Violation
# with aim-is-of-the-same-element
# with superclass-is-written
INSERT DATA {
  <goal/2> sg:aimsAt <goal/1/purpose/1> .
  <fact/2> a sg:GivenFact ; rdfs:label "aim" ; sg:givenBy "user" ;
    rdf:subject <goal/2> ; rdf:predicate sg:aimsAt ; rdf:object <goal/1/purpose/1> .
}
