# Violation
DELETE { ?source sg:byteSha256 ?old }
INSERT { ?source sg:byteSha256 ?new }
WHERE { ?source sg:byteSha256 ?old BIND(REPLACE(?old, "8dfdceb5", "00000000") AS ?new) }
