# Violation
# with superclass-is-written
INSERT DATA { <goal/1/objective/1.1> sg:responsible <vision> . <given/9> a sg:GivenFact ; rdfs:label "doer" ; rdf:subject <goal/1/objective/1.1> ; rdf:predicate sg:responsible ; rdf:object <vision> ; sg:givenBy "user" }
