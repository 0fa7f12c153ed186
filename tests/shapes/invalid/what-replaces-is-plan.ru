# Violation
# with instrument-is-used
# with instrument-has-issuer
# with superclass-is-written
INSERT DATA {
  <goal/1> dcterms:replaces <instrument/policy/old-plan> .
  <instrument/policy/old-plan> a sg:Policy, sg:Instrument ; rdfs:label "Old Plan" .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject <goal/1> ; rdf:predicate dcterms:replaces ; rdf:object <instrument/policy/old-plan> .
}
