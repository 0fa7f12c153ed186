# Violation
DELETE { <goal/1/commitment/1> sg:verb ?old }
INSERT { <goal/1/commitment/1> sg:verb "promote"@en }
WHERE { <goal/1/commitment/1> sg:verb ?old }
