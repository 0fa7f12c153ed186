# Violation
# with source-is-named-by-its-bytes
DELETE { ?source sg:byteSha256 ?sum }
INSERT { ?source sg:byteSha256 "92AE6D" }
WHERE { ?source sg:byteSha256 ?sum }
