# Violation
# with contributed-to-is-sdg
# with superclass-is-written
INSERT DATA {
  <goal/1> sg:contributesTo "SDG 5" .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate sg:contributesTo ; rdf:object "SDG 5" .
}
