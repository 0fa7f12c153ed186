# Violation
# with evidence-is-named-by-its-words
INSERT { <goal/2> sg:supports <goal/1> . <../../evidence/0000000000000000> ?p ?o ; rdf:predicate sg:supports ; rdf:object <goal/1> }
WHERE { ?e rdf:subject <goal/2> ; rdf:predicate sg:cites ; ?p ?o FILTER(?p NOT IN (rdf:predicate, rdf:object)) }
