# Violation
# with superclass-is-written
INSERT DATA {
  <goal/1> sg:concerns <../../../concept/target-group/everyone> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate sg:concerns ; rdf:object <../../../concept/target-group/everyone> .
}
