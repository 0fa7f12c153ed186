# Violation
# with superclass-is-written
INSERT DATA {
  <goal/1> sg:supports <event/meadow-forum-2024> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate sg:supports ; rdf:object <event/meadow-forum-2024> .
}
