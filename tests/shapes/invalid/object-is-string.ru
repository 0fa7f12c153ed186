# Violation
DELETE { <goal/1/commitment/1> sg:object ?old }
INSERT { <goal/1/commitment/1> sg:object "bee-friendly farming"@en }
WHERE { <goal/1/commitment/1> sg:object ?old }
