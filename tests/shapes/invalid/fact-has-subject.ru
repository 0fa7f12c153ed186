# Violation
# with superclass-is-written
INSERT DATA {
  <fact/2> a sg:GivenFact ; rdfs:label "last year" ; sg:givenBy "user" ;
    rdf:predicate sg:endYear ; rdf:object "2028"^^xsd:gYear .
}
