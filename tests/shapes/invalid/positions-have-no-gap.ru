# Violation
DELETE { <goal/2> sg:position ?old }
INSERT { <goal/2> sg:position 9 }
WHERE { <goal/2> sg:position ?old }
