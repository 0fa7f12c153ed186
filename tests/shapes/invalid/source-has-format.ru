# Violation
DELETE WHERE { ?s dcterms:format ?any }
