# Violation
DELETE { ?source sg:textSha256 ?sum }
INSERT { ?source sg:textSha256 ?capitals }
WHERE { ?source sg:textSha256 ?sum BIND(UCASE(?sum) AS ?capitals) }
