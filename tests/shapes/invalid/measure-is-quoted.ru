# Violation
# with evidence-is-named-by-its-words
DELETE { ?evidence rdf:object ?old . <goal/1/objective/1.1> sg:due ?old } INSERT { ?evidence rdf:object "2027"^^xsd:gYear . <goal/1/objective/1.1> sg:due "2027"^^xsd:gYear }
WHERE { ?evidence rdf:predicate sg:due ; rdf:object ?old }
