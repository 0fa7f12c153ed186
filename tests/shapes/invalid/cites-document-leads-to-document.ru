# Violation
# with superclass-is-written
INSERT DATA {
  <../../instrument/meadow-assembly/decision/4> sg:citesDocument <event/meadow-forum-2024> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <../../instrument/meadow-assembly/decision/4> ; rdf:predicate sg:citesDocument ; rdf:object <event/meadow-forum-2024> .
}
