# Violation
DELETE { <goal/1> rdfs:label ?old }
INSERT { <goal/1> rdfs:label "Goal 1: Moon Base"@en }
WHERE { <goal/1> rdfs:label ?old }
