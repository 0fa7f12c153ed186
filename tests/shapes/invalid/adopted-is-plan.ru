# Violation
# with superclass-is-written
INSERT DATA {
  <goal/1> sg:adoptedBy <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate sg:adoptedBy ; rdf:object <../../instrument/meadow-assembly/resolution/12/rev/lisbon-2022> .
}
