# Violation
DELETE { <goal/2> sg:statement ?old }
INSERT { <goal/2> sg:statement "Share biodiversity data with all countries"@en }
WHERE { <goal/2> sg:statement ?old }
