# Violation
DELETE { ?evidence rdfs:label ?old }
INSERT { ?evidence rdfs:label "some countries" }
WHERE { ?evidence oa:exact "all countries" ; rdfs:label ?old }
