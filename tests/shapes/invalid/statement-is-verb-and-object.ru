# Violation
DELETE { <goal/1/commitment/1> sg:statement ?old }
INSERT { <goal/1/commitment/1> sg:statement "promote bee-friendly farming to secure harvests"@en }
WHERE { <goal/1/commitment/1> sg:statement ?old }
