# Violation
# with evidence-is-named-by-its-words
DELETE { <goal/1/objective/1.1> ?p ?o . ?s ?q <goal/1/objective/1.1> }
INSERT { <goal/2/objective/1.1> ?p ?o . ?s ?q <goal/2/objective/1.1> }
WHERE { { <goal/1/objective/1.1> ?p ?o } UNION { ?s ?q <goal/1/objective/1.1> } }
