# Violation
DELETE { ?source sg:presents ?plan }
WHERE { ?source sg:presents ?plan }
