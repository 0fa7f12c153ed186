# Violation
INSERT DATA {
  <goal/1> sg:addresses <../../../concept/theme/biodiversity> .
  <fact/2> a sg:GivenFact, rdf:Statement ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate sg:addresses ; rdf:object <../../../concept/theme/biodiversity> .
}
