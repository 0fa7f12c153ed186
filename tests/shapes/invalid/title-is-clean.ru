# Violation
# with label-says-what-it-labels
DELETE { <goal/1> dcterms:title ?old }
INSERT { <goal/1> dcterms:title "Wild\u00A0Bees"@en }
WHERE { <goal/1> dcterms:title ?old }
