# Violation
DELETE { <goal/1> sg:position ?old }
INSERT { <goal/1> sg:position 0 }
WHERE { <goal/1> sg:position ?old }
