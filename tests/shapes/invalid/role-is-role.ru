# Violation
# with superclass-is-written
INSERT DATA { <goal/1/objective/1.1/stakeholder/1> sg:hasRole <vision> . <given/9> a sg:GivenFact ; rdfs:label "role" ; rdf:subject <goal/1/objective/1.1/stakeholder/1> ; rdf:predicate sg:hasRole ; rdf:object <vision> ; sg:givenBy "user" }
