# Violation
# with superclass-is-written
INSERT DATA {
  plan:meadow-trust-plan-from-2025 dcterms:replaces <event/meadow-forum-2024> .
  <fact/2> a sg:GivenFact ; rdfs:label "given" ; sg:givenBy "user" ;
    rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate dcterms:replaces ; rdf:object <event/meadow-forum-2024> .
}
