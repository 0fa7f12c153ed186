# Violation
# with superclass-is-written
INSERT DATA { <goal/1> sg:modality <../../../concept/modality/will> . <given/9> a sg:GivenFact ; rdfs:label "will" ; rdf:subject <goal/1> ; rdf:predicate sg:modality ; rdf:object <../../../concept/modality/will> ; sg:givenBy "user" }
