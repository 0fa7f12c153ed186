# Violation
# with superclass-is-written
INSERT DATA { <goal/1/commitment/1> sg:modality <../../../concept/modality/wishes> . <given/9> a sg:GivenFact ; rdfs:label "wishes" ; rdf:subject <goal/1/commitment/1> ; rdf:predicate sg:modality ; rdf:object <../../../concept/modality/wishes> ; sg:givenBy "user" }
