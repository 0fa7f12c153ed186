# Violation
# with superclass-is-written
INSERT DATA {
  <../../../concept/theme/biodiversity> sg:contributesTo <http://metadata.un.org/sdg/15> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <../../../concept/theme/biodiversity> ; rdf:predicate sg:contributesTo ; rdf:object <http://metadata.un.org/sdg/15> .
}
