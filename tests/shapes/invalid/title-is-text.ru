# Violation
# with label-says-what-it-labels
DELETE { <goal/1> dcterms:title ?old }
INSERT { <goal/1> dcterms:title 1 }
WHERE { <goal/1> dcterms:title ?old }
