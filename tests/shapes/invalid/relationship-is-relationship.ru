# Violation
# with superclass-is-written
INSERT DATA { <goal/1> sg:hasRelationship <vision> . <given/9> a sg:GivenFact ; rdfs:label "relationship" ; rdf:subject <goal/1> ; rdf:predicate sg:hasRelationship ; rdf:object <vision> ; sg:givenBy "user" }
