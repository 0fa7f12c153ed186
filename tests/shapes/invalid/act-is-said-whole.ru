# Violation
DELETE { <goal/1/commitment/1> sg:statement ?statement ; sg:object ?object ; rdfs:label ?label }
INSERT { <goal/1/commitment/1> sg:statement "promote farming"@en ; sg:object "farming" ; rdfs:label "promote farming"@en }
WHERE { <goal/1/commitment/1> sg:statement ?statement ; sg:object ?object ; rdfs:label ?label }
