# Violation
# with measure-is-quoted
# with superclass-is-written
DELETE { ?evidence rdf:subject <goal/1/objective/1.1> ; ?p ?o . <goal/1/objective/1.1> sg:due ?due } INSERT { plan:meadow-trust-plan-from-2025 sg:due ?due . <given/9> a sg:GivenFact ; rdfs:label "due" ; rdf:subject plan:meadow-trust-plan-from-2025 ; rdf:predicate sg:due ; rdf:object ?due ; sg:givenBy "user" }
WHERE { ?evidence rdf:predicate sg:due ; ?p ?o . <goal/1/objective/1.1> sg:due ?due }
