# Violation
DELETE { <vision> sg:statement ?old }
INSERT { <vision> sg:statement "Healthy meadows for everyone."@fr }
WHERE { <vision> sg:statement ?old }
