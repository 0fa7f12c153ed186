# Violation
# with superclass-is-written
INSERT DATA {
  <event/meadow-forum-2024> sg:cites <../../instrument/meadow-assembly/decision/4> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <event/meadow-forum-2024> ; rdf:predicate sg:cites ; rdf:object <../../instrument/meadow-assembly/decision/4> .
}
