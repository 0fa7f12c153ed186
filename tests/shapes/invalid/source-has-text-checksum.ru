# Violation
DELETE { ?source sg:textSha256 ?sum }
WHERE { ?source sg:textSha256 ?sum }
